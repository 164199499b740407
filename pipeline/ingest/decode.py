"""Decoding: bytes of unknown encoding made into text, judged by how Vietnamese the result is.

UTF-8 and UTF-16 prove themselves; every other encoding is a guess, and a guess is only taken if its words are Vietnamese
syllables. A wrong reading would be worse than none.
"""

import codecs
import html
import re
from importlib import import_module

from pipeline.errors import UndecodableText
from pipeline.ingest.legacy import encoding_of
from pipeline.ingest.letters import clean, vietnamese_share

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BELIEVED = 0.85  # share of Vietnamese syllables; prose has 0.99, another language or a wrong encoding under 0.6
_TAG = re.compile(r"<[^<>]*>")
_MOJIBAKE = re.compile(r"á[»º]|Ã[\u0080-\u00bf\u00a0-\u00ff]|Æ[°¡]|Ä[\u0080-\u00bf‘’]")  # á»‡ for ệ, Æ° for ư, Ä‘ for đ


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, bool]:
    """Return the text of `data` and whether all of it could be decoded; `declared` is what the document says of itself."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    two_byte = _two_byte(data)
    if two_byte:
        return _lenient(data, two_byte)
    try:
        return unmangle(data.decode("utf-8")), True
    except UnicodeDecodeError:
        return _guess(data, name, declared)


def unmangle(text: str) -> str:
    """Return `text` with UTF-8 that someone read as Latin-1 repaired, where it clearly is that."""
    found = len(_MOJIBAKE.findall(text[:20_000]))
    if found < 3 or found < len(text[:20_000].split()) * 0.2:
        return text
    fixed: str = import_module("ftfy").fix_text(text, unescape_html=False, uncurl_quotes=False, fix_character_width=False)
    return fixed if vietnamese_share(fixed) > max(_BELIEVED, vietnamese_share(text)) else text


def _lenient(data: bytes, encoding: str) -> tuple[str, bool]:
    text = data.decode(encoding, errors="replace")
    return text.replace("\ufffd", ""), "\ufffd" not in text


def _two_byte(data: bytes) -> str | None:
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.1 and even * 8 < odd:
        return "utf-16-le"
    if even > len(head) * 0.1 and odd * 8 < even:
        return "utf-16-be"
    return None


def _guess(data: bytes, name: str, declared: str | None) -> tuple[str, bool]:
    plain = data.decode("latin-1")
    if encoding_of(html.unescape(_TAG.sub(" ", plain)).split("\n")):
        return plain, True  # whoever knows where fonts change makes it Unicode
    best, best_share, whole = "", 0.0, True
    for encoding in _candidates(data, declared):
        try:
            text, complete = _lenient(data, encoding)
        except LookupError:
            continue
        spoilt = data.count(b"\n") + len(data) // 100 if not complete else 0
        if not complete and data.decode(encoding, errors="replace").count("\ufffd") > spoilt:
            continue
        share = vietnamese_share(clean(text))
        if share > best_share:
            best, best_share, whole = text, share, complete
    if best_share < _BELIEVED:
        raise UndecodableText(
            f"{name}: no encoding makes Vietnamese of these bytes (best guess {best_share:.0%} Vietnamese syllables).",
            remedy="Open the file in the program that wrote it and save it as UTF-8.",
        )
    return best, whole


def _candidates(data: bytes, declared: str | None) -> list[str]:
    matches = import_module("charset_normalizer").from_bytes(data[:65_536])
    guessed = [match.encoding for match in matches][:4]
    return [*([declared] if declared else []), "cp1258", "utf-8", *guessed]
