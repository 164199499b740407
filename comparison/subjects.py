"""Subjects: what a plan is about, so that plans of one subject can stand side by side and versions be told from neighbours.

Read from the title: an instrument that it carries out names the subject, else its words without place, years and the verbs
that every title has.
"""

import re

from extractors.layers.syllables import fold
from schemas.plan import Locality

_CODE = re.compile(r"(?P<code>\d{1,9}(?:/\d{4})?[-/][^\W\d_]{2,6}[-/][^\W\d_]{2,8})")
_NOISE = re.compile(
    r"(?<!\w)(?:kế hoạch|triển khai|thực hiện|tổ chức|công tác|giai đoạn|năm học|năm|đến|định hướng|tầm nhìn|trên địa bàn"
    r"|(?:từ )?(?:tháng|quý) \d+|về việc|về|của|trong cộng đồng)(?!\w)|\d+(?:\s?-\s?\d+)?"
)
_PLACE = re.compile(r"(?<!\w)(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)(?!\w)")


def subject_of(title: str | None, locality: Locality | None) -> str:
    """The subject as a key.

    >>> subject_of("Thực hiện công tác phòng, chống bệnh không lây nhiễm giai đoạn 2024 - 2026", None)
    'phòng chống bệnh không lây nhiễm'
    >>> subject_of("Triển khai thực hiện Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư về củng cố y tế cơ sở", None)
    '25-ct/tw'
    """
    if not title:
        return ""
    code = _CODE.search(title)
    if code:
        return code["code"].lower()
    key = fold(title)
    if locality is not None:
        for name in (locality.name, *(" ".join(place.split()[1:]) for place in locality.within)):
            key = key.replace(fold(name), " ")
    return " ".join(re.findall(r"[^\W_]+", _PLACE.sub(" ", _NOISE.sub(" ", key))))


def shown(subject: str, title: str) -> str:
    """A subject as its title prints it, small letters but for names.

    >>> shown("hội nghỵ lấy ý kiến cử tri", "Tổ chức hội nghị lấy ý kiến cử tri")
    'hội nghị lấy ý kiến cử tri'
    >>> shown("25-ct/tw", "Triển khai Chỉ thị số 25-CT/TW")
    '25-CT/TW'
    """
    if _CODE.fullmatch(subject):
        return subject.upper()
    printed = {fold(word): word for word in reversed(re.findall(r"[^\W_]+", title))}
    return " ".join(printed.get(word, word) for word in subject.split())
