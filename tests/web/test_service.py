"""The service over HTTP: uploads, progress, queries, pages, refusals, and the pages live in a browser."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings

from web.report import PAGES
from web.service.app import make_app
from web.service.settings import Settings, Unsafe

PLANS = Path(__file__).parent.parent.parent / "corpus" / "plans"
PDF = next(path for path in sorted(PLANS.iterdir()) if path.suffix == ".pdf")
HTML = next(path for path in sorted(PLANS.iterdir()) if path.suffix == ".html")


class Live:
    """A running service."""

    def __init__(self, settings: Settings) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.work = settings.work
        config = uvicorn.Config(make_app(settings._replace(port=port)), host="127.0.0.1", port=port, log_level="error")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        self.url = f"http://127.0.0.1:{port}"
        self.client = httpx.Client(base_url=self.url, timeout=60)
        while not self.server.started:
            time.sleep(0.05)

    def close(self) -> None:
        self.client.close()
        self.server.should_exit = True
        self.thread.join()

    def finished(self, job: str) -> dict[str, Any]:
        """A job when it is done."""
        for _ in range(1200):
            found: dict[str, Any] = self.client.get(f"/jobs/{job}").json()
            if found["state"] in {"done", "broken"}:
                return found
            time.sleep(0.1)
        raise AssertionError(f"{job} is not done after two minutes")


@pytest.fixture(scope="module")
def live(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    running = Live(Settings(work=tmp_path_factory.mktemp("work"), library=run_folder, max_file_bytes=3_000_000, max_upload_bytes=8_000_000))
    assert running.finished("library")["state"] == "done"
    yield running
    running.close()


def send(live: Live, *files: tuple[str, bytes]) -> Any:
    return live.client.post("/jobs", files=[("files", file) for file in files])


def test_upload_gives_plan_tables_and_pages(live: Live) -> None:
    sent = send(live, (PDF.name, PDF.read_bytes()), ("hỏng.docx", b"PK\x03\x04 no archive"))
    assert sent.status_code == 202
    job = live.finished(sent.json()["id"])
    assert [bool(one["plan"]) for one in job["files"]] == [True, False] or {one["plan"] is None for one in job["files"]} == {True, False}
    plan = next(one["plan"] for one in job["files"] if one["plan"])
    assert live.client.get(f"/plans/{plan}").json()["source"]["name"].endswith(PDF.name)
    assert live.client.get(f"{job['links']['self']}/plans").json()[0]["id"] == plan
    assert live.client.get(f"{job['links']['self']}/tables/targets.csv").text.startswith("\ufeffplan_id")
    page = live.client.get(f"{job['links']['self']}/report/plans/{plan}.html")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["content-security-policy"]


def test_pages_are_drawn_when_asked_for(live: Live) -> None:
    job = live.finished(send(live, (PDF.name, PDF.read_bytes())).json()["id"])
    report, plan = f"{job['links']['self']}/report", job["files"][0]["plan"]
    assert live.client.get(f"{report}/pages/{plan}/1.webp").status_code == 404
    assert '"pages":[[1,' in live.client.get(f"{report}/data/pages/{plan}.js").text
    assert live.client.get(f"{report}/pages/{plan}/1.webp").content[8:12] == b"WEBP"
    assert live.client.get(f"/jobs/library/report/data/pages/{plan}.js").status_code == 200
    assert live.client.get(f"{report}/data/pages/{'0' * 16}.js").status_code == 404


def test_events_tell_every_file_once_and_resume(live: Live) -> None:
    job = send(live, *((path.name, path.read_bytes()) for path in sorted(PLANS.iterdir())[:3])).json()
    text = live.client.get(job["links"]["events"]).text
    assert text.count("event: read") == 3
    assert text.rstrip().split("\n\n")[-1].split("\n")[1] == "event: done"
    rest = live.client.get(job["links"]["events"], headers={"Last-Event-ID": "1"}).text
    assert rest.startswith("id: 2\n")


@pytest.mark.parametrize("name", ["../../evil.txt", "..\\..\\evil.txt", "<script>alert(1)</script>.txt", "a\x00b.txt", "..", "=cmd|x.txt"])
def test_names_of_files_are_names_only(name: str, live: Live) -> None:
    job = live.finished(send(live, (name, "KẾ HOẠCH\nTrồng cây năm 2024\n- Đạt 80% hộ vào năm 2024.".encode())).json()["id"])
    assert job["state"] == "done"
    assert "/" not in job["files"][0]["name"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/health", 200), ("/schema/plan.schema.json", 200), ("/openapi.json", 200), ("/", 200), ("/plans?limit=2", 200),
        ("/plans?limit=0", 422), ("/plans?level=moon", 422), ("/targets?indicator=none", 200), ("/references/25-CT/TW", 200),
        ("/references/%27;drop table plans", 200), ("/plans/0000000000000000", 404), ("/plans/..%2f..%2fetc", 404), ("/compare?plans=a", 422),
        ("/jobs/nothing", 404), ("/jobs/library/report/..%2f..%2f..%2fetc%2fpasswd", 404), ("/jobs/library/report/%00", 404),
        ("/jobs/library/tables/..%2fplans.jsonl", 404), ("/assets/..%2freport.py", 404), ("/targets?offset=99999999999", 422),
    ],
)  # fmt: skip
def test_answers(path: str, status: int, live: Live) -> None:
    assert live.client.get(path).status_code == status


def test_pages_of_rows_and_etags(live: Live) -> None:
    first = live.client.get("/targets?level=province&limit=5")
    found = first.json()
    assert len(found["rows"]) == 5 < found["total"]
    assert {row["plan_level"] for row in found["rows"]} == {"province"}
    assert live.client.get("/targets?level=province&limit=5&offset=5").json()["rows"][0] != found["rows"][0]
    again = live.client.get("/targets?level=province&limit=5", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_all_plans_of_a_job_are_a_list_with_an_etag(live: Live, run_folder: Path) -> None:
    first = live.client.get("/jobs/library/plans")
    assert [plan["id"] for plan in first.json()] == [json.loads(line)["id"] for line in (run_folder / "plans.jsonl").read_text(encoding="utf-8").splitlines()]
    again = live.client.get("/jobs/library/plans", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_comparison_of_two(live: Live) -> None:
    ids = [row["plan_id"] for row in live.client.get("/plans?level=province&limit=2").json()["rows"]]
    found = live.client.get(f"/compare?plans={','.join(ids)}").json()
    assert {row["id"] for row in found["plans"]} == set(ids)


def test_too_large_or_of_the_wrong_kind_is_refused(live: Live) -> None:
    assert send(live, ("big.txt", b"x" * 3_500_000)).status_code == 413
    begin = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    parts = iter([begin, *[b"y" * 1_000_000] * 9])
    assert live.client.post("/jobs", content=parts, headers={"content-type": "multipart/form-data; boundary=x"}).status_code == 413
    assert live.client.post("/jobs", json={"files": 1}).status_code == 415
    assert live.client.post("/jobs", content=b"no form", headers={"content-type": "multipart/form-data; boundary=x"}).status_code in {400, 422}
    assert live.client.post("/jobs", files=[("other", ("a.txt", b"a"))]).status_code == 422


def test_other_sites_are_refused(live: Live) -> None:
    assert live.client.get("/plans", headers={"host": "evil.example"}).status_code == 421
    assert live.client.post("/jobs", files=[("files", ("a.txt", b"a"))], headers={"origin": "http://evil.example"}).status_code == 403


def test_interrupted_upload_leaves_nothing(live: Live, run_folder: Path) -> None:
    before = live.client.get("/plans").json()["total"]
    with socket.create_connection(("127.0.0.1", int(live.url.rsplit(":", 1)[1]))) as line:
        line.sendall(b"POST /jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n--x\r\n")
    assert live.client.get("/health").status_code == 200
    assert live.client.get("/plans").json()["total"] == before


def test_uploads_at_once_are_all_answered(live: Live) -> None:
    bodies = [(f"{number}.txt", f"KẾ HOẠCH\nTrồng cây năm 2024\n- Đạt {number}% hộ vào năm 2024.".encode()) for number in range(10, 22)]
    with ThreadPoolExecutor(len(bodies)) as pool:
        jobs = list(pool.map(lambda file: send(live, file), bodies))
    assert [job.status_code for job in jobs] == [202] * len(bodies)
    done = [live.finished(job.json()["id"]) for job in jobs]
    assert [[file["name"] for file in job["files"]] for job in done] == [[name] for name, _ in bodies]
    assert len({file["plan"] for job in done for file in job["files"]}) == len(bodies)


def test_key_is_needed_where_others_can_call(tmp_path: Path) -> None:
    with pytest.raises(Unsafe):
        make_app(Settings(work=tmp_path, host="0.0.0.0"))
    with pytest.raises(Unsafe):
        make_app(Settings(work=tmp_path, host="0.0.0.0", key="short"))


def test_key_opens(tmp_path: Path) -> None:
    running = Live(Settings(work=tmp_path, host="127.0.0.1", key="a key of the office"))
    try:
        assert running.client.get("/health").status_code == 200
        assert running.client.get("/plans").status_code == 401
        assert running.client.get("/plans", headers={"X-API-Key": "wrong"}).status_code == 401
        assert running.client.get("/plans", headers={"X-API-Key": "a key of the office"}).status_code == 200
        assert running.client.post("/session", data={"key": "wrong"}).status_code == 401
        assert running.client.post("/session", data={"key": "a key of the office"}).status_code == 204
        assert running.client.get("/plans").status_code == 200  # by the cookie
    finally:
        running.close()


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_live_pages_obey_the_policy(name: str, size: str, live: Live, visit: Callable[..., Any]) -> None:
    page = visit(f"{live.url}/jobs/library/report/{name}.html", size)
    page.wait_for_timeout(300)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(300)


def test_dropped_file_shows_its_facts(live: Live, visit: Callable[..., Any], axe: Callable[[Any], list[str]]) -> None:
    page = visit(f"{live.url}/")
    assert axe(page) == []
    page.set_input_files("#files", str(PDF))
    page.wait_for_selector(".card", timeout=30_000)
    assert json.loads(live.client.get(f"/plans/{page.url.rsplit('/', 1)[1][:16]}").text)["targets"]


def test_review_round_trip(live: Live, visit: Callable[..., Any], axe: Callable[[Any], list[str]]) -> None:
    job = live.finished(send(live, (PDF.name, PDF.read_bytes())).json()["id"])
    base, plan = job["links"]["self"], job["files"][0]["plan"]
    before = live.client.get(f"{base}/plans").json()[0]["targets"]
    page = visit(f"{live.url}{base}/report/plans/{plan}.html")
    card = page.locator("[data-family=targets] .card").first
    card.locator("button", has_text="Sửa").click()
    form = card.locator("form")
    form.locator("input[name=value]").fill("12,5")
    form.locator("input[name=who]").fill("Lan")
    assert axe(page) == []
    form.locator("button[type=submit]").click()
    card.locator(".said").wait_for()
    said = live.client.get(f"{base}/reviews?plan={plan}").json()["reviews"]
    assert [(one["who"], one["says"], one["value"]["value"]) for one in said] == [("Lan", "correct", 12.5)]
    lines = live.client.get(f"{base}/plans.reviewed.jsonl").text.splitlines()
    after = json.loads(lines[0])["targets"]
    assert (after[0]["value"], after[1:]) == (12.5, before[1:])
    assert live.client.get(f"{base}/gold.zip").content[:2] == b"PK"
    assert live.client.get(f"{base}/dissents").json() == []
    page.reload()
    page.locator(".card .said").first.wait_for()
    assert "Lan" in page.locator(".card .said").first.text_content()


def test_fact_is_added_from_a_selection(live: Live, visit: Callable[..., Any]) -> None:
    job = live.finished(send(live, (PDF.name, PDF.read_bytes())).json()["id"])
    base, plan = job["links"]["self"], job["files"][0]["plan"]
    page = visit(f"{live.url}{base}/report/plans/{plan}.html")
    section = page.locator("#family-goals")
    section.locator("button.add").click()
    page.evaluate("() => { const p = document.querySelectorAll('.words p')[8]; getSelection().selectAllChildren(p); }")
    wanted = page.locator(".words p").nth(8).text_content()
    form = section.locator("> form")
    form.locator("button").first.click()
    form.locator("input[name=text]").fill("mục tiêu thêm")
    form.locator("input[name=who]").fill("Minh")
    page.wait_for_function("words => document.querySelector('#family-goals > form .quiet').textContent.includes(words)", arg=wanted)
    form.locator("button[type=submit]").click()
    section.locator("> .said").wait_for()
    goals = json.loads(live.client.get(f"{base}/plans.reviewed.jsonl").text.splitlines()[0])["goals"]
    assert [one["evidence"]["quote"] for one in goals if one["text"] == "mục tiêu thêm"] == [wanted]


@pytest.mark.parametrize("body", [{}, {"plan": "x"}, {"plan": "0" * 16, "family": "targets", "says": "accept", "fact": {}, "who": "a"}, []])
def test_reviews_that_are_none_are_refused(body: Any, live: Live) -> None:
    assert live.client.post("/jobs/library/reviews", json=body).status_code in {404, 422}


def test_queue_is_worked_through_in_the_browser(live: Live, visit: Callable[..., Any], axe: Callable[[Any], list[str]]) -> None:
    job = live.finished(send(live, *((path.name, path.read_bytes()) for path in (PDF, HTML))).json()["id"])
    base = job["links"]["self"]
    rows = live.client.get(f"{base}/queue?limit=1").json()
    assert len(rows["rows"]) == 1 < rows["total"]
    for size in ("phone", "desktop"):
        page = visit(f"{live.url}{base}/review", size)
        page.wait_for_selector("#queue li")
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        assert axe(page) == []
    page.locator("#who input").fill("Minh")
    page.locator("#queue button").first.click()
    page.wait_for_function("left => Number.parseInt(document.getElementById('status').textContent, 10) < left", arg=rows["total"])
    assert live.client.get(f"{base}/queue").json()["total"] < rows["total"]
    assert [one["who"] for one in live.client.get(f"{base}/reviews").json()["reviews"]] == ["Minh"]
    page.locator("#queue a").first.click()
    page.wait_for_selector(".card.chosen")
    page.locator(".top nav a", has_text="Rà soát").click()
    page.wait_for_selector("#queue li")


def test_two_who_differ_are_told_on_the_page(live: Live, visit: Callable[..., Any]) -> None:
    job = live.finished(send(live, (PDF.name, PDF.read_bytes())).json()["id"])
    base, plan = job["links"]["self"], job["files"][0]["plan"]
    fact = live.client.get(f"/plans/{plan}").json()["targets"][0]
    for who, says in (("Lan", "accept"), ("Minh", "reject")):
        assert live.client.post(f"{base}/reviews", json={"plan": plan, "family": "targets", "says": says, "fact": fact, "who": who}).status_code == 201
    with (live.work / "jobs" / job["id"] / "outputs" / "reviews.jsonl").open("ab") as file:
        file.write(b"no review\n")
    page = visit(f"{live.url}{base}/review")
    page.wait_for_selector("#dissents .badge")
    assert "Lan: accept, Minh: reject" in page.locator("#dissents").text_content()
    page.wait_for_selector("#problems li")
    assert "line 3" in page.locator("#problems").text_content()


def test_span_is_corrected_by_selecting_text(live: Live, visit: Callable[..., Any]) -> None:
    job = live.finished(send(live, (PDF.name, PDF.read_bytes())).json()["id"])
    base, plan = job["links"]["self"], job["files"][0]["plan"]
    page = visit(f"{live.url}{base}/report/plans/{plan}.html")
    card = page.locator("[data-family=targets] .card").first
    card.locator("button", has_text="Sửa").click()
    page.evaluate("""() => { const line = document.querySelector('.words .f-targets').closest('p'); getSelection().selectAllChildren(line); }""")
    wanted = page.evaluate("String(getSelection())")
    form = card.locator("form")
    form.locator("button").first.click()
    page.wait_for_function("words => document.querySelector('form.review .quiet').textContent.includes(words)", arg=wanted)
    form.locator("[name=comparator]").select_option("gt")
    form.locator("[name='horizon.end']").fill("2031")
    form.locator("input[name=who]").fill("Lan")
    form.locator("button[type=submit]").click()
    card.locator(".said").wait_for()
    first = json.loads(live.client.get(f"{base}/plans.reviewed.jsonl").text.splitlines()[0])["targets"][0]
    assert (first["evidence"]["quote"], first["comparator"], first["horizon"]["end"]) == (wanted, "gt", "2031")


EXAMPLES = settings(max_examples=8, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
                    suppress_health_check=list(HealthCheck))  # fmt: skip


def test_no_call_that_the_description_allows_is_answered_by_a_fault(live: Live) -> None:
    plans = [row["plan_id"] for row in live.client.get("/plans?limit=2").json()["rows"]]
    there = {"job": "library", "plan": plans[0]}  # names that there are lead further than invented ones
    answers: dict[str, set[int]] = {}
    for found in schemathesis.openapi.from_url(f"{live.url}/openapi.json").get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @EXAMPLES
        def call(case: Any) -> None:
            for names in (case.path_parameters, case.body):
                if isinstance(names, dict):
                    names.update({name: value for name, value in there.items() if name in names})
            if case.path == "/compare":
                case.query = {"plans": ",".join(plans)}
            answer = case.call(base_url=live.url, timeout=60)
            answers.setdefault(f"{case.method} {case.path}", set()).add(answer.status_code)
            assert answer.status_code < 500, (case.as_curl_command(), answer.text[:500])

        call()
    assert len(answers) > 15
    assert 200 in answers["GET /compare"]
    assert 422 in answers["POST /jobs/{job}/reviews"]
