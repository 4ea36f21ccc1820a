"""Signals, windows that close, terminals that die, programs that hang: from outside, in a real terminal."""

import os
import signal
import time
from pathlib import Path

import pytest

from promote_tui.session.model import Session
from tests.torture.outside import F9, Outside

KEPT = ["The lights come on", "half a line"]
IGNORING_HANG_UPS = "signal.signal(signal.SIGHUP, signal.SIG_IGN)"


def at_work(folder: Path, session: Session, *, fault: str = "", before: str = "") -> Outside:
    """Return a program in which a story was kept, and half a line stands."""
    room = Outside(folder / "library", session, fault=fault, before=before)
    room.says(f"p: {KEPT[0]}")
    room.half_types(KEPT[1])
    return room


def test_signals_keep_everything_and_put_the_terminal_back(tmp_path: Path, session: Session) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        one = session.model_copy(update={"id": f"{session.id[:-2]}{number:02}"})
        room = at_work(tmp_path, one)
        assert not all(room.terminal.values())
        room.signals(number)
        assert room.ends() == 128 + number
        assert [name for name, well in room.terminal.items() if not well] == [], number
        assert room.stories + room.half_typed == KEPT
        assert room.said.replace("\x1b[?25h", "") == ""
        room.closed()


def test_a_window_that_closes_loses_nothing(tmp_path: Path, session: Session) -> None:
    room = at_work(tmp_path, session)
    room.hangs_up()
    assert room.ends() == 128 + signal.SIGHUP
    assert room.stories + room.half_typed == KEPT


def test_a_terminal_that_is_gone_is_noticed_without_a_signal(tmp_path: Path, session: Session) -> None:
    room = at_work(tmp_path, session, before=IGNORING_HANG_UPS)
    room.signals(signal.SIGHUP)
    room.types("!")
    room.sees(f"{KEPT[1]}!")
    before, began = room.cpu_seconds(), time.monotonic()
    room.hangs_up()
    took = 0.0
    while not (ended := os.waitid(os.P_PID, room.process, os.WEXITED | os.WNOHANG | os.WNOWAIT)):
        took = room.cpu_seconds() - before
        assert time.monotonic() - began < 10
        time.sleep(0.05)
    assert ended
    assert took < 0.5, "it does not run hot meanwhile"
    assert room.ends() == 128 + signal.SIGHUP
    assert room.stories + room.half_typed == [KEPT[0], f"{KEPT[1]}!"]


@pytest.mark.parametrize(
    "fault",
    [
        # waits for good: in Python, in the system, and for a thread that draws no more
        "while True: time.sleep(0.01)",
        "os.read(os.pipe()[0], 1)",
        "self._driver._writer_thread._queue.put(0); [self._driver.write('') for _ in range(99)]",
    ],
    ids=["busy", "in the system", "nothing draws"],
)
def test_a_blocked_program_still_leaves_well(tmp_path: Path, session: Session, fault: str) -> None:
    room = at_work(tmp_path, session, fault=fault)
    room.types(F9)
    room.reads(0.5)
    room.signals(signal.SIGTERM)
    assert room.ends() == 128 + signal.SIGTERM
    assert [name for name, well in room.terminal.items() if not well] == []
    assert room.stories + room.half_typed == KEPT
    room.closed()


def test_when_nothing_is_drawn_any_more_it_leaves_by_itself(tmp_path: Path, session: Session) -> None:
    room = at_work(tmp_path, session, fault="self._driver._writer_thread._queue.put(0)")
    room.types(F9)
    assert room.ends() == 1
    assert [name for name, well in room.terminal.items() if not well] == []
    assert room.stories + room.half_typed == KEPT
    room.closed()


def test_stopped_and_going_on_it_draws_hears_and_leaves_as_before(tmp_path: Path, session: Session) -> None:
    for number in (signal.SIGSTOP, signal.SIGTSTP):
        room = at_work(tmp_path, session)
        room.signals(number)
        os.waitpid(room.process, os.WUNTRACED)
        room.reads(0.1)
        room.screen.reset()  # as somebody else's words on it would
        room.signals(signal.SIGCONT)
        room.sees("CHOOSE", *KEPT)
        room.types(" and more")
        room.sees(f"{KEPT[1]} and more")
        room.types("\x11")
        assert room.ends() == 0
        assert [name for name, well in room.terminal.items() if not well] == []
        assert room.stories == [KEPT[0], f"{KEPT[1]} and more"]
        room.closed()


def test_killed_while_typing_what_was_entered_is_there(tmp_path: Path, session: Session) -> None:
    room = at_work(tmp_path, session)
    room.reads(1)  # what is older than a second is safe
    room.kill()
    assert room.stories + room.half_typed == KEPT


def test_bytes_that_mean_nothing_end_nothing(tmp_path: Path, session: Session) -> None:
    room = at_work(tmp_path, session)
    for sent in (
        b"\xff\xfe\x80",  # no UTF-8
        b"\xe2\x82",  # half a character
        b"\x1b[99999999999999u",  # keys beyond all keys
        b"\x1b[1114112u",
    ):
        os.write(room._end, sent)
        room.reads(0.1)
    room.types("\x15still here")
    room.sees("still here")
    room.types("\x11")
    assert room.ends() == 0
    assert room.stories[0] == KEPT[0]
    assert room.stories[-1].endswith("still here")
    room.closed()


def test_a_megabyte_pasted_is_taken_whole_and_none_of_it_acts(tmp_path: Path, session: Session) -> None:
    room = Outside(tmp_path / "library", session)
    acting = "\x1b[48;1;1;1;1t\x1b[I\x1b[O\x1b[A\x11\x1b[99999999999u\x1b]0;x\x07\x1b[?1049l"
    lines = [f"line {number} {'words ' * 180}{acting if number % 100 == 0 else ''}" for number in range(900)]
    began = time.monotonic()
    pasted = "\n".join(lines)
    room.types(f"\x1b[200~{pasted}\x1b[201~ and then")
    room.sees("and then", "saved ")
    assert time.monotonic() - began < 15
    room.signals(signal.SIGTERM)
    assert room.ends() == 128 + signal.SIGTERM
    assert len(room.stories) == 900
    assert room.stories[899].split()[:3] == ["line", "899", "words"]
    assert room.half_typed == [" and then"]
    assert not any("\x1b" in one or "\x11" in one for one in room.stories)
    assert b"\x1b]0;" not in room.sent
    room.closed()
