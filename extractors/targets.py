"""Targets: the quantified levels that a plan aims at, wherever they stand, each with its comparator as printed.

A number is none where it reports, quotes, budgets, limits or names (`layers.standings`), and in work prose a bare count
only where something makes or bounds it (`layers.aims`). A number said twice is listed twice.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.layers.aims import Place, is_aim
from extractors.layers.bounded import Bounded, bounded_of
from extractors.layers.clauses import Stretch, clause_at, sentence_at
from extractors.layers.comparators import Bound
from extractors.layers.components import components
from extractors.layers.folded import fold_in_place, folded, folded_pattern, last_of
from extractors.layers.horizons import horizon, titled
from extractors.layers.indicators import match
from extractors.layers.lines import BULLET, HEADING, LEAD, NUMBERED, ROW, Line, governors, line_at
from extractors.layers.marks import Doc, Mark, cite, text_of
from extractors.layers.measured import Measured, Within, measured_of
from extractors.layers.measures import MEASURES
from extractors.layers.quantities import COUNT, FRACTION, FREQUENCY, PERCENTAGE, RATIO, Number
from extractors.layers.spans import Spans
from extractors.layers.standings import cue, last, past_horizon, place_reason, words_reason
from extractors.layers.target_cells import TargetCell, target_cells, target_tables
from extractors.layers.zones import GOALS
from schemas.facts import Baseline, Modality, Target, TargetKind, Time


class Found(NamedTuple):
    """Found: a number that is aimed at, with what bounds it and where it stands."""

    line: Line
    sentence: Stretch
    clause: Stretch
    mark: Mark
    number: Number
    bound: Bound
    horizon: Time | None = None
    component: str | None = None


_KINDS: dict[str, TargetKind] = {PERCENTAGE: "percentage", FRACTION: "ratio", FREQUENCY: "frequency", RATIO: "ratio"}
_NONE = folded_pattern(r"không_để_(?:xảy_ra|phát_sinh)_(?:các_)?(?P<noun>vụ|ca)(?!_việc)(?![^\W\d_])")
_A_PERIOD = folded_pattern(r"(?<![^\W\d_])(?:mỗi|hằng|hàng)_(?P<period>năm|tháng|quý|tuần|ngày)(?![^\W\d_])")
_BRACKET = re.compile(r"\s*\((?:[^\W\d_]+\s+){0,3}")
_SHARE = folded_pattern(r"\s*\((?:chiếm|tương_đương|bằng)_(?:tỷ_lệ_|khoảng_|gần_|trên_)?")
_WHERE = r"(?P<where>(?:ở|tại|đối_với|với|khu_vực)_[^,;.:()\d]{2,40}?)"
_PLACE_OF_ONE = folded_pattern(rf"\s{_WHERE}(?=\s*[,;.)\n]|_và_|$)")
_PLACE_OF_OTHER = folded_pattern(rf"\s{_WHERE}(?:,|_và|,_và)_")
_NUMBER_FOLLOWS = folded_pattern(r"(?:,|_và|,_và)_(?:(?:đạt|trên|ít_nhất|tối_thiểu|còn|dưới)_){0,2}\d[\d.,]*\s?%")
_MEMBER = folded_pattern(
    r"(?:khu_vực|vùng|ở|cấp|bậc|tuyến|khối|loại|đô_thị|thành_thị|nông_thôn|miền_núi|nam|nữ|mầm_non|tiểu_học|trung_học|thcs|thpt)(?!\w)"
)
"""What begins so only says which part of the thing that the list is about."""
_NEXT_NAMED = folded_pattern(r"(?:,|_và)(?:_(?!mỗi|có|được|để|cho|trong|với)[^\W\d_]+){1,8}_")
_PERIODS = {"năm": "P1Y", "tháng": "P1M", "quý": "P3M", "tuần": "P1W", "ngày": "P1D"}


def extract(doc: Doc) -> Iterator[Target]:
    """One target a level aimed at, in document order."""
    tables = Spans(target_tables(doc))
    prose = [found for found in _aimed(doc) if not tables.overlap(found.mark.start, found.mark.end)]
    entries: list[tuple[int, Found | TargetCell]] = [(found.mark.start, found) for found in prose]
    entries += [(cell.span.start, cell) for cell in target_cells(doc)]
    before: Target | None = None
    for count, (_, entry) in enumerate(sorted(entries, key=lambda e: e[0]), start=1):
        before = _from_cell(doc, entry, count) if isinstance(entry, TargetCell) else _from_prose(doc, entry, before, count)
        yield before


def _from_cell(doc: Doc, cell: TargetCell, count: int) -> Target:
    """A target from a table; its column's head gives the year, else the lines over the table."""
    text, line = text_of(doc), line_at(doc, cell.row.start)
    name, rate = " ".join(_folded(text, part) for part in cell.names), "/" in cell.unit
    head = cite(doc, *cell.head)
    column = Time(text=head.quote, kind="in", end=cell.year, inherited=True, evidence=head) if cell.year else None
    return Target(
        id=f"target-{count}",
        text=_folded(text, cell.row),
        kind="percentage" if cell.unit[:1] in "%‰" else "ratio" if rate else "count",
        indicator=match(name, None, cell.unit).id,
        indicator_text=name,
        comparator=cell.comparator,
        value=cell.value,
        value_high=cell.high,
        unit=cell.unit,
        horizon=column or horizon(doc, *cell.row) or titled(doc, line),
        section=line.section,
        evidence=cite(doc, *cell.span),
    )


