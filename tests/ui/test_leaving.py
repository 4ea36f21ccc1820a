"""Whatever ends the program, work is kept and nothing typed is told; from outside see tests/torture."""

import asyncio
import gc
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Paste
from textual.screen import Screen
from textual.widgets import Static

from promote_tui.session.model import Session
from promote_tui.store import places, toml_text
from promote_tui.store.recovery import Slots
from promote_tui.ui import leaving, terminal_input
from promote_tui.ui.app import PromoteApp
from promote_tui.ui.leaving import BLOCKED, Leaving
from promote_tui.ui.safe_app import SORRY
from promote_tui.ui.terminal_input import WholePastes
from tests.ui.made import made
from tests.ui.room import STYLES, opened

CANARY = "CANARY-Mrs-Nobody"


def fail() -> None:
    typed = CANARY
    raise ValueError(f"about {typed}")


async def fail_later() -> None:
    fail()


class Failing(Screen[None]):
    """A screen that fails as it comes up."""

    def compose(self) -> ComposeResult:
        yield Static(CANARY)

    def on_mount(self) -> None:
        fail()


class Undrawable(Static):
    """A widget that fails as it is drawn."""

    def render(self) -> str:
        fail()
        return ""


def deep(app: PromoteApp) -> None:
    deep(app)


def too_large(_app: PromoteApp) -> None:
    bytearray(1 << 62)


def ends_as_textual_does(app: PromoteApp) -> None:
    try:
        fail()
    except ValueError:
        app._fatal_error()


FAULTS: dict[str, tuple[str, Callable[[PromoteApp], object]]] = {
    "handler": ("ValueError", lambda _: fail()),
    "worker": ("ValueError", lambda app: app.run_worker(fail_later())),
    "thread worker": ("ValueError", lambda app: app.run_worker(fail, thread=True)),
    "timer": ("ValueError", lambda app: app.set_timer(0.001, fail)),
    "on mount": ("ValueError", lambda app: app.push_screen(Failing())),
    "drawing": ("ValueError", lambda app: app.screen.mount(Undrawable())),
    "later": ("ValueError", lambda app: app.call_after_refresh(fail)),
    "recursion": ("RecursionError", deep),
    "memory": ("MemoryError", too_large),
    "another thread": ("ValueError", lambda _: threading.Thread(target=fail).start()),
    "Textual's own end": ("ValueError", ends_as_textual_does),
    "what reads keys": ("RuntimeError", lambda app: app.panic(CANARY)),
}


class Faulty(PromoteApp):
    """The program with a key that goes wrong."""

    CSS_PATH = STYLES
    BINDINGS = [Binding("f9", "fail", priority=True)]  # noqa: RUF012 - as Textual spells it
    fault: Callable[[PromoteApp], object] = staticmethod(lambda _: None)

    def action_fail(self) -> None:
        self.fault(self)


