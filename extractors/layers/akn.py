"""Identifiers: Akoma Ntoso-like IRIs of instruments (OASIS Akoma Ntoso Naming Convention 1.0; no official profile exists).

Shape: `/akn/vn/<act or doc>/<type>/<issuer>/<date>/<number>`; normative instruments (a year in their symbol) are acts.
"""

import re
import unicodedata
from functools import lru_cache

from extractors.layers.syllables import CAPITALS

_SLUGS = {
    "KH": "ke-hoach", "QĐ": "quyet-dinh", "NQ": "nghi-quyet", "CT": "chi-thi", "NĐ": "nghi-dinh", "TT": "thong-tu", "TTLT": "thong-tu-lien-tich",
    "KL": "ket-luan", "TB": "thong-bao", "HD": "huong-dan", "CTr": "chuong-trinh", "ĐA": "de-an", "CV": "cong-van", "CĐ": "cong-dien", "BC": "bao-cao",
    "TTr": "to-trinh", "QC": "quy-che", "QyĐ": "quy-dinh", "PA": "phuong-an", "NQLT": "nghi-quyet-lien-tich", "VBHN": "van-ban-hop-nhat", "VB": "van-ban",
}  # fmt: skip
_OTHER = re.compile(r"[^a-z0-9]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PLACE = re.compile(rf"\b(?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu|ủy|uỷ)\s+(?P<name>[{CAPITALS}0-9].*)$")


@lru_cache(maxsize=4096)
def slug(words: str) -> str:
    """Lower-case ASCII letters and digits joined by hyphens.

    >>> slug("Ban Bí thư"), slug("Đề án")
    ('ban-bi-thu', 'de-an')
    """
    plain = unicodedata.normalize("NFD", words.replace("đ", "d").replace("Đ", "D"))
    return _OTHER.sub("-", "".join(c for c in plain if not unicodedata.combining(c)).lower()).strip("-")


def iri_of(kind: str, number: str, issued_on: str, issuer: tuple[str, tuple[str, ...], str]) -> str | None:
    """The identifier, None unless the day is known; `issuer` is the body's name, its signs, and the symbol's style.

    >>> iri_of("KH", "10", "2024-01-28", ("UBND tỉnh Bắc Giang", ("UBND",), "state"))
    '/akn/vn/doc/ke-hoach/ubnd-bac-giang/2024-01-28/10'
    >>> iri_of("CT", "25", "2023-10-25", ("Ban Bí thư", ("TW",), "party"))
    '/akn/vn/doc/chi-thi-dang/tw-bbt/2023-10-25/25'
    """
    if not _DAY.fullmatch(issued_on) or not number:
        return None
    name, signs, style = issuer
    place = _PLACE.search(name)
    body = slug(signs[0]) if signs and kind != "VB" else slug(name)
    if signs and signs[0] == "TW":
        body += "-" + "".join(word[0] for word in slug(name).split("-"))
    elif place and signs and kind != "VB":
        body += "-" + slug(place["name"])
    which = "act" if style in {"normative", "assembly"} else "doc"
    return (
        f"/akn/vn/{which}/{_SLUGS.get(kind, slug(kind))}{'-dang' if style == 'party' else ''}/{body}/{issued_on}/{slug(number)}"
    )
