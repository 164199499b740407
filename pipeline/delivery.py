"""Delivery: the outputs of a run brought to an address in a storage when they are whole.

Until then, and for the next run, they stand in a folder of this machine; what runs have read is kept there.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.storage import Address, opened, told


@contextmanager
def delivered(out: Path | Address) -> Iterator[Path]:
    """The folder that a run shall write into, from which an address gets everything at the end; raises `StorageError`.

    It is in the folder `KEHOACH_STAGE` of the environment, or in the user's cache.
    """
    if isinstance(out, Path):
        yield out
        return
    cache = Path(os.environ.get("KEHOACH_STAGE") or Path.home() / ".cache" / "kehoach")
    folder = cache / hashlib.sha256(out.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    yield folder
    if any(folder.glob("*.json")):
        _send(folder, out)
    for part in folder.glob("[!.]*"):
        shutil.rmtree(part) if part.is_dir() else part.unlink()


def _send(folder: Path, address: Address) -> None:
    """Put all files in their places, the report last; plans that are there and no more among them are removed."""
    from pipeline.outputs import PLAN_FILE, REPORT  # it loads Arrow, whose threads must not be there when workers are forked

    parts = [path.relative_to(folder).as_posix() for path in folder.glob("[!.]*/*")]
    parts += [path.name for path in folder.glob("[!.]*") if path.is_file() and path.name != REPORT]
    system, root = opened(address)
    with told(address):
        if system.exists(f"{root}/{REPORT}"):
            system.rm_file(f"{root}/{REPORT}")
        for name in ("plans", "tables"):
            system.makedirs(f"{root}/{name}", exist_ok=True)
        before = [path.rpartition("/")[2] for path in system.find(f"{root}/plans")]
        system.put([str(folder / part) for part in parts], [f"{root}/{part}" for part in parts])
        gone = {f"plans/{name}" for name in before if PLAN_FILE.fullmatch(name)}.difference(parts)
        if gone:
            system.rm([f"{root}/{part}" for part in sorted(gone)])
        system.put_file(str(folder / REPORT), f"{root}/{REPORT}")
