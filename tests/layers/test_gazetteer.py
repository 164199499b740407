"""The gazetteer: homonyms are told apart by type, parent and date; codes name a unit only together with a date."""


import pytest

from extractors.layers import gazetteer
from extractors.layers.gazetteer import days_of, find, is_named, level_of_type, parents, province_of, successors

FOUND = [
    # name, type, date, parents, (code, valid) of what is found
    ("Hòa Phong", "xã", "2024-05-03", ("thị xã Mỹ Hào",), [("12115", "../2025-06-30")]),
    ("Hoà Phong", "xã", "2024", ("huyện Krông Bông", "tỉnh Đắk Lắk"), [("24463", "../2025-06-30")]),
    ("Hòa Phong", "xã", "2026", ("tỉnh Hưng Yên",), []),
    ("Lục Ngạn", "huyện", "2024-XX-XX", ("tỉnh Bắc Giang",), [("219", "../2024-12-31")]),
    ("Lục Ngạn", "huyện", "2025-02", (), [("219", "2025-01-01/2025-06-30")]),
    ("Lục Ngạn", "huyện", "2025-08-01", (), []),
    ("Lục Ngạn", "xã", "2025-08-01", (), [("07582", "2025-07-01/..")]),
    ("Chũ", "thị trấn", "2024-03-11", ("huyện Lục Ngạn",), [("07525", "../2024-12-31")]),
    ("Chũ", "phường", "2025-03-11", ("thị xã Chũ",), [("07525", "2025-01-01/2025-06-30")]),
    ("Kiên Lao", "xã", "2024", ("huyện Lục Ngạn", "tỉnh Bắc Giang"), [("07552", "../2024-12-31")]),
    ("Phì Điền", "xã", "2024", ("huyện Lục Ngạn",), [("07582", "../2024-12-31")]),
    ("Phì Điền", "thị trấn", "2025-05", ("huyện Lục Ngạn",), [("07582", "2025-01-01/2025-06-30")]),
    ("Thừa Thiên - Huế", "tỉnh", "2023", (), [("46", "../2024-12-31")]),
    ("Huế", "thành phố", "2023", ("tỉnh Thừa Thiên Huế",), [("474", "../2024-12-31")]),
    ("Vỹ Dạ", "phường", "2023", ("thành phố Huế", "tỉnh Thừa Thiên Huế"), [("19777", "../2024-12-31")]),
    ("HCM", "thành phố", "2026", (), [("79", "2025-07-01/..")]),
    ("01", "quận", "2024", (), [("760", "../2025-06-30")]),
    ("Bắc Giang", "tỉnh", "2026", (), []),
    ("Không Có", None, "2024", (), []),
]


@pytest.mark.parametrize(("name", "kind", "on", "within", "expected"), FOUND)
def test_find(name: str, kind: str | None, on: str, within: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert [(unit.code, unit.valid) for unit in find(name, kind, on=on, within=within)] == expected


def test_homonyms_stay_several_without_a_parent() -> None:
    assert len(find("Hòa Phong", "xã", on="2024")) == 4
    assert len(find("Tân Thành", "xã", on="2024")) > 20


@pytest.mark.parametrize(
    ("name", "kind", "on", "within", "later"),
    [
        ("Hòa Phong", "xã", "2024", ("thị xã Mỹ Hào",), ["phường Thượng Hồng"]),
        ("Kim Sơn", "xã", "2024", ("huyện Lục Ngạn",), ["xã Biển Động"]),
        ("Tân Hoa", "xã", "2024", ("huyện Lục Ngạn",), ["xã Lục Ngạn"]),
        ("Côn Đảo", "huyện", "2024", (), ["đặc khu Côn Đảo"]),
        ("Bắc Giang", "tỉnh", "2024", (), ["tỉnh Bắc Ninh"]),
        ("Hải Dương", "tỉnh", "2022", (), ["thành phố Hải Phòng"]),
        ("Biển Động", "xã", "2026", (), ["xã Biển Động"]),
    ],
)
def test_successors(name: str, kind: str, on: str, within: tuple[str, ...], later: list[str]) -> None:
    (unit,) = find(name, kind, on=on, within=within)
    assert [f"{one.type} {one.name}" for one in successors(unit)] == later


def test_a_district_went_into_several() -> None:
    (town,) = find("Mỹ Hào", "thị xã", on="2024")
    assert {unit.name for unit in successors(town)} == {"Mỹ Hào", "Đường Hào", "Thượng Hồng"}


def test_parents_are_those_of_the_day() -> None:
    (before,) = find("Chũ", "thị trấn", on="2024")
    (after,) = find("Lục Ngạn", "xã", on="2026")
    assert [f"{unit.type} {unit.name}" for unit in parents(before)] == ["huyện Lục Ngạn", "tỉnh Bắc Giang"]
    assert province_of(after).name == "Bắc Ninh"


def test_codes_that_changed_their_meaning() -> None:
    """Seven province codes carry another name since 2025-07-01, so a code is looked up with its date."""
    moved = [("Lào Cai", "10", "15"), ("Bắc Ninh", "27", "24"), ("Quảng Trị", "45", "44"), ("An Giang", "89", "91")]
    for name, old, new in moved:
        assert [unit.code for unit in find(name, "tỉnh")] in ([old, new], [new, old])


def test_counts_of_the_sources() -> None:
    lines = [line for group in gazetteer._tables()[0].values() for line in group]
    units = [gazetteer._unit(line) for line in lines]
    now = [unit for unit in units if not unit.last]
    old = [unit for unit in units if unit.last == "2025-06-30"]
    assert {kind: sum(u.type == kind for u in now) for kind in ("xã", "phường", "đặc khu")} == {
        "xã": 2621,
        "phường": 687,
        "đặc khu": 13,
    }
    assert [sum(u.level == level for u in now) for level in ("province", "district")] == [34, 0]
    assert [sum(u.level == level for u in old) for level in ("province", "district", "commune")] == [63, 696, 10035]
    assert all(successors(unit) for unit in units)
    assert all(unit.level == "province" or parents(unit)[-1].level == "province" for unit in units)


@pytest.mark.parametrize(
    ("on", "days"),
    [
        ("2024-05-03", ("2024-05-03", "2024-05-03")),
        ("2024-05-XX", ("2024-05-01", "2024-05-31")),
        ("2024-XX-XX", ("2024-01-01", "2024-12-31")),
        (None, ("", "9999")),
    ],
)
def test_days_of(on: str | None, days: tuple[str, str]) -> None:
    assert days_of(on) == days


def test_levels() -> None:
    assert level_of_type("thành phố", "Hồ Chí Minh") == level_of_type("tỉnh", "Hòa An") == "province"
    assert level_of_type("thành phố", "Bắc Giang") == "district"
    assert is_named("thị xã", "MỸ HÀO")
    assert not is_named("xã", "Mỹ Hào")
