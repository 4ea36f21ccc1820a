from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from promote_tui.session.due import Promise, Tuning
from promote_tui.session.lines import seconds, still_asked
from promote_tui.session.model import HORIZONS, Horizon
from promote_tui.store.library import Card

DAY = date(2026, 11, 23)
EARLY, LATE = datetime(2026, 11, 23, tzinfo=UTC), datetime(2027, 2, 24, tzinfo=UTC)


def card(
    id: str, *promises: tuple[str, str], follows: str = "", at: datetime = EARLY, file: str = ""
) -> Card:
    """The card of a session with these promises: each its id, and its id in the session it follows."""
    held = tuple(Promise(own, f"{own} of {id}", carried=carried) for own, carried in promises)
    return Card(Path(file or f"{id}.toml"), id, updated_at=at, id=id, follows=follows, promises=held)


FIRST = card("first", ("initiative-1", ""), ("initiative-2", ""), at=LATE)


@pytest.mark.parametrize(
    ("cards", "asked"),
    [
        ([FIRST], "first/1 first/2"),
        # what was carried on is asked for there alone, also when the earlier session was changed later
        ([FIRST, card("second", ("initiative-1", "initiative-2"), follows="first")], "first/1 second/1"),
        # a follower without its promise, or with one that is not there
        ([FIRST, card("second", ("initiative-1", ""), follows="first")], "first/1 first/2 second/1"),
        (
            [FIRST, card("second", ("initiative-1", "initiative-9"), follows="first")],
            "first/1 first/2 second/1",
        ),
        # three in a line, the last one renamed on the way
        (
            [
                card("third", ("initiative-5", "initiative-1"), follows="second"),
                card("second", ("initiative-1", "initiative-2"), follows="first", at=LATE),
                FIRST,
            ],
            "first/1 third/5",
        ),
        # two that follow the same one: the one updated last
        (
            [
                FIRST,
                card("b", ("initiative-1", "initiative-1"), follows="first", at=LATE),
                card("a", ("initiative-1", "initiative-1"), follows="first", at=EARLY),
            ],
            "b/1 first/2",
        ),
        # the same, where the one that they follow is not in the library
        (
            [
                card("b", ("initiative-1", "initiative-1"), follows="gone", at=EARLY),
                card("a", ("initiative-1", "initiative-1"), follows="gone", at=LATE),
            ],
            "a/1",
        ),
        # carried without a session to follow, a session that follows itself, a circle
        ([card("a", ("initiative-1", "initiative-2"), ("initiative-2", ""))], "a/1 a/2"),
        ([card("a", ("initiative-1", "initiative-1"), ("initiative-2", ""), follows="a")], "a/1 a/2"),
        (
            [
                card("a", ("initiative-1", "initiative-1"), follows="b", at=EARLY),
                card("b", ("initiative-1", "initiative-1"), follows="a", at=LATE),
            ],
            "b/1",
        ),
        # files without an id, and copies of one file, hide nothing
        ([card("", ("initiative-1", ""), file="a"), card("", ("initiative-1", ""), file="b")], "/1 /1"),
        ([card("a", ("initiative-1", "")), card("a", ("initiative-1", ""), file="copy")], "a/1 a/1"),
    ],
    ids=range(12),
)
def test_of_a_line_of_sessions_the_newest_asks(cards: list[Card], asked: str) -> None:
    for order in (cards, cards[::-1]):
        found = still_asked(order)
        assert sorted(f"{one.id}/{promise.id[-1]}" for one, promise in found) == asked.split()


def test_of_two_that_carry_on_the_same_change_the_one_further_along_asks() -> None:
    d3, w3, m3 = HORIZONS
    cases: list[tuple[tuple[Horizon, ...], tuple[Horizon, ...], str]] = [
        ((), (), "late"),
        ((d3,), (), "early"),
        ((d3,), (d3,), "late"),
        ((d3, w3), (d3,), "early"),
        ((d3, w3), (w3,), "early"),
        ((d3, w3), (m3,), "late"),  # of what was skipped before the last one nothing is asked any more
        ((w3,), (d3,), "early"),
        ((), HORIZONS, "late"),
    ]
    for early, late, asks in cases:
        two = [
            with_promise("early", EARLY, held=frozenset(early)),
            with_promise("late", LATE, held=frozenset(late)),
        ]
        for order in (two, two[::-1]):
            found = [one.id for one, _ in still_asked([FIRST, *order])]
            assert sorted(found) == sorted(["first", asks]), (early, late)  # the first has one of its own


def test_fine_tuning_that_one_of_them_says_is_done_is_done() -> None:
    every, fire = Tuning("Every shift", "Ask bank staff", DAY, 0), Tuning("Fire", "Ask bank staff", DAY, 1)
    for done, left in [
        ({("Every shift", "Ask bank staff")}, (fire,)),
        ({("Every shift", "Ask nights")}, (every, fire)),
        ({("every shift", "Ask bank staff")}, (every, fire)),
        ({every[:2], fire[:2]}, ()),
        (set[tuple[str, str]](), (every, fire)),
    ]:
        two = [
            with_promise("early", EARLY, tuned=frozenset(done)),
            with_promise("late", LATE, tunings=(every, fire)),
        ]
        (asked,) = [promise for one, promise in still_asked(two) if one.id == "late"]
        assert asked.tunings == left
        # what stands in the session that they both carry on was said before them
        before = [with_promise("first", LATE, follows="", tuned=frozenset(done)), *two[1:]]
        assert still_asked(before)[-1][1].tunings == (every, fire)


def with_promise(id: str, at: datetime, follows: str = "first", **fields: object) -> Card:
    """The card of a session with one change, which carries on the first one of another."""
    one = card(id, ("initiative-1", "initiative-1" if follows else ""), follows=follows, at=at)
    return replace(one, promises=(replace(one.promises[0], **fields),))  # type: ignore[arg-type]


def test_a_time_without_a_zone_is_utc_and_none_is_the_oldest() -> None:
    for time, since in [(None, 0), (datetime(1970, 1, 2), 86400), (datetime(1970, 1, 2, tzinfo=UTC), 86400)]:  # noqa: DTZ001
        assert seconds(time) == since
    assert seconds(datetime.min) < 0  # noqa: DTZ901
