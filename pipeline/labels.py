"""Labels: the words under which facts are shown to a person, in Vietnamese and English."""

from typing import Literal

Language = Literal["vi", "en"]

LABELS: dict[str, tuple[str, str]] = {
    # sections of the page
    "header": ("Văn bản", "Document"),
    "outline": ("Bố cục", "Outline"),
    "references": ("Văn bản được viện dẫn", "Instruments referred to"),
    "goals": ("Mục đích, yêu cầu, mục tiêu", "Purposes, requirements, goals"),
    "targets": ("Chỉ tiêu", "Targets"),
    "deadlines": ("Thời hạn", "Deadlines"),
    "responsibilities": ("Phân công trách nhiệm", "Responsibilities"),
    "tasks": ("Nhiệm vụ", "Tasks"),
    "tables": ("Bảng biểu", "Tables"),
    "unclaimed": ("Số liệu chưa được nhận", "Unclaimed figures and times"),
    "diagnostics": ("Điểm cần xem lại", "Diagnostics"),
    # columns
    "applies_to": ("Áp dụng cho", "Applies to"),
    "baseline": ("Mức gốc", "Baseline"),
    "code": ("Số, ký hiệu", "Code"),
    "coordinate": ("Phối hợp", "With"),
    "deadline": ("Thời hạn", "Deadline"),
    "doc_type": ("Loại văn bản", "Type"),
    "horizon": ("Thời điểm", "By"),
    "indicator": ("Nội dung đo", "What is measured"),
    "issued_on": ("Ngày ban hành", "Issued on"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "kind": ("Loại", "Kind"),
    "lead": ("Chủ trì", "Lead"),
    "level": ("Mức", "Level"),
    "locality": ("Địa phương", "Locality"),
    "mentions": ("Số lần nhắc", "Mentions"),
    "message": ("Nội dung", "Message"),
    "name": ("Tên", "Name"),
    "page": ("Trang", "Page"),
    "period": ("Giai đoạn", "Period"),
    "recipients": ("Nơi nhận", "Recipients"),
    "role": ("Vai trò", "Role"),
    "section": ("Mục", "Section"),
    "signer": ("Người ký", "Signer"),
    "source": ("Tệp", "File"),
    "text": ("Nội dung", "Text"),
    "time": ("Thời gian", "Time"),
    "title": ("Trích yếu", "Title"),
    "heading": ("Tiêu đề", "Heading"),
    "columns": ("Cột (số hàng)", "Columns (rows)"),
    "unit": ("Cơ quan, đơn vị", "Unit"),
    # values
    "purpose": ("mục đích", "purpose"),
    "requirement": ("yêu cầu", "requirement"),
    "general": ("mục tiêu chung", "general goal"),
    "specific": ("mục tiêu cụ thể", "specific goal"),
    "basis": ("căn cứ", "basis"),
    "cited": ("viện dẫn", "cited"),
    "lead_role": ("chủ trì", "lead"),
    "coordinate_role": ("phối hợp", "coordinate"),
    "advised_role": ("được tham mưu", "advised"),
    "reported_to_role": ("nhận báo cáo", "reported to"),
    "by": ("đến hạn", "by"),
    "in": ("trong", "in"),
    "from": ("từ", "from"),
    "during": ("trong suốt", "during"),
    "recurring": ("định kỳ", "recurring"),
    "within": ("trong vòng", "within"),
    "conditional": ("khi có điều kiện", "conditional"),
    "P1Y": ("mỗi năm", "yearly"),
    "P6M": ("6 tháng một lần", "half-yearly"),
    "P3M": ("mỗi quý", "quarterly"),
    "P1M": ("mỗi tháng", "monthly"),
    "P1W": ("mỗi tuần", "weekly"),
    "increase_by": ("tăng", "up by"),
    "decrease_by": ("giảm", "down by"),
    "increase_to": ("tăng lên", "up to"),
    "decrease_to": ("giảm còn", "down to"),
    "multiply_by": ("gấp", "times"),
}
"""Vietnamese and English; a value whose word is also a column's has its kind behind it (`lead_role`)."""


def label(name: str, language: Language) -> str:
    """The words for a name; a name without words stands for itself."""
    vietnamese, english = LABELS.get(name, (name, name))
    return vietnamese if language == "vi" else english
