import pytest

from comparison.aims import aims_of
from comparison.verdicts import find
from schemas.facts import Target
from tests.comparison.material import plan, target

COMMUNE, DISTRICT, PROVINCE = ("xã", "An Bình"), ("huyện", "Sơn Hà"), ("tỉnh", "Nam Lĩnh")
RATE = "tỷ lệ bao phủ bảo hiểm y tế"


def verdict(one: Target, other: Target, direction: str | None = "higher", places: tuple = (COMMUNE, COMMUNE)) -> tuple:
    aims = [aims_of(plan(str(k), place=place, targets=(each,)))[0] for k, (each, place) in enumerate(zip((one, other), places, strict=True))]
    found = find(*aims, direction)
    return found.verdict, found.when, found.reason


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (target(RATE, 95, by="2025"), target(RATE, 95, by="2025"), ("same", "same", None)),
        (target(RATE, 97, by="2025"), target(RATE, 95, by="2025"), ("stricter", "same", None)),
        (target(RATE, 95, comparator="gt"), target(RATE, 95, comparator="ge"), ("stricter", "unknown", None)),
        (target(RATE, 95), target(RATE, 95, comparator="gt"), ("weaker", "unknown", None)),
        (target(RATE, 95, by="2025"), target(RATE, 95, by="2026"), ("same", "earlier", None)),
        (target(RATE, 90, by="2026"), target(RATE, 95, by="2025"), ("weaker", "later", None)),
        (target(RATE, 97, by="2025"), target(RATE, 95, by="2030"), ("stricter", "earlier", None)),
        # a lower level earlier, or a higher one later, is neither
        (target(RATE, 95, by="2025"), target(RATE, 99, by="2030"), ("not_comparable", "earlier", "other_horizon")),
        (target(RATE, 99, by="2030"), target(RATE, 95, by="2025"), ("not_comparable", "later", "other_horizon")),
        # change against level; two kinds of change
        (target(RATE, 5, change="increase_by"), target(RATE, 95), ("not_comparable", "unknown", "change_against_level")),
        (target(RATE, 5, change="increase_by"), target(RATE, 5, change="decrease_by"), ("not_comparable", "unknown", "other_change")),
        (target(RATE, 95, change="increase_to"), target(RATE, 95), ("same", "unknown", None)),
        # units: exact conversions are made, others refused
        (target("bác sĩ", 10, "bác sĩ/vạn dân"), target("bác sĩ", 9, "bác sĩ/10.000 dân"), ("stricter", "unknown", None)),
        (target("trẻ tử vong", 18, "‰"), target("trẻ tử vong", 1.8, "%"), ("same", "unknown", None)),
        (target("đường", 2000, "m", kind="count"), target("đường", 2, "km"), ("same", "unknown", None)),
        (target("số hộ", 0.75, "fraction", kind="ratio"), target("số hộ", 75), ("same", "unknown", None)),
        (target("đường", 2, "km"), target("đường", 80), ("not_comparable", "unknown", "other_unit")),
        (target("tin", 2, "tin", per="P1Y"), target("tin", 2, "tin", per="P1M"), ("not_comparable", "unknown", "other_unit")),
        # of whom: the population is not the users of a service, nor those from 14 on
        (target(RATE, 95, population="dân số"), target(RATE, 95, population="người dân"), ("same", "unknown", None)),
        (
            target("được BHYT chi trả", 95, population="dân số"),
            target("người dân sử dụng dịch vụ được BHYT chi trả", 95, population="người dân sử dụng dịch vụ"),
            ("not_comparable", "unknown", "other_denominator"),
        ),
        (
            target("có tài khoản", 75, population="người trưởng thành"),
            target("có tài khoản", 75, population="người từ 14 tuổi trở lên"),
            ("not_comparable", "unknown", "other_denominator"),
        ),
        # which part: schools, roads, sectors, harms; what one leaves unsaid may be any part, or the whole
        (
            target("trường tiểu học đạt chuẩn quốc gia", 70, indicator="D.SCHOOL.STD"),
            target("trường THCS đạt chuẩn quốc gia", 70, indicator="D.SCHOOL.STD"),
            ("not_comparable", "unknown", "other_denominator"),
        ),
        (
            target("trường tiểu học đạt chuẩn quốc gia", 70, indicator="D.SCHOOL.STD"),
            target("trường đạt chuẩn quốc gia", 70, indicator="D.SCHOOL.STD"),
            ("same", "unknown", None),
        ),
        (
            target("tốc độ tăng giá trị sản xuất nông nghiệp", 4, indicator="K.GTSX"),
            target("tốc độ tăng giá trị sản xuất", 10, indicator="K.GTSX"),
            ("not_comparable", "unknown", "other_measure"),
        ),
        (
            target("số người chết do tai nạn giao thông", 5, change="decrease_by", indicator="T.ACC.CUT"),
            target("số vụ tai nạn giao thông", 5, change="decrease_by", indicator="T.ACC.CUT"),
            ("not_comparable", "unknown", "other_measure"),
        ),
        # ranges and approximations
        (target(RATE, 80, value_high=85, comparator="range"), target(RATE, 75), ("stricter", "unknown", None)),
        (target(RATE, 80, value_high=85, comparator="range"), target(RATE, 82), ("not_comparable", "unknown", "range_overlaps")),
        (target(RATE, 80, comparator="approx"), target(RATE, 82), ("not_comparable", "unknown", "approximate")),
    ],
)
def test_verdict(one: Target, other: Target, expected: tuple):
    assert verdict(one, other) == expected


def test_less_is_better_where_the_indicator_says_so():
    assert verdict(target("hộ nghèo", 5), target("hộ nghèo", 6), "lower")[0] == "stricter"


def test_direction_unknown_gives_higher_and_lower():
    assert verdict(target("số lớp", 5, "lớp"), target("số lớp", 6, "lớp"), None)[0] == "lower"


def test_counts_of_communes_at_two_levels_contribute():
    province = target("xã đạt chuẩn", 96, "xã", quote="96/120 xã")
    district = target("xã đạt chuẩn", 12, "xã", quote="12/16 xã")
    assert verdict(district, province, places=(DISTRICT, PROVINCE)) == ("contributes_to", "unknown", "other_scope")


def test_a_share_of_communes_is_a_percentage():
    one = target("xã đạt chuẩn", 15, "xã", quote="15/20 xã")
    assert verdict(one, target("xã đạt chuẩn", 75, population="xã"), places=(DISTRICT, DISTRICT)) == ("same", "unknown", None)


def test_all_communes_against_the_communes_own():
    own, every = target("trạm đạt chuẩn", 1, "trạm"), target("xã đạt chuẩn", 100, population="xã, thị trấn")
    assert verdict(own, every, places=(COMMUNE, DISTRICT)) == ("contributes_to", "unknown", "other_scope")
