"""Office: documents of old or foreign formats made into new ones by LibreOffice.

Each call has a profile of its own, so that several run at once; macros do not run, and nothing is fetched from a network.
"""

import tempfile
from functools import cache
from pathlib import Path

from pipeline.errors import DamagedDocument
from pipeline.ingest.programs import OFFICE, Stopped, missing, run

_SECONDS = 90.0  # a plan takes 1 to 3; a table of 100 pages 20
_FILTERS = {"xls": "MS Excel 97", "rtf": "Rich Text Format"}  # without one, what is damaged is read as plain text
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_SAFE = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)
_NO_NETWORK = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "ftp_proxy": "http://127.0.0.1:9"}


def converted(data: bytes, name: str, *, kind: str, into: str) -> bytes:
    """The document in the format `into` (`docx`, `xlsx`); `kind` is the ending of its own format.

    Raises `UnsupportedDocument` where LibreOffice is not installed, `DamagedDocument` where it cannot read the document.
    """
    program = OFFICE.path
    if program is None:
        raise missing(name, f"a .{kind} file", OFFICE)
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        source, profile = Path(folder, f"document.{kind}"), Path(folder, "profile")
        source.write_bytes(data)
        _write_settings(profile)
        command = [
            program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
            *([f"--infilter={_FILTERS[kind]}"] if kind in _FILTERS else []), "--convert-to", into, "--outdir", str(Path(folder, "out")), str(source),
        ]  # fmt: skip
        result = Path(folder, "out", f"document.{into}")
        try:
            run(command, seconds=_SECONDS, extra={**_NO_NETWORK, "HOME": folder})
            return result.read_bytes()
        except (Stopped, FileNotFoundError) as error:
            reason = str(error) if isinstance(error, Stopped) else "LibreOffice makes nothing of it"
            raise DamagedDocument(
                f"{name}: the .{kind} file cannot be read ({reason}).",
                remedy="Open it in the program that wrote it and save it as .docx or PDF.",
            ) from error


@cache
def version() -> str:
    """`LibreOffice 7.4.7.2`, without a number where it does not say."""
    program = OFFICE.path
    if program is None:
        return "LibreOffice"
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        try:
            said = run([program, f"-env:UserInstallation={Path(folder).as_uri()}", "--version"], seconds=20).decode().split()
        except Stopped:
            return "LibreOffice"
    return " ".join(said[:2]) or "LibreOffice"


def _write_settings(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SAFE)
    (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")