def _aimed(doc: Doc) -> Iterator[Found]:
    """The numbers aimed at, those that only say where a change begins left out."""
    bounded = bounded_of(doc)
    bases = {found.bound.base_span[0] for found in bounded if found.bound.base_span}
    previous: Found | None = None
    for one in bounded:
        if one.mark.start in bases or place_reason(doc, one.line, one.mark):
            continue
        if words_reason(doc, one.mark, one.sentence, one.clause, one.bound):
            continue
        mark, number, line, sentence, clause, _ = one
        found = Found(line, sentence, clause, mark, number, _going_on(folded(doc), previous, one), _horizon(doc, one))
        if past_horizon(doc, found.horizon):
            continue
        follows = previous is not None and previous.sentence == found.sentence
        if previous and _restates(folded(doc), previous, found):
            continue
        if is_aim(doc, (found.mark, found.number, found.bound), Place(found.line, found.clause, follows)):
            yield from _components(doc, found)
            previous = found
    yield from _zeros(doc)


def _going_on(key: str, before: Found | None, found: Bounded) -> Bound:
    """The bound with the change of the list that it goes on with: `Giảm tỷ lệ hộ nghèo 0,8%, hộ cận nghèo 1%`."""
    bound, plain = found.bound, found.bound.start == found.mark.start
    if before is None or not plain or before.clause != found.clause or found.mark.label != before.mark.label:
        return bound
    led = before.bound.change in {"increase_by", "decrease_by"} and before.bound.start == before.mark.start
    between = key[before.bound.end : found.mark.start]
    return bound._replace(change=before.bound.change) if led and _NEXT_NAMED.fullmatch(between) else bound


def _restates(key: str, before: Found, found: Found) -> bool:
    """`25/28 xã (89,3%)`, `1,9 ha (chiếm 12%)`: the share in brackets says the same as the count before it."""
    between = key[before.mark.end : found.mark.start]
    if found.mark.label != PERCENTAGE or before.mark.label == PERCENTAGE:
        return False
    return _SHARE.fullmatch(between) is not None or (before.number.of is not None and _BRACKET.fullmatch(between) is not None)


def _zeros(doc: Doc) -> Iterator[Found]:
    """`không để xảy ra vụ ...` among the goals: none of something that is counted."""
    key, text = folded(doc), text_of(doc)
    for none in _NONE.finditer(key):
        line = line_at(doc, none.start())
        if line.zone not in GOALS:
            continue
        mark = Mark(none.start(), none.end(), COUNT)
        sentence = sentence_at(doc, line, mark.start)
        clause = clause_at(doc, sentence, mark.start)
        number = Number(0, text[none.start("noun") : none.end("noun")])
        said = _folded(text, Stretch(none.start("noun"), clause.end)).rstrip(" .;")
        found = Found(line, sentence, clause, mark, number, Bound(mark.start, mark.end), component=said)
        yield found._replace(horizon=_horizon(doc, found))


def _components(doc: Doc, found: Found) -> Iterator[Found]:
    """One target for each of `số vụ, số người chết và số người bị thương` that share a change."""
    shared = found.bound.change in {"decrease_by", "increase_by"} and found.mark.label == PERCENTAGE
    names = components(folded(doc), text_of(doc), found.clause) if shared else ()
    if not names:
        yield found
    yield from (found._replace(component=name) for name in names)


