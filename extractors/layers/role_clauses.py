"""Role clauses: lists of bodies with what stands before and behind them, and the role that this gives them.

A phrase straight before the bodies decides first (`phối hợp với`, `tham mưu`, `báo cáo`, `giao`, `chỉ đạo`); else a list that
goes on keeps its role; else bodies at the opening of a clause are its subject.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from extractors.layers import role_cues as cues
from extractors.layers.lines import CLOSING, HEADING, Line
from extractors.layers.unit_grammar import PEOPLE, Found
from extractors.layers.unit_words import Words, longest, phrases, predicates, words_of

Role = Literal["lead", "coordinate", "advised", "reported_to"]
How = Literal["subject", "assigned", "cued", "heading", "label", "named", "cell"]

REACH_BACK, REACH_ON, CUE_REACH = 60, 24, 36
"""Words looked at before the bodies, behind them, and by cues: longer clauses say nothing more of them."""

DUTIES_ONLY = frozenset({"purpose", "requirement", "schedule"})
"""Zones that describe bodies more often than they give them work: only a subject with a word of duty counts there."""

RUN_OF_VERBS = 8
"""Words in which a guiding verb before `đôn đốc` belongs to the same run: `chỉ đạo, kiểm tra, đôn đốc X`."""

_STOPS = frozenset({".", ";", ":"})
_LINKS = frozenset({",", "và", ":", "(", "-", ";"})
_NO_CUES = frozenset({"", ",", ":", "(", "-"})
_BESIDE = "của"
_NO_VERBS = frozenset({"và", "hoặc", "vùng", "mới", "này", "đó", "khu", "loại", "ngày", "năm", "tháng", "quý", "là", "nói", "hiện"})
_BY_DUTY = frozenset(" ".join(phrase) for phrase in phrases("theo chức", "trên cơ", "theo nhiệm", "theo phạm"))
_ASIDE = (", ", "; ", "theo ", "trong ", "trên ", "tại ")


class Clause(NamedTuple):
    """Clause: a list of bodies with what stands before and behind it in its clause, as phrases of keys.

    `joins` says that the next bodies stand straight behind, at most two words on; `previous` is the role of those before, and
    `named` says that these name them, in brackets: `các doanh nghiệp viễn thông (VNPT, Viettel)`.
    """

    words: Words
    group: Sequence[Found]
    before: str
    after: str
    joins: bool = False
    named: bool = False
    previous: Role | None = None


class Place(NamedTuple):
    """Place: the line that clauses stand in; `parted` says that lower headings name the doers of its groups, `over_work`
    that what stands below it begins with a verb."""

    line: Line
    parted: bool = False
    over_work: bool = False


class Verdict(NamedTuple):
    """Verdict: the role of bodies and what gives it; `role` is None where a cue says that they have none."""

    role: Role | None
    how: How = "cued"


def clauses(words: Words, groups: Sequence[Sequence[Found]]) -> Iterator[Clause]:
    """The lists of bodies of a stretch of words as clauses, in order."""
    for k, group in enumerate(groups):
        first, last = group[0].first, group[-1].last
        begin = next((j + 1 for j in range(first - 1, max(-1, first - REACH_BACK), -1) if words.marks[j] in _STOPS), max(0, first - REACH_BACK))
        previous = groups[k - 1][-1].last if k else 0
        before = words.phrase(max(begin, previous), first)
        if not before and k and previous > begin:
            before = _BESIDE
        reach = min(last + REACH_ON, len(words.keys))
        end = next((j + 1 for j in range(last, reach) if words.marks[j] in _STOPS), reach)
        joins = k + 1 < len(groups) and groups[k + 1][0].first - last <= 2
        named = k > 0 and len(group) > 1 and words.phrase(previous, first) == "(" and groups[k - 1][-1].plural
        yield Clause(words, group, before, words.phrase(last, end), joins, named)


def verdict(place: Place, clause: Clause) -> Verdict:
    """The role of a clause's bodies."""
    if clause.named and clause.previous:
        return Verdict(clause.previous)
    decided = None if clause.before.rsplit(" ", 1)[-1] in _NO_CUES else _by_cue(place, clause)
    if decided:
        return decided
    if clause.previous in {"coordinate", "reported_to"} and _interrupted(clause):
        return Verdict(clause.previous)
    return _as_subject(place, clause)


