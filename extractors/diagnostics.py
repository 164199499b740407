"""Diagnostics: the defects that a careful reader of the plan would raise.

Each check is one function from the document and its facts to diagnostics; odd text is never an error. Messages are
Vietnamese, since those who read them are.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from extractors.layers.directions import direction_of
from extractors.layers.letterhead import NUMBER, letterhead_of
from extractors.layers.lines import FORM, HEADING, LETTERHEAD, NUMBERED, ROW, TYPE, Line, governors, lines_of
from extractors.layers.marks import Doc, cite, text_of
from extractors.layers.orthography import slips
from extractors.layers.register import citation_mismatch
from extractors.layers.syllables import fold
from schemas.facts import Diagnostic, Evidence, Severity, Target
from schemas.plan import Plan

Check = Callable[[Doc, Plan], Iterator[Diagnostic]]

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_NUMBER_WORDS = {"nhất": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_DATE = re.compile(r"(?P<day>\d(?<![\d/].)\d?)\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>(?:19|20)\d\d)(?![\d/])")
_WRITTEN = re.compile(r"ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>(?:19|20)\d\d)")
_SCOPE = re.compile(r"(?:trên địa bàn|toàn)\s+(?P<type>thị xã|huyện|quận|thành phố|tỉnh)\b(?!\s+(?:ủy|đội|đoàn))")
_RUN = re.compile(r"[^\W_]+")
_BLANK_DATE = re.compile(
    r"""[TtNn\s.…_](?:                                # one sign first: the search is fast then
    (?<=[Tt])háng[\s.…_]*/\s*20\d\d
    |(?<=[Nn])gày[\s.…_]+[Tt]háng[\s.…_]*(?:\d{1,2}\s*/\s*20\d\d|\d{0,2}\s*năm)
    |(?<=[\s.…_])(?<![\d/].)/[\s.…_]*/\s*20\d\d)""",
    re.VERBOSE,
)
_BLANK_NUMBER = re.compile(r"Số\s*:?[\s.…_]*[/-]\s*[A-ZĐ]")
_NOTE = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo", re.IGNORECASE)
_RANK = {"commune": 0, "district": 1, "province": 2, "central": 3}
_SCOPE_RANK = {"thị xã": 1, "huyện": 1, "quận": 1, "thành phố": 1, "tỉnh": 2}
_PLAN_ZONES = frozenset({"purpose", "goal", "goal_specific", "goal_general", "task", "assignment"})
_PLAN_TYPES = frozenset({"KH", "CTr", "ĐA", "PA", "QĐ", "CT", "NQ", "HD", "DA"})


def extract(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """All diagnostics of a plan in document order; those about the whole document first."""
    found = [diagnostic for check in CHECKS for diagnostic in check(doc, plan)]
    yield from sorted(found, key=lambda d: (d.evidence.start if d.evidence else -1, d.code))


def _diagnostic(code: str, severity: Severity, message: str, evidence: Evidence | None) -> Diagnostic:
    return Diagnostic(code=code, severity=severity, message=message, evidence=evidence)


def _blank_header(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """A draft leaves number or day blank; so does a copy that begins with its type; what could not be read is not missing."""
    unread = {diagnostic.code for diagnostic in plan.diagnostics}
    head = letterhead_of(doc)
    if not (head.national or head.party or head.bodies or head.number_span or head.date_span or _type_span(doc)):
        return  # a text that begins with its first heading
    place = head.number_span or head.date_span or _type_span(doc)
    if plan.header.code is None and not head.enacted and "unread_number" not in unread:
        yield _diagnostic("missing_number", "warning", "Văn bản không có số.", cite(doc, *place) if place else None)
    if (plan.header.issued_on is None or "X" in plan.header.issued_on) and "unread_date" not in unread:
        place = head.date_span or _type_span(doc)
        yield _diagnostic("missing_date", "warning", "Văn bản không ghi đủ ngày, tháng, năm.", cite(doc, *place) if place else None)


def _type_span(doc: Doc) -> tuple[int, int] | None:
    return next(((line.start, line.end) for line in lines_of(doc) if line.kind == TYPE), None)


def _numbering(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """III then V; 2.1 under 1. Numbers may run on through unnumbered subheads."""
    last: dict[tuple[int | None, str | None], int] = defaultdict(int)
    for line in lines_of(doc):
        if line.kind not in {HEADING, NUMBERED} or line.marker is None or line.family in {"annex", "item"}:
            continue
        over = _numbered_over(doc, line)
        number, before = _ordinal(line), last[(over, line.family)]
        last[(over, line.family)] = number
        strays = line.family == "dotted" and _strays(doc, line)
        if strays and line.marker:
            last[(lines_of(doc)[line.parent or 0].parent, "arabic")] = int(line.marker.split(".")[0])
        if number and number == before:
            yield _diagnostic("numbering_duplicate", "info", f"Mục {line.marker} trùng số với mục trước.", cite(doc, line.start, line.end))
        without_d = line.marker.lower() == "e" and before == _LETTERS.index("d") + 1
        if strays or (number > before + 1 and not without_d and (before or line.kind == HEADING)):
            yield _diagnostic("numbering_gap", "warning", f"Mục {line.marker} không nối tiếp mục trước.", cite(doc, line.start, line.end))


def _numbered_over(doc: Doc, line: Line) -> int | None:
    return next((up.number for up in governors(doc, line) if up.marker is not None), None)


def _strays(doc: Doc, line: Line) -> bool:
    """Whether the first `x.1` stands under a heading of another number than x."""
    if line.parent is None or not line.marker or not line.marker.endswith(".1"):
        return False
    parent = lines_of(doc)[line.parent]
    return parent.family in {"arabic", "dotted"} and parent.marker != line.marker.rpartition(".")[0]


def _ordinal(line: Line) -> int:
    label = (line.marker or "").split()[-1].split(".")[-1]
    if label.lower() in _NUMBER_WORDS:
        return _NUMBER_WORDS[label.lower()]
    if label.isdigit():
        return int(label)
    if line.family in {"roman", "part", "chapter"}:
        values = [_ROMAN.get(c, 0) for c in label]
        return sum(-v if v < max(values[k:]) else v for k, v in enumerate(values))
    return _LETTERS.find(label[:1].lower()) + 1


def _citations(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """What the references' flags say."""
    for reference in plan.references:
        name = reference.code or reference.name or ""
        evidence = reference.mentions[0]
        if "type_symbol_mismatch" in reference.flags:
            yield _diagnostic("type_symbol_mismatch", "warning", f"Tên loại không khớp ký hiệu {name}.", evidence)
        if "inconsistent_citation" in reference.flags:
            yield _diagnostic("inconsistent_citation", "warning", f"{name} được dẫn với ngày hoặc cơ quan ban hành khác nhau.", evidence)
        if "blank_number" in reference.flags:
            yield _diagnostic("missing_number", "info", "Văn bản viện dẫn để trống số.", evidence)
        if "blank_date" in reference.flags and len((reference.issued_on or "").replace("X", "")) < len("2024-05-03"):
            yield _diagnostic("missing_date", "info", "Văn bản viện dẫn để trống ngày.", evidence)
        mismatch = citation_mismatch(reference)
        if mismatch:
            yield _diagnostic("citation_mismatch", "warning", mismatch[0], evidence)
        issued, own = reference.issued_on, plan.header.issued_on
        if issued and own and "X" not in issued + own and issued > own:
            yield _diagnostic("cited_after_issue", "warning", f"{name} đề ngày {issued}, sau ngày ban hành {own}.", evidence)


