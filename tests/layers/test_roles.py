"""Roles: who leads, helps, is advised and is reported to in a line; what gives no role."""

import re

import pytest

from extractors.layers.roles import roles_of
from pipeline.language import make_doc
from pipeline.pages import TableSpan, Text

HEAD = "ỦY BAN NHÂN DÂN\nHUYỆN TÂN PHÚ\nSố: 12/KH-UBND\nTân Phú, ngày 10 tháng 6 năm 2024\nKẾ HOẠCH\nThử nghiệm\n"
WORK = HEAD + "III. NHIỆM VỤ\n- "
ASSIGNED = HEAD + "IV. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- "
MARKS = {"lead": "L", "coordinate": "C", "advised": "A", "reported_to": "R"}

CASES = [
    # line with the bodies in brackets, each with its role: L lead, C coordinate, A advised, R reported to
    "Giao [Phòng Tư pháp]L chủ trì, phối hợp với [Phòng Tài chính - Kế hoạch]C và [UBND các xã]C tham mưu [UBND huyện]A phê duyệt.",
    "[Trung tâm Y tế huyện]L tiếp tục nâng cao chất lượng khám bệnh.",
    "[Hội Nông dân huyện]L, phối hợp chặt chẽ với [Phòng Nông nghiệp và Môi trường]C, mở lớp dạy nghề.",
    "Tham mưu, giúp [UBND huyện]A ban hành quy chế.",
    "Tham mưu cho [Huyện ủy]A, trình [HĐND huyện]R thông qua.",
    "Định kỳ tổng hợp, tham mưu [UBND huyện]A báo cáo [Huyện ủy]R, [Sở Y tế]R, [UBND tỉnh]R.",
    "Báo cáo kết quả thực hiện về [Phòng Y tế]R để tổng hợp báo cáo [UBND huyện]R.",
    "Các hộ gửi đơn về [UBND các xã]R trước ngày 10.",
    "Báo ngay cho [Công an xã]R khi phát hiện vi phạm.",
    "Chỉ đạo, hướng dẫn [các trường học]L xây dựng thư viện.",
    "Chỉ đạo, đôn đốc [UBND các xã]L triển khai thu gom rác.",
    "Theo dõi, đôn đốc UBND các xã và các cơ quan chức năng giải quyết đơn thư.",
    "[Các cơ sở có hoạt động về giống cây trồng trên địa bàn]L, [các hộ kinh doanh có từ 10 lao động trở lên]L gửi hồ sơ về [Phòng Kinh tế]R.",
    "[Các cơ sở giết mổ gia súc, gia cầm]L phải đăng ký với cơ quan thú y.",
    "[Các xã]L có kế hoạch bồi dưỡng cán bộ, báo cáo [Huyện ủy]R.",
    "[Tổ kiểm phiếu]L sẽ công bố kết quả; Tổ chức thực hiện đúng tiến độ.",
    "Chuyển danh sách đến [Phòng Nội vụ]R; chuyển cây giống đến các thôn.",
    "Nhiệm vụ từng người do [Tổ trưởng tổ công tác]L phân công.",
    "Phân công [đồng chí Phó Chủ tịch Thường trực]L trực tiếp phụ trách; mời đồng chí Bí thư dự.",
    "Căn cứ Kế hoạch này, [UBND các xã]L lập dự toán.",
    "Từ ngày 01/9 đến ngày 30/9, [các trường học]L mở tuần lễ đọc sách.",
    "Mở chiến dịch làm sạch biển, do [Huyện đoàn]L làm nòng cốt.",
    "Rà soát hộ nghèo; [UBND các xã]L công khai danh sách.",
    "[UBND xã Tân An]L chỉ đạo [Trạm Y tế]L phối hợp [Trường Tiểu học]C khám mắt.",
    "[Công an], [Quân sự xã]C phối hợp giữ gìn trật tự.",
    "Trồng rừng với sự tham gia của [Hội Cựu chiến binh huyện]C.",
    "Báo cáo về [Sở Y tế]R (qua [Trung tâm Kiểm soát bệnh tật]R) và [UBND huyện]R trước ngày 10.",
    "Nộp hồ sơ về [UBND xã]R (qua [Phòng Kinh tế]R) chậm nhất ngày 15.",
    "[Cấp ủy cơ sở]L 6 tháng một lần nghe cán bộ trình bày.",
    "[Ban Chỉ huy Công an huyện]L phân công lãnh đạo trực ban.",
    "Tham mưu [Hiệu trưởng]A mở lớp bơi.",
    "Phân công [Trưởng thôn]L lập danh sách.",
    "Phân công cán bộ phụ trách cụm xã.",
    "Lập dự toán trình [Phòng Tài chính]R; soạn dự thảo trình [Ban Thường vụ]A ban hành; giáo trình Trạm Y tế dùng.",
    "Mở lớp khuyến nông. Đơn vị chủ trì: [Phòng Kinh tế]L; đơn vị phối hợp: [Hội Nông dân]C, [các thôn]C.",
    "Tổ chức diễn đàn (chủ trì: [Đoàn Thanh niên]L; phối hợp: [các trường học]C) trong tháng 5.",
    "Lập đề án trình [HĐND huyện]A thông qua.",
    "Tham mưu [UBND huyện]A trình [HĐND huyện]R ban hành nghị quyết.",
    "Yêu cầu [phụ huynh]L ký cam kết; báo tin cho [cha mẹ học sinh]R và [Công an xã]R.",
    "Phối hợp với [giáo viên]C, [cha mẹ học sinh]C trông trẻ; hướng dẫn người dân cài phần mềm; gửi giấy mời cho các hộ dân.",
    "Tái sử dụng giấy tờ, không yêu cầu người dân nộp lại.",
    "[Mỗi xã]L xây dựng 01 vườn thuốc; mỗi xã có 01 dược sĩ.",
    "Rà soát cảnh quan; mỗi trường có góc thư viện, mỗi thôn trồng 10 cây.",
    "Thành lập Ban Tổ chức do đồng chí Phó Chủ tịch UBND huyện làm Trưởng ban; do [Phòng Nội vụ]L làm đầu mối.",
    "Phân công nhiệm vụ cho các thành viên, ban hành quy chế hoạt động của Ban Chỉ đạo.",
    "Phân công [đội cờ đỏ]L cùng [lực lượng Công an xã]C trực cổng trường.",
    "Báo cáo [UBND tỉnh]R cùng [Sở Y tế]R; tham mưu [UBND huyện]A cùng với [Phòng Nội vụ]A rà soát.",
    "Khi dạy trực tuyến, [giáo viên]L soạn bài; cuối năm học, [nhà trường]L tổ chức đánh giá; trang bị cho lớp, giáo viên dùng chung.",
    "[Giáo viên]L theo dõi việc học; [Văn phòng Huyện ủy]L theo dõi, tổng hợp; giao [cán bộ theo dõi lĩnh vực y tế]L báo cáo.",
    "Chỉ đạo [giáo viên phụ trách tư vấn tâm lý học đường]L và [Ban Chấp hành Đoàn trường]L chủ trì tọa đàm.",
    "Cụ thể hóa các nhiệm vụ được UBND tỉnh và Sở Giáo dục và Đào tạo giao cho nhà trường.",
    "Tham mưu [Trưởng Ban Chỉ đạo]A tổ chức sơ kết; [Ban Chỉ đạo]L họp hằng quý.",
    "[Thủ trưởng các cơ quan, đơn vị]L, [doanh nghiệp]L, [trường học]L chỉ đạo thực hiện.",
    "[Chi bộ Quân sự xã]L phối hợp [Chi bộ Công an xã]C nắm tình hình.",
    "[Các sở, ban, ngành]L; [UBND các xã, thị trấn]L theo chức năng tổ chức thực hiện.",
    "Chủ trì, phối hợp với [Phòng Nội vụ]C; [Thủ trưởng các ngành có liên quan]C hướng dẫn thi hành.",
    "Phối hợp với [Công an huyện]C; [Trung tâm Y tế]L khám sức khỏe.",
    "Phối hợp với [các phòng, ban]C; [các tổ chức chính trị - xã hội]C; [UBND các xã]C trong quá trình thực hiện.",
    "Có văn bản đề nghị Bộ Tài chính bổ sung vốn; đề nghị [Sở Tài chính]L thẩm định.",
    "Chỉ đạo [các cơ quan báo chí]L và [hệ thống truyền thanh cơ sở]L đưa tin.",
    "Mỗi xã có ít nhất 01 giáo viên theo dõi lớp; mỗi thôn có 15 bộ máy tính trang bị cho trường; mỗi trường có không quá 30 đầu sách tặng thư viện.",
    "Trang bị máy quét cho các cơ quan tham mưu, giúp việc Huyện ủy và các chi bộ.",
    "[Các cơ quan tham mưu, giúp việc Huyện ủy]L rà soát hồ sơ; [Phòng Nội vụ]L tham mưu, giúp [Huyện ủy]A ban hành chỉ thị.",
    "[Phòng Kinh tế]L chủ trì, [Công an huyện]C và [các đơn vị cung cấp dịch vụ]C phối hợp phê duyệt hồ sơ.",
    "[Các doanh nghiệp bưu chính, viễn thông]L triển khai trạm phát sóng; [các đơn vị vận tải, bến xe]L niêm yết giá vé.",
    "Các cơ sở dữ liệu phục vụ quản lý được kết nối; hỗ trợ các doanh nghiệp nhỏ và vừa tiếp cận vốn.",
    "[Tổ chuyên môn]L sinh hoạt vào thứ Sáu; [các trường học]L ôn tập cho học sinh.",
    "[Ban Phong trào Tỉnh đoàn]L lựa chọn; [Ủy ban Kiểm tra Huyện ủy]L xây dựng kế hoạch giám sát.",
    "Kiến nghị thuộc thẩm quyền cấp trên phải chuyển ngay đến [Phòng Nội vụ]R; vướng mắc phản ảnh về [UBND huyện]R.",
    "Chỉ đạo, định hướng [các cơ quan truyền thông]L tăng cường tuyên truyền.",
    "[Mạng lưới cứu hộ Hòa An]L có trách nhiệm trực 24/24 giờ.",
    "Đề nghị [Vietcombank Hòa An]L bố trí vốn; đề nghị công nhận danh hiệu.",
    "Hội nghị có hai phần chủ trì: phần lễ, phần hội.",
    "Khuyến khích các doanh nghiệp, vận động Hội Nông dân huyện tham gia.",
    "Kiểm tra việc chấp hành của UBND các xã; thanh tra Phòng Tư pháp.",
    "Tăng cường phối hợp giữa Công an huyện và Phòng Tư pháp.",
    "Nâng cấp trang thiết bị cho Trung tâm Y tế huyện.",
    "Theo chỉ đạo của UBND tỉnh, rà soát quy hoạch.",
    "Phấn đấu đến năm 2030, Trạm Y tế có ít nhất một bác sĩ.",
    "Chịu trách nhiệm trước Chủ tịch UBND huyện về tiến độ.",
]