def _by_cue(place: Place, clause: Clause) -> Verdict | None:
    """What the phrase straight before the bodies says; None where it is no cue."""
    before, after = " ".join(clause.before.split(" ")[-CUE_REACH:]), clause.after
    if cues.ADVISED.ends(before):
        return Verdict("advised")
    if cues.COORDINATE.ends(before):
        listed = clause.previous in {"reported_to", "advised"} and before.removesuffix(" với") == "cùng"  # báo cáo A cùng B
        return Verdict(clause.previous if listed else "coordinate")
    if cues.SUBMITTED.ends(before):
        return Verdict("advised" if cues.DECIDES.match(after) and clause.previous != "advised" else "reported_to")
    people = all(found.need == PEOPLE for found in clause.group)
    if people and (cues.DIRECT.ends(before) or not (cues.ASSIGN.ends(before) or cues.TOLD.ends(before))):
        return Verdict(None)
    if cues.REPORTED.ends(before) or (clause.previous == "reported_to" and cues.VIA.ends(before)):
        return Verdict("reported_to")
    if cues.ASSIGN.ends(before):
        how: How = "heading" if place.line.kind == HEADING else "assigned"
        return Verdict(None if cues.ASKED_ABOVE.match(after) or _within(place, clause) else "lead", how)
    if cues.DIRECT.ends(before):
        if place.line.kind == CLOSING and cues.SUMS_UP.match(clause.words.phrase(0, clause.group[0].first)):
            return Verdict(None)
        urged = cues.URGES_ONLY.ends(before) and not cues.GUIDES.search(" ".join(before.split(" ")[-RUN_OF_VERBS:]))
        return Verdict("lead" if not urged and (acts(clause) or after.startswith("để ")) else None, "assigned")
    if cues.BY.ends(before):
        return Verdict("lead" if cues.BY_DOES.match(after) else None, "subject")
    return None


def _within(place: Place, clause: Clause) -> bool:
    """Whether an assignment names no doer: staff told off to an area (`phân công người trực ban`), the title of all assignments."""
    if place.line.kind == HEADING and cues.ASSIGNING.match(clause.before):
        return True
    first = clause.group[0].first
    if clause.before.endswith("giao cho") and cues.WAS_ASSIGNED.search(clause.words.phrase(max(0, first - CUE_REACH), first)):
        return True
    if cues.TASK_ITSELF.search(clause.before) and clause.after[:1] in {"", ",", ".", ";"} and all(found.plural for found in clause.group):
        return True
    return all(found.kind == "official" and not found.placed and cues.IN_CHARGE.search(found.name) for found in clause.group)


def _interrupted(clause: Clause) -> bool:
    """Whether only another noun of the same list stands between two lists of bodies."""
    if cues.ABOVE_ALL.fullmatch(clause.before):
        return True
    tokens = clause.before.removeprefix(") ").split(" ")
    if not {tokens[0], tokens[-1]} <= {",", "và"} or len(tokens) > 8:
        return False
    keys = words_of(clause.before, 0, len(clause.before)).keys
    return not any(longest(predicates(), keys, k) for k in range(1, len(keys) - 1))


