"""Hostile files: one run over files that want to reach out, to be huge or to never end; each is read or refused, and nothing else happens."""

import io
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipeline.document import read_document
from pipeline.errors import DamagedDocument
from pipeline.ingest.office import converted
from schemas.plan import Plan
from tests.conftest import SMALL_PLAN

ROOT = Path(__file__).parent.parent
FORMATS = ROOT / "corpus" / "formats"
SECRET = "bí-mật-của-máy-này"
WATCHED = """
import os, sys, tempfile
from pathlib import Path
log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
mine = tuple(map(os.path.realpath, (sys.argv[2], tempfile.gettempdir(), "/dev/shm/pym-", "/dev/null", "/proc")))
seen = (*mine, *map(os.path.realpath, (sys.argv[3], os.getcwd(), sys.prefix, sys.base_prefix, "/sys", "/etc", "/usr", "/dev")))
def watch(event, arguments):
    if event.startswith("socket.") and event not in {"socket.__new__", "socket.gethostname"}:
        os.write(log, f"{event} {arguments[1:]}\\n".encode())
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path, mode, flags = arguments
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        if not os.path.realpath(os.fsdecode(path)).startswith(mine if writes else seen):
            os.write(log, f"{event} {path} {mode} {flags}\\n".encode())
    if event in {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate"}:
        if isinstance(arguments[0], str) and not os.path.realpath(arguments[0]).startswith(mine) and arguments[-1] == -1:
            os.write(log, f"{event} {arguments}\\n".encode())
sys.addaudithook(watch)
from pipeline.__main__ import main
sys.exit(main(sys.argv[4:]))
"""
"""A run that notes what its processes, which inherit the watch, open, ask and change outside the places that are theirs."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))


def packed(parts: dict[str, str] | dict[str, bytes]) -> bytes:
    """A ZIP file; the part that says its kind is not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def docx(body: str, declared: str = "", links: str = "<Relationships/>") -> bytes:
    """A Word document with these paragraphs, after a document type declaration."""
    document = f'{declared}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": document, "word/_rels/document.xml.rels": links, "word/_rels/settings.xml.rels": links})


def odt(body: str, declared: str = "") -> bytes:
    """An OpenDocument text."""
    names = f'xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0" xmlns:table="{ODF}table:1.0"'
    content = f"{declared}<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def xlsx(rows: str, declared: str = "", after: str = "") -> bytes:
    """A spreadsheet of one sheet."""
    links = '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>'
    book = f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'
    sheet = f'{declared}<worksheet xmlns="{S}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return packed({"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": links, "xl/worksheets/s.xml": sheet})


def p(text: str) -> str:
    """A paragraph of Word for each line."""
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))


def cell(place: str, text: str) -> str:
    """A row of one cell."""
    return f'<row><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def pdf(*objects: bytes, catalog: bytes = b"") -> bytes:
    """A PDF of objects 2, 3, ...; the first of them is the page tree."""
    out = b"%PDF-1.7\n"
    for number, body in enumerate((b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>", *objects), 1):
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    return out + b"trailer\n<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (len(objects) + 2)


def stream(data: bytes, about: bytes = b"") -> bytes:
    """A stream of a PDF."""
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), about, data)


TREE, FONT = b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
WORDS = "Xã Tân Khê có 12 thôn; các thôn làm công tác thông tin và thú y cho toàn dân".encode("cp1252")
SHOWN = b" ".join(b"BT /F 12 Tf 72 %d Td (%b) Tj ET" % (700 - 20 * number, WORDS) for number in range(20))


def page(content: bytes = b"5 0 R", more: bytes = b"", resources: bytes = b"") -> bytes:
    """A page that shows a stream in font 4."""
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents "
        + content
        + b"/Resources<</Font<</F 4 0 R>>"
        + resources
        + b">>"
        + more
        + b">>"
    )


UNSEEN = (
    "\u200b",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u202d",
    "\u2066",
    "\u034f",
    "\u061c",
    "\u180e",
    "\u2063",
    "\ufe0f",
    "\U000e0030",
    "\x01",
    "\x08",
)


