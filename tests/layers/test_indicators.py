"""Indicators: plan words that name a measure of the vocabulary, and words that only look like one."""

import pytest

from extractors.layers.indicators import match, plain
from extractors.vocabulary import rows

NAMED = [
    ("Tỷ lệ bao phủ bảo hiểm y tế", "%", "H.BHYT.COV"),
    ("Tỉ lệ người dân tham gia BHYT", "%", "H.BHYT.COV"),
    ("người dân sử dụng dịch vụ chăm sóc sức khoẻ ban đầu tại y tế cơ sở được BHYT chi trả", "%", "H.PHC.BHYT_PAID"),
    ("dân số được quản lý sức khỏe", "%", "H.MGMT.POP"),
    ("dân số toàn huyện được quản lý sức khỏe điện tử", "%", "H.EHR.POP"),
    ("bác sĩ của Trạm Y tế", "bác sĩ", "H.DOC.TYT"),
    ("người có nguy cơ cao mắc bệnh được kiểm tra sức khỏe", "lần/năm", "H.RISK.CHECK"),
    ("Tỷ lệ hộ nghèo đa chiều", "%", "P.POOR"),
    ("Tỷ lệ hộ cận nghèo", "%", "P.NEARPOOR"),
    ("hộ dùng nước sạch theo quy chuẩn", "%", "E.WATER.CLEAN"),
    ("Tỷ lệ hộ sử dụng nước hợp vệ sinh", "%", "H.WATER.HYG"),
    ("hồ sơ được nộp trực tuyến", "%", "S.DVC.FILED"),
    ("trường đạt chuẩn quốc gia", "%", "D.SCHOOL.STD"),
    ("trẻ 5 tuổi đến trường", "%", "D.KINDER5"),
    ("Tỷ lệ trẻ 6 tuổi vào lớp 1", "%", "D.ENROL1"),
    ("xã đạt chuẩn nông thôn mới", "xã", "N.XA.NTM"),
    ("xã đạt chuẩn nông thôn mới nâng cao", "xã", "N.XA.NTMNC"),
    ("độ che phủ rừng", "%", "E.FOREST"),
    ("Thu nhập bình quân đầu người", "triệu đồng/người/năm", "N.INCOME"),
    ("học sinh biết bơi", "%", "D.SWIM"),
    ("khu dân cư đạt danh hiệu văn hóa", "%", "N.CULTURE"),
    ("cơ quan, đơn vị đạt chuẩn văn hóa", "%", "C.AGENCY"),
    ("lao động qua đào tạo có bằng cấp, chứng chỉ", "%", "P.TRAINED.CERT"),
    ("hồ sơ xử lý trực tuyến toàn trình", "%", "S.DVC.RESOLVED"),
]


@pytest.mark.parametrize(("words", "unit", "ident"), NAMED)
def test_named(words: str, unit: str, ident: str) -> None:
    assert match(words, None, unit).id == ident


NONE = [
    ("học sinh học bơi trong hè", "%"),
    ("hồ sơ trễ hạn", "%"),
    ("đoàn viên mới kết nạp", "đoàn viên"),
    ("Chỉ số hài lòng", "%"),
    ("Số bác sĩ thú y", "người/xã"),
    ("tin, bài về nông thôn mới", "tin, bài/tháng"),
    ("tiết mục văn nghệ", "tiết mục"),
    ("trẻ 4 tuổi đến trường", "%"),
    ("", "%"),
]


@pytest.mark.parametrize(("words", "unit"), NONE)
def test_none(words: str, unit: str) -> None:
    assert match(words, None, unit).id is None


def test_amounts_of_change_are_not_levels() -> None:
    assert match("Tỷ lệ hộ nghèo", None, "%", delta=True).id != "P.POOR"
    assert match("số vụ phạm pháp hình sự", None, "%", delta=True).id == "A.CRIME.CUT"


def test_score_and_runner_up_are_kept() -> None:
    found = match("dân số được quản lý sức khỏe", None, "%")
    assert (found.runner_up, found.score > found.runner_up_score) == ("H.EHR.POP", True)


def test_every_label_names_its_own_indicator_or_none() -> None:
    """A label may be too short or too near to another to be told; it must never name another."""
    wrong = {
        row["id"]: found
        for row in rows("indicators")
        if (found := match(row["label"], None, row["unit"].split("|")[0].strip()).id) not in {row["id"], None}
    }
    assert wrong == {}


def test_short_forms_are_written_out() -> None:
    assert plain("Tỷ lệ BHYT") == plain("Tỉ lệ bảo hiểm y tế")


def test_confusable_ids_exist() -> None:
    known = {row["id"] for row in rows("indicators")}
    assert {other for row in rows("indicators") for other in row["confusable_with"].split("|") if other} <= known
