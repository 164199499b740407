"""Errors: what keeps a comparison from being made; each says what, where and what to do."""


class CannotCompare(ValueError):
    """The folder, the vocabulary or the register given cannot be used."""


class UnusableOutputs(CannotCompare):
    """An outputs folder that is missing, half-written, of another version or damaged."""


class UnusableVocabulary(CannotCompare):
    """A vocabulary or register file of the user with a wrong column, a double id or an empty cell."""