def pdfs(url: bytes) -> Iterator[tuple[str, bytes]]:
    """PDFs by name."""
    yield "cây-đệ-quy", pdf(b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3>>", page(), FONT, stream(SHOWN))
    yield "đếm-thừa", pdf(b"<</Type/Pages/Kids[3 0 R]/Count 999999999>>", page(), FONT, stream(SHOWN))
    yield "đếm-âm", pdf(b"<</Type/Pages/Kids[3 0 R]/Count -7>>", page(), FONT, stream(SHOWN))
    form = stream(
        b"/X Do " + SHOWN, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>/Font<</F 4 0 R>>>>"
    )
    yield "tự-gọi", pdf(TREE, page(resources=b"/XObject<</X 6 0 R>>"), FONT, stream(b"/X Do " + SHOWN), form)
    image = b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
    drawn = stream(b"q 595 0 0 842 0 0 cm /X Do Q " + SHOWN)
    yield (
        "ảnh-khổng-lồ",
        pdf(TREE, page(resources=b"/XObject<</X 6 0 R>>"), FONT, drawn, stream(zlib.compress(bytes(10**6)), image)),
    )
    nested = b"/Type/ObjStm/N 1/First 4/Extends 6 0 R"
    yield "luồng-lồng", pdf(TREE, page(), FONT, stream(SHOWN), stream(b"6 0 6 0 R", nested), stream(b"6 0 7 0 R", nested))
    bomb = zlib.compress(zlib.compress(b" " * 10**8, 9), 9)
    yield "bom-nén", pdf(TREE, page(b"[5 0 R 6 0 R]"), FONT, stream(SHOWN), stream(bomb, b"/Filter[/FlateDecode/FlateDecode]"))
    actions = b"/OpenAction<</S/JavaScript/JS(app.launchURL('%b'))>>/AA<</WC<</S/Launch/F(/bin/sh)>>>>" % url
    files = b"/Names<</EmbeddedFiles<</Names[(../../a.txt) <</Type/Filespec/F(../../a.txt)/EF<</F 6 0 R>>>>]>>>>"
    link = (
        b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A<</S/URI/URI(%b)>>>><</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 9 9]/A<</S/SubmitForm/F(%b)>>>>]"
        % (url, url)
    )
    remote = stream(SHOWN, b"/F<</FS/URL/F(%b)>>" % url)
    yield (
        "lệnh-và-liên-kết",
        pdf(TREE, page(more=link), FONT, remote, stream(b"x", b"/Type/EmbeddedFile"), catalog=actions + files),
    )
    yield "nút-không-đóng", b"%PDF-1.7\n1 0 obj " + b"/Type /Pages " * 300_000
    signed = b"/AcroForm<</SigFlags 3/Fields[<</FT/Sig/Rect[0 0 9 9]/V<</Type/Sig/ByteRange[0 9 9 -9]/Contents<00>>>>>]>>"
    yield "chữ-ký-giả", pdf(b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", page(), FONT, stream(SHOWN), catalog=signed)
    yield "trang-vô-tận", pdf(TREE, page().replace(b"595 842", b"1e9 1e9"), FONT, stream(SHOWN))


def xmls(url: str, marker: Path) -> Iterator[tuple[str, bytes]]:
    """Documents of XML by name: entities that grow, and that stand for a file or an address."""
    dtd = f'<!DOCTYPE x SYSTEM "{url}/x.dtd" [{LAUGHS}<!ENTITY f SYSTEM "{marker.as_uri()}"><!ENTITY u SYSTEM "{url}/e"><!ENTITY % e SYSTEM "{url}/p">%e;]>'
    for name, entity in (("cười", "&l9;"), ("tệp", "&f;"), ("mạng", "&u;")):
        text = SMALL_PLAN.strip() + f"\nXem {entity}."
        yield f"{name}.docx", docx(p(text), dtd)
        yield f"{name}.odt", odt("".join(f"<text:p>{line}</text:p>" for line in text.split("\n")), dtd)
        yield f"{name}.xlsx", xlsx("".join(cell(f"A{row}", line) for row, line in enumerate(text.split("\n"), 1)), dtd)
        yield f"{name}.html", (dtd + "<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n"))).encode()
    yield "cười-thuộc-tính.docx", docx(p(SMALL_PLAN) + '<w:p w:x="&l9;"/>', dtd)
    link = f'<Relationships><Relationship Id="r1" TargetMode="External" Type="{R}/image" Target="{url}/i.png"/><Relationship Id="r2" TargetMode="External" Type="{R}/attachedTemplate" Target="{url}/t.dotm"/></Relationships>'
    body = (
        p(SMALL_PLAN)
        + f'<w:p><w:r><w:drawing><a:blip xmlns:a="urn:a" r:link="r1"/></w:drawing></w:r></w:p><w:altChunk r:id="r1"/><w:p><w:fldSimple w:instr="INCLUDETEXT {marker}"/></w:p>'
    )
    yield "mẫu-xa.docx", docx(body, links=link)
    yield (
        "rộng.docx",
        docx(
            f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2000000000"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{p("Một")}</w:tc><w:tc>{p("Hai")}</w:tc></w:tr></w:tbl>'
            + p(SMALL_PLAN)
        ),
    )
    yield (
        "rỗng.docx",
        docx(p(SMALL_PLAN) + '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>'),
    )
    yield "sâu.docx", docx("<w:sdt><w:sdtContent>" * 120 + p(SMALL_PLAN) + "</w:sdtContent></w:sdt>" * 120)
    yield "trắng.odt", odt('<text:p>Kế hoạch<text:s text:c="2000000000"/>năm 2024</text:p>')
    covered = 'table:number-columns-spanned="2000000000" table:number-rows-spanned="2000000000"'
    yield (
        "rộng.odt",
        odt(
            f"<table:table><table:table-row><table:table-cell {covered}><text:p>Kế hoạch</text:p></table:table-cell></table:table-row></table:table>"
        ),
    )
    yield "xa.xlsx", xlsx(cell("A1", "Kế hoạch") + cell("XFD1048576", "năm 2024"))
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    yield "gộp.xlsx", xlsx(cell("A1", "Kế hoạch") + cell("B9", "năm 2024"), after=merged * 50)


