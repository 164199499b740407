"""Symbols of instruments: every shape that offices print, and numbers that are no symbols."""

import pytest

from extractors.layers.symbols import read_symbol


@pytest.mark.parametrize(
    ("printed", "code", "sign", "style"),
    [
        ("33/2015/TT-BYT", "33/2015/TT-BYT", "TT", "state"),
        ("10/KH-UBND", "10/KH-UBND", "KH", "state"),
        ("30c/NQ-CP", "30c/NQ-CP", "NQ", "state"),
        ("27/2014/TTLT-BYT-BTC", "27/2014/TTLT-BYT-BTC", "TTLT", "state"),
        ("1191/NQ-UBTVQH15", "1191/NQ-UBTVQH15", "NQ", "state"),
        ("25-CT/TW", "25-CT/TW", "CT", "party"),
        ("109-KH/ThU", "109-KH/ThU", "KH", "party"),
        ("3792-BC/BCSĐCP", "3792-BC/BCSĐCP", "BC", "party"),
        ("71/2014/QH13", "71/2014/QH13", None, "assembly"),
        ("76/2025/UBTVQH15", "76/2025/UBTVQH15", None, "assembly"),
        ("1234/UBND-VX", "1234/UBND-VX", None, "letter"),
        ("101/CP", "101/CP", None, "letter"),
        ("33/2015", "33/2015", None, "short"),
        # what typing and conversion do to symbols
        ("15 – KH/HU", "15-KH/HU", "KH", "party"),
        ("395 /KH-STTTT", "395/KH-STTTT", "KH", "state"),
        ("318/QĐUBND", "318/QĐ-UBND", "QĐ", "state"),
        ("84 QĐ/TWĐTN", "84-QĐ/TWĐTN", "QĐ", "party"),
        ("12/QD-UBND", "12/QĐ-UBND", "QĐ", "state"),
        ("25-CT/TƯ", "25-CT/TW", "CT", "party"),
        ("01/2020/TT-VPCPngày", "01/2020/TT-VPCP", "TT", "state"),
        ("12/KH-UBND - Kế hoạch", "12/KH-UBND", "KH", "state"),
    ],
)
def test_symbol(printed: str, code: str, sign: str | None, style: str) -> None:
    found = read_symbol(printed, 0)
    assert found is not None
    assert (found[0].code, found[0].type, found[0].style) == (code, sign, style)


@pytest.mark.parametrize(
    "printed",
    [
        "24/7",
        "15/19 tiêu chí",
        "2/3 số thôn",
        "03/5/2024",
        "30/4",
        "10.000 dân",
        "01 lần/năm",
        "2021 - 2025",
        "250 giường",
        "12/5 đường",
    ],
)
def test_no_symbol(printed: str) -> None:
    assert read_symbol(printed, 0) is None


@pytest.mark.parametrize(
    ("printed", "flag"),
    [
        ("15 – KH/HU", "spacing_normalised"),
        ("318/QĐUBND", "hyphen_restored"),
        ("25-CT/TƯ", "spelling_normalised"),
        ("49/NQ-TW", "style_mismatch"),
        ("12-KH/UBND", "style_mismatch"),
    ],
)
def test_flags(printed: str, flag: str) -> None:
    found = read_symbol(printed, 0)
    assert found is not None
    assert found[0].flags == (flag,)
