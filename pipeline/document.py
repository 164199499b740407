"""Document: one file read into its plan and its canonical text. The road: read, unwrap, mark, extract."""

import errno
import hashlib
import stat
from pathlib import Path
from typing import NamedTuple

from pipeline.assemble import assemble
from pipeline.ingest import load, read_bytes
from pipeline.ingest.archive import member_bytes
from pipeline.language import make_doc
from pipeline.pages import Text
from pipeline.stages import stage
from pipeline.unwrap import unwrap
from schemas.plan import Plan, Source

_SMALL = """\
UBND XÃ HÒA AN
Số: 12/KH-UBND
Hòa An, ngày 10 tháng 02 năm 2025
KẾ HOẠCH
Chuyển đổi số năm 2025
Căn cứ Luật Đầu tư công năm 2024 và Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ về Chương trình Chuyển đổi số quốc gia;
Thực hiện Kế hoạch số 15/KH-UBND ngày 05/01/2025 của UBND huyện Tân Phú, Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2021 - 2025.
I. MỤC TIÊU
- Phấn đấu 100% hộ nghèo được hỗ trợ; duy trì tỷ lệ bao phủ bảo hiểm y tế đạt trên 95% dân số; ít nhất 02 lớp tập huấn/năm.
- Đến năm 2026, xây dựng mới 03 nhà văn hóa thôn; mỗi trạm có ít nhất 01 bác sĩ; giảm tỷ lệ hộ nghèo còn dưới 2%.
II. NHIỆM VỤ
1. Tuyên truyền
- Tổ chức 05 buổi nói chuyện cho doanh nghiệp có từ 10 lao động trở lên; kiểm tra hai đợt, xong trước ngày 15/11/2025.
- Khi có vướng mắc, báo cáo UBND xã hằng tháng.
Đơn vị chủ trì: Phòng Văn hóa - Xã hội; phối hợp: các thôn.
III. KINH PHÍ
Kinh phí thực hiện 50 triệu đồng từ ngân sách xã.
IV. TỔ CHỨC THỰC HIỆN
1. Công an xã
- Chủ trì, phối hợp với Trạm Y tế xã tham mưu UBND xã; đồng chí Nguyễn Văn An phụ trách.
2. Đề nghị UBMTTQ xã: vận động Nhân dân.
Trên đây là Kế hoạch của UBND xã, yêu cầu các đơn vị thực hiện./.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Bình
"""
"""A plan of ours that asks most of what plans ask."""


class Document(NamedTuple):
    """Document: what one file says. Offsets in `plan` count code points of `text`."""

    plan: Plan
    text: str


class Fingerprint(NamedTuple):
    """Fingerprint: the SHA-256 of a file's bytes in hex, and how many bytes there are."""

    sha256: str
    size: int


def prepare() -> None:
    """Build the patterns and tables that nearly every document needs, so that processes forked from this one share them."""
    source = Source(name="", sha256="", bytes=0, media_type="text/plain", text_layer="plain", engine="")
    assemble(make_doc(Text(text=_SMALL)), source)


def read_document(path: Path, name: str, inside: tuple[int, ...] = ()) -> Document:
    """The plan in the file at `path`, or `inside` the archive there, called `name` in it; raises an `UnreadableDocument`."""
    with stage("read"):
        called = name if inside else name.rpartition("/")[2]
        data = member_bytes(path, inside, called) if inside else load(path, called)
        pages = read_bytes(data, called)
    source = Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        media_type=pages.media_type,
        pages=pages.page_count,
        text_layer=pages.text_layer,
        engine=pages.engine,
        legacy_encoding=pages.legacy_encoding,
    )
    with stage("unwrap"):
        text = unwrap(pages)
    with stage("mark"):
        doc = make_doc(text)
    with stage("extract"):
        plan = assemble(doc, source, notes=pages.notes, signatures=pages.signatures)
    return Document(plan, text.text)


def fingerprint(path: Path, inside: tuple[int, ...] = ()) -> Fingerprint:
    """Hash a file without holding it in memory, or a document in an archive; raises `OSError` or an `UnreadableDocument`."""
    if inside:
        data = member_bytes(path, inside, path.name)
        return Fingerprint(hashlib.sha256(data).hexdigest(), len(data))
    if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
        raise OSError(errno.EINVAL, "no file", str(path))
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return Fingerprint(sha256, file.tell())