def cases(line: str) -> tuple[str, list[tuple[str, str]]]:
    found = re.findall(r"\[(.*?)\]([LCAR]?)", line)
    last, wanted = "", []
    for words, role in reversed(found):
        last = role or last
        wanted.append((words, last))
    return re.sub(r"\[(.*?)\][LCAR]?", r"\1", line), wanted[::-1]


@pytest.mark.parametrize("line", CASES)
def test_roles_of_a_line(line: str) -> None:
    plain, wanted = cases(line)
    doc = make_doc(Text(text=f"{WORK}{plain}\n"))
    assert [(part.unit.surface, MARKS[mark.label]) for mark, part in roles_of(doc)] == wanted


HEADINGS = [
    # heading of an assignment, its bodies
    ("1. Phòng Y tế, Trung tâm Y tế huyện", ["Phòng Y tế", "Trung tâm Y tế huyện"]),
    ("2. Đề nghị Ủy ban MTTQ huyện và các đoàn thể huyện", ["Ủy ban MTTQ huyện", "các đoàn thể huyện"]),
    ("3. Công chức Văn hóa; Đài truyền thanh xã", ["Công chức Văn hóa", "Đài truyền thanh xã"]),
    ("4. Trách nhiệm của Kho bạc Nhà nước", ["Kho bạc Nhà nước"]),
    ("5. Các sở, ban, ngành, đoàn thể; UBND các huyện, thành phố", ["Các sở, ban, ngành, đoàn thể", "UBND các huyện, thành phố"]),
    ("6. Các hộ gia đình, cá nhân", ["Các hộ gia đình", "cá nhân"]),
    ("7. Chuyên viên phụ trách lĩnh vực Dân tộc, Tôn giáo", ["Chuyên viên phụ trách lĩnh vực Dân tộc, Tôn giáo"]),
    ("8. Chế độ báo cáo", []),
    ("9. Công tác tuyên truyền", []),
]


