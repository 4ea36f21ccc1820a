from datetime import UTC, datetime
from pathlib import Path

import pytest

from promote_tui.session.model import Session
from promote_tui.store import durable, toml_text
from promote_tui.store.copies import id_in, others, read_file, read_version, write_beside
from promote_tui.store.durable import NotSavedError
from promote_tui.store.library import Library, LibraryError
from promote_tui.store.seal import sealed
from promote_tui.store.versions import Versions

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
ID = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"


def written(path: Path, session: Session) -> Path:
    path.write_bytes(sealed(toml_text.write(session)))
    return path


@pytest.mark.parametrize(
    ("data", "id"),
    [
        (f'title = "\nid = "{ID}"\n[process'.encode(), ID),
        (f"\t id='{ID}'".encode(), ID),
        (f'\xff\xfe\nid = "{ID}"'.encode("latin-1"), ID),
        (f'follows = "{ID}"'.encode(), ""),
        (f'[process]\nid = "{ID}"'.encode(), ""),
        (b'id = "../../../../../../../../../../../../etc"', ""),
        (b'id = "------------------------------------"', ""),
        (b"", ""),
    ],
)
def test_the_id_of_a_damaged_file_is_found_above_its_tables(data: bytes, id: str) -> None:
    assert id_in(data) == id


def test_other_files_of_one_session_are_found_by_its_id(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "a.toml", session)
    copy = written(tmp_path / "b.toml", session)
    written(tmp_path / "c.toml", session.model_copy(update={"id": ID.replace("0", "1")}))
    library = Library(tmp_path)
    assert [card.path for card in others(library, session.id, path)] == [copy]
    path.unlink()
    assert [card.path for card in others(library, session.id, path)] == [copy], (
        "a file that is gone has others"
    )

    def refused(_: Library) -> None:
        raise LibraryError("no")

    monkeypatch.setattr(Library, "cards", refused)
    assert others(library, session.id, path) == []


def test_a_state_is_read_or_a_sentence_says_why_not(tmp_path: Path, session: Session) -> None:
    path = written(tmp_path / "a.toml", session)
    assert read_file(path) == (session, "")
    path.write_text("x =", encoding="utf-8")
    for found in (read_file(path), read_file(tmp_path / "none.toml")):
        assert found[0] is None
        assert found[1].endswith(".")
    versions = Versions(session.id)
    for number, update in enumerate(({}, {"version": 99})):
        data = toml_text.write(session.model_copy(update=update)).encode()
        versions.keep(data, NOW, revision=number)
    newer, fine = versions.all()
    assert read_version(versions, fine) == (session, "")
    assert read_version(versions, newer) == (None, "A newer version of this program wrote it.")
    fine.path.write_bytes(b"x")
    damaged = versions.all()[1]
    assert read_version(versions, damaged) == (None, damaged.trouble)
    assert read_version(versions, fine) == (None, damaged.trouble), "damaged after it was listed"


def test_a_copy_stands_beside_under_a_free_name_and_is_the_newest(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "waking conflict 2026-11-23 090000.toml", session)
    before = path.read_bytes()
    first, second = (write_beside(path, session, NOW, after=7) for _ in range(2))
    assert [first.name, second.name] == [
        "waking version 2026-11-23 104200.toml",
        "waking version 2026-11-23 104200 2.toml",
    ]
    held = read_file(first)[0]
    assert held
    assert (held.id, held.revision, held.title) == (session.id, 8, session.title)
    assert write_beside(first, session, NOW).name == "waking version 2026-11-23 104200 3.toml"
    assert len(write_beside(tmp_path / f"{'ä' * 120}.toml", session, NOW).name.encode()) < 255
    assert path.read_bytes() == before

    def taken(*_: object) -> None:
        raise FileExistsError

    monkeypatch.setattr(durable, "create", taken)
    with pytest.raises(NotSavedError, match="too many copies"):
        write_beside(path, session, NOW)