def _blank_dates(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """Dates left blank in the body or in a further letterhead: `Tháng /2025`, `ngày … tháng … năm 2025`; in tables each once."""
    own, seen = letterhead_of(doc).date_span, set[str]()
    cited = [(mention.start, mention.end) for reference in plan.references for mention in reference.mentions]
    for line in lines_of(doc):
        if line.kind in {TYPE, FORM} or (own and line.start <= own[0] < line.end):
            continue
        words = text_of(doc)[line.start : line.end]
        dated = "/" in words or "gày" in words
        found = _BLANK_DATE.search(words) if dated and not _NOTE.match(words) else None
        if found and line.kind == ROW and fold(found[0]) in seen:
            continue
        if found and not any(start <= line.start + found.start() < end for start, end in cited):
            seen.add(fold(found[0]))
            place = cite(doc, line.start + found.start(), line.start + found.end())
            yield _diagnostic("missing_date", "info", "Ngày, tháng để trống.", place)
        if line.kind == LETTERHEAD and own and line.start > own[1] and _BLANK_NUMBER.match(words):
            yield _diagnostic("missing_number", "warning", "Văn bản đính kèm không có số.", cite(doc, line.start, line.end))


def _further_documents(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """Documents bound in one file with the plan, by the numbers in their own letterheads; the header is that of the first."""
    own = letterhead_of(doc).number_span
    for line in lines_of(doc):
        number = NUMBER.match(text_of(doc)[line.start : line.end]) if line.kind == LETTERHEAD and own and line.start > own[1] else None
        if number and number["number"]:
            code = f"{number['number']}{number['mark']}{number['symbol']}"
            place = cite(doc, line.start, line.start + number.end())
            yield _diagnostic("further_document", "info", f"Tệp còn có văn bản số {code}.", place)


def _dates(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """Dates that no calendar has: 31/4, 29/02 of a common year."""
    for pattern in (_DATE, _WRITTEN):
        for found in pattern.finditer(text_of(doc)):
            try:
                date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                yield _diagnostic("date_impossible", "warning", f"Ngày {found[0]} không có trong lịch.", cite(doc, *found.span()))


def _locality(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    place = plan.locality
    if place is None:
        yield _diagnostic("ambiguous_locality", "info", "Không xác định được địa phương của văn bản.", None)
    elif place.official is None:
        yield _diagnostic("ambiguous_locality", "info", f"Chưa xác định được mã đơn vị hành chính của {place.type} {place.name}.", None)


def _scope(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """A commune's plan that counts the whole town's people copies its parent."""
    if plan.locality is None:
        return
    own = _RANK[plan.locality.level]
    for target in plan.targets:
        found = _SCOPE.search(fold(target.text)) if target.kind == "percentage" else None
        if found and _SCOPE_RANK[found["type"]] > own:
            yield _diagnostic("scope_mismatch", "warning", f"Chỉ tiêu tính trên phạm vi {found['type']}, rộng hơn địa bàn của kế hoạch.", target.evidence)


def _targets(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """Targets without a horizon, with a comparator against their indicator's direction, or falling with time."""
    horizons: dict[tuple[str, str, str | None], list[Target]] = defaultdict(list)
    for target in plan.targets:
        if target.horizon is None and plan.period is None:
            yield _diagnostic("target_without_horizon", "info", "Chỉ tiêu không nêu thời hạn.", target.evidence)
        direction = direction_of(target.indicator) if target.indicator else None
        if direction and target.change is None and target.comparator in _AGAINST.get(direction, ()):
            yield _diagnostic("direction_suspect", "warning", "Dấu so sánh ngược chiều với chỉ tiêu.", target.evidence)
        if target.indicator and target.horizon and target.horizon.end and target.change is None:
            horizons[(target.indicator, target.unit, target.population)].append(target)
    for series in horizons.values():
        yield from _monotone(series)


_AGAINST = {"lower": ("ge", "gt"), "higher": ("le", "lt")}


def _monotone(series: list[Target]) -> Iterator[Diagnostic]:
    direction = direction_of(series[0].indicator or "")
    ordered = sorted(series, key=lambda t: (t.horizon.end or "" if t.horizon else "", t.evidence.start))
    for early, late in pairwise(ordered):
        same = early.horizon and late.horizon and early.horizon.end == late.horizon.end
        falls = late.value < early.value if direction == "higher" else late.value > early.value
        if direction in {"higher", "lower"} and falls and not same:
            yield _diagnostic("non_monotone", "warning", "Mức của năm sau kém mức của năm trước.", late.evidence)


def _two_levels(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """One target with two levels, 95 % in the body and 90 % in the annex: each stands once in prose and once in a table."""
    alike: dict[tuple[str, str, str | None, str], list[Target]] = defaultdict(list)
    for target in plan.targets:
        if target.indicator_text and target.horizon and target.horizon.end and target.change is None:
            alike[(fold(target.indicator_text), target.unit, target.population, target.horizon.end)].append(target)
    for found in alike.values():
        in_table = [any(table.evidence.start <= one.evidence.start < table.evidence.end for table in plan.tables) for one in found]
        if sorted(in_table) == [False, True] and found[0].value != found[1].value:
            levels = " và ".join(f"{one.value:g}".replace(".", ",") for one in found)
            yield _diagnostic("inconsistent_target", "warning", f"Cùng một chỉ tiêu, phần lời và bảng ghi khác nhau: {levels}.", found[1].evidence)


def _tasks(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """Tasks of an assignment section that nobody is given."""
    zones = {section.id: section for section in plan.outline}
    assigned = {line.section for line in lines_of(doc) if line.zone == "assignment"}
    for task in plan.tasks:
        if task.section in assigned and task.section in zones and not task.lead:
            yield _diagnostic("task_without_unit", "info", "Nhiệm vụ chưa nêu đơn vị thực hiện.", task.evidence)


def _ended(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """District bodies ended with June 2025 (Luật Tổ chức chính quyền địa phương 72/2025/QH15)."""
    issuer, issued = plan.header.issuer, plan.header.issued_on
    if issuer and issuer.level == "district" and issued and issued[:7] >= "2025-07" and "X" not in issued[:7]:
        yield _diagnostic("issuer_ended", "warning", f"{issuer.name} không còn tồn tại từ ngày 01/7/2025.", plan.header.evidence.get("issuer"))


def _no_plan(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    zones = {line.zone for line in lines_of(doc) if line.kind == HEADING} & _PLAN_ZONES
    typed = plan.header.doc_type in _PLAN_TYPES
    if not typed and len(zones) < 2:
        yield _diagnostic("not_a_plan", "warning", "Văn bản không giống một kế hoạch; kết quả chỉ để tham khảo.", None)


def _spelling(doc: Doc, plan: Plan) -> Iterator[Diagnostic]:
    """Words with Vietnamese marks that are no possible syllable, each once."""
    text = text_of(doc)
    wrong = slips(text)
    for found in _RUN.finditer(text) if wrong else ():
        if found[0] in wrong:
            wrong.remove(found[0])
            yield _diagnostic("spelling", "info", f"“{found[0]}” không phải là âm tiết tiếng Việt.", cite(doc, *found.span()))


CHECKS: tuple[Check, ...] = (
    _blank_header, _further_documents, _numbering, _citations, _blank_dates, _dates, _locality, _scope, _targets, _two_levels,
    _tasks, _ended, _no_plan, _spelling,
)  # fmt: skip