def _from_prose(doc: Doc, found: Found, before: Target | None, count: int) -> Target:
    """A target from running text; `before` is the one before it, whose words may go on to hold for it."""
    text, key, number, bound = text_of(doc), folded(doc), found.number, found.bound
    edge = before.evidence.end if before else 0
    start = max(found.clause.start, edge) if edge <= bound.start else found.clause.start
    said = measured_of(doc, (found.mark, number, bound), Within(start, found.clause.end, found.line.start))
    kind, unit, per = _kind(key, found)
    words = found.component or _of_heading(doc, found, said) or _lead(doc, found, edge) or _gone_before(doc, found, before)
    words = _elsewhere(found, _in_place(doc, found, _under_lead(doc, found, words), before), before)
    if found.line.kind == ROW and words.casefold() == number.unit.casefold():
        words = _row_words(doc, found, "" if kind == "frequency" else number.unit)
    elif number.noun in {"event", "duration"} and words.casefold() == number.unit.split("/")[0].casefold():
        words = f"{words} {_clause_before(doc, found)}".strip()
    return Target(
        id=f"target-{count}",
        text=_folded(text, found.sentence),
        kind=kind,
        indicator=match(words, said.population, unit, delta=bound.change in {"increase_by", "decrease_by"}).id,
        indicator_text=words,
        population=said.population,
        comparator=bound.comparator,
        value=number.value,
        value_high=number.high,
        unit=unit,
        change=bound.change,
        per=per,
        modality=_modality(doc, found),
        baseline=Baseline(value=bound.base, time=bound.base_time) if bound.base is not None or bound.base_time else None,
        horizon=found.horizon,
        section=found.line.section,
        evidence=cite(doc, bound.start, max(bound.end, said.noun_end)),
    )


def _kind(key: str, found: Found) -> tuple[TargetKind, str, str | None]:
    """Kind, unit and the period a count is for; `mỗi tháng có ít nhất 02 tin` is a frequency."""
    mark, number = found.mark, found.number
    kind, unit, per = _KINDS.get(mark.label, "count"), number.unit, number.per
    if found.bound.change == "multiply_by":
        return "ratio", unit, per
    each = last_of(_A_PERIOD, key, found.clause.start, mark.start)
    if per is None and each and (mark.label == COUNT or found.bound.change in {"increase_by", "decrease_by"}):
        per = _PERIODS[each["period"]]
        if mark.label == COUNT and each["period"] != "năm" and each[0].startswith("mỗi"):
            return "frequency", f"{unit}/{each['period']}", per
    return kind, unit, per


def _of_heading(doc: Doc, found: Found, said: Measured) -> str:
    """`Số lượng` alone is the number of what the heading above names."""
    if said.text.casefold() != "số lượng":
        return said.text
    head = next((line for line in governors(doc, found.line) if line.kind == HEADING), None)
    if head is None:
        return said.text
    title = " ".join(text_of(doc)[head.body : head.end].split()).rstrip(" :.")
    return f"{said.text} ({title})"


def _lead(doc: Doc, found: Found, edge: int) -> str:
    """What stands before the colon that opens the clause, behind the number before it: `Học sinh lên lớp: 99%`."""
    text, start = text_of(doc), max(found.sentence.start, edge)
    words = text[start : found.clause.start].rstrip()
    return _folded(words.strip(" ,;.:-+*"), Stretch(0, len(words))) if words.endswith(":") else ""


def _under_lead(doc: Doc, found: Found, words: str) -> str:
    """The measure that a list begins with, before what its member says: `Tỷ lệ trường đạt chuẩn: mầm non 70%, tiểu học 80%`."""
    key, sentence = folded(doc), found.sentence
    colon = key.find(":", sentence.start, found.bound.start)
    if colon < 0:
        return words
    lead = _folded(text_of(doc), Stretch(sentence.start, colon)).lstrip("-+* ")
    before, member = fold_in_place(text_of(doc)[found.clause.start : found.bound.start]), fold_in_place(words)
    said = words and before.rstrip().endswith(member.split()[-1])
    named = MEASURES.match(fold_in_place(lead)) or _MEMBER.match(member)
    if not lead or not said or not named or MEASURES.match(member) or any(char.isdigit() for char in lead):
        return words
    return words if words.startswith(lead) else f"{lead}: {words}"


