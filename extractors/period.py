"""Period: the years that a plan as a whole covers, where it says so."""

import re

from extractors.layers.identity import identity_of
from extractors.layers.letterhead import title_span
from extractors.layers.lines import CLOSING, PREAMBLE, Line, lines_of
from extractors.layers.marks import Doc, text_of
from schemas.plan import Period

_RANGE = r"(?P<start>20\d\d)\s*(?:[-–]|đến(?:\s+năm)?)\s*(?P<end>20\d\d)"
_STAGE = re.compile(rf"(?:giai đoạn|thời kỳ|trong các năm|các năm|năm|từ năm)\s+{_RANGE}", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(rf"năm học\s+{_RANGE}", re.IGNORECASE)
_YEAR = re.compile(r"(?<!đến )(?<!trước )năm\s+(?P<year>20\d\d)(?!\s*(?:[-–/]|đến|của\b)\s*(?:năm\s*)?\d)", re.IGNORECASE)
_YEAR_AND_STAGE = re.compile(rf"năm\s+(?P<first>20\d\d)\s*(?:và|,)\s*giai đoạn\s+{_RANGE}", re.IGNORECASE)
_UNTIL = re.compile(r"(?<!hướng )(?<!nhìn )đến (?:hết )?năm\s+(?P<end>20\d\d)", re.IGNORECASE)
_ANNOUNCED = re.compile(
    rf"""(?:xây dựng|ban hành|đề ra)\s+[^.;]{{0,160}}?(?:(?:giai đoạn|năm học)\s+{_RANGE}|(?<!học )(?<!đến )(?<!hết )(?<!trước )(?<!\d )năm\s+(?P<year>20\d\d))
    (?:,?\s+[^.;\d]{{0,40}})?\s(?:như sau|cụ thể)""".replace("\n    ", ""),
    re.IGNORECASE,
)
_CITED = re.compile(
    r"số\s+\d+|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|“[^”]{0,400}”|\"[^\"]{0,400}\"|nhiệm kỳ\s+\d{4}\s*[-–]\s*\d{4}|khóa\s+[IVX]+",
    re.IGNORECASE,
)


def extract(doc: Doc) -> Period | None:
    """The period by the title, else by what purpose or schedule say of the whole plan; null where nothing says it."""
    span = title_span(doc)
    if span:
        year = identity_of(doc).year
        found = _in_title(text_of(doc)[span[0] : span[1]], year)
        if found and not (year and found.end and int(found.end) < year):  # what the title tells of the past is another's
            return found
    announced = _announced(doc)
    if announced:
        return announced
    for zone in ("purpose", "schedule", "goal", "goal_general"):
        for line in lines_of(doc):
            if line.zone == zone and line.kind not in {PREAMBLE, CLOSING}:
                found = _in_body(doc, line)
                if found:
                    return found
    return None


def _announced(doc: Doc) -> Period | None:
    """The period that the preamble's last clause gives its own plan: `ban hành kế hoạch giai đoạn 2024 - 2026 như sau`."""
    for line in lines_of(doc):
        if line.kind == PREAMBLE:
            found = _ANNOUNCED.search(text_of(doc), line.start, line.end)
            if found:
                return Period(start=found["start"] or found["year"], end=found["end"] or found["year"])
    return None


def _in_title(title: str, year: int | None) -> Period | None:
    """The last period or year that the title gives outside quoted names."""
    own = _CITED.sub(lambda m: " " * len(m[0]), title)
    joined = _YEAR_AND_STAGE.search(own)
    if joined:
        return Period(start=joined["first"], end=joined["end"])
    for pattern in (_STAGE, _SCHOOL_YEAR):
        stages = list(pattern.finditer(own))
        years = list(_YEAR.finditer(own))
        if stages and not (years and years[-1].start() > stages[-1].start()):
            return Period(start=stages[-1]["start"], end=stages[-1]["end"])
    years = list(_YEAR.finditer(own))
    if years:
        return Period(start=years[-1]["year"], end=years[-1]["year"])
    until = _UNTIL.search(own)
    if until and year and year <= int(until["end"]):
        return Period(start=str(year), end=until["end"])
    return None


def _in_body(doc: Doc, line: Line) -> Period | None:
    text = text_of(doc)[line.body : line.end]
    found = _STAGE.search(text)
    if not found:
        return None
    lead = text[: found.start()].rstrip().lower()
    if line.zone == "schedule" or lead.endswith("trong"):
        return Period(start=found["start"], end=found["end"])
    return None
