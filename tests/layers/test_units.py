"""Units: which bodies a line names, in brackets, and their names; what only looks like a body is none."""

import re

import pytest

from extractors.layers.marks import text_of
from extractors.layers.units import units_of
from pipeline.language import make_doc
from pipeline.pages import Text

HEAD = (
    "ỦY BAN NHÂN DÂN\nXÃ BÌNH MINH\nSố: 12/KH-UBND\nBình Minh, ngày 10 tháng 6 năm 2024\nKẾ HOẠCH\nThử nghiệm\n"
    "Thực hiện Kế hoạch số 5/KH-UBND ngày 02/02/2024 của UBND huyện Tân Phú, UBND xã xây dựng kế hoạch như sau:\n"
)
WORK = "III. NHIỆM VỤ\n- "

CASES = [
    # line with the bodies in brackets
    "[Phòng Văn hóa và Thông tin], [Trung tâm Y tế huyện] đặt pa nô.",
    "Giao [Phòng Tài nguyên và Môi trường] và [Phòng Kinh tế và Hạ tầng] rà soát.",
    "[Sở Văn hóa, Thể thao và Du lịch] phối hợp [Sở GD&ĐT] mở giải.",
    "[Phòng Kinh tế, Hạ tầng và Đô thị] cấp phép.",
    "[Phòng Lao động - Thương binh và Xã hội] rà soát hộ nghèo.",
    "[Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn huyện] trực ban.",
    "[Văn phòng HĐND và UBND huyện] theo dõi.",
    "[Trung tâm Văn hóa - Thông tin và Thể thao huyện] dựng phim.",
    "[Công an], [Quân sự xã] tuần tra.",
    "[Hội Phụ nữ], [Nông dân], [Cựu chiến binh xã] vận động hội viên.",
    "[Công chức Văn hóa - Xã hội], [Tài chính - Kế toán] lập dự toán.",
    "[Các phòng, ban, ngành, đoàn thể huyện] và [các đơn vị liên quan] thực hiện.",
    "[Các cơ quan, đơn vị thuộc UBND huyện] lồng ghép nội dung.",
    "[UBND các xã, thị trấn] bố trí đất.",
    "[Trạm Y tế các xã Tân Phú], [Hòa An] và [thị trấn Sơn Hà] tiêm phòng.",
    "[Trưởng các phòng chuyên môn], [Chủ tịch UBND các xã] báo cáo.",
    "[Hiệu trưởng các trường học] tổ chức ký cam kết.",
    "[Các trường THCS, tiểu học, mầm non trên địa bàn huyện] mở thư viện.",
    "[Trưởng thôn] lập danh sách.",
    "[Ban Chỉ đạo giảm nghèo bền vững huyện] họp hằng quý.",
    "[Ban Quản lý dự án đầu tư xây dựng huyện] giải ngân.",
    "[Tổ công nghệ số cộng đồng các thôn] hướng dẫn người dân.",
    "[Phòng Bưu chính - Viễn thông - Công nghệ thông tin] rà soát trạm.",
    "[Chi cục Chăn nuôi và Thú y] lấy mẫu.",
    "[Trung tâm Dịch vụ nông nghiệp huyện] cấp giống.",
    "[Phòng khám đa khoa khu vực Đồng Tâm] tiếp nhận bệnh nhân.",
    "[Bảo hiểm xã hội huyện] vận động hộ kinh doanh tham gia bảo hiểm xã hội, bảo hiểm y tế.",
    "[Đài Truyền thanh xã] phát bản tin.",
    "[Ban Tuyên giáo Huyện ủy] định hướng nội dung.",
    "[Ban Xây dựng tổ chức Đoàn], [Ban Tuyên giáo Tỉnh đoàn] tham mưu.",
    "[Trưởng ấp], [tổ bảo vệ ANTT các ấp] nắm tình hình.",
    "[Các tổ chức tôn giáo] vận động tín đồ.",
    "[Khối Dân vận Đảng ủy] nắm tình hình.",
    "[Tòa án nhân dân], [Viện kiểm sát nhân dân huyện] xét xử lưu động.",
    "[Công ty Điện lực Bắc Giang] và [Bưu điện huyện] nâng cấp đường truyền.",
    "[Uỷ ban Mặt trận Tổ quốc Việt Nam xã] giám sát.",
    "phối hợp với [các doanh nghiệp viễn thông trên địa bàn] phủ sóng.",
    "[các đơn vị trực thuộc Sở Y tế] tự kiểm tra.",
    "[Công chức Văn hóa (theo dõi LĐTBXH) xã] tuyên truyền.",
    "[Sở Y tế Bắc Giang] thẩm định.",
    "[Khoa Kiểm soát bệnh tật và HIV/AIDS], [Khoa Truyền nhiễm Bệnh viện Đa khoa Sơn Tây] lấy mẫu.",
    "[Đội Tham mưu - Tổng hợp] và [Đội Quản lý thị trường số 3] theo dõi.",
    "[Cảnh sát môi trường - Công an tỉnh], [Thanh tra Sở Xây dựng] kiểm tra.",
    "[Trung tâm Văn hóa, Truyền thông và Thể thao huyện] đặt pa nô.",
    "[Trung tâm Văn hóa, Thể thao - Truyền thông huyện] đặt pa nô.",
    "[Phòng Kinh tế], [Văn hóa và Thông tin] rà soát.",
    "[Ban Chỉ đạo PCGD, XMC huyện] kiểm tra.",
    "[Ban Chỉ đạo CĐS], [UBND các xã] kiểm tra.",
    "phối hợp [Sở Tài chính] và [Bảo hiểm xã hội tỉnh] rà soát.",
    "[Các trường mầm non, tiểu học, THCS] mở thư viện.",
    "[Các đảng ủy, chi ủy trực thuộc] và [các chi, đảng bộ cơ sở] quán triệt.",
    "[Trưởng thôn], [tổ trưởng tổ dân phố] cử người canh gác.",
    "[Đồn Biên phòng Cửa khẩu Lao Bảo] tuần tra.",
    "[Tổ tư vấn tâm lý] tiếp nhận ý kiến; [Đoàn trường] mở hội thi.",
    "Báo cáo [UBND xã] 6 tháng/lần, [UBND phường] 02 lần trong năm và [UBND phường 2] trước ngày 10.",
    "[UBND các xã vùng biên] tuần tra.",
    # groups of one each, numbered bodies, bodies of regions
    "[Mỗi khối lớp] mở 02 chuyên đề, [mỗi thôn] trồng 01 đường hoa; mỗi năm 02 lần.",
    "[Trưởng 19 thôn] họp dân; [UBND 12 xã, phường] báo cáo.",
    "[Cụm thi đua số 3] đăng cai hội thao.",
    "[Ban Quản lý dự án khu vực 2] và [Chi nhánh Ngân hàng Nông nghiệp khu vực] bố trí vốn.",
    # no offices: where they are asked, told or worked with
    "Yêu cầu [phụ huynh] ký cam kết; phối hợp với [giáo viên bộ môn] và [cha mẹ học sinh] theo dõi.",
    "Báo tin cho [chủ rừng] biết; phát giống cho nông dân, học sinh.",
    # the subject of a duty, and a proper name that is asked
    "[Nhóm nòng cốt] có trách nhiệm vận động; hằng tháng có trách nhiệm báo cáo.",
    "[Lữ đoàn Pháo binh 5] chủ trì diễn tập.",
    "Công tác hậu cần có trách nhiệm nặng nề.",
    "Đề nghị [Vietcombank Hòa An] bố trí vốn; đề nghị Nghị quyết này có hiệu lực.",
    "Giao [ông Trần Văn An] theo dõi.",
    # what looks like a body and is none
    "Phòng, chống dịch bệnh; phòng bệnh hơn chữa bệnh; phòng chống tội phạm; quốc phòng, dự phòng.",
    "Ban hành văn bản, ban đầu đã có cán bộ đầu mối, toàn bộ hồ sơ được số hóa.",
    "Khoa học và công nghệ, khoa giáo, bác sĩ chuyên khoa.",
    "Tổ chức hội nghị, hội thảo, hội thi cho đoàn viên, hội viên.",
    "Trường hợp phát sinh trong cơ sở dữ liệu, quyền sở hữu, trụ sở làm việc.",
    "Bộ tiêu chí, bộ máy, cán bộ, đồng bộ và tiến bộ của môi trường, thị trường.",
    "Người dân tham gia bảo hiểm xã hội, bảo hiểm y tế.",
    "Đặt trạm BTS, trạm bơm; nhiệm vụ, dịch vụ, vụ mùa; báo cáo, thông báo.",
    "Phát triển kinh tế - xã hội trên địa bàn xã, tỷ lệ hộ nghèo của huyện.",
]


