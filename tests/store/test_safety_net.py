from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from promote_tui.session.edits import choose
from promote_tui.session.edits.details import stamped
from promote_tui.session.history import History
from promote_tui.session.model import Session
from promote_tui.store import places
from promote_tui.store.recovery import Slot, Slots, Typed
from promote_tui.store.safety_net import Found, SafetyNet, left_behind
from promote_tui.store.session_file import SessionFile

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
TYPED = Typed("choose", "p: They woke me")


@pytest.fixture
def file(tmp_path: Path, session: Session) -> SessionFile:
    """A session file that is open."""
    return SessionFile.create(tmp_path / "session.toml", session)


def told(session: Session, line: str = "p: They woke me up") -> Session:
    return stamped(choose.add_line(session, line), NOW)


def slot(
    file: SessionFile, session: Session, *typed: Typed, base: str = "", path: Path | None = None
) -> Slot:
    return Slot(session, typed, base or file.known_hash, path or file.path, NOW, 1)


def found(file: SessionFile, left: Slot | None) -> Found:
    session = file.reading.session
    assert session
    return left_behind(session, file.known_hash, file.path, left)


def test_nothing_is_left_behind_where_nothing_was_noted(file: SessionFile, session: Session) -> None:
    assert not found(file, None).anything
    assert not found(file, slot(file, session)).anything


def test_work_on_top_of_the_file_goes_on(file: SessionFile, session: Session) -> None:
    left = found(file, slot(file, told(session), TYPED))
    assert (left.session, left.aside, left.typed) == (told(session), None, (TYPED,))


def test_work_on_top_of_another_version_is_set_aside(file: SessionFile, session: Session) -> None:
    left = found(file, slot(file, told(session), TYPED, base="another"))
    assert (left.session, left.aside, left.typed) == (None, told(session), (TYPED,))


def test_lines_of_another_file_of_the_session_stay_there_unless_it_is_gone(
    file: SessionFile, session: Session, tmp_path: Path
) -> None:
    other = tmp_path / "other.toml"
    other.write_bytes(b"")
    assert found(file, slot(file, session, TYPED, base="another", path=other)).typed == ()
    other.unlink()
    assert found(file, slot(file, session, TYPED, base="another", path=other)).typed == (TYPED,)


def test_a_line_that_came_in_since_is_not_half_typed_any_more(tmp_path: Path, session: Session) -> None:
    file = SessionFile.create(tmp_path / "later.toml", told(session, "p: woke me"))
    assert found(file, slot(file, session, Typed("choose", "p: They woke me"))).typed == ()
    other = Typed("map", "Lights on")
    assert found(file, slot(file, session, other)).typed == (other,)


def test_what_is_kept_beside_the_file_is_there_next_time(file: SessionFile, session: Session) -> None:
    net = SafetyNet(file, lambda: NOW)
    after = told(session)
    net.keep_version(after, History().after(session, "add a story"))
    net.note(after, [TYPED], file)
    net.write_now()
    net.close(all_saved=False)
    assert [version.revision for version in net.versions.all()] == [after.revision]
    again = SafetyNet(file, lambda: NOW)
    assert (again.found.session, again.found.typed) == (after, (TYPED,))
    again.close(all_saved=True)
    file.save(after, NOW)
    third = SafetyNet(SessionFile.open(file.path), lambda: NOW)
    assert not third.found.anything
    undone = third.history.undo(after)
    assert undone
    assert undone[1] == session
    third.close(all_saved=True)
    third.keep_version(session, History())  # closed: nothing happens
    assert len(third.versions.all()) == 1


def test_what_is_set_aside_is_an_earlier_version_at_once(file: SessionFile, session: Session) -> None:
    Slots(session.id).write(told(session), (), sha256(b"another").hexdigest(), file.path, NOW)
    net = SafetyNet(file, lambda: NOW)
    (version,) = net.versions.all()
    assert net.versions.read(version).session == told(session)
    net.close(all_saved=True)


def test_a_local_state_that_cannot_be_written_stops_nothing(file: SessionFile, session: Session) -> None:
    places.state_folder().parent.mkdir(parents=True, exist_ok=True)
    places.state_folder().write_text("a file where the folder should be", encoding="utf-8")
    net = SafetyNet(file, lambda: NOW)
    net.keep_version(told(session), History())
    net.note(told(session), [TYPED], file)
    assert net.trouble == ""
    net.write_now()
    assert net.trouble.startswith("A crash now would lose what is half-typed")
    net.close(all_saved=False)
    assert file.save(told(session), NOW).note == ""


def test_a_file_with_mistakes_in_it_has_no_net(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("title = [", encoding="utf-8")
    with pytest.raises(ValueError, match="mistakes"):
        SafetyNet(SessionFile.open(path), lambda: NOW)
