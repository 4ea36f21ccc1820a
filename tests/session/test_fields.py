from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from promote_tui.session.fields import MOST_ITEMS, to_the_second
from promote_tui.session.model import Candidate, Process, Story


def test_text_is_kept_composed_and_with_nothing_hidden_in_it() -> None:
    story = Story(id="story-1", voice="patient", text="Cafe\u0301\r\nand \x1b[2J")
    assert story.text == "Caf\u00e9\nand \N{REPLACEMENT CHARACTER}[2J"


def test_ties_are_kept_with_nothing_hidden_in_them() -> None:
    assert Process(candidate="\x1b").candidate == "\N{REPLACEMENT CHARACTER}"


def test_a_field_holds_ten_thousand_characters_and_not_one_more() -> None:
    assert len(Process(name="a" * 10_000).name) == 10_000
    for name in ("a" * 10_001, "\N{DEVANAGARI LETTER QA}" * 5_001):  # composed, that letter is two
        with pytest.raises(ValidationError, match="10000"):
            Process(name=name)


def test_a_list_holds_a_thousand_items_and_not_one_more() -> None:
    ties = ("candidate-1",) * MOST_ITEMS
    assert len(Story(id="story-1", voice="staff", text="x", candidates=ties).candidates) == MOST_ITEMS
    with pytest.raises(ValidationError, match="1000"):
        Story(id="story-1", voice="staff", text="x", candidates=(*ties, "candidate-1"))


@pytest.mark.parametrize(
    "id", ["candidate-", "candidate-x", "story-1", "candidate-1\n", "candidate-1234567890"]
)
def test_an_id_is_kind_and_number(id: str) -> None:
    with pytest.raises(ValidationError):
        Candidate(id=id, name="Waking up")


def test_a_name_may_not_be_empty() -> None:
    with pytest.raises(ValidationError):
        Candidate(id="candidate-1", name="")


def test_a_time_is_kept_to_the_second_and_at_a_fixed_distance_from_utc() -> None:
    assert to_the_second(datetime(2026, 11, 23, 9, 30, 1, 999_999, tzinfo=UTC)) == datetime(
        2026, 11, 23, 9, 30, 1, tzinfo=UTC
    )
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"), fold=1)
    kept = to_the_second(twice)
    assert kept == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert kept.utcoffset() == timedelta(0)
