"""XML parts: the XML files inside a ZIP container, read with limits and without anything from outside."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from pipeline.errors import DamagedDocument, EncryptedDocument, TooLargeDocument

MAX_PART = 100 * 1024 * 1024  # bytes unpacked; a plan of 100 pages has 2 MB


class Parts:
    """Parts: the XML files of one document."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        """Open nothing yet; `name` is for messages."""
        self._archive, self._name = archive, name

    @property
    def names(self) -> list[str]:
        """All files inside."""
        return self._archive.namelist()

    def xml(self, part: str) -> etree._Element | None:
        """The root element of a file, None where there is none of this name."""
        if part not in self._archive.NameToInfo:
            return None
        if self._archive.getinfo(part).file_size > MAX_PART:
            raise TooLargeDocument(f"{self._name}: {part} unpacks to over 100 MB.", remedy="Split the document.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        return etree.fromstring(self._archive.read(part), parser)


@contextmanager
def parts_of(data: bytes, name: str) -> Iterator[Parts]:
    """The parts of a container; what goes wrong while they are read becomes a `DamagedDocument`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Parts(archive, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, etree.XMLSyntaxError, EOFError, ValueError) as error:
        raise DamagedDocument(
            f"{name}: the file is damaged ({error}).", remedy="Open it in the program that wrote it and save it again."
        ) from error
    except (RuntimeError, NotImplementedError) as error:  # zipfile's words for a password
        raise EncryptedDocument(f"{name}: the file asks for a password.", remedy="Save it without a password.") from error
