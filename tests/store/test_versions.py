import itertools
import os
import shutil
import stat
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.edits import choose
from promote_tui.session.edits.details import stamped
from promote_tui.session.model import Session
from promote_tui.store import durable, places, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.versions import Versions, is_due, staying

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def data(session: Session) -> bytes:
    return toml_text.write(session).encode()


@pytest.fixture
def versions(session: Session) -> Versions:
    """The versions of today's session, of which there are none yet."""
    return Versions(session.id)


def keep(versions: Versions, now: datetime, *revisions: int) -> list[Path]:
    """Keep a version of each revision, each different, all at the same second."""
    kept = [versions.keep(b"%d at %d" % (n, now.timestamp()), now, revision=n) for n in revisions]
    return [path for path in kept if path is not None]


def revisions(versions: Versions) -> list[int]:
    return [version.revision for version in versions.all()]


def test_a_version_is_kept_whole_and_read_back(versions: Versions, session: Session) -> None:
    later = stamped(choose.add_line(session, "p: The lights come on"), NOW)
    summer = timezone(timedelta(hours=1))
    first = versions.keep(data(session), NOW.astimezone(summer), revision=1)
    second = versions.keep(data(later), NOW + MINUTE, revision=2)
    assert first is not None
    assert second is not None
    assert first.parent == places.history_folder() / session.id
    assert first.name.startswith("20261123T093000Z-000000001-")
    newest, oldest = versions.all()
    assert (newest.path, newest.kept_at, newest.revision) == (second, NOW + MINUTE, 2)
    assert (oldest.path, oldest.kept_at, oldest.revision) == (first, NOW, 1)
    assert [versions.read(one).session for one in (newest, oldest)] == [later, session]
    assert (versions.trouble, newest.trouble, newest.by_hand) == ("", "", False)


def test_the_same_again_is_not_kept_twice(versions: Versions) -> None:
    assert versions.keep(b"one", NOW, revision=1)
    assert versions.keep(b"one", NOW + MINUTE, revision=1) is None
    assert versions.keep(b"two", NOW + MINUTE, revision=2)
    assert versions.keep(b"one", NOW + MINUTE, revision=3)
    # what was damaged since is not the same any more
    versions.all()[0].path.write_bytes(b"")
    assert versions.keep(b"one", NOW + 2 * MINUTE, revision=3)
    assert len(versions.all()) == 4


def test_two_within_one_second_are_both_kept(versions: Versions) -> None:
    assert versions.keep(b"one", NOW, revision=7)
    assert versions.keep(b"two", NOW, revision=7)
    assert revisions(versions) == [7, 7]
    assert versions.thin(NOW) == 0


def test_nobody_else_can_read_them(versions: Versions) -> None:
    (path,) = keep(versions, NOW, 1)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_clock_that_goes_back_a_year_loses_nothing(versions: Versions) -> None:
    for n in range(1, 41):
        keep(versions, NOW + n * MINUTE, n)
    for n in range(41, 61):
        keep(versions, NOW - 365 * DAY + n * MINUTE, n)
    assert versions.thin(NOW - 365 * DAY + 60 * MINUTE) == 0
    assert revisions(versions) == list(range(60, 0, -1))


def test_what_was_written_by_hand_is_kept_for_good(versions: Versions, session: Session) -> None:
    plain = data(session.model_copy(update={"revision": 12})) + b"# by hand\n"
    path = versions.keep_original(plain)
    assert versions.keep_original(plain) == path
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    keep(versions, NOW - 400 * DAY, 11, 13)
    keep(versions, NOW, *range(20, 40))
    (original,) = [version for version in versions.all() if version.by_hand]
    assert (original.kept_at, original.revision, original.trouble) == (NOW, 12, "")
    assert revisions(versions)[-3:] == [13, 12, 11]
    assert versions.thin(NOW + 400 * DAY) == 2
    assert revisions(versions)[-1] == 12
    without = versions.keep_original(b"no revision in it")
    assert revisions(versions)[-1] == 0
    without.unlink()
    # one that was changed since is kept as it is, until the original itself has to be kept again
    path.write_bytes(b"changed")
    assert versions.all()[-1].trouble == "This version was changed or damaged after it was kept."
    versions.keep_original(plain)
    assert path.read_bytes() == plain


