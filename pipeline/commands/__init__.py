"""Commands: one module a command of the command line, each with `run(arguments) -> exit code`."""