def _as_subject(place: Place, clause: Clause) -> Verdict:
    """A subject leads where the section gives work; a helper without a partner coordinates."""
    line, after = place.line, clause.after
    if _shares(clause):
        return Verdict(None)
    if line.kind == HEADING and line.zone != "assignment" and line.tail is None and not (line.family == "article" and cues.DUTY.match(after)):
        return Verdict("lead" if place.over_work and not clause.before and after in {"", ":", "."} else None, "heading")
    first = clause.group[0].first
    if cues.HELPS.match(after) and cues.WHO_LEADS_IS_SAID.search(clause.words.phrase(max(0, first - 8), first)):
        return Verdict("coordinate", "subject")
    if not _opens(line, clause) or _does_nothing(line, clause):
        return Verdict(None)
    if cues.ONLY_HELPS.match(after) and not clause.joins:
        return Verdict("coordinate", "subject")
    if line.kind == HEADING and place.parted and all(found.loose for found in clause.group):
        return Verdict(None)
    if line.kind == HEADING and (line.tail is None or clause.words.starts[clause.group[0].first] < line.tail):
        return Verdict("lead", "heading")
    return Verdict("lead" if acts(clause) or cues.DUTY.match(after) or _named_alone(place, after) else None, "subject")


def _shares(clause: Clause) -> bool:
    """`...; mỗi đơn vị cử 01 đầu mối`: the share of each of those that are named before or above is no subject of its own."""
    first = clause.group[0].first
    return clause.words.keys[first] == "mỗi" and clause.words.marks[first - 1] in {";", ","}


def _opens(line: Line, clause: Clause) -> bool:
    """Whether bodies stand at the opening of a clause: first, behind an adverbial, or before words that only a doer has."""
    before, after = clause.before, clause.after
    if not before or before in _LINKS or cues.SHORT_OPENER.fullmatch(before):
        return True
    adverbial = cues.OPENER.match(before) is not None or cues.AS_FOR.match(before) is not None
    if (adverbial and before.endswith(",")) or (before.split(" ")[-1] in _LINKS and cues.DUTY.match(after)):
        return True
    return line.kind == CLOSING and (adverbial or before.endswith(",")) and cues.CLOSING_VERBS.match(after) is not None


def _does_nothing(line: Line, clause: Clause) -> bool:
    """Whether what follows a subject is an order that it gives, a state that it is in, or where only duties count no duty."""
    after = clause.after
    if cues.ORDERS.match(after) or (cues.STATIVE.match(after) and not cues.DUTY.match(after)):
        return True
    if line.zone not in DUTIES_ONLY or (line.zone == "schedule" and _behind_colon(clause)):
        return False
    return not (cues.BOUND if line.zone == "purpose" else cues.URGED).match(after)


def _behind_colon(clause: Clause) -> bool:
    """`Tháng 11/2025: Ban Biên tập tổng hợp bài`."""
    first = clause.group[0].first
    return first > 0 and clause.words.marks[first - 1] == ":"


def _named_alone(place: Place, after: str) -> bool:
    """Whether bodies without a predicate are doers: before a colon, or as a line of the assignments."""
    assigned = place.line.zone == "assignment"
    if after.startswith((":", "( ")):
        return assigned or after.startswith(": ") or place.over_work
    return assigned and (after in {"", ".", ";", ","} or after.startswith(_ASIDE))


def acts(clause: Clause) -> bool:
    """Whether a predicate stands behind the bodies: a word that is neither a preposition nor the rest of a noun phrase."""
    words, at = clause.words, clause.group[-1].last
    if words.marks[at : at + 1] == ["("]:
        at = next((k + 1 for k in range(at, min(at + REACH_ON, len(words.keys))) if words.marks[k] == ")"), at)
    comma = words.marks[at : at + 1] == [","]
    at += comma
    rhythm = cues.RHYTHM.match(words.phrase(at, at + 8))
    at += rhythm[0].count(" ") if rhythm else 0
    if at >= len(words.keys) or not words.marks[at].isalpha() or words.keys[at] in _NO_VERBS:
        return False
    found = longest(predicates(), words.keys, at)
    if found is None or found[1][0] == "noun":
        return not (comma or words.capital(at) or clause.group[-1].loose)
    return found[1][0] != "preposition" or words.phrase(at, at + 2) in _BY_DUTY
