"""Digital signatures: a PDF signed here with a certificate made here tells who signed, when, where, and whether it is unchanged."""

import datetime as dt
import io
from pathlib import Path

import pytest
from asn1crypto import pem, x509
from cryptography import x509 as cx509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.general import load_private_key_from_pemder_data
from pyhanko_certvalidator.registry import SimpleCertificateStore

from pipeline.ingest.signatures import signatures_of

PLANS = Path(__file__).parents[2] / "corpus" / "formats" / "pdf"


def signer() -> signers.SimpleSigner:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = cx509.Name(
        [
            cx509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tỉnh Hòa An"),
            cx509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "UBND huyện Tân Phú"),
            cx509.NameAttribute(NameOID.COMMON_NAME, "Ủy ban nhân dân xã Bình Minh"),
        ]
    )
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    certificate = (
        cx509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now).not_valid_after(now + dt.timedelta(days=3650)).sign(key, hashes.SHA256())
    )  # fmt: skip
    der = pem.unarmor(certificate.public_bytes(serialization.Encoding.PEM))[2]
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(der),
        signing_key=load_private_key_from_pemder_data(private, passphrase=None),
        cert_registry=SimpleCertificateStore(),
    )


def signed(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    fields.append_signature_field(writer, fields.SigFieldSpec("Signature1", on_page=0, box=(300, 100, 500, 180)))
    out = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="Signature1"), signer=signer())
    return bytes(out.getbuffer())


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return signed(next(iter(sorted(PLANS.glob("*.pdf")))).read_bytes())


def test_certificate_time_and_place(pdf: bytes) -> None:
    (found,) = signatures_of(pdf)
    assert (found.signer, found.organization, found.unit) == ("Ủy ban nhân dân xã Bình Minh", "Tỉnh Hòa An", "UBND huyện Tân Phú")
    assert found.signed_at is not None
    assert (found.intact, found.page) == (True, 1)
    assert found.box is not None
    assert found.box[0] == 300
    assert found.box[3] - found.box[1] == pytest.approx(80)


def test_changed_bytes_are_no_longer_intact(pdf: bytes) -> None:
    changed = pdf.replace(b"/MediaBox", b"/mediaBox", 1)
    assert changed != pdf
    assert [s.intact for s in signatures_of(changed)] in ([False], [])


def test_junk_before_the_file_is_skipped(pdf: bytes) -> None:
    assert len(signatures_of(b"junk\n" + pdf)) == 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 /ByteRange", b"no pdf at all /ByteRange [0 1 2 3]"])
def test_nothing_readable_has_no_signatures(data: bytes) -> None:
    assert signatures_of(data) == ()


def test_a_number_stamped_into_a_signature_field_is_read_where_it_shows(tmp_path: Path) -> None:
    from pyhanko.pdf_utils import text
    from pyhanko.stamp import TextStampStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    from pipeline import read_plan

    font = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"
    if not Path(font).exists():
        pytest.skip("fonts-liberation2 is not installed: apt-get install fonts-liberation2")
    pdfmetrics.registerFont(TTFont("Serif", font))
    page = canvas.Canvas(str(tmp_path / "draft.pdf"), pagesize=(595, 842))
    page.setFont("Serif", 12)
    lines = ["ỦY BAN NHÂN DÂN", "XÃ BÌNH MINH", "Số:          /KH-UBND", "KẾ HOẠCH", "Bảo vệ rừng năm 2025", "I. MỤC ĐÍCH", "- Giữ vững diện tích rừng."]
    for k, words in enumerate(lines):
        page.drawString(72, 770 - 20 * k, words)
    page.save()
    writer = IncrementalPdfFileWriter(io.BytesIO((tmp_path / "draft.pdf").read_bytes()))
    fields.append_signature_field(writer, fields.SigFieldSpec("Number", on_page=0, box=(92, 726, 122, 742)))
    style = TextStampStyle(
        stamp_text="215", border_width=0, background_opacity=0,
        text_box_style=text.TextBoxStyle(font_size=10),
    )  # fmt: skip
    meta = signers.PdfSignatureMetadata(field_name="Number")
    out = signers.PdfSigner(meta, signer=signer(), stamp_style=style).sign_pdf(writer)
    (tmp_path / "signed.pdf").write_bytes(out.getbuffer())
    plan = read_plan(tmp_path / "signed.pdf")
    assert plan.header.code == "215/KH-UBND"
    assert [s.unit for s in plan.header.signatures] == ["UBND huyện Tân Phú"]
