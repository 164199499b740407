"""Mail: an e-mail message (.eml) or a web page saved with its pictures (.mht): its own text, and the files attached to it."""

import email
import email.policy
from contextlib import suppress
from email.message import EmailMessage
from importlib import import_module
from typing import NamedTuple, cast

from pipeline.errors import EmptyDocument
from pipeline.pages import Pages

MEDIA_TYPE = "message/rfc822"
_DECORATION = ("image/", "application/pkcs7", "application/pgp", "text/calendar", "text/x-vcard", "text/css")


class Attachment(NamedTuple):
    """Attachment: one attached file."""

    name: str
    data: bytes


def read(data: bytes, name: str) -> Pages:
    """Read the text of the message, as the sender laid it out where there are two forms; raises `EmptyDocument`."""
    message = _parsed(data)
    body = message.get_body(preferencelist=("html", "plain"))
    content = body.get_payload(decode=True) if body is not None else None
    if not isinstance(content, bytes) or not content.strip():
        raise EmptyDocument(f"{name}: the message itself says nothing.", remedy="Read the files attached to it.")
    html = body is not None and body.get_content_type() == "text/html"
    charset = str(body.get_content_charset() or "utf-8") if body is not None else "utf-8"
    with suppress(ValueError, LookupError):  # what it says of its letters may be wrong
        content = content.decode(charset).encode("utf-8")
    pages: Pages = import_module("pipeline.ingest.html" if html else "pipeline.ingest.text").read(content, name)
    return Pages(
        pages.blocks,
        MEDIA_TYPE,
        f"email, {pages.engine}",
        pages.text_layer,
        legacy_encoding=pages.legacy_encoding,
        notes=pages.notes,
    )


def attachments(data: bytes) -> list[Attachment]:
    """The files attached to a message, in order; pictures inside its text and signatures of mail programs are none."""
    found = []
    for number, part in enumerate(_parsed(data).walk(), 1):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if inner is not None:
                found.append(Attachment(part.get_filename() or f"message-{number}.eml", cast(EmailMessage, inner).as_bytes()))
            continue
        named = part.get_filename()
        inline = part.get_content_disposition() != "attachment"
        if part.is_multipart() or (inline and (not named or kind.startswith(_DECORATION))):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            found.append(Attachment(named or f"attachment-{number}", content))
    return found


def _parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)
