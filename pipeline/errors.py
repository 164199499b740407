"""Errors: what can be wrong with a file or a call, each with what, where, likely why and what to do.

UnreadableDocument
├── EmptyDocument        nothing to read
├── EncryptedDocument    a password is needed
├── DamagedDocument      the bytes are not what the format says
├── NoTextLayer          pages are pictures: recognition is needed
├── UnsupportedDocument  no reader for this format, or its reader is not installed
├── UndecodableText      no encoding makes Vietnamese of the bytes
├── TooLargeDocument     over the limit
└── ForbiddenDocument    the system refuses to open it
ClusterError             the machines that a run was to use
StorageError             where files stand or shall be put
"""


class UnreadableDocument(Exception):
    """A file that cannot be read; `code` goes into `failures.jsonl`, `remedy` says what to do."""

    code = "unreadable"

    def __init__(self, message: str, *, remedy: str) -> None:
        """Keep what happened and what helps apart, so that both can be listed."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class EmptyDocument(UnreadableDocument):
    """Nothing to read."""

    code = "empty"


class EncryptedDocument(UnreadableDocument):
    """A password is needed."""

    code = "encrypted"


class DamagedDocument(UnreadableDocument):
    """The bytes are not what the format says."""

    code = "damaged"


class NoTextLayer(UnreadableDocument):
    """The pages are pictures: recognition is needed."""

    code = "no_text_layer"


class UnsupportedDocument(UnreadableDocument):
    """No reader for this format, or its reader is not installed."""

    code = "unsupported"


class UndecodableText(UnreadableDocument):
    """No encoding makes Vietnamese text of the bytes."""

    code = "unknown_encoding"


class TooLargeDocument(UnreadableDocument):
    """Over the limit of bytes, pages or characters."""

    code = "too_large"


class ForbiddenDocument(UnreadableDocument):
    """The operating system refuses to open the file."""

    code = "forbidden"


class ClusterError(RuntimeError):
    """A cluster that cannot be used; the message says why and what to do."""


class StorageError(RuntimeError):
    """A storage, or a file in it, that cannot be used; the message says why."""
