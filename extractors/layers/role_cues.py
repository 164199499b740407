"""Role cues: the phrases that give the bodies behind or before them a part in the work.

Patterns run on keys with single blanks (`Words.phrase`): those of what stands before a body are anchored at its end, those of
what stands behind it at its beginning. All repeats are bounded.
"""

from extractors.layers.unit_words import pattern

COORDINATE = pattern(
    r"""(?:phối\ hợp|phối\ kết\ hợp|liên\ kết|cộng\ tác|đối\ chiếu)(?:\ [^\ ;.]+){0,7}?\ (?:với|cùng|cùng\ với)$   # phối hợp chặt chẽ với X
      | (?:phối\ hợp|phối\ kết\ hợp)(?:\ chặt\ chẽ)?$                                                     # phối hợp X
      | (?:^|[,;(]\ |\ và\ )cùng(?:\ với)?$                                                               # cùng với X
      | sự\ tham\ gia\ của$                                                                               # có sự tham gia của X
    """
)
ADVISED = pattern(
    r"""(?:tham\ mưu|giúp\ việc|đề\ xuất)(?:\ ,\ [^\ ]+\ [^\ ]+)?(?:\ (?:đề|xuất|giúp|cho|với|trình|việc|và|kịp|thời|tích|cực|trực|tiếp)){0,5}$
      | (?:^|\ )giúp$                                                                                      # giúp X theo dõi
      | tham\ mưu(?:\ [^\ ,;.]+){1,6}\ (?:cho|giúp|với|trình)$                                            # tham mưu kế hoạch cho X
      | (?:^|(?<!chương)(?<!quy)(?<!công)(?<!tiến)(?<!lịch)(?<!giáo)(?<!lộ)(?<!quá)(?<!tờ)(?<!thuyết)(?<!phương)\ )trình$
    """
)
REPORTED = pattern(
    r"""báo\ cáo(?:\ (?:kịp|thời|kết|quả|ngay|định|kỳ|lên|về|cho|với|gửi|tới|đến)){0,5}$               # báo cáo X
      | (?:phản\ ánh|phản\ hồi)(?:\ [^\ ;.]+){0,30}?\ (?:về|cho|lên|với|đến|tới|gửi|qua)$                 # phản ánh ý kiến với X
      | báo\ cáo(?:\ [^\ ;.]+){0,16}?\ (?:về|lên|với|đến|tới|gửi|qua)$                                    # báo cáo kết quả về X
      | báo\ cáo(?:\ [^\ ;.]+){0,5}?\ cho$
      | gửi(?:\ [^\ ;.]+){0,12}?\ (?:về|cho|đến|tới|qua|lên)$                                             # gửi ý kiến về X
      | (?:^|\ )gửi$
      | (?:^|[,;]\ )báo(?:\ (?:ngay|kịp|thời|cáo)){0,2}\ (?:cho|về|tới|lên)$                                # báo ngay cho X
      | liên\ hệ(?:\ trực\ tiếp)?(?:\ với|\ về)?$
    """
)
VIA = pattern(r"(?:\(\ )?qua$")
ASSIGN = pattern(
    r"""(?:^|(?<!được)(?<!chuyển)(?<!bàn)(?<!nhiệm\ vụ)\ )(?:giao|phân\ công|ủy\ quyền)(?:\ (?:nhiệm|vụ|trách|chỉ|tiêu)){0,4}(?:\ cho)?$
      | (?:^|(?<!theo)(?<!các)(?<!những)(?<!ứng)(?<!có)(?<!một\ số)\ )(?:yêu\ c[âầ]u|đề\ nghị)$
    """
)
DIRECT = pattern(
    r"""(?<!bản\ )(?<!theo\ )(?<!sự\ )(?<!ý\ kiến\ )(?:chỉ\ đạo|hướng\ dẫn|đôn\ đốc)
        (?:(?:\ ,|\ và)?\ (?:chỉ\ đạo|hướng\ dẫn|đôn\ đốc|kiểm\ tra|giám\ sát|nhắc\ nhở|theo\ dõi|quản\ lý|động\ viên|tổ\ chức)){0,4}$
    """
)
URGES = pattern(r"(?<!hướng\ dẫn\ )(?<!chỉ\ đạo\ )(?<!,\ )đôn\ đốc$")
ASKED_ABOVE = pattern(r"(?:khen\ thưởng|xem\ xét|phê\ duyệt|cho\ phép|quyết\ định|cho\ ý\ kiến|cho\ chủ\ trương)")
ABOVE_ALL = pattern(r"(?:,\ )?(?:và\ )?(?:đặc\ biệt|nhất|trước\ hết|chủ\ yếu)\ là")
BY = pattern(r"(?:^|\ )do$")
BY_DOES = pattern(r"(?:chủ\ trì|thực\ hiện|phụ\ trách|làm|đảm\ nhiệm|chịu\ trách\ nhiệm)")
OPENER = pattern(
    r"""(?:căn\ cứ|trên\ cơ\ sở|theo\b(?!\ dõi)|từ|trước|sau|trong|đến|định\ kỳ|hằng|hàng|khi|nếu|ngoài|bên\ cạnh|vào|năm|quý|tháng|ngày
        |thường\ xuyên|để|nhằm|với|chậm\ nhất|đồng\ thời|trước\ mắt|hiện\ nay|kết\ thúc|ngoài\ ra|muộn\ nhất|riêng|quá\ trình|dịp|kể\ từ|khoảng|tối\ đa)\b"""
)
SHORT_OPENER = pattern(
    r"""(?:(?:đối\ với|riêng(?:\ đối\ với)?|về\ phía|đồng\ thời|ngoài\ ra|và|định\ kỳ|h[ằà]ng\ (?:năm|quý|tháng|tuần)|trách\ nhiệm\ của|nhiệm\ vụ\ của
        |các\ đồng\ chí|trong\ đó|ngoài\ ra|-|\d+(?:\ \.|\ \))?|\(|"|“)\ ?,?\ ?)$"""
)
STATIVE = pattern(
    r"""(?:có\ (?!trách|nhiệm|kế|biện|văn|phương|giải)|đạt
        |được\ (?:trang\ bị|đầu\ tư|công\ nhận|bảo|đào|quản)|là\ (?:tuyến|nền|nơi|đối)|còn|chiếm|thuộc|bảo\ đảm\ đủ)\ ?"""
)
ORDERS = pattern(r",?\ ?(?:yêu\ cầu|đề\ nghị|giao|phân\ công|kêu\ gọi|mong|ban\ hành\ kế\ hoạch|xây\ dựng\ kế\ hoạch\ này)\b")
DUTY = pattern(r",?\ ?(?:chủ\ trì|có\ (?:trách\ )?nhiệm(?:\ vụ)?\b|chịu\ trách\ nhiệm\ (?!trước)|là\ (?:đơn\ vị|cơ\ quan|bộ\ phận|đầu\ mối))")
URGED = pattern(r"(?:[^\ ]+\ ){0,14}?(?:chủ\ động|có\ trách\ nhiệm|chủ\ trì|nghiêm\ túc|phải|cần)\b")
ONLY_HELPS = pattern(r"phối\ hợp\ (?!với|cùng|,|và|chặt|kịp|tham\ mưu|tốt|thường|thực|triển|tổ|báo)")
CLOSING_VERBS = pattern(
    r"""(?:kịp\ thời|gửi|báo\ cáo|phản\ ánh|đề\ nghị|liên\ hệ|triển\ khai|căn\ cứ|nghiêm\ túc|tổ\ chức|chủ\ động|tập\ trung|phối\ hợp
        |thực\ hiện|xây\ dựng|có\ trách)"""
)
