"""The session that is open, without a screen: changes, refusals, undo, and when its file is rewritten."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from promote_tui.session.edits import agenda, choose
from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.store.saver import SaveReport
from promote_tui.store.session_file import SessionFile
from promote_tui.ui.open_session import OpenSession
from tests.ui.room import kept

LATER = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def at_work(path: Path, reports: list[SaveReport]) -> OpenSession:
    return OpenSession(SessionFile.open(path), lambda: LATER, reports.append)


@pytest.fixture
def work(tmp_path: Path, session: Session) -> Iterator[OpenSession]:
    """An open session with nothing in it."""
    opened = at_work(kept(tmp_path, session), [])
    yield opened
    opened.saver.close()


def test_a_change_is_made_and_stamped_and_saved_when_asked(work: OpenSession) -> None:
    assert work.edit("add a story", partial(choose.add_line, line="p: Lights")) == ""
    assert work.session.updated_at == LATER
    work.save()
    assert work.saver.settle(10) == ""
    assert toml_text.read(work.saver.file.path.read_bytes()).session == work.session


def test_a_refused_change_leaves_everything_as_it_is(work: OpenSession) -> None:
    before = work.session
    assert work.edit("add a story", partial(choose.add_line, line="p:")).startswith("A story cannot be empty")
    assert (work.session, work.touched) == (before, False)


def test_back_and_on_again_name_what_they_did_and_stay_at_the_stage(work: OpenSession) -> None:
    work.edit("add a story", partial(choose.add_line, line="p: Lights"))
    told = work.session.stories
    work.go_to("map")
    assert work.travel(back=True)[0] == "add a story"
    assert (work.session.stories, work.session.stage) == ((), "map")
    assert work.travel(back=False)[0] == "add a story"
    assert (work.session.stories, work.session.stage) == (told, "map")
    assert work.travel(back=False)[0] == ""


def test_time_is_no_part_of_what_undo_takes_back(work: OpenSession) -> None:
    work.edit("add a story", partial(choose.add_line, line="p: Lights"))
    assert work.edit("", lambda session: agenda.plan(session, 60, LATER - timedelta(minutes=14))) == ""
    assert work.go_to("map") == "Choose took 4 minutes more. Map has 13 now; owning keeps its 15."
    held = work.session.agenda
    assert work.travel(back=True)[0] == "add a story"
    assert work.travel(back=True)[0] == ""
    assert work.session.agenda == held
    assert work.travel(back=False)[0] == "add a story"
    assert (work.session.agenda, held.minutes, held.since) == (held, 60, LATER)


def test_a_clock_left_running_by_a_crash_stands_still(tmp_path: Path, session: Session) -> None:
    crashed = agenda.plan(session, 60, LATER - timedelta(days=3))
    opened = at_work(kept(tmp_path, crashed.model_copy(update={"updated_at": LATER - timedelta(days=2)})), [])
    assert (opened.session.agenda.since, opened.session.agenda.spent) == (None, {"choose": 86_400})
    assert not opened.touched
    opened.saver.close()


def test_looking_at_a_session_does_not_touch_it(work: OpenSession) -> None:
    stamp = work.session.updated_at
    work.go_to("review")
    assert (work.session.stage, work.session.updated_at, work.touched) == ("review", stamp, False)


def test_a_newer_file_refuses_every_change(tmp_path: Path, session: Session) -> None:
    path = kept(tmp_path, session)
    path.write_text(path.read_text(encoding="utf-8").replace("version = 1", "version = 9"), encoding="utf-8")
    opened = at_work(path, [])
    assert "newer version" in opened.edit("add a story", partial(choose.add_line, line="p: Lights"))
    opened.go_to("map")
    assert opened.session.stage == "choose"
    opened.saver.close()


def test_a_file_with_mistakes_cannot_be_worked_on(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("format = 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="mistakes"):
        at_work(path, [])
