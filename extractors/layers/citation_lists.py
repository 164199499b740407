"""Citation lists: what the members of a list share, type word and issuer, on their left or their right.

`các Quyết định số 12/QĐ-UBND ngày 05/01/2024, số 15/QĐ-UBND và số 21/QĐ-UBND của UBND tỉnh`; `các Nghị định của Chính
phủ: số 118/2025/NĐ-CP ..., số 45/2020/NĐ-CP ...`.
"""

import re
from functools import cache

from extractors.layers.naming import Citation, type_words, words_pattern


def list_head(text: str, at: int, left: str, start: int) -> Citation | None:
    """What a list shares that begins with its issuer: `các Nghị định của Chính phủ: số 118/2025/NĐ-CP ..., số ...`."""
    head = _head().search(text[max(text.rfind("\n", 0, at) + 1, at - 120) : at])
    if head is None or not left.rstrip(" :").lower().endswith("số"):
        return None
    kind, _ = type_words()[" ".join(head["word"].lower().split())]
    end = at - (len(head[0]) - head.end("body") + head.start())
    return Citation(start, at, "full", kind, head["word"], issuer=(end - len(head["body"]), end))


@cache
def _head() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<word>{words_pattern()})\s+của\s+(?P<body>[^\W\d_][^:;.,\n]{{2,60}}?)\s*:\s*[Ss]ố\s*:?\s*$", re.IGNORECASE
    )


def share(text: str, found: list[Citation]) -> list[Citation]:
    """Members of a list without issuer (or date) take those of the member on their right."""
    for k in range(len(found) - 2, -1, -1):
        left, right = found[k], found[k + 1]
        if (
            left.form != "full"
            or right.form != "full"
            or not re.fullmatch(r"\s*[,;]?\s*(?:và\s+)?", text[left.end : right.start])
        ):
            continue
        alike = right.shared or (left.type == right.type and left.signs == right.signs and left.signs)
        if alike and left.issuer is None and (left.signs == right.signs or right.shared):
            left = left._replace(issuer=right.issuer)
        if right.shared and left.issued_on is None and "blank_date" not in left.flags:
            left = left._replace(issued_on=right.issued_on)
        found[k] = left
    return found
