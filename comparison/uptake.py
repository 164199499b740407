"""Uptake: which tasks that a plan gives to the level below its child's plan takes up.

A task counts as given where it is led by all bodies of the child's kind and level (`UBND các xã, thị trấn`). It is taken part by
part, since one sentence may ask for a fund and for a team. A part is taken up where the child's tasks name its object and
share enough of its words; that a plan is made, the child's plan itself shows.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from comparison.aims import text
from comparison.digest import Digest, Job
from extractors.layers.indicators import plain
from extractors.layers.syllables import fold
from schemas.comparison import CascadeTask, Link

ENOUGH = 0.34
"""Share of a part's neighbouring word pairs that a task must hold; of reports, the word is enough."""

_OWN_PLAN = re.compile(r"(?:xây dựng|ban hành|lập) (?:và (?:xây dựng|ban hành|triển khai) )?(?:các )?kế hoạch")
_REPORT = re.compile(r"(?:gửi |tổng hợp |định kỳ |nộp ){0,4}(?:gửi )?báo cáo|tổng hợp gửi")
_VERBS = (
    "chỉ đạo", "giao", "thành lập", "lập", "mở", "tổ chức", "bố trí", "đặt", "xây dựng", "rà soát", "duy trì", "phân công", "cử",
    "cung cấp", "hướng dẫn", "triển khai", "thực hiện", "kiện toàn", "ra mắt", "trang bị", "lắp đặt", "lắp", "phát động", "vận động",
)  # fmt: skip
_LEAD = re.compile(
    rf"^(?:(?:và|để|rồi) )?(?:(?:{'|'.join(_VERBS)})\s+)*"
    r"(?:UBND (?:cấp xã|các xã|cấp huyện|các huyện)(?:, (?:phường|thị trấn|thành phố))*\s+)?"
    rf"(?:(?:{'|'.join(_VERBS)})[\s,]+)*(?:(?:ít nhất|tối thiểu)\s+)?(?:\d+\s+)?",
    re.IGNORECASE,
)
_TERM = re.compile(r",?\s*(?:xong |hoàn thành |chậm nhất )?(?:trước|trong|đến|chậm nhất) (?:ngày|tháng|quý|năm).*$", re.IGNORECASE)
_OBJECT = re.compile(r"(?:tổ (?!dân phố)|quỹ|điểm|ban|đội|câu lạc bộ|mô hình)", re.IGNORECASE)
_FOLLOWS = re.compile(r"(?:gửi|trình|cập nhật|tổng hợp gửi|báo cáo về|đảm bảo|bảo đảm)(?!\w)", re.IGNORECASE)
_SPLIT = re.compile(r"[;,]\s+|\s+và\s+(?=(?:tổ|quỹ|điểm|ban|đội|câu lạc bộ|cập nhật|bố trí|công khai)\b)")


class Part(NamedTuple):
    """Part: one thing that a task asks for, and its words."""

    words: str
    report: bool
    plan: bool


def uptake(links: Iterable[Link], digests: dict[str, Digest], *, every: bool = False) -> list[CascadeTask]:
    """One row a part of a task that the parent gives to the child's level."""
    rows: list[CascadeTask] = []
    for link in links:
        if link.direct or every:
            parent, child = digests[link.parent], digests[link.child]
            for job in parent.jobs:
                if is_given(job, child):
                    rows += [_row(parent, child, job, part) for part in parts_of(job.text)]
    return rows


def is_given(job: Job, child: Digest) -> bool:
    """Whether a task goes to all bodies of the child's kind and level."""
    return any(generic and level == child.level and kind == child.issuer_kind for kind, level, generic in job.bodies)


def parts_of(task: str) -> list[Part]:
    """What a task asks for, thing by thing.

    >>> [part.words for part in parts_of("Lập quỹ bảo dưỡng đường thôn, tổ tự quản môi trường ở từng thôn.")]
    ['Lập quỹ bảo dưỡng đường thôn', 'tổ tự quản môi trường ở từng thôn']
    """
    body = _TERM.sub("", task.rstrip(" .;"))
    found = []
    for words in _joined(_SPLIT.split(body)):
        key = fold(words)
        found.append(Part(words, bool(_REPORT.search(key)), bool(_OWN_PLAN.search(key))))
    return found


def _joined(pieces: list[str]) -> Iterator[str]:
    """Pieces that are no thing of their own (`tổ dân phố`, `gửi về Sở Y tế`, a lone verb) belong to their neighbour."""
    held = ""
    for piece in pieces:
        alone = not held or _OBJECT.match(piece) or (len(core(piece)) >= 4 and not _FOLLOWS.match(piece))
        if held and (not alone or len(core(held)) < 2):
            held = f"{held}, {piece}"
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


@lru_cache(maxsize=8192)
def core(words: str) -> tuple[str, ...]:
    """The telling words of a part: without verbs of doing, addressees and figures.

    >>> core("Bố trí 01 máy tính dùng chung tại Bộ phận Một cửa")
    ('máy', 'tính', 'sử', 'dụng', 'chung', 'bộ', 'phận', 'một', 'cửa')
    """
    bare = _LEAD.sub("", f"{words.strip()} ")
    return tuple(word for word in plain(bare).split() if not word.isdigit())


def best_task(part: Part, jobs: Iterable[Job]) -> tuple[float, Job | None]:
    """The task that names a part's object, and the share of the part's word pairs that all tasks together say."""
    words = core(part.words)
    pairs, head = set(itertools.pairwise(words)), words[:2]
    said: set[tuple[str, ...]] = set()
    best: tuple[int, Job | None] = (0, None)
    for job in jobs:
        own = pairs & _words(job.text)
        said |= own
        if head in own and len(own) > best[0]:
            best = (len(own), job)
    return (len(said) / len(pairs), best[1]) if best[1] is not None else (0.0, None)


@lru_cache(maxsize=2048)
def _words(task: str) -> frozenset[tuple[str, ...]]:
    words = [word for word in plain(task).split() if not word.isdigit()]
    return frozenset(itertools.pairwise(words))


def _row(parent: Digest, child: Digest, job: Job, part: Part) -> CascadeTask:
    score, answer = best_task(part, child.jobs)
    if part.report:
        answer = answer or next((j for j in child.jobs if "báo cáo" in fold(j.text)), None)
    taken = answer is not None and (score >= needed(part) or part.report)
    shown = answer if taken else None
    return CascadeTask(
        parent=parent.id, child=child.id, parent_task=job.id, part=part.words,
        uptake="fulfilled_by_plan" if part.plan else "taken_up" if taken else "not_taken_up", score=round(score, 4),
        child_task=shown.id if shown else None, child_words=shown.text if shown else None, parent_deadline=job.end,
        child_deadline=shown.end if shown else None, parent_evidence=text(parent.id, job.place, job.quote),
        child_evidence=text(child.id, shown.place, shown.quote) if shown else None,
    )  # fmt: skip


def needed(part: Part) -> float:
    """The share that a part must reach: less the more words it has, since plans shorten."""
    return min(ENOUGH, 2 / max(1, len(core(part.words)) - 1))
