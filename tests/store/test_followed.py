from pathlib import Path

import pytest

from promote_tui.session.edits.choose import add_line
from promote_tui.session.model import Session
from promote_tui.store import session_file, toml_text
from promote_tui.store.followed import Followed, Seen
from promote_tui.store.seal import sealed


def put(path: Path, session: Session) -> None:
    """Replace a file in one move, as saving does."""
    new = path.with_name("new")
    new.write_bytes(sealed(toml_text.write(session)))
    new.replace(path)


def test_it_follows_a_file_through_all_that_can_happen_to_it(tmp_path: Path, session: Session) -> None:
    path = tmp_path / "session.toml"
    put(path, session)
    followed = Followed(path, session)
    followed.look()
    assert followed.seen == Seen(session)
    session = add_line(session, "p: Lights at eight")
    put(path, session)
    followed.look()
    assert followed.seen == Seen(session)

    whole = path.read_bytes()
    for end in (40, -10):  # cut short, it is no session any more, or still looks like one
        path.write_bytes(whole[:end])
        followed.look()
        assert followed.seen == Seen(session, "The file has a mistake in it just now; this is how it was.")
    path.unlink()
    followed.look()
    assert followed.seen == Seen(session, "The file is not to be read just now; this is how it was.")
    path.mkdir()
    followed.look()
    assert followed.seen.trouble
    path.rmdir()
    path.write_bytes(whole)
    followed.look()
    assert followed.seen == Seen(session)


def test_a_file_that_did_not_change_is_not_read_again(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "session.toml"
    put(path, session)
    before = path.stat().st_mtime_ns
    followed = Followed(path, session)
    followed.look()
    with monkeypatch.context() as patch:
        patch.setattr(session_file, "read_bytes", lambda _: pytest.fail("read again"))
        followed.look()
    assert path.stat().st_mtime_ns == before
    assert [one.name for one in tmp_path.glob("*.*")] == ["session.toml"]


def test_a_path_that_no_system_takes_is_said_and_kept_looking(session: Session) -> None:
    followed = Followed(Path("\0"), session)
    followed.look()
    assert followed.seen.trouble
