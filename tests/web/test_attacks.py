"""The usual attacks on a service that others can reach, sent over a real connection where a client would tidy them."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

httpx = pytest.importorskip("httpx")
pytest.importorskip("uvicorn", reason="the extra `web` is not installed")
pytest.importorskip("fastapi", reason="the extra `web` is not installed")

from tests.conftest import SMALL_PLAN  # noqa: E402
from tests.web.test_service import Live  # noqa: E402
from web.service.settings import Settings  # noqa: E402

KEY = "sesame-sesame-sesame"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    work = tmp_path_factory.mktemp("work")
    (work / "secret.txt").write_text("secret", encoding="utf-8")
    running = Live(Settings(work=work, key=KEY, wrong_keys_a_minute=1000))
    yield running
    running.close()


def raw(live: Live, request: bytes) -> tuple[int, bytes]:
    """Status and all bytes of what is answered to these very bytes."""
    with socket.create_connection(("127.0.0.1", int(live.url.rsplit(":", 1)[1])), timeout=20) as line:
        line.sendall(request)
        told = b""
        with suppress(ConnectionResetError):  # the service hangs up on what it does not read to its end
            while piece := line.recv(65536):
                told += piece
    status = re.match(rb"HTTP/1.1 (\d{3})", told)
    return (int(status[1]) if status else 0), told


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../../../etc/passwd", "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd", "/assets/%2e%2e/%2e%2e/pyproject.toml", "/assets//etc/passwd",
        "/assets/..%5c..%5cpyproject.toml", "/assets/%252e%252e%252fpyproject.toml", "/jobs/../secret.txt", "/jobs/..%2fsecret.txt/report/x",
        "/plans/..%2f..%2fsecret", "http://169.254.169.254/latest/meta-data/", "//evil.example/x", "/jobs/library/tables/%00", "/assets/" + "a/" * 3000,
        "/references/" + "%00" * 50, "/plans?limit=1e9", "/plans?offset=-1", "/compare?plans=" + "a," * 150, "/plans?url=http://127.0.0.1:1/",
    ],
)  # fmt: skip
def test_no_path_leads_out(path: str, guarded: Live) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: {KEY}\r\nConnection: close\r\n\r\n"
    status, told = raw(guarded, request.encode())
    assert b"root:" not in told
    assert b"secret" not in told.partition(b"\r\n\r\n")[2]
    assert b"[project]" not in told
    assert status in {200, 307, 400, 404, 414, 422, 431}
    assert status != 200 or path.startswith(("/references/", "/plans?url="))  # a question without rows


@pytest.mark.parametrize(
    ("request_lines", "statuses"),
    [
        (["POST /jobs HTTP/1.1", "Content-Length: 5", "Content-Length: 6"], {400}),
        (["POST /jobs HTTP/1.1", "Content-Length: " + "9" * 5000], {400, 413}),
        (["POST /jobs HTTP/1.1", "Content-Length: -1"], {400, 413}),
        (["POST /jobs HTTP/1.1", "Content-Length: 5", "Transfer-Encoding: chunked"], {400, 415, 422}),
        (["GET /\x00 HTTP/1.1"], {400, 404}),
        (["TRACE / HTTP/1.1"], {405}),
        (["\x16\x03\x01 HTTP/1.1"], {400}),
    ],
    ids=["two lengths", "endless length", "negative length", "smuggled", "zero byte", "trace", "not http"],
)
def test_crooked_requests_are_refused(request_lines: list[str], statuses: set[int], guarded: Live) -> None:
    lines = [request_lines[0], "Host: 127.0.0.1", f"X-API-Key: {KEY}", "Connection: close", *request_lines[1:]]
    assert raw(guarded, ("\r\n".join(lines) + "\r\n\r\nhello").encode("latin-1"))[0] in statuses
    assert guarded.client.get("/health").status_code == 200


@pytest.mark.parametrize("path", ["/", "/plans", "/jobs/library", "/openapi.json", "/assets/report.css", "/schema/plan.schema.json", "/compare?plans=a,b"])
@pytest.mark.parametrize("headers", [{}, {"X-API-Key": "wrong"}, {"Authorization": "Bearer x"}, {"Cookie": "kehoach_session="}, {"X-API-Key": KEY[:-1]}])
def test_without_the_key_nothing_is_told(path: str, headers: dict[str, str], guarded: Live) -> None:
    answer = guarded.client.get(path, headers=headers)
    assert answer.status_code == 401
    assert KEY not in answer.text


def test_every_answer_forbids_foreign_scripts(guarded: Live) -> None:
    for path in ("/", "/none", "/plans"):
        answer = guarded.client.get(path, headers={"X-API-Key": KEY})
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert policy["script-src"] == "'self'"
        assert policy["default-src"] == "'none'"
        assert (answer.headers["x-content-type-options"], answer.headers["referrer-policy"]) == ("nosniff", "no-referrer")
    page = guarded.client.get("/", headers={"X-API-Key": KEY}).text
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert re.findall(r"\son\w+\s*=|javascript:", page) == []


def test_a_name_cannot_write_headers_or_events(guarded: Live) -> None:
    name = "a\r\nSet-Cookie: x=1\r\n\r\nevent: done.txt"
    body = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\nKẾ HOẠCH\r\n--x--\r\n'.encode()
    answer = guarded.client.post("/jobs", content=body, headers={"X-API-Key": KEY, "Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code in {202, 400, 422}
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("key", [KEY, "wrong"])
def test_guesses_are_slowed_down(key: str, tmp_path: Path) -> None:
    live = Live(Settings(work=tmp_path, key=KEY, wrong_keys_a_minute=3, requests_a_minute=40))
    try:
        statuses = [live.client.post("/session", data={"key": key}).status_code for _ in range(6)]
        assert statuses == ([204] * 6 if key == KEY else [401] * 4 + [429] * 2)
        told = [live.client.get("/plans", headers={"X-API-Key": KEY}) for _ in range(40)]
        assert {answer.status_code for answer in told} == ({200, 429} if key == KEY else {429})
        assert told[-1].headers["retry-after"] == "60"
    finally:
        live.close()


def test_the_key_is_in_no_log(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pipeline", "serve", "--port", str(port), "--work", str(tmp_path)]
    environment, web = {"KEHOACH_API_KEY": KEY, "PATH": ""}, httpx.HTTPTransport(retries=60)
    with (
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=web, timeout=60) as client,
    ):
        assert client.get("/plans", headers={"X-API-Key": KEY}).status_code == 200
        assert client.get("/none", headers={"Authorization": f"Bearer {KEY}"}).status_code == 404
        assert client.post("/session", data={"key": KEY}).status_code == 204
        assert client.post("/jobs", content=b"\0", headers={"X-API-Key": KEY, "Content-Type": "multipart/form-data; boundary=" + KEY}).status_code >= 400
        server.terminate()
        said = server.stdout.read().decode() if server.stdout else ""
    assert f":{port}/" in said
    assert KEY not in said


def test_the_cookie_opens_the_pages_and_tells_nothing_of_the_key(tmp_path: Path) -> None:
    cookies = []
    for start in (b"first", b"second"):
        live = Live(Settings(work=tmp_path, key=KEY, secret=start))
        try:
            assert live.client.post("/session", data={"key": KEY}).status_code == 204
            cookies.append(live.client.cookies["kehoach_session"])
            statuses = [
                httpx.get(f"{live.url}/plans", headers={name: value}).status_code
                for cookie in cookies
                for name, value in (
                    ("Cookie", f"kehoach_session={cookie}"),
                    ("Cookie", f"kehoach_session={cookie[:-1]}"),
                    ("X-API-Key", cookie),
                    ("Authorization", f"Bearer {cookie}"),
                )
            ]
            assert statuses == [401] * 4 * (len(cookies) - 1) + [200, 401, 401, 401], "a cookie is good until the service starts again"
            assert httpx.get(f"{live.url}/plans", headers={"Cookie": f"kehoach_session={KEY}"}).status_code == 401
        finally:
            live.close()
    assert KEY not in "".join(cookies)
    assert cookies[0] != cookies[1]


def test_uploads_stop_where_there_is_no_room_and_nothing_is_lost(tmp_path: Path) -> None:
    forgotten = tmp_path / "jobs" / "left-by-a-service-of-last-week" / "in"
    forgotten.mkdir(parents=True)
    (forgotten / "0000").write_bytes(bytes(3_000_000))
    os.utime(forgotten.parent, (0, 0))
    live = Live(Settings(work=tmp_path, max_kept_bytes=3_000_000))
    try:
        small = [("files", ("kế hoạch.txt", SMALL_PLAN.encode()))]
        first = live.client.post("/jobs", files=small)
        assert first.status_code == 202, "what an earlier service left is deleted after a day, and makes room"
        assert live.finished(first.json()["id"])["state"] == "done"
        refused = live.client.post("/jobs", files=[("files", ("lớn.txt", b"a" * 2_990_000))])
        assert (refused.status_code, "2990" in refused.text, "may take 3000000" in refused.text) == (507, True, True)
        pieces = (piece for piece in (b"--x\r\n", b"a" * 1000))  # how much will come is not said, so it may be the most
        untold = live.client.post("/jobs", content=pieces, headers={"Content-Type": "multipart/form-data; boundary=x"})
        assert untold.status_code == 507
        assert live.client.get(f"/jobs/{first.json()['id']}/plans").json()[0]["targets"][0]["value"] == 80
        again = live.client.post("/jobs", files=small)
        assert again.status_code == 202
        assert len(list((tmp_path / "jobs").iterdir())) == 2
    finally:
        live.close()
