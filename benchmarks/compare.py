"""Compare: time and memory of comparing ten thousand generated plans, and that their order does not matter.

    python -m benchmarks.compare [--plans 10000] [--no-order]

The plans are made here, with a fixed seed: communes, their districts and provinces, each plan carrying out the one above it,
with a dozen targets in varied wordings, and as many references, tasks, deadlines and responsibilities as real plans have. Time
runs from the first plan to the last file; making the plans is measured apart and taken off. Memory is the peak of the process.
"""

import argparse
import hashlib
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from comparison.cells import tables_of
from comparison.compare import compare
from comparison.store import write
from extractors.vocabulary import rows
from schemas.facts import (
    AppliesTo,
    Deadline,
    Evidence,
    Level,
    Organization,
    Reference,
    Responsibility,
    Target,
    Task,
    Time,
)
from schemas.plan import Header, Locality, Period, Plan, Source

COMMUNES, DISTRICTS = 16, 12
_TAILS = ("", " trên địa bàn", " của {}", " tại {}", " theo quy định", " hằng năm")
_UNKNOWN = (
    "hộ có vườn mẫu",
    "thôn có sân thể thao",
    "nhà văn hóa có tủ sách pháp luật",
    "tổ hòa giải được củng cố",
    "hộ ký cam kết an toàn điện",
)
_VERBS = (
    "Tổ chức tuyên truyền",
    "Kiểm tra, giám sát",
    "Tập huấn",
    "Bố trí kinh phí cho",
    "Lập danh sách",
    "Mở điểm",
    "Báo cáo kết quả",
)
_BODIES = (
    ("Trạm Y tế xã", "health_facility"),
    ("Phòng Y tế", "department"),
    ("Công an xã", "police"),
    ("Hội Nông dân xã", "front_and_unions"),
)


def plans(count: int, seed: int = 7) -> Iterator[Plan]:
    """Plans of provinces, districts and communes, the same each time."""
    for number in range(count):
        yield _plan(number, random.Random(f"{seed}/{number}"))


def _plan(number: int, chance: random.Random) -> Plan:
    """One plan; numbers 0, 205, 410 ... are provinces, each followed by its districts with their communes."""
    province, rest = divmod(number, 1 + DISTRICTS * (COMMUNES + 1))
    district, commune = divmod(rest - 1, COMMUNES + 1) if rest else (0, 0)
    level: Level = "province" if rest == 0 else "district" if commune == 0 else "commune"
    names = {
        "province": f"Tỉnh {province}",
        "district": f"Huyện {province}-{district}",
        "commune": f"Xã {province}-{district}-{commune}",
    }
    kinds = {"province": "tỉnh", "district": "huyện", "commune": "xã"}
    above = {"province": (), "district": ("province",), "commune": ("district", "province")}[level]
    locality = Locality(
        name=names[level], type=kinds[level], level=level, within=tuple(f"{kinds[a]} {names[a]}" for a in above), source="header"
    )
    issuer = _body(f"UBND {kinds[level]} {names[level]}", "people_committee", level)
    parent = (
        _citation(f"UBND {kinds[above[0]]} {names[above[0]]}", number - commune if level == "commune" else number - rest)
        if above
        else ()
    )
    identity = hashlib.sha256(str(number).encode()).hexdigest()
    return Plan(
        id=identity[:16],
        source=Source(name=f"{number}.txt", sha256=identity, bytes=1, media_type="text/plain", text_layer="plain", engine="generated"),
        header=Header(doc_type="KH", number=number + 1, symbol="KH-UBND", code=f"{number + 1}/KH-UBND", issuer=issuer,
                      issued_on=_day(number), title=f"Chăm sóc sức khỏe và xây dựng nông thôn mới {kinds[level]} {names[level]} năm 2024"),
        locality=locality, period=Period(start="2024", end="2030"), references=(*parent, *_references(chance)),
        targets=tuple(_target(k, names[level], chance) for k in range(12)), **_work(chance, level),
    )  # fmt: skip


def _day(number: int) -> str:
    return f"2024-{1 + number % 12:02}-{1 + number % 28:02}"


def _body(name: str, kind: str, level: Level | None, *, generic: bool = False) -> Organization:
    return Organization(name=name, surface=name, kind=kind, level=level, generic=generic)  # type: ignore[arg-type]


def _evidence(chance: random.Random, quote: str) -> Evidence:
    start = chance.randrange(20_000)
    return Evidence(start=start, end=start + len(quote), quote=quote)