# Textual begins a look at what is selected and closes before it ends that
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", FAULTS)
async def test_any_error_keeps_work_and_tells_nothing_typed(
    tmp_path: Path, session: Session, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    kind, fault = FAULTS[name]
    apps: list[PromoteApp] = []
    Faulty.fault = staticmethod(fault)

    async def goes_wrong() -> None:
        async with opened(tmp_path, holding=made(session, stage="map"), make=Faulty, on=apps.append) as room:
            with Leaving(room.app):
                await room.says(f"{CANARY} one")
                await room.types(f"{CANARY} two")
                await room.presses("f9")
                async with asyncio.timeout(10):
                    while not room.app._exception:
                        await asyncio.sleep(0.01)

    with pytest.raises(Exception):  # noqa: B017, PT011 - the test's pilot raises it again, of any kind
        await goes_wrong()
    said = capsys.readouterr()
    assert apps[0].return_code == 1
    assert said.err.startswith(SORRY)
    assert f"\n{kind}, at:\n" in said.err
    assert "Run with" not in said.err
    (report,) = places.logs_folder().iterdir()
    assert kind in report.read_text(encoding="utf-8")
    assert CANARY not in said.out + said.err + report.read_text(encoding="utf-8")
    saved = toml_text.read((tmp_path / "session.toml").read_bytes()).session
    assert saved
    assert [step.title for step in saved.steps] == [f"{CANARY} one"]
    slot = Slots(session.id).newest()
    assert slot
    assert [line.text for line in slot.typed] == [f"{CANARY} two"]
    apps.clear()
    gc.collect()


async def test_errors_nobody_handles_are_reported_without_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    class Falls:
        def __del__(self) -> None:
            fail()

    before = (threading.excepthook, sys.unraisablehook)
    async with opened(tmp_path) as room:
        loop = asyncio.get_running_loop()
        watch = Leaving(room.app)
        with watch:
            await room.until(lambda: watch._guarded is loop)
            Falls()
            (first,) = places.logs_folder().iterdir()
            first.rename(first.with_name("crash-1.txt"))
            loop.call_soon(fail)
            await room.settles()
            assert len(list(places.logs_folder().iterdir())) == 2
            room.sees("No sessions yet")
        loop.set_exception_handler(None)
    assert (threading.excepthook, sys.unraisablehook) == before
    said = capfd.readouterr()
    assert said.out + said.err == ""


class Program:
    """As much of a program as its watch looks at."""

    def __init__(self) -> None:
        self._loop: Any = self
        self._driver: Any = None
        self._exception: Exception | None = None
        self.is_running = True
        self.last_words = "Goodbye."
        self.done: list[object] = []
        self.asked: list[Callable[[], object]] = []

    def call_soon_threadsafe(self, ask: Callable[..., object], *words: object) -> None:
        self.asked.append(lambda: ask(*words))

    def set_exception_handler(self, _handler: object) -> None:
        self.done.append("guarded")

    def write_recovery(self) -> None:
        self.done.append("written")


@pytest.fixture
def program() -> Program:
    return Program()


@pytest.fixture
def watch(program: Program, monkeypatch: pytest.MonkeyPatch) -> Leaving:
    """A watch that looks when the test says so, and does not end the test."""
    watch = Leaving(program)  # type: ignore[arg-type]
    monkeypatch.setattr(watch, "leave", lambda *how: program.done.append(how))
    return watch


def test_a_blocked_loop_has_its_work_written_down_once(watch: Leaving, program: Program) -> None:
    for _ in range(BLOCKED):
        watch._look()
    assert program.done == []
    for _ in range(BLOCKED):
        watch._look()
    assert program.done == ["written"]
    assert len(program.asked) == 1, "it is asked once and answers when it can"
    program.asked.pop()()
    for _ in range(2 * BLOCKED):
        watch._look()
    assert program.done == ["written", "guarded", "written"]
    program._loop = None
    watch._look()
    program._loop = program
    program.asked.clear()
    watch._look()
    assert len(program.asked) == 1


def test_one_that_does_not_end_after_an_error_is_ended(watch: Leaving, program: Program) -> None:
    program._exception = ValueError()
    for _ in range(BLOCKED):
        watch._look()
    assert (1, "Goodbye.") not in program.done
    watch._look()
    assert (1, "Goodbye.") in program.done


def test_what_never_returns_is_not_waited_for() -> None:
    began, ever = time.monotonic(), threading.Event()
    leaving._within(0.05, ever.wait)
    leaving._within(5, fail)
    assert time.monotonic() - began < 4
    ever.set()


async def test_leaving_from_another_thread_keeps_all_and_ends(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses: list[int] = []
    monkeypatch.setattr(os, "_exit", statuses.append)
    monkeypatch.setattr("atexit._run_exitfuncs", lambda: None)
    async with opened(tmp_path, holding=made(session, stage="map")) as room:
        await room.says("One")
        await room.types("Two")
        await asyncio.to_thread(Leaving(room.app).leave, 143)
        assert statuses == [143]
        assert [step.title for step in (await room.saved()).steps] == ["One"]
        slot = Slots(session.id).newest()
        assert slot
        assert [line.text for line in slot.typed] == ["Two"]
        room.app._set_state("NOT SAVED", trouble=True)
        await asyncio.to_thread(room.app.keep_now)


def heard(parser: WholePastes, *sent: str) -> list[str]:
    messages = [message for one in sent for message in parser.feed(one)]
    return [f"“{m.text}”" if isinstance(m, Paste) else getattr(m, "key", type(m).__name__) for m in messages]


def test_a_paste_is_text_and_nothing_in_it_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    acting = "\x1b[48;1;1;1;1t\x1b[I\x1b[O\x1b[A\x11\x1b[99999999999u\x1b[?2026;2$y"
    for sent, wanted in (
        (["a\x1b[200~b\x1b[201~c"], ["a", "“b”", "c"]),
        (["\x1b", "[20", "0", "~x\ny", "\x1b", "[201", "~", "z"], ["“x\ny”", "z"]),
        ([f"\x1b[200~1{acting}2\x1b[201~\x1b[A"], [f"“1{acting}2”", "up"]),
        (["\x1b[200~\x1b[201~", "z"], ["“”", "z"]),
        (["\x1b[200~a\x00b\x1b[201~\x1b[200~c\x1b[201~"], ["“ab”", "“c”"]),
        (["é" * 64, "\r"], [f"“{'é' * 64}”", "enter"]),  # a terminal that does not say what is pasted
        (["x" * 63], ["x"] * 63),
        (["\x1b[99999999999999u", "a\x1b[1114112ub"], ["a", "b"]),
        (["\x1b[I\x1b[A"], ["AppFocus", "up"]),
    ):
        assert heard(WholePastes(), *sent) == wanted, sent
    parser = WholePastes()
    assert heard(parser, "\x1b[200~the end never comes") == []
    assert list(parser.tick()) == []
    now = time.monotonic() + terminal_input._PATIENCE + 1
    monkeypatch.setattr(time, "monotonic", lambda: now)
    (late,) = parser.tick()
    assert isinstance(late, Paste)
    assert late.text == "the end never comes"
    assert heard(parser, "a", "\x1b[200~b\x1b[201~") == ["a", "“b”"]
    assert heard(parser, "") == []


def test_another_driver_is_left_as_it_is() -> None:
    from textual.drivers.headless_driver import HeadlessDriver

    assert terminal_input.driver_for(HeadlessDriver) is HeadlessDriver


async def test_no_picture_of_the_screen_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(tmp_path / "library") as room:
        before = sorted(tmp_path.rglob("*.svg"))
        room.app.action_screenshot()
        room.app.save_screenshot("picture.svg")
        await room.settles()
        assert sorted(tmp_path.rglob("*.svg")) == before == []