def bracketed(line: str) -> tuple[str, list[str]]:
    return re.sub(r"[\[\]]", "", line), re.findall(r"\[(.*?)\]", line)


@pytest.mark.parametrize("line", CASES)
def test_bodies_of_a_line(line: str) -> None:
    plain, wanted = bracketed(line)
    doc = make_doc(Text(text=f"{HEAD}{WORK}{plain}\n"))
    start = text_of(doc).index(WORK)
    assert [text_of(doc)[mark.start : mark.end] for mark, _ in units_of(doc) if mark.start > start] == wanted


NAMES = [
    # body as written, its name, kind, level
    ("UBND xã", "UBND xã Bình Minh", "people_committee", "commune"),
    ("Ủy ban nhân dân huyện", "UBND huyện Tân Phú", "people_committee", "district"),
    ("Trạm y tế xã", "Trạm Y tế xã Bình Minh", "health_facility", "commune"),
    ("Trạm Y tế", "Trạm Y tế xã Bình Minh", "health_facility", "commune"),
    ("UBND tỉnh", "UBND tỉnh", "people_committee", "province"),
    ("UBND xã Hòa An", "UBND xã Hòa An", "people_committee", "commune"),
    ("Huyện uỷ", "Huyện ủy Tân Phú", "party", "district"),
    ("Hội LHPN xã", "Hội Liên hiệp Phụ nữ xã Bình Minh", "front_and_unions", "commune"),
    ("Phòng LĐTB&XH huyện", "Phòng Lao động - Thương binh và Xã hội huyện Tân Phú", "department", "district"),
    ("Phòng NN và PTNT", "Phòng Nông nghiệp và Phát triển nông thôn", "department", None),
    ("Sở TN&MT", "Sở Tài nguyên và Môi trường", "department", "province"),
    ("TTYT huyện", "Trung tâm Y tế huyện Tân Phú", "health_facility", "district"),
    ("Đồng chí Phó Chủ tịch UBND xã", "Phó Chủ tịch UBND xã Bình Minh", "official", "commune"),
    ("Các trường học", "các trường học", "school", None),
    ("Công an xã", "Công an xã Bình Minh", "police", "commune"),
    ("BHXH huyện", "Bảo hiểm xã hội huyện Tân Phú", "social_insurance", "district"),
]


