from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.saved import SavedSession
from promote_tui.store import places
from promote_tui.store.catalogue_record import packed, unpacked
from promote_tui.store.summaries import summary_of


@pytest.mark.parametrize("path", sorted(places.examples_folder().glob("*.toml")), ids=lambda path: path.stem)
def test_a_worked_example_comes_back_as_it_was(path: Path) -> None:
    saved = summary_of(tomli.loads(path.read_text(encoding="utf-8")))
    assert saved.changes
    assert unpacked(packed(saved)) == saved
    assert len(packed(saved)) < path.stat().st_size / 5


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.builds(
        SavedSession,
        TEXTS,
        TEXTS,
        held_on=st.none() | st.dates(),
        updated_at=st.none() | st.datetimes(timezones=st.none() | st.just(UTC)),
        revision=st.integers(),
        present=st.dictionaries(TEXTS, st.integers()),
        changes=st.just(()),
        ideas=st.just(()),
        themes=st.lists(TEXTS).map(tuple),
    )
)
def test_any_session_comes_back_as_it_was(saved: SavedSession) -> None:
    assert unpacked(packed(saved)) == saved


def test_days_and_times_at_the_ends_of_the_calendar_come_back() -> None:
    for day in (date.min, date.max):
        saved = SavedSession(held_on=day, updated_at=datetime(day.year, 1, 1, tzinfo=UTC))
        assert unpacked(packed(saved)) == saved
