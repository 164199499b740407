"""Role cues: the phrases that give the bodies behind or before them a part in the work.

Patterns run on keys with single blanks (`Words.phrase`): those of what stands before a body are anchored at its end, those of
what stands behind it at its beginning. All repeats are bounded.
"""

import re
from typing import NamedTuple

from extractors.layers.folded import fold_in_place
from extractors.layers.unit_words import pattern


class Cue(NamedTuple):
    """Cue: a pattern at the end of what stands before bodies; without one of `hints` in it there is no need to look."""

    hints: tuple[str, ...]
    pattern: re.Pattern[str]

    def ends(self, before: str) -> bool:
        """Whether the phrase ends with the cue."""
        for hint in self.hints:
            if hint in before:
                return self.pattern.search(before) is not None
        return False


def _cue(hints: str, source: str) -> Cue:
    return Cue(tuple(fold_in_place(hint) for hint in hints.split("|")), pattern(source))


COORDINATE = _cue(
    "hợp|kết|tác|chiếu|cùng|gia của|hợp của|trợ của|hành của",
    r"""(?:phối\ hợp|phối\ kết\ hợp|liên\ kết|cộng\ tác|đối\ chiếu)(?:\ [^\ ;.]+){0,7}?\ (?:với|cùng|cùng\ với)$   # phối hợp chặt chẽ với X
      | (?:phối\ hợp|phối\ kết\ hợp)(?:\ chặt\ chẽ)?$                                                     # phối hợp X
      | (?:^|[,;(]\ |\ và\ )cùng(?:\ với)?$                                                               # cùng với X
      | sự\ (?:tham\ gia|phối\ hợp|hỗ\ trợ|đồng\ hành)(?:\ chặt\ chẽ)?\ của$                                # có sự tham gia của X
    """,
)
ADVISED = _cue(
    "mưu|giúp|xuất",
    r"""(?:tham\ mưu|giúp\ việc|đề\ xuất)(?:\ ,\ [^\ ]+\ [^\ ]+)?(?:\ (?:đề|xuất|giúp|cho|với|trình|việc|và|kịp|thời|tích|cực|trực|tiếp)){0,5}$
      | (?:^|\ )giúp$                                                                                      # giúp X theo dõi
      | tham\ mưu(?:\ [^\ ,;.]+){1,6}\ (?:cho|giúp|với|trình)$                                            # tham mưu kế hoạch cho X
    """,
)
SUBMITTED = _cue(
    "trình", r"(?:^|(?<!chương)(?<!quy)(?<!công)(?<!tiến)(?<!lịch)(?<!giáo)(?<!lộ)(?<!quá)(?<!tờ)(?<!thuyết)(?<!phương)\ )trình$"
)
DECIDES = pattern(
    r"(?:,\ )?(?:để\ )?(?:xem\ xét|ký|ban\ hành|phê\ duyệt|quyết\ định|thông\ qua|thẩm\ định|giải\ quyết|cho\ ý\ kiến|chấp\ thuận)\b"
)
"""What a body does with what is submitted to it: then who submits it has helped it to decide."""
REPORTED = _cue(
    "báo|phản|gửi|nộp|chuyển|liên hệ",
    r"""báo\ cáo(?:\ (?:kịp|thời|kết|quả|ngay|định|kỳ|lên|về|cho|với|gửi|tới|đến)){0,5}$               # báo cáo X
      | (?:phản\ ánh|phản\ ảnh|phản\ hồi)(?:\ [^\ ;.]+){0,30}?\ (?:về|cho|lên|với|đến|tới|gửi|qua)$                 # phản ánh ý kiến với X
      | báo\ cáo(?:\ [^\ ;.]+){0,16}?\ (?:về|lên|với|đến|tới|gửi|qua)$                                    # báo cáo kết quả về X
      | báo\ cáo(?:\ [^\ ;.]+){0,5}?\ cho$
      | gửi(?:\ [^\ ;.]+){0,12}?\ (?:về|cho|đến|tới|qua|lên)$                                             # gửi ý kiến về X
      | (?:^|\ )gửi$
      | (?:^|\ )nộp(?:\ [^\ ;.]+){0,8}?\ (?:về|cho|lên)$                                                   # nộp hồ sơ về X
      | (?:^|(?:[,;]|mắc|khăn|phát\ sinh)\ )báo(?:\ (?:ngay|kịp|thời|cáo|tin)){0,2}\ (?:cho|về|tới|lên)$                                # báo ngay cho X
      | chuyển(?:\ (?:ngay|kịp|thời|toàn|bộ|các)){0,3}\ (?:danh\ sách|biên\ bản|báo\ cáo|hồ\ sơ|kết\ quả|đơn|ý\ kiến|kiến\ nghị)(?:\ [^\ ;.]+){0,8}?
        \ (?:đến|về|cho|tới|lên)$                                                                           # chuyển danh sách đến X
      | (?:^|(?:[,;:]|thời|phải)\ )chuyển(?:\ ngay)?\ (?:đến|về|tới)$                                     # chuyển ngay đến X
      | liên\ hệ(?:\ trực\ tiếp)?(?:\ với|\ về)?$
    """,
)
TOLD = _cue("báo", r"(?:^|\ )báo(?:\ [^\ ]+){0,3}\ cho$")
"""`báo tin cho phụ huynh`; what is sent or handed out to people (`gửi giấy mời cho`) is no report."""
VIA = _cue("qua", r"(?:\(\ )?qua$")
ASSIGN = _cue(
    "giao|phân công|quyền|yêu|đề nghị",
    r"""(?:^|(?<!được)(?<!chuyển)(?<!bàn)(?<!thừa)(?<!nhiệm\ vụ)\ )(?:giao|phân\ công|ủy\ quyền)(?:\ (?:nhiệm|vụ|trách|chỉ|tiêu)){0,4}(?:\ cho)?$
      | (?:^|(?<!theo)(?<!các)(?<!những)(?<!ứng)(?<!có)(?<!không)(?<!một\ số)(?<!văn\ bản)(?<!công\ văn)(?<!tờ\ trình)\ )(?:yêu\ c[âầ]u|đề\ nghị)$
    """,
)
WAS_ASSIGNED = pattern(r"được\ [^.;:]{1,160}\ giao(?:\ nhiệm\ vụ)?\ cho$")
"""`các nhiệm vụ được UBND tỉnh giao cho nhà trường`: told of tasks, not given here."""
ASSIGNING = pattern(r"phân\ công\ (?:nhiệm\ vụ|trách\ nhiệm|tổ\ chức|thực\ hiện)")
IN_CHARGE = re.compile(r"(?:cán bộ|cộng tác viên|nhân viên|công chức|chuyên viên)\ phụ trách\ ")
DIRECT = _cue(
    "chỉ đạo|hướng dẫn|đôn đốc",
    r"""(?<!bản\ )(?<!theo\ )(?<!sự\ )(?<!ý\ kiến\ )(?:chỉ\ đạo|hướng\ dẫn|đôn\ đốc)
        (?:(?:\ ,|\ và)?\ (?:chỉ\ đạo|hướng\ dẫn|định\ hướng|đôn\ đốc|kiểm\ tra|giám\ sát|nhắc\ nhở|theo\ dõi|quản\ lý|động\ viên|tổ\ chức)){0,4}$
    """,
)
URGES_ONLY = _cue("đôn đốc", r"(?<!bản\ )đôn\ đốc(?:(?:\ ,|\ và)?\ (?:kiểm\ tra|giám\ sát|nhắc\ nhở|theo\ dõi|động\ viên)){0,4}$")
GUIDES = pattern(r"(?:chỉ\ đạo|hướng\ dẫn)")
TASK_ITSELF = pattern(r"(?:nhiệm\ vụ|trách\ nhiệm)(?:\ [^\ ]+){0,3}\ cho$")
"""`Phân công nhiệm vụ cho các thành viên, ban hành quy chế`: to assign is the task; those assigned to are told nothing here."""
ASKED_ABOVE = pattern(r"(?:khen\ thưởng|xem\ xét|phê\ duyệt|cho\ phép|quyết\ định|cho\ ý\ kiến|cho\ chủ\ trương)")
ABOVE_ALL = pattern(r"(?:,\ )?(?:và\ )?(?:đặc\ biệt|nhất|trước\ hết|chủ\ yếu)\ là")
BY = _cue("do", r"(?:^|\ )do$")
BY_DOES = pattern(
    r"""(?:trực\ tiếp\ )?(?:chủ\ trì|thực\ hiện|phụ\ trách|đảm\ nhiệm|chịu\ trách\ nhiệm|phân\ công|điều\ hành|quyết\ định
        |làm(?!\ (?:phó\ )?(?:tổ|đội)?\ ?(?:trưởng|chủ\ (?:tịch|nhiệm)|thành\ viên|ủy\ viên|thư\ ký)))"""
)
"""What is done by a body; to be the head of a board that is founded (`do X làm Trưởng ban`) is no part in the work."""
OPENER = pattern(
    r"""(?:căn\ cứ|trên\ cơ\ sở|theo\b(?!\ dõi)|từ|trước|sau|trong|đến|định\ kỳ|hằng|hàng|khi|nếu|ngoài|bên\ cạnh|vào|năm|quý|tháng|ngày
        |thường\ xuyên|để|nhằm|với|chậm\ nhất|đồng\ thời|trước\ mắt|hiện\ nay|kết\ thúc|ngoài\ ra|muộn\ nhất|riêng|quá\ trình|dịp|kể\ từ|khoảng|tối\ đa
        |cuối|đầu|giữa|thông\ qua|qua|tùy|mỗi)\b"""
)
AS_FOR = pattern(r"(?:đối\ với|riêng|về)\ (?!.*\ thì\ )")
SHORT_OPENER = pattern(
    r"""(?:(?:đối\ với|riêng(?:\ đối\ với)?|về\ phía|đồng\ thời|ngoài\ ra|và|định\ kỳ|h[ằà]ng\ (?:năm|quý|tháng|tuần)|trách\ nhiệm\ của|nhiệm\ vụ\ của
        |các\ đồng\ chí|trong\ đó|ngoài\ ra|-|\d+(?:\ \.|\ \))?|\(|"|“)\ ?,?\ ?)$"""
)
STATIVE = pattern(
    r"""(?:có\ (?!trách|nhiệm|kế|biện|văn|phương|giải)|đạt
        |được\ (?:trang\ bị|đầu\ tư|công\ nhận|bảo|đào|quản)|là\ (?:tuyến|nền|nơi|đối)|còn|chiếm|thuộc|bảo\ đảm\ đủ)\ ?"""
)
ORDERS = pattern(
    r""",?\ ?(?:yêu\ cầu|đề\ nghị|giao|phân\ công(?!\ (?:lãnh\ đạo|cán|công\ chức|chiến|giáo|nhân\ viên|người|trực))
        |kêu\ gọi|mong|ban\ hành\ kế\ hoạch|xây\ dựng\ kế\ hoạch\ này)\b"""
)
RHYTHM = pattern(r"(?:mỗi\ |định\ kỳ\ )?(?:\d+|một|hai|ba|sáu)\ (?:ngày|tuần|tháng|quý|năm)\ (?:(?:/|một|mỗi)\ (?:\d+\ )?)?(?:\d+\ )?lần\ ")
DUTY = pattern(
    r""",?\ ?(?:chủ\ trì|có\ (?:trách\ )?nhiệm(?:\ vụ)?\b|chịu\ trách\ nhiệm\ (?!trước)
        |là\ (?:đơn\ vị|cơ\ quan|bộ\ phận|đầu\ mối|lực\ lượng\ nòng|nòng\ cốt|thường\ trực))"""
)
URGED = pattern(r"(?:[^\ ]+\ ){0,14}?(?:chủ\ động|có\ trách\ nhiệm|chủ\ trì|nghiêm\ túc|khẩn\ trương|tích\ cực|theo\ chức\ năng|phải|cần|sẽ)\b")
BOUND = pattern(r"(?:phải|có\ trách\ nhiệm)\b")
ONLY_HELPS = pattern(r"phối\ hợp\ (?!với|cùng|,|và|chặt|kịp|tham\ mưu|tốt|thường|thực|triển|tổ|báo)")
HELPS = pattern(r"(?:cùng\ |tham\ gia\ )?phối\ hợp\ (?!với|cùng|,|và)")
WHO_LEADS_IS_SAID = pattern(r"(?:^|\ )chủ\ trì(?:\ thực\ hiện)?\ [,;](?:\ còn)?$")
"""`Công an xã chủ trì, Trạm Y tế phối hợp thực hiện`: behind one that leads, to take part is no lead."""
SUMS_UP = pattern(r"trên\ đây\ là\ [^,;.]*$")
"""`Trên đây là Kế hoạch ... về hướng dẫn các thôn ...`: the title once more."""
CLOSING_VERBS = pattern(
    r"""(?:kịp\ thời|gửi|báo\ cáo|phản\ ánh|đề\ nghị|liên\ hệ|triển\ khai|căn\ cứ|nghiêm\ túc|tổ\ chức|chủ\ động|tập\ trung|phối\ hợp
        |thực\ hiện|xây\ dựng|có\ trách)"""
)