@pytest.mark.parametrize(("written", "name", "kind", "level"), NAMES)
def test_names_are_canonical_and_relative_ones_completed(written: str, name: str, kind: str, level: str | None) -> None:
    doc = make_doc(Text(text=f"{HEAD}{WORK}{written} thực hiện.\n"))
    mark, unit = units_of(doc)[-1]
    assert (unit.name, mark.label, unit.level) == (name, kind, level)
    assert unit.surface == written


def test_a_line_of_capitals_gives_a_name_in_small_letters() -> None:
    doc = make_doc(Text(text=HEAD + "IV. TỔ CHỨC THỰC HIỆN\n1. ỦY BAN NHÂN DÂN CÁC XÃ, THỊ TRẤN\n- Bố trí kinh phí.\n"))
    assert units_of(doc)[-1][1].name == "UBND các xã, thị trấn"


def test_groups_are_generic() -> None:
    doc = make_doc(Text(text=HEAD + WORK + "Các cơ quan, đơn vị liên quan và Phòng Nội vụ thực hiện.\n"))
    assert [unit.generic for _, unit in units_of(doc)[-2:]] == [True, False]


HEADINGS = [
    # headings of the assignments with the bodies in brackets
    ["[Doanh nghiệp cung cấp trung tâm dữ liệu, điện toán đám mây]"],
    ["[Các doanh nghiệp viễn thông], [doanh nghiệp cung cấp hạ tầng số]"],
    ["[Tổ chức, cá nhân nuôi trồng thủy sản]", "[Hộ gia đình], [cá nhân có liên quan]"],
    ["[Giáo viên bộ môn], [nhân viên], [học sinh]"],
    ["[Bộ phận chuyên môn nhà trường]", "[Các sở, ngành phụ trách tiêu chí]", "[Phòng Kế hoạch - Tài chính Sở]"],
    ["[Phòng Quản lý Công nghiệp] triển khai", "[Các sở, ngành của tỉnh] [UBND các huyện]"],
    ["[CÁC CƠ QUAN, ĐƠN VỊ THUỘC ỦY BAN NHÂN DÂN HUYỆN]"],
    ["[Trưởng các thôn], [Hiệu trưởng các trường] (theo phân công)"],
    # unknown bodies among bodies
    ["[Phòng Kinh tế]", "[Công an xã]", "[Đại đội Pháo binh 5]"],
    ["[Phòng Kinh tế]", "[Công an xã]", "[Mạng lưới nòng cốt], [Điểm tư vấn cộng đồng]"],
    # unknown items beside known ones, and parts of a field that are none
    ["[Công ty Điện lực Hòa An], [Viễn thông Hòa An], [Viettel Hòa An], [Bưu điện tỉnh]"],
    ["[Phòng Văn hóa, Khoa học và Thông tin], [Trạm Y tế]"],
    # and what is no body among them
    ["[Phòng Kinh tế]", "[Công an xã]", "Công tác thi đua", "Chế độ báo cáo", "Tuyên truyền miệng"],
    ["Điểm tư vấn 5", "Mạng lưới nòng cốt"],
]


@pytest.mark.parametrize("headings", HEADINGS)
def test_bodies_of_headings_of_the_assignments(headings: list[str]) -> None:
    plain = [bracketed(heading) for heading in headings]
    work = "IV. TỔ CHỨC THỰC HIỆN\n" + "".join(f"{k}. {heading}\n- Canh gác.\n" for k, (heading, _) in enumerate(plain, 1))
    doc = make_doc(Text(text=HEAD + work))
    start = len(HEAD)
    assert [text_of(doc)[mark.start : mark.end] for mark, _ in units_of(doc) if mark.start > start] == [body for _, bodies in plain for body in bodies]
