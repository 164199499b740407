"""Links: which target stands in which goal, which deadline governs which task, who does what."""

from pipeline.assemble import assemble
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.plan import Plan, Source

SOURCE = Source(name="x.txt", sha256="0" * 64, bytes=1, media_type="text/plain", text_layer="plain", engine="test")
TEXT = """\
ỦY BAN NHÂN DÂN
XÃ TÂN HÒA
Số: 15/KH-UBND
Tân Hòa, ngày 05 tháng 3 năm 2024
KẾ HOẠCH
Bảo vệ rừng
Căn cứ Quyết định số 5/QĐ-UBND ngày 10/01/2024 của UBND huyện;
I. MỤC TIÊU
- Đến năm 2025, độ che phủ rừng đạt 45%; trồng mới 20 ha rừng.
- Giữ vững diện tích rừng phòng hộ.
II. NHIỆM VỤ
1. Giai đoạn 2024 - 2025
- Rà soát diện tích theo Quyết định số 5/QĐ-UBND.
- Lập hồ sơ giao rừng.
Thời gian thực hiện: Hoàn thành trong quý IV năm 2024.
2. Tuần tra
- Tuần tra định kỳ hằng tuần.
III. TỔ CHỨC THỰC HIỆN
1. Công an xã
- Chủ trì, phối hợp với Trạm Y tế xã tổ chức diễn tập trước ngày 30/6/2024."""


def plan() -> Plan:
    return assemble(make_doc(Text(text=TEXT)), SOURCE)


def test_targets_and_goals_name_each_other() -> None:
    found = plan()
    goal = found.goals[0]
    assert [t.goal for t in found.targets if t.id in goal.targets] == [goal.id, goal.id]
    assert found.goals[1].targets == ()


def test_tasks_take_the_nearest_deadline() -> None:
    found = plan()
    times = {d.id: d.time for d in found.deadlines}
    ends = {task.text[:12]: times[task.deadline].end if task.deadline else None for task in found.tasks}
    assert ends == {"Rà soát diện": "2025", "Lập hồ sơ gi": "2024-36", "Tuần tra địn": None, "Chủ trì, phố": "2024-06-30"}


def test_deadlines_say_what_they_govern() -> None:
    found = plan()
    tasks = {task.id: task.text for task in found.tasks}
    governed = {d.time.text: (d.applies_to.kind, tasks.get(d.applies_to.id, d.applies_to.id)) for d in found.deadlines if d.applies_to}
    assert governed["Giai đoạn 2024 - 2025"] == ("section", "II.1")
    assert next(to for text, to in governed.items() if "quý IV" in text) == ("task", "Lập hồ sơ giao rừng.")
    assert governed["Đến năm 2025"][0] == "target"


def test_responsibilities_and_tasks_name_each_other() -> None:
    found = plan()
    lead = next(r for r in found.responsibilities if r.role == "lead" and r.unit.kind == "police")
    coordinate = next(r for r in found.responsibilities if r.role == "coordinate")
    last = found.tasks[-1]
    assert (lead.tasks, coordinate.tasks) == ((last.id,), (last.id,))
    assert [unit.name for unit in last.coordinate] == [coordinate.unit.name]


def test_tasks_name_the_instruments_they_cite() -> None:
    found = plan()
    cited = next(task for task in found.tasks if task.text.startswith("Rà soát")).references
    assert [r.code for r in found.references if r.id in cited] == ["5/QĐ-UBND"]
