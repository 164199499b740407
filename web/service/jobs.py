"""Jobs: uploads on their way to plans: kept in folders of their own, read one after the other, gone after a day."""

import asyncio
import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.inputs import Input
from web.service.runner import News, Order, Runner
from web.service.settings import Settings

LIBRARY = "library"
_NAME = re.compile(r"[A-Za-z0-9_-]{16}|library")


class Full(Exception):
    """Too many uploads wait already."""


class NoRoom(Exception):
    """The uploads that are kept, with their results, take all the room that they may."""


@dataclass
class Job:
    """Job: one upload; `news` grows while it is read."""

    id: str
    folder: Path
    outputs: Path
    inputs: tuple[Input, ...] = ()
    state: str = "waiting"
    news: list[News] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    since: float = field(default_factory=time.time)

    @property
    def report(self) -> Path:
        """Where its pages are."""
        return self.folder / "report"

    def add(self, news: News) -> None:
        """Take news and wake those who wait for it."""
        self.news.append(news)
        if news.event in {"done", "broken"}:
            self.state = news.event
        self.changed.set()
        self.changed = asyncio.Event()


class Jobs:
    """Jobs: all uploads that are kept, and the one runner that reads them."""

    def __init__(self, settings: Settings) -> None:
        """Begin with an empty work folder of our own and the library, if there is one."""
        self._settings = settings
        self._jobs: dict[str, Job] = {}
        self._coming: dict[str, int] = {}  # bytes that uploads on their way may take, by job
        self._queue: asyncio.Queue[Job] = asyncio.Queue()
        self._runner = Runner()
        self.drawing = asyncio.Semaphore(2)
        self._root = settings.work / "jobs"
        self._root.mkdir(parents=True, exist_ok=True)
        if settings.library:
            folder = settings.work / LIBRARY
            self._put(Job(LIBRARY, folder, settings.library))

    async def make(self, size: int) -> Job:
        """A job for files of so many bytes, without files yet; raises `Full` or `NoRoom`."""
        self._forget_old()
        kept, room = await asyncio.to_thread(size_of, self._root), self._settings.max_kept_bytes
        if kept + sum(self._coming.values()) + size > room:
            raise NoRoom(
                f"No room for {size} bytes: uploads and their results may take {room}, and take {kept}. "
                f"Each is deleted after {self._settings.keep_hours} hours; send less, or try again later."
            )
        if self._queue.qsize() >= self._settings.max_waiting:
            raise Full
        ident = secrets.token_urlsafe(12)
        folder = self._root / ident
        (folder / "in").mkdir(parents=True)
        self._coming[ident] = size
        return Job(ident, folder, folder / "outputs")

    def start(self, job: Job, files: list[tuple[str, Path]]) -> None:
        """Let a job be read; names are those under which the files were sent."""
        job.inputs = tuple(sorted(Input(name, str(path)) for name, path in told_apart(files)))
        self._put(job)
        self._coming.pop(job.id, None)

    def drop(self, job: Job) -> None:
        """Take away what an upload that failed has left."""
        self._coming.pop(job.id, None)
        shutil.rmtree(job.folder, ignore_errors=True)

    def get(self, ident: str) -> Job | None:
        """A job by its id, which nobody can guess."""
        return self._jobs.get(ident) if _NAME.fullmatch(ident) else None

    def finished(self) -> Iterator[Job]:
        """The jobs whose plans can be asked."""
        return (job for job in self._jobs.values() if job.state == "done")

    async def work(self) -> None:
        """Read what waits, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            job = await self._queue.get()
            job.state = "running"
            order = Order(job.inputs, job.outputs, job.report, self._settings.jobs)
            await asyncio.to_thread(self._run, order, job, loop)

    def close(self) -> None:
        """End the runner."""
        self._runner.close()

    def _run(self, order: Order, job: Job, loop: asyncio.AbstractEventLoop) -> None:
        for news in self._runner.run(order):
            loop.call_soon_threadsafe(job.add, news)

    def _put(self, job: Job) -> None:
        self._jobs[job.id] = job
        self._queue.put_nowait(job)

    def _forget_old(self) -> None:
        limit = time.time() - self._settings.keep_hours * 3600
        for job in [one for one in self._jobs.values() if one.since < limit and one.id != LIBRARY and one.state in {"done", "broken"}]:
            del self._jobs[job.id]
            self.drop(job)
        for folder in self._root.iterdir():  # of the service before it was started again
            if folder.name not in self._jobs and folder.name not in self._coming and folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder; what goes while they are counted is left out."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(place, name)).st_size
    return total


def clean_name(name: str) -> str:
    r"""The name of a file that was sent, as it stands in the outputs: no folders, no control characters, NFC.

    >>> clean_name("../../etc/passwd"), clean_name("C:\\plans\\Kế hoạch.docx"), clean_name("..")
    ('passwd', 'Kế hoạch.docx', 'unnamed')
    """
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()[:200]
    return kept if kept.strip(".") else "unnamed"


def told_apart(files: list[tuple[str, Path]]) -> Iterator[tuple[str, Path]]:
    """Files with names of their own: the second `a.txt` is `a.txt (2)`."""
    seen: dict[str, int] = {}
    for name, path in files:
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), path
