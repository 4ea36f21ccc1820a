import os
import re
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

import pytest

from promote_tui.session import text
from promote_tui.store import crash_reports, places

CANARY = "CANARY-Mrs-Nobody"
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


def caught(do: Callable[[], object]) -> BaseException:
    try:
        do()
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def fails_in_our_code() -> None:
    try:
        text.figure(CANARY)  # type: ignore[arg-type]
    except AttributeError as error:
        raise ValueError(f"about {CANARY}") from error


def goes_too_deep() -> None:
    goes_too_deep()


def test_a_report_says_what_and_where_and_nothing_that_was_typed(own_home: Path) -> None:
    old = os.umask(0)
    try:
        path = crash_reports.write(caught(fails_in_our_code), NOW)
    finally:
        os.umask(old)
    assert path
    assert path.parent == places.logs_folder() == places.state_folder() / "logs"
    said = path.read_text(encoding="utf-8")
    lines = said.splitlines()
    assert re.fullmatch(r"promote [\w.]+, textual [\d.]+, Python [\d.]+\S*, \w+", lines[0])
    assert lines[1] == "2026-11-23 10:42"
    assert lines[2] == "ValueError"
    assert "AttributeError" in lines
    assert re.search(r"^  session/text\.py:\d+ in figure$", said, re.MULTILINE)
    assert "  test_crash_reports.py:" in said
    assert CANARY not in said
    assert str(own_home.parent) not in said
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_five_are_kept_and_the_oldest_go() -> None:
    error = caught(fails_in_our_code)
    for number in range(7):
        assert crash_reports.write(error, NOW + timedelta(seconds=number))
    assert crash_reports.write(error, NOW + timedelta(seconds=6)) is None, "one a second is enough"
    kept = sorted(path.name[:21] for path in places.logs_folder().iterdir())
    assert kept == [f"crash-20261123-10420{number}" for number in range(2, 7)]


def test_no_error_is_too_large_and_no_trouble_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = crash_reports.write(caught(goes_too_deep), NOW)
    assert deep
    assert "RecursionError" in deep.read_text(encoding="utf-8")
    assert len(deep.read_text(encoding="utf-8").splitlines()) < 100
    ring = ValueError()
    ring.__context__ = KeyError()
    ring.__context__.__context__ = ring
    assert crash_reports.write(ring, NOW + timedelta(seconds=1))

    def missing(_name: str) -> str:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "version", missing)
    bare = crash_reports.write(MemoryError(), NOW + timedelta(seconds=2))
    assert bare
    assert "textual without a version" in bare.read_text(encoding="utf-8")
    places.logs_folder().rename(places.logs_folder().with_name("aside"))
    places.logs_folder().write_text("a file where the folder should be")
    assert crash_reports.write(MemoryError(), NOW) is None