@pytest.mark.parametrize(("heading", "wanted"), HEADINGS)
def test_headings_of_assignments_name_who_leads(heading: str, wanted: list[str]) -> None:
    doc = make_doc(Text(text=f"{HEAD}IV. TỔ CHỨC THỰC HIỆN\n{heading}\n- Rà soát, cập nhật số liệu.\n"))
    assert [(part.unit.surface, mark.label, part.how) for mark, part in roles_of(doc)] == [(words, "lead", "heading") for words in wanted]


def test_label_lines_name_who_leads_and_helps() -> None:
    text = WORK + "Xây nhà văn hóa thôn.\n+ Chủ trì: Ban Quản lý dự án; phối hợp: các thôn.\n+ Sản phẩm: Tờ trình, trình UBND huyện phê duyệt.\n"
    found = [(part.unit.surface, mark.label) for mark, part in roles_of(make_doc(Text(text=text)))]
    assert found == [("Ban Quản lý dự án", "lead"), ("các thôn", "coordinate"), ("UBND huyện", "advised")]


def test_labels_of_persons_and_places_give_no_role() -> None:
    text = WORK + "Mở hội thi.\n+ Thành phần: Lãnh đạo UBND huyện, Phòng Nội vụ.\n+ Địa điểm: Trung tâm Chính trị huyện.\n"
    assert roles_of(make_doc(Text(text=text))) == ()