def test_a_file_without_a_time_that_can_be_told_is_old(
    versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = versions.keep_original(b"by hand")
    absurd = os.stat_result((0,) * 8 + (10**20, 0))
    for lstat in (lambda _: absurd, lambda _: (gone / "x").stat()):
        with monkeypatch.context() as patch:
            patch.setattr(Path, "lstat", lstat)
            assert versions.all()[0].kept_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_damaged_versions_are_listed_with_why_and_push_no_whole_one_out(versions: Versions) -> None:
    whole = keep(versions, NOW - 3 * DAY, 1)
    broken = keep(versions, NOW - 3 * DAY + MINUTE, 2)
    keep(versions, NOW, *range(10, 31))
    broken[0].write_bytes(b"changed")
    gone = keep(versions, NOW + MINUTE, 40)[0]
    gone.unlink()
    gone.mkdir()
    found = {version.revision: version for version in versions.all()}
    assert found[2].trouble == "This version was changed or damaged after it was kept."
    assert found[40].trouble.startswith("This version cannot be read. ")
    for version in (found[2], found[40]):
        assert versions.read(version).session is None
        assert [problem.message for problem in versions.read(version).problems] == [version.trouble]
    assert versions.thin(NOW + 2 * MINUTE) == 0
    assert whole[0].exists()
    assert broken[0].exists()
    # a folder under a name of ours cannot be removed as a file: it stays, and nothing is raised
    for n in range(50, 80):
        keep(versions, NOW + n * DAY, n)
    versions.thin(NOW + 100 * DAY)
    assert gone.is_dir()


def test_files_under_other_names_are_neither_listed_nor_removed(versions: Versions) -> None:
    (kept,) = keep(versions, NOW - 400 * DAY, 1)
    keep(versions, NOW, *range(2, 23))
    others = ["notes.txt", "x.toml", f"{kept.stem}.bak", f"{kept.stem} (1).toml", "0123456789ABCDEF.toml"]
    others.append(kept.name.replace("1019T", "1399T"))
    for name in others:
        (kept.parent / name).write_bytes(b"somebody else's")
    old = kept.parent / ".promote-1-1.tmp"
    old.write_bytes(b"left by a crash")
    os.utime(old, (0, 0))
    assert len(versions.all()) == 22
    assert versions.thin(NOW) == 1
    assert not kept.exists()
    assert not old.exists()
    assert {path.name for path in kept.parent.iterdir()} >= set(others)


def test_a_broken_folder_is_said_and_never_raised_when_reading(
    versions: Versions, session: Session, tmp_path: Path
) -> None:
    assert (versions.all(), versions.trouble, versions.thin(NOW)) == ([], "", 0)
    place = places.history_folder() / session.id
    place.parent.mkdir(parents=True)
    place.write_bytes(b"a file, not a folder")
    assert versions.all() == []
    assert versions.trouble == (
        f"The earlier versions cannot be listed. {session.id}: the folder is not a folder."
    )
    with pytest.raises(NotSavedError):
        versions.keep(b"one", NOW, revision=1)
    place.unlink()
    assert (versions.all(), versions.trouble) == ([], "")
    assert versions.keep(b"one", NOW, revision=1)
    shutil.rmtree(place.parent)
    assert Versions(session.id, tmp_path / "elsewhere").keep(b"one", NOW, revision=1)
    assert (tmp_path / "elsewhere" / session.id).is_dir()


def test_a_failing_disk_is_said(versions: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise NotSavedError(f"{path.suffix}: the disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(durable, "write", full)
        with pytest.raises(NotSavedError, match=r"^\.toml: the disk is full\.$"):
            versions.keep(b"one", NOW, revision=1)
    assert versions.all() == []


def test_a_hostile_id_never_becomes_a_path(tmp_path: Path) -> None:
    for id in ("../../x", "", "/etc", "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11/.."):
        versions = Versions(id, tmp_path / "history")
        assert versions.all() == []
        assert versions.trouble == "The session has no id of its own, so it has no earlier versions."
        assert versions.thin(NOW) == 0
        with pytest.raises(NotSavedError):
            versions.keep(b"one", NOW, revision=1)
    assert not (tmp_path / "history").exists()


def test_a_version_is_due_every_ten_minutes() -> None:
    assert is_due(None, NOW)
    for minutes, due in ((0, False), (9, False), (10, True), (600, True), (-1, True)):
        assert is_due(NOW, NOW + minutes * MINUTE) is due, minutes


def test_twenty_then_hours_then_days_stay() -> None:
    every_minute = [NOW - n * MINUTE for n in range(40 * 24 * 60)]
    stay = sorted(staying(every_minute, NOW), reverse=True)
    assert stay[:20] == every_minute[:20]
    # 09:10 is the newest of its hour that is left, then one for each hour back to 09:00 a day ago
    assert stay[20:23] == [NOW - 20 * MINUTE, NOW - 31 * MINUTE, NOW - 91 * MINUTE]
    hourly = [time for time in stay[20:] if NOW - time < DAY]
    assert len(hourly) == 25
    daily = stay[20 + len(hourly) :]
    assert len(daily) == 30
    assert {late - early for late, early in itertools.pairwise(daily[1:])} == {DAY}
    assert NOW - daily[-1] <= 30 * DAY


TIMES = st.lists(st.integers(-60 * 24 * 60, 2 * 24 * 60).map(lambda n: NOW + n * MINUTE), max_size=80)


@given(TIMES, st.integers(0, 3_000))
def test_thinning_again_and_again_leaves_no_hour_and_no_day_empty(times: list[datetime], step: int) -> None:
    stay = staying(times, NOW)
    assert stay <= set(times)
    assert staying(stay, NOW) == stay
    assert {time for time in times if time > NOW} <= stay
    past = sorted((time for time in times if time <= NOW), reverse=True)
    assert set(past[:20]) <= stay
    for time in past[20:]:
        if NOW - time < DAY:
            assert any(f"{one:%d %H}" == f"{time:%d %H}" for one in stay if NOW - one < DAY)
    # thinned on the way or only at the end: every day that would have one has one
    later = NOW + step * MINUTE
    once, twice = staying(times, later), staying(stay, later)
    assert {one.date() for one in once} == {one.date() for one in twice}