def _in_place(doc: Doc, found: Found, words: str, before: Target | None) -> str:
    """Where a level holds that another place has another of: `đạt 95% ở đô thị và 80% ở nông thôn`."""
    key, text = folded(doc), text_of(doc)
    where = _PLACE_OF_ONE.match(key, found.mark.end, found.sentence.end)
    if where and before and before.evidence.end > found.sentence.start:
        shared = _PLACE_OF_OTHER.fullmatch(key, before.evidence.end, found.bound.start)
        if shared:
            other = _folded(text, Stretch(*shared.span("where")))
            return f"{before.indicator_text.removesuffix(other).rstrip()} {_folded(text, Stretch(*where.span('where')))}"
    first = where is not None and _NUMBER_FOLLOWS.match(key, where.end(), found.sentence.end) is not None
    place = _folded(text, Stretch(*where.span("where"))) if where and first else ""
    return words if not place or words.endswith(place) else f"{words} {place}"


def _elsewhere(found: Found, words: str, before: Target | None) -> str:
    """`Giảm tỷ lệ hút thuốc tại nơi làm việc còn 30%; tại nhà hàng còn 75%`: the measure before, of another place."""
    place = words.split(" ", 1)[0].casefold()
    if place not in {"tại", "ở"} or before is None or before.evidence.end <= found.sentence.start:
        return words
    measure, at, _ = before.indicator_text.rpartition(f" {place} ")
    return f"{measure} {words}" if at and before.kind == _KINDS.get(found.mark.label, "count") else words


def _gone_before(doc: Doc, found: Found, before: Target | None) -> str:
    """What a bare `phấn đấu 90%` measures: what the number before it in the line does, else the line that leads in."""
    if before is not None and found.line.start <= before.evidence.start < found.line.end:
        return before.indicator_text
    over = next(governors(doc, found.line), None)
    words = text_of(doc)[over.body : over.end] if over is not None and over.kind in {LEAD, BULLET, NUMBERED} else ""
    return _folded(words.rstrip(" :."), Stretch(0, len(words))) or _folded(text_of(doc), found.clause).rstrip(" .;")


def _clause_before(doc: Doc, found: Found) -> str:
    """The action that a bare `mỗi năm 04 lớp` counts: the clause before it in the sentence, or the words before it."""
    text, start = text_of(doc), found.sentence.start
    words = text[found.clause.start : found.bound.start].strip(" ,;")
    if not words or any(char.isdigit() for char in words):
        words = text[start : found.clause.start].strip(" ,;:")
    words = " ".join(words.split())
    return words[:1].lower() + words[1:]


def _row_words(doc: Doc, found: Found, unit: str) -> str:
    """What a number in a cell of its own counts: the unit and the first cell of the row that says what is done."""
    cells = (" ".join(cell.split()) for cell in text_of(doc)[found.line.start : found.line.end].split("\t"))
    task = next((cell for cell in cells if len(cell.split()) >= 2), "")
    return f"{unit} {task[:1].lower()}{task[1:]}" if unit else task


def _modality(doc: Doc, found: Found) -> Modality:
    """The nearest of `phấn đấu` and `duy trì` before the number in its sentence, else in what leads in to it."""
    key, before = folded(doc), Stretch(found.sentence.start, found.mark.start)
    strive, maintain = last(cue("strive"), key, before), last(cue("maintain"), key, before)
    if max(strive, maintain) >= 0:
        return "strive" if strive > maintain else "maintain"
    led: dict[int | None, Modality] = doc.user_data.setdefault("led to", {})
    if found.line.parent not in led:
        led[found.line.parent] = _led_to(doc, found.line)
    return led[found.line.parent]


def _led_to(doc: Doc, line: Line) -> Modality:
    """What the lines over a line say of all that stands below them."""
    key = folded(doc)
    for over in governors(doc, line):
        if over.kind in {LEAD, HEADING} and cue("strive").search(key, over.body, over.end):
            return "strive"
        if over.kind == LEAD and cue("maintain").match(key, over.body, over.end):
            return "maintain"
    return "achieve"


def _horizon(doc: Doc, found: Bounded | Found) -> Time | None:
    part = found.sentence if found.line.kind == ROW else found.clause
    return horizon(doc, *part, at=found.mark.end) or titled(doc, found.line)


def _folded(text: str, part: Stretch) -> str:
    return " ".join(text[part.start : part.end].split())
