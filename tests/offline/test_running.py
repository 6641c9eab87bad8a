"""Running from a disk, without a network: what the reader has edited, and what must not get out."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_running import TEAPOT
from tests.offline.conftest import Disk, unpack

PAGE = "en/learn/first-app/index.html"
SECRET = "the secret of this disk"
HOSTILE = """import js

def read(url):
    request = js.XMLHttpRequest.new()
    request.open("GET", url, False)
    request.send()
    return request.responseText

told = []
for attempt in [
    lambda: read("{secret}"),
    lambda: read("{page}"),
    lambda: read("{elsewhere}"),
    lambda: js.fetch("{secret}") and "fetch",
    lambda: js.fetch("{elsewhere}") and "fetch",
    lambda: js.importScripts("{script}"),
    lambda: js.Worker.new("{script}") and "worker",
    lambda: js.eval("import('{script}')"),
    lambda: js.eval("import('{elsewhere}')"),
]:
    try:
        told.append(str(attempt()))
    except BaseException as error:
        told.append(type(error).__name__)


async def app(scope, receive, send):
    await send({{"type": "http.response.start", "status": 418}})
    await send({{"type": "http.response.body", "body": repr(told).encode()}})
"""
READ = 3  # of the attempts, so many give what they have read, or raise


def status_of(played: str) -> int:
    return int(json.loads(played)["trace"]["outcomes"]["client"]["status"])


@pytest.fixture
def broken(archive: Path, tmp_path: Path, disk: Disk) -> Disk:
    """The same browser in front of a copy that a test may break."""
    return Disk(disk.page, unpack(archive, tmp_path), disk.log)


def test_edited_code_runs_twice_and_its_trace_is_drawn(disk: Disk) -> None:
    hand = disk.demo(PAGE)
    hand.write(TEAPOT)
    assert status_of(hand.run()) == 418
    expect(hand.find(".demo-rows")).to_contain_text("418")
    hand.write(TEAPOT.replace("418", "202"))
    assert status_of(hand.run()) == 202


def test_a_run_gives_the_trace_that_was_recorded(disk: Disk) -> None:
    hand = disk.demo("learn/first-app/index.html")
    recorded = json.loads(hand.find("script.demo-data").text_content())["trace"]
    hand.click("run")
    hand.says("刚刚")
    assert json.loads(hand.page.evaluate("played.at(-1)"))["trace"] == recorded


def test_a_framework_runs(disk: Disk) -> None:
    hand = disk.demo("en/playground/index.html", "#preset=fastapi")
    expect(hand.find(".demo-file")).to_contain_text("fastapi")
    assert status_of(hand.run()) == 201


def test_a_loop_without_an_end_is_stopped_and_the_next_run_is_right(disk: Disk) -> None:
    hand = disk.demo(PAGE)
    hand.write("exec('while True: pass')")
    hand.click("run")
    hand.says("Running")
    hand.click("stop")
    hand.says("Stopped")
    hand.write(TEAPOT)
    assert status_of(hand.run()) == 418


CANONICAL = '<link rel="canonical" href="https://asgi.example/en/learn/first-app/">'
# A function around it: one that an expression gives, evaluate calls at once, with null.
NOTE_COPIES = """() => {
  navigator.clipboard.writeText = async (text) => void (window.copied = text);
}"""


def test_a_link_to_share_is_that_of_the_site_where_it_has_a_public_address(broken: Disk) -> None:
    file = broken.folder / PAGE
    for canonical, start in ((CANONICAL, "https://asgi.example/en/learn/first-app/"), ("", PAGE)):
        file.write_text(
            file.read_text("utf-8")
            .replace(CANONICAL, "")
            .replace("</head>", f"{canonical}</head>", 1),
            "utf-8",
        )
        hand = broken.demo(PAGE)
        hand.page.evaluate(NOTE_COPIES)
        hand.click("share")
        hand.page.wait_for_function("() => window.copied !== undefined")
        address, mark, _ = hand.page.evaluate("copied").partition("#try=")
        assert mark
        assert address.endswith(start)


@pytest.mark.parametrize(
    ("path", "said"),
    [("en/learn/first-app/index.html", "folder “python”"), ("index.html", "python 文件夹")],
)
def test_without_the_folder_the_page_says_so_and_still_steps(
    broken: Disk, path: str, said: str
) -> None:
    shutil.rmtree(broken.folder / "python")
    hand = broken.demo(path)
    hand.click("run")
    hand.says(said)
    hand.click("next")
    expect(hand.find(".demo-place")).to_contain_text("1 /")
    broken.log.errors[:] = [
        error for error in broken.log.errors if "ERR_FILE_NOT_FOUND" not in error
    ]


def test_a_damaged_file_is_named_and_not_used(broken: Disk) -> None:
    [file] = broken.folder.glob("python/python_stdlib.*.js")
    [other] = broken.folder.glob("python/asgiscope.*.js")
    shutil.copy(other, file)
    hand = broken.demo(PAGE)
    hand.click("run")
    hand.says("python_stdlib.zip in this copy is damaged")


def test_the_readers_code_reads_no_file_and_reaches_no_network(disk: Disk, tmp_path: Path) -> None:
    disk.page.context.set_offline(False)  # the policy alone has to hold
    secret, script = tmp_path / "secret.txt", tmp_path / "secret.js"
    secret.write_text(SECRET)
    script.write_text(f"postMessage({SECRET!r})")
    hand = disk.demo(PAGE)
    hand.page.evaluate(
        "window.said = []; addEventListener('message', ({ data }) => said.push(String(data)))"
    )
    hand.write(
        HOSTILE.format(
            secret=secret.as_uri(),
            page=disk.address(PAGE),
            script=script.as_uri(),
            elsewhere=disk.elsewhere,
        )
    )
    played = json.loads(hand.run())
    told = ast.literal_eval(played["trace"]["outcomes"]["client"]["body"]["$bytes"])
    assert told[:READ] == ["JsException"] * READ
    disk.page.wait_for_timeout(500)
    assert [text for text in disk.page.evaluate("said") if SECRET in text] == []
    disk.forget_attempts()


@pytest.mark.parametrize(
    "attempt",
    [
        "() => fetch(SECRET)",
        "() => fetch(ELSEWHERE)",
        "() => import(ELSEWHERE)",
        "() => new Promise((yes, no) => { const s = document.createElement('img');"
        " s.src = ELSEWHERE; s.onload = yes; s.onerror = no; document.body.append(s) })",
        "() => { const s = document.createElement('script'); s.textContent = 'window.reached = 1';"
        " document.body.append(s); if (!window.reached) throw 0 }",
        "() => new Promise((yes, no) => { const s = new WebSocket(ELSEWHERE);"
        " s.onopen = yes; s.onerror = no })",
    ],
)
def test_what_a_page_of_the_copy_does_not_need_is_refused(
    disk: Disk, tmp_path: Path, attempt: str
) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    page = disk.open(PAGE)
    code = attempt.replace("ELSEWHERE", repr(disk.elsewhere))
    code = code.replace("SECRET", repr((tmp_path / "secret.txt").as_uri()))
    raised = page.evaluate(f"async () => {{ try {{ await ({code})() }} catch {{ return true }} }}")
    assert raised is True
    assert page.evaluate("window.reached") is None
    assert any("Content Security Policy" in error for error in disk.log.errors)
    disk.forget_attempts()