def pages(url: str, marker: Path) -> Iterator[tuple[str, bytes]]:
    """Web pages and messages by name."""
    reaching = f"""<link rel=stylesheet href="{url}/a.css"><style>@import "{url}/b.css"; p {{background: url({url}/c)}}</style>
        <script src="{url}/a.js"></script><base href="{url}/"><meta http-equiv=refresh content="0;url={url}/">
        <body background="{url}/d"><img src="{url}/a.png"><img src="{marker.as_uri()}"><iframe src="{url}/e"></iframe><object data="{url}/f"></object>"""
    shown = "".join(f"<p>{line}" for line in SMALL_PLAN.split("\n"))
    yield "xa.html", f"<!DOCTYPE html><html><head>{reaching}{shown}".encode()
    yield "sâu.html", ("<html><body>" + "<ul><li>Mục" * 5000 + shown).encode()
    yield "danh-sách.html", ("<html><body>" + shown + "<ol start=x>" + "<li value=y>Trồng cây" * 8000).encode()
    message = EmailMessage()
    message["From"], message["Subject"], message["MIME-Version"] = "a@example.org", "Kế hoạch", "1.0"
    message.set_content(f"<html><body>{reaching}{shown}", subtype="html")
    message.add_attachment(SMALL_PLAN.replace("12/KH", "13/KH"), filename="../../ngoài.txt")
    yield "thư.eml", message.as_bytes()


