"""Supply: what the project is made of that is not its own: pinned, licensed, without known weaknesses."""
