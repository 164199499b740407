"""Heads: the head of one plan's source: letterhead, title, signature, recipients, and what the document says of itself."""

from random import Random
from typing import Any

from benchmarks.generator.cast import PERSONS, Cast


def number_line(cast: Cast, number: int) -> tuple[str, str]:
    """Number line and date line of a plan; blank in a draft."""
    day = cast.years.issued
    sign = "Số" if cast.style["id"] == "party" else "Số:"
    joint = "-" if cast.style["id"] == "party" else "/"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    shown = "" if cast.draft else f"{number:02}"
    date_words = f"ngày tháng {month} năm {day.year}" if cast.draft else f"ngày {day.day:02} tháng {month} năm {day.year}"
    return f"{sign} {shown}{joint}{cast.style['symbol']}", date_words


def head(cast: Cast, random: Random) -> dict[str, Any]:
    """The head of a source: letterhead, title, signature and what the document says of itself."""
    style, years = cast.style, cast.years
    number = random.randint(10, 400)
    line, day = number_line(cast, number)
    span = str(years.first) if years.first == years.last else f"{years.first} - {years.last}"
    dated = random.random() < 0.8
    tail = f" [{'năm' if years.first == years.last else 'giai đoạn'} {span}]{{o}}" if dated else ""
    on_behalf, capacity, position = style["signature"]
    told = [*style["reported"], *style.get("recipients", []), *random.sample(style["units"], 2)]
    title = cast.topic["title"][:1].upper() + cast.topic["title"][1:]
    issued = f"{years.issued.year}-{years.issued.month:02}-XX" if cast.draft else years.issued.isoformat()
    signature = {"on_behalf_of": on_behalf, "capacity": capacity, "position": position, "name": random.choice(PERSONS)}
    fields: dict[str, Any] = {
        "format": "txt",
        "topic": cast.topic["name"],
        "merged": random.random() < 0.25,
        "wrapped": random.random() < 0.3,
        "left": [cast.named(text) for text in style["left"]],
        "number": line,
        "place": f"{cast.place}, {day}",
        "title": [title + tail],
        "document": {
            "number": None if cast.draft else number, "symbol": style["symbol"], "issuer": cast.named(style["issuer"]),
            "level": style["level"], "place": cast.place, "date": issued,
        },
        "locality": {"name": cast.place, "type": style["type"], "level": style["level"], "within": []},
        "period": {"start": str(years.first), "end": str(years.last)} if dated else None,
        "signature": {key: value for key, value in signature.items() if value},
        "recipients": [*dict.fromkeys(f"- {cast.named(text)};" for text in told), "- Lưu: VT."],
    }  # fmt: skip
    if "right" in style:
        fields["right"] = style["right"]
    if cast.draft:
        fields["diagnostics"] = [{"code": "missing_number", "quote": line}, {"code": "missing_date", "quote": fields["place"]}]
    return fields