def archives(marker: Path) -> Iterator[tuple[str, bytes]]:
    """Archives by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        link = zipfile.ZipInfo("liên-kết.txt")
        link.external_attr, link.create_system = 0o120777 << 16, 3
        target.writestr(link, str(marker))
        target.writestr("../../../ngoài.txt", SMALL_PLAN.replace("12/KH", "14/KH"))
        target.writestr(f"{marker}.txt", SMALL_PLAN.replace("12/KH", "15/KH"))
    yield "trốn.zip", buffer.getvalue()
    yield (
        "bom.zip",
        packed(
            {
                "a.zip": packed({"b.zip": packed({"c.txt": b"0" * 50_000_000})}),
                "d.txt": SMALL_PLAN.replace("12/KH", "16/KH").encode(),
            }
        ),
    )


class Night(NamedTuple):
    """Night: what a run left: its exit code, outcomes by name, the lines of the watch, and the requests that came."""

    code: int
    plans: dict[str, Any]
    failures: dict[str, Any]
    noted: str
    asked: list[str]
    out: Path
    folder: Path


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """A run over all hostile files and some good ones, watched."""
    place = tmp_path_factory.mktemp("night")
    marker, folder, out, scratch = place / "secret", place / "in", place / "out", place / "tmp"
    marker.write_text(SECRET, encoding="utf-8")
    folder.mkdir()
    scratch.mkdir()
    with asked_server() as (url, asked):
        for name, data in [
            *((f"{n}.pdf", d) for n, d in pdfs(url.encode())),
            *xmls(url, marker),
            *pages(url, marker),
            *archives(marker),
        ]:
            (folder / name).write_bytes(data)
        for kind in ("txt", "html", "docx", "pdf"):
            good = sorted((FORMATS / kind).iterdir())[0]
            (folder / f"tốt.{kind}").write_bytes(good.read_bytes())
        command = [sys.executable, "-c", WATCHED, str(place / "noted"), str(out), str(folder), "extract", str(folder)]
        command += ["--out", str(out), "--jobs", "1", "--time-limit", "20", "--memory-limit", "700", "--quiet"]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "TMPDIR": str(scratch)}, check=False)
    plans = {line["source"]["name"]: line for line in lines(out / "plans.jsonl")}
    failures = {line["name"]: line for line in lines(out / "failures.jsonl")}
    return Night(done.returncode, plans, failures, (place / "noted").read_text(), asked, out, folder)


@contextmanager
def asked_server() -> Iterator[tuple[str, list[str]]]:
    """A server of this machine, and what it has been asked."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *what: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def lines(path: Path) -> list[Any]:
    """The lines of a file of JSON, which must be UTF-8."""
    return [json.loads(line) for line in path.read_bytes().decode("utf-8").splitlines()]


def test_nothing_is_opened_asked_or_changed_elsewhere(night: Night) -> None:
    assert night.code == 1
    assert night.noted == ""
    assert night.asked == []
    assert sorted(path.name for path in night.folder.parent.iterdir()) == ["in", "noted", "out", "secret", "tmp"]


REFUSED = {
    "bom.zip/a.zip/b.zip/c.txt": "too_large",
    "xa.xlsx": "too_large",
    "nút-không-đóng.pdf": "damaged",
    **dict.fromkeys(("cười.docx", "cười.odt", "cười.xlsx", "cười-thuộc-tính.docx"), "damaged"),
}


def test_every_file_is_read_or_refused_for_a_reason(night: Night) -> None:
    assert {name: failure["code"] for name, failure in night.failures.items()} == REFUSED
    known = {name.partition("/")[0] for name in (*night.plans, *night.failures)}
    assert known == {path.name for path in night.folder.iterdir()}


def test_no_name_in_an_archive_leads_out(night: Night) -> None:
    assert not [name for name in night.plans if ".." in name or name.startswith("/")]
    assert {"trốn.zip/ngoài.txt", "thư.eml/ngoài.txt"} <= night.plans.keys()


def test_nothing_of_the_machine_comes_into_the_outputs(night: Night) -> None:
    left = [path for path in night.out.rglob("*") if path.is_file()]
    assert len(left) > 50
    assert not [path for path in left if SECRET.encode() in path.read_bytes() or b"hahahaha" in path.read_bytes()]