def test_a_closing_paragraph_gives_work_and_the_issuer_none() -> None:
    text = ASSIGNED + "Rà soát.\nTrên đây là Kế hoạch của UBND huyện, yêu cầu các cơ quan, đơn vị và UBND các xã thực hiện; nếu có vướng mắc, phản ánh về Phòng Nội vụ./.\n"
    closing = [(part.unit.surface, mark.label) for mark, part in roles_of(make_doc(Text(text=text))) if part.section is None]
    assert closing == [("các cơ quan, đơn vị", "lead"), ("UBND các xã", "lead"), ("Phòng Nội vụ", "reported_to")]


def test_goals_purposes_and_recipients_give_no_role() -> None:
    text = HEAD + "I. MỤC ĐÍCH\n- Phòng Nội vụ chủ trì xây dựng chính quyền số.\nII. MỤC TIÊU\n- Trạm Y tế tham gia khám bệnh.\nNơi nhận:\n- UBND tỉnh;\n"
    assert roles_of(make_doc(Text(text=text))) == ()


def test_a_label_line_goes_on_to_other_labels_and_to_who_helps() -> None:
    text = WORK + "Mở lớp.\n- Thời gian: Quý II. Đơn vị thực hiện: Hội LHPN huyện phối hợp Trung tâm Y tế huyện.\n"
    found = [(part.unit.surface, mark.label) for mark, part in roles_of(make_doc(Text(text=text)))]
    assert found == [("Hội LHPN huyện", "lead"), ("Trung tâm Y tế huyện", "coordinate")]


def test_the_title_of_all_assignments_gives_no_role() -> None:
    text = HEAD + "V. PHÂN CÔNG NHIỆM VỤ CHO CÁC ĐƠN VỊ THUỘC SỞ\n1. Giao Phòng Y tế\n- Rà soát.\n"
    assert [part.unit.surface for _, part in roles_of(make_doc(Text(text=text)))] == ["Phòng Y tế"]


def test_doers_of_a_closing_stand_behind_whose_plan_it_is() -> None:
    text = ASSIGNED + "Rà soát.\nTrên đây là Kế hoạch của UBND huyện, các ban, ngành, tổ dân phố thực hiện./.\n"
    closing = [part.unit.surface for _, part in roles_of(make_doc(Text(text=text))) if part.section is None]
    assert closing == ["các ban, ngành", "tổ dân phố"]


def test_cells_of_doers() -> None:
    rows = ["TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp", "1\tLập danh sách\tPhòng Nội vụ\tCông an huyện, UBND các xã"]
    head = HEAD + "PHỤ LỤC\n"
    text = head + "\n".join(rows) + "\n"
    spans, at = [], len(head)
    for row in rows:
        cells = []
        for cell in row.split("\t"):
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        spans.append(tuple(cells))
    doc = make_doc(Text(text=text, tables=(TableSpan(len(head), at - 1, None, tuple(spans)),)))
    found = [(part.unit.surface, mark.label, part.how) for mark, part in roles_of(doc)]
    assert found == [("Phòng Nội vụ", "lead", "cell"), ("Công an huyện", "coordinate", "cell"), ("UBND các xã", "coordinate", "cell")]