def _citation(issuer: str, number: int) -> tuple[Reference, ...]:
    quote = Evidence(start=300, end=330, quote=f"Kế hoạch số {number + 1}/KH-UBND")
    return (
        Reference(id="reference-1", code=f"{number + 1}/KH-UBND", type="KH", issuer=_body(issuer, "people_committee", None),
                  issued_on=_day(number), role="basis", relation="implements", mentions=(quote,)),
    )  # fmt: skip


def _references(chance: random.Random) -> Iterator[Reference]:
    for k in range(2, 9):
        code = f"{chance.randrange(1, 60)}/20{chance.randrange(15, 25)}/TT-BYT"
        yield Reference(id=f"reference-{k}", code=code, type="TT", issued_on=f"20{code.split('/')[1][2:]}-10-18", title="quy định chuyên môn",
                        role="cited", mentions=(_evidence(chance, f"Thông tư số {code}"),))  # fmt: skip


def _target(number: int, place: str, chance: random.Random) -> Target:
    known = chance.choice(rows("indicators"))
    wording = chance.choice((known["label"], *filter(None, known["variants"].split("|"))))
    unit = known["unit"].split("|")[0].strip()
    if chance.random() < 0.15:
        wording, unit = chance.choice(_UNKNOWN), "%"
    wording += chance.choice(_TAILS).format(place)
    value, year = float(chance.randrange(40, 100)), str(chance.choice((2025, 2026, 2030)))
    quote = f"đạt {value:.0f} {unit}"
    where = _evidence(chance, quote)
    return Target(
        id=f"target-{number + 1}", text=f"{wording} {quote} năm {year}", kind="percentage" if unit == "%" else "count", indicator_text=wording,
        comparator=chance.choice(("ge", "gt", "eq")), value=value, unit=unit, evidence=where,
        horizon=Time(text=f"năm {year}", kind="by", end=year, evidence=where),
    )  # fmt: skip


def _work(chance: random.Random, level: Level) -> dict[str, Any]:
    tasks, deadlines, parts = [], [], []
    given = _body("UBND các xã, thị trấn", "people_committee", "commune", generic=True)
    for k in range(1, 21):
        name, kind = chance.choice(_BODIES)
        lead = given if level == "district" and k > 17 else _body(name, kind, None)
        words = f"{chance.choice(_VERBS)} {chance.choice(_UNKNOWN)} đợt {chance.randrange(90)}"
        where, dated = _evidence(chance, words), k % 2 == 0
        tasks.append(Task(id=f"task-{k}", text=words, lead=(lead,), deadline=f"deadline-{k}" if dated else None, evidence=where))
        if dated:
            day = f"2024-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            time_ = Time(text=f"trước ngày {day}", kind="by", end=day, evidence=where)
            deadlines.append(
                Deadline(id=f"deadline-{k}", time=time_, applies_to=AppliesTo(kind="task", id=f"task-{k}"), evidence=where)
            )
        parts.append(Responsibility(id=f"responsibility-{k}", unit=lead, role="lead", tasks=(f"task-{k}",), evidence=where))
    return {"tasks": tuple(tasks), "deadlines": tuple(deadlines), "responsibilities": tuple(parts)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the comparison of generated plans.")
    parser.add_argument("--plans", type=int, default=10_000)
    parser.add_argument("--no-order", action="store_true", help="do not compare a second time in another order")
    arguments = parser.parse_args()
    start, work = time.perf_counter(), time.process_time()
    for _ in plans(arguments.plans):
        pass
    making, making_work = time.perf_counter() - start, time.process_time() - work
    work = time.process_time()
    digest, seconds, compared = _run(plans(arguments.plans))
    used = time.process_time() - work - making_work
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{arguments.plans} plans, {compared} rows: {seconds - making:.1f} s (compare and write; making the plans took {making:.1f} s)"
    )
    print(f"{used:.1f} s of processor time; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"peak memory {peak:.0f} MB")
    if not arguments.no_order:
        shuffled = list(plans(arguments.plans))
        random.Random(1).shuffle(shuffled)
        print("same result in another order:", _run(iter(shuffled))[0] == digest)


def _run(source: Iterable[Plan]) -> tuple[str, float, int]:
    """Digest of the JSON, CSV and calendar, seconds, and rows."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        found = compare(source)
        print(f"  compared after {time.perf_counter() - start:.1f} s")
        files = write(found, Path(folder), Path(folder, "out"))
        seconds = time.perf_counter() - start
        count = sum(map(len, tables_of(found).values()))
        return _digest(path for path in files if path.suffix in {".json", ".csv", ".ics"}), seconds, count


def _digest(files: Iterable[Path]) -> str:
    """Of files larger than what should be measured, piece by piece."""
    whole = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


if __name__ == "__main__":
    main()
