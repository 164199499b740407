"""Fixtures of the pages: a run with a hostile plan in it, its report, and a real browser that may not leave the machine."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from pipeline.__main__ import main
from web.report import write_report
from web.sources import Sources, folders_of

ROOT = Path(__file__).parent.parent.parent
AXE = Path(__file__).parent / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"desktop": (1360, 860), "phone": (390, 780)}

HOSTILE_NAME = "<img src=x onerror=alert(1)> '\"&.txt"
HOSTILE = """\
ỦY BAN NHÂN DÂN
XÃ AN LẠC
Số: 9/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Lạc, ngày 10 tháng 6 năm 2024

KẾ HOẠCH
<script>alert("trích yếu")</script> Trồng cây xanh năm 2024

I. MỤC TIÊU
- Tỷ lệ <b onclick=alert(2)>đường</b> thôn có cây xanh đạt trên 80% vào cuối năm 2024.
- Tỷ lệ =cmd|'/c calc'!A1 hộ dân tham gia đạt 75% vào cuối năm 2024.

II. NHIỆM VỤ
1. Công chức Địa chính </script><script>alert(3)</script> chủ trì, phối hợp với Đoàn Thanh niên xã trồng cây trước ngày 30/6/2024.
"""


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a run over the sample plans and one hostile plan."""
    inputs = tmp_path_factory.mktemp("plans")
    shutil.copytree(ROOT / "corpus" / "plans", inputs / "corpus")
    (inputs / HOSTILE_NAME).write_text(HOSTILE, encoding="utf-8")
    (inputs / "empty.txt").write_text("", encoding="utf-8")
    outputs = tmp_path_factory.mktemp("outputs")
    assert main(["extract", str(inputs), "--out", str(outputs), "--quiet"]) == 1  # the empty file
    return outputs


@pytest.fixture(scope="session")
def report(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of that run."""
    out = tmp_path_factory.mktemp("report")
    write_report(run_folder, out, sources=Sources(folders_of(run_folder)), jobs=2)
    return out


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real browser; where there is none, the tests say so."""
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium: apt-get install chromium")
    with sync_playwright() as running:
        opened = running.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[[str], Any]]:
    """Open a page of a size; fails at the end where the console complained or a request would have left the machine."""
    complaints: list[str] = []
    contexts = []

    def watch(page: Any) -> None:
        page.on("console", lambda message: complaints.append(f"{message.text} {message.location.get('url')}") if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: None if _is_local(request.url) else complaints.append(f"request: {request.url}"))
        page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}") if not _is_download(request) else None)

    def go(url: str, size: str = "desktop") -> Any:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        watch(page)
        page.goto(url)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def _is_download(request: Any) -> bool:
    return bool(request.failure == "net::ERR_ABORTED")


def _is_local(url: str) -> bool:
    return url.startswith(("file:", "data:", "blob:", "http://127.0.0.1"))


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[str]]:
    """The serious and critical faults that axe-core finds in a page."""

    def check(page: Any) -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'], preload: false })")
        return [
            f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary'][:300]}"
            for one in found["violations"]
            if one["impact"] in {"serious", "critical"}
        ]

    return check
