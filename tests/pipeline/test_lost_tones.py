"""Tones that recognition lost come back where the words beside tell them, and nowhere else."""

from collections import Counter

import pytest

from pipeline.ingest.lost_tones import pairs_in, toned


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        ("Các cơ quan, tô chức có thâm quyền", "Các cơ quan, tổ chức có thẩm quyền"),
        ("hoạt động cung ứng, sử dụng thuôc và", "hoạt động cung ứng, sử dụng thuốc và"),
        ("triên khai thực hiện kê hoạch", "triển khai thực hiện kế hoạch"),
        ("chất lượng khám bệnh", "chất lượng khám bệnh"),
        ("thông tin, biên bản, viên chức, công dân", "thông tin, biên bản, viên chức, công dân"),
        ("ông Tô Chức, bà Lê Kê", "ông Tô Chức, bà Lê Kê"),  # names begin with capitals
        ("TÔ CHỨC", "TÔ CHỨC"),
        ("tô, chức", "tô, chức"),  # no neighbours
        ("đô thị văn minh, nông thôn mới", "đô thị văn minh, nông thôn mới"),
        ("", ""),
    ],
)
def test_a_lost_tone_is_told_by_the_words_beside(read_as: str, printed: str) -> None:
    assert toned(read_as, Counter()) == printed


def test_what_a_document_says_often_stays() -> None:
    own = pairs_in(["cây khô hạn vùng cao"] * 3)
    assert toned("khô hạn", own) == "khô hạn"


def test_a_document_teaches_its_own_words() -> None:
    text = "vùng trồng na dai rải vụ chồi muộn"
    assert toned("rải vụ chôi muộn", Counter()) == "rải vụ chôi muộn"
    assert toned("rải vụ chôi muộn", pairs_in([text] * 4)) == "rải vụ chồi muộn"
