"""Period: the years a whole plan covers, and years that belong to something else."""

import pytest

from extractors import period
from pipeline.language import make_doc
from pipeline.pages import Text


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Phát triển chăn nuôi giai đoạn 2024 - 2026", ("2024", "2026")),
        ("Phát triển chăn nuôi giai đoạn 2024-2025, định hướng đến năm 2030", ("2024", "2025")),
        ("Cải cách hành chính năm 2025", ("2025", "2025")),
        ("Thực hiện Chương trình giảm nghèo giai đoạn 2021 - 2025 trên địa bàn xã năm 2024", ("2024", "2024")),
        ("Thực hiện nhiệm vụ năm học 2024 - 2025", ("2024", "2025")),
        ("Phát triển y tế cơ sở đến năm 2030", ("2024", "2030")),
        ("Thực hiện Đề án “Phát triển văn hóa giai đoạn 2021 - 2030”", None),
        ("Bầu cử đại biểu Hội đồng nhân dân nhiệm kỳ 2026 - 2031", None),
        ("Khắc phục tồn tại qua giám sát việc thi hành pháp luật từ năm 2017 đến năm 2022", None),
        ("Thực hiện Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị", None),
        ("Thực hiện Chỉ thị số 05-CT/TW ngày 15 tháng 5 năm 2023 của Ban Bí thư", None),
    ],
)
def test_period_of_the_title(title: str, expected: tuple[str, str] | None) -> None:
    text = f"Số: 5/KH-UBND\nAn Lão, ngày 02 tháng 02 năm 2024\nKẾ HOẠCH\n{title}\nI. MỤC ĐÍCH\n- Giữ vững an ninh."
    found = period.extract(make_doc(Text(text=text)))
    assert (None if found is None else (found.start, found.end)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("xây dựng Kế hoạch giáo dục đạo đức năm học 2025 - 2026 như sau:", ("2025", "2026")),
        ("ban hành Kế hoạch bảo vệ rừng năm 2025, cụ thể như sau:", ("2025", "2025")),
        ("ban hành Kế hoạch bảo vệ rừng đến năm 2030 như sau:", None),
        ("ban hành Kế hoạch thực hiện nghị quyết ngày 05 tháng 02 năm 2024 như sau:", None),
        ("ban hành Kế hoạch bảo vệ rừng như sau:", None),
    ],
)
def test_period_of_the_preamble(said: str, expected: tuple[str, str] | None) -> None:
    text = f"KẾ HOẠCH\nBảo vệ rừng\nCăn cứ Luật Lâm nghiệp;\nXét tình hình thực tế, UBND xã An Lão {said}\nI. NỘI DUNG\n- Tuần tra."
    found = period.extract(make_doc(Text(text=text)))
    assert (None if found is None else (found.start, found.end)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("I. MỤC ĐÍCH\n- Xác định nhiệm vụ trọng tâm trong giai đoạn 2024 - 2030.", ("2024", "2030")),
        ("I. MỤC ĐÍCH\n- Kế thừa kết quả giai đoạn 2016 - 2020.", None),
        ("I. NỘI DUNG\n1. Thời gian thực hiện\nNăm 2022-2023 và các năm sau.", ("2022", "2023")),
    ],
)
def test_period_of_the_body(body: str, expected: tuple[str, str] | None) -> None:
    found = period.extract(make_doc(Text(text=f"KẾ HOẠCH\nBảo vệ rừng\n{body}")))
    assert (None if found is None else (found.start, found.end)) == expected
