"""Cast: what one plan is about, who issues it, where and when."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from benchmarks.generator.dates import Years

PROVINCES = ("Hưng Khánh", "Sơn Hải", "Bắc Lương", "Trường An", "Quảng Lộc")
DISTRICTS = ("Phú Cường", "Mường Lát Thượng", "An Bình", "Đông Hòa", "Thạch Lâm", "Vĩnh Quang")
COMMUNES = (
    "Tân Lập",
    "Hòa Lộc",
    "Mỹ Thuận",
    "Cẩm Sơn",
    "Yên Trạch",
    "Thủy Nguyên",
    "Khe Sanh Thượng",
    "Đại Đồng",
    "Bình Khê",
    "Quý Sơn",
)
PERSONS = ("Nguyễn Thị Lan Anh", "Trần Văn Thuỷ", "Lê Quang Hòa", "Hoàng Thị Mỵ", "Đinh Công Tráng", "Vàng A Páo", "Y Nguyệt Hra")
REFORM = date(2025, 7, 1)


@cache
def phrases(name: str) -> dict[str, Any]:
    """One of the phrase files."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


class Cast(NamedTuple):
    """Cast: style of the issuer, topic, places, years; `draft` leaves number and day blank."""

    style: dict[str, Any]
    topic: dict[str, Any]
    place: str
    district: str
    province: str
    years: Years
    draft: bool

    def named(self, template: str) -> str:
        """A name with its places filled in: `{place}`, or `{PLACE}` in capitals."""
        places = {"place": self.place, "district": self.district, "province": self.province}
        return template.format(**places, **{key.upper(): name.upper() for key, name in places.items()})


def draw_cast(random: Random) -> Cast:
    """A cast that fits together: bodies that existed on the day of issue."""
    issued = date(random.choice([2023, 2024, 2025, 2025, 2026]), 1, 3) + timedelta(days=random.randint(0, 240))
    styles = [style for style in phrases("bodies")["style"] if _existed(style, issued)]
    style = random.choice(styles)
    province, district, commune = random.choice(PROVINCES), random.choice(DISTRICTS), random.choice(COMMUNES)
    place = {"province": province, "district": district}.get(style["level"], commune)
    first = issued.year if issued.month < 11 else issued.year + 1
    years = Years(issued, first, first + random.choice([0, 0, 1, 2, 5]))
    topic = random.choice(phrases("topics")["topic"])
    return Cast(style, topic, place, district, province, years, draft=random.random() < 0.1)


def _existed(style: dict[str, Any], day: date) -> bool:
    if "until" in style and day >= REFORM:
        return False
    return "from" not in style or day >= REFORM
