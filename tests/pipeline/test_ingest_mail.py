from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline.errors import EmptyDocument
from pipeline.ingest import read_bytes
from pipeline.ingest.mail import attachments
from pipeline.inputs import list_inputs
from pipeline.unwrap import unwrap

PLAN = "ỦY BAN NHÂN DÂN\nXÃ TÂN KHÊ\n\nKẾ HOẠCH\nChuyển đổi số năm 2025\n".encode()


def message(text: str = "Kính gửi các đồng chí, xin gửi kế hoạch kèm theo.") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = "a@x.vn", "b@y.vn", "Kế hoạch", "<1@x.vn>"
    mail.set_content(text)
    return mail


def test_the_text_of_a_message_is_a_document() -> None:
    pages = read_bytes(message().as_bytes(), "thu.eml")
    assert unwrap(pages).text == "Kính gửi các đồng chí, xin gửi kế hoạch kèm theo."
    assert pages.media_type == "message/rfc822"


def test_attachments_are_documents_of_their_own(tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment(PLAN, maintype="text", subtype="plain", filename="Kế hoạch số 15.txt")
    (tmp_path / "thu.eml").write_bytes(mail.as_bytes())
    assert [item.name for item in list_inputs([tmp_path])] == ["thu.eml", "thu.eml/Kế hoạch số 15.txt"]
    assert [part.data for part in attachments(mail.as_bytes())] == [PLAN]


def test_the_pictures_of_a_letterhead_are_no_attachments() -> None:
    mail = message()
    mail.add_related(b"\x89PNG....", maintype="image", subtype="png", cid="<logo>", filename="logo.png", disposition="inline")
    assert attachments(mail.as_bytes()) == []


def test_a_forwarded_message_is_opened(tmp_path: Path) -> None:
    inner = message("Văn bản chuyển tiếp.")
    inner.add_attachment(PLAN, maintype="text", subtype="plain", filename="a.txt")
    outer = message("Xem thư kèm theo.")
    outer.add_attachment(inner)
    (tmp_path / "thu.eml").write_bytes(outer.as_bytes())
    found = [item.name for item in list_inputs([tmp_path])]
    assert found[0] == "thu.eml"
    assert found[-1].endswith(".eml/a.txt")


def test_an_empty_message_says_so() -> None:
    with pytest.raises(EmptyDocument):
        read_bytes(message(" ").as_bytes(), "thu.eml")
