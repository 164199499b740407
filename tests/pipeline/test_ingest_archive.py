import io
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import DamagedDocument, EmptyDocument, EncryptedDocument, TooLargeDocument, UnsupportedDocument
from pipeline.ingest import archive, read_bytes
from pipeline.inputs import list_inputs
from pipeline.outcomes import Failure, Success, outcome_of

PLAN = "ỦY BAN NHÂN DÂN\nXÃ TÂN KHÊ\nSố: 15/KH-UBND\n\nKẾ HOẠCH\nChuyển đổi số năm 2025\n".encode()


def packed(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries.items():
            target.writestr(name, data)
    return buffer.getvalue()


def names(folder: Path) -> list[str]:
    return [item.name for item in list_inputs([folder])]


def test_each_member_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"KH/một.txt": PLAN, "hai.txt": PLAN + b"x", "__MACOSX/._hai.txt": b"x", ".an": b""}))
    assert names(tmp_path) == ["a.zip/KH/một.txt", "a.zip/hai.txt"]
    outcomes = [outcome_of(item) for item in list_inputs([tmp_path])]
    assert all(isinstance(outcome, Success) for outcome in outcomes)
    assert len({outcome.sha256 for outcome in outcomes}) == 2


def test_names_that_lead_out_of_the_archive_stay_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"../../etc/x.txt": PLAN, "/abs.txt": PLAN, "C:\\plans\\y.txt": PLAN}))
    assert names(tmp_path) == ["a.zip/abs.txt", "a.zip/etc/x.txt", "a.zip/plans/y.txt"]


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = packed({"b.txt": PLAN})
    (tmp_path / "a.zip").write_bytes(packed({"inner.zip": inner, "broken.zip": b"PK\x03\x04 nothing"}))
    assert names(tmp_path) == ["a.zip/broken.zip", "a.zip/inner.zip/b.txt"]
    broken, good = (outcome_of(item) for item in list_inputs([tmp_path]))
    assert isinstance(good, Success)
    assert isinstance(broken, Failure)


def test_endless_nesting_ends(tmp_path: Path) -> None:
    data = packed({"plan.txt": PLAN})
    for depth in range(12):
        data = packed({f"{depth}.zip": data})
    (tmp_path / "a.zip").write_bytes(data)
    assert len(names(tmp_path)) == 1


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"bomb.txt": b"0" * 60_000_000}))
    found = outcome_of(list_inputs([tmp_path])[0])
    assert isinstance(found, Failure)
    assert found.code == "too_large"


def test_a_word_document_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(packed({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<x/>"}))
    assert names(tmp_path) == ["a.docx"]


def test_an_archive_of_one_document_is_that_document() -> None:
    assert "Chuyển đổi số" in "".join(line.text for line in read_bytes(packed({"a.txt": PLAN}), "a.zip").blocks)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (packed({"a.txt": PLAN, "b.txt": PLAN}), UnsupportedDocument),
        (packed({}), EmptyDocument),
        (packed({"a.txt": PLAN})[:60], DamagedDocument),
    ],
)
def test_what_cannot_be_read_says_so(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_bytes(data, "a.zip")


def test_an_encrypted_member_says_so(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": PLAN}))
    data[6] |= 1  # the bit of the local header, and that of the directory
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert names(tmp_path) == ["a.zip/a.txt"]
    with pytest.raises(EncryptedDocument):
        archive.member_bytes(tmp_path / "a.zip", (0,), "a.zip/a.txt")


def test_what_an_archive_says_of_its_sizes_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": b"0" * 40_000_000}))
    with pytest.raises(TooLargeDocument):
        archive.member_bytes(tmp_path / "a.zip", (0,), "a.zip/a.txt")