@pytest.mark.parametrize(
    "name", ["mẫu-xa.docx", "tệp.docx", "mạng.odt", "tệp.xlsx", "rỗng.docx", "sâu.docx", "xa.html", "thư.eml"]
)
def test_what_reaches_out_is_read_without_it(night: Night, name: str) -> None:
    assert [target["value"] for target in night.plans[name]["targets"]] == [80]


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_what_is_not_seen_changes_no_word_and_no_number(tmp_path: Path, sign: str) -> None:
    plan = written(tmp_path, SMALL_PLAN.replace("KẾ HOẠCH", f"K{sign}Ế HO{sign}ẠCH").replace("80%", f"{sign}8{sign}0{sign}%"))
    assert plan.source.media_type == "text/plain"
    assert plan.model_dump(exclude={"id", "source"}) == written(tmp_path, SMALL_PLAN).model_dump(exclude={"id", "source"})


@pytest.mark.parametrize("turned", ["\u202e%08\u202c", "\u202e08\u202c%"])
def test_what_is_written_backwards_is_read_as_it_is_shown(tmp_path: Path, turned: str) -> None:
    assert [target.value for target in written(tmp_path, SMALL_PLAN.replace("80%", turned)).targets] == [80]


def test_a_lone_surrogate_leaves_the_outputs_utf_8(tmp_path: Path) -> None:
    plan = written(tmp_path, SMALL_PLAN.replace("cây xanh", "cây \ud800xanh\udfff"))
    assert plan.model_dump_json().encode("utf-8")
    assert "damaged" in [diagnostic.code for diagnostic in plan.diagnostics]


@pytest.mark.parametrize(
    ("more", "count"),
    [
        (lambda n: "7" * n, 1_000_000),
        (lambda n: "1.\n" * n, 20_000),
        (lambda n: "".join(" " * (k % 500) + "-+*"[k % 3] + " Trồng cây\n" for k in range(n)), 5_000),
        (lambda n: "Trồng 50 cây trước ngày 30/6/2024, Sở Y tế chủ trì; " * n, 1_500),
        (lambda n: "- " + "năm 2024 đạt 80% “hộ” nghèo; " * n, 6_000),
    ],
    ids=["one line of digits", "empty headings", "nested bullets", "one paragraph", "one sentence of targets"],
)
def test_time_grows_with_the_text(tmp_path: Path, more: Callable[[int], str], count: int) -> None:
    """Twice the text takes about twice the time; four times would show something quadratic."""
    written(tmp_path, SMALL_PLAN)

    def seconds(length: int) -> float:
        begin = time.process_time()
        written(tmp_path, SMALL_PLAN + more(length))
        return time.process_time() - begin

    half, whole = (min(seconds(length) for _ in range(2)) for length in (count // 2, count))
    assert whole < 3.5 * half


def test_libreoffice_is_called_without_macros_links_and_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text(
        f'#!/bin/sh\nenv > {tmp_path}/env\nprofile="${{1#*=file://}}"\ncp "$profile"/user/*.xcu {tmp_path}/settings\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(DamagedDocument):
        converted(b"{\\rtf1 a}", "a.rtf", kind="rtf", into="docx")
    settings, environment = (tmp_path / "settings").read_text(encoding="utf-8"), (tmp_path / "env").read_text(encoding="utf-8")
    for name, value in (
        ("DisableMacrosExecution", "true"),
        ("BlockUntrustedRefererLinks", "true"),
        ("MacroSecurityLevel", "3"),
        ("Link", "0"),
    ):
        assert f'oor:name="{name}" oor:op="fuse"><value>{value}</value>' in settings
    assert "http_proxy=http://127.0.0.1:9\n" in environment


def written(folder: Path, text: str) -> Plan:
    """The plan in a text file."""
    path = folder / "kế-hoạch.txt"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return read_document(path, path.name).plan
