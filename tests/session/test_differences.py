from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promote_tui.session.differences import SINCE, Difference, differences, summary
from promote_tui.session.differing import NOUNS, WHOLES
from promote_tui.session.edits import choose, details, ideas, items, own, parking, review
from promote_tui.session.edits import map as steps
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import PerVoice, Session
from promote_tui.session.pairing import LISTS
from promote_tui.store import toml_text
from tests.session.edits.test_any_edits import BY_HAND, EDITS, EMPTY, Edit
from tests.session.edits.test_carrying import TODAY, worked

__all__ = ["worked"]
TODAY_AT = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def told(here: Session, there: Session) -> list[str]:
    """Return differences as a person would read them out."""
    return [read_out(one) for one in differences(here, there)]


def read_out(one: Difference) -> str:
    words = one.there if one.what == "only there" else one.here
    fields = "; ".join(f"{field.label}: {field.here} | {field.there}" for field in one.details)
    under = f" [{one.under}]" if one.under else ""
    return f"{one.what}: {one.kind}{under}: {words}{f' ({fields})' if fields else ''}"


def edited(session: Session, *edits: Any) -> Session:
    for edit in edits:
        session = edit(session)
    return session


def test_each_thing_that_differs_is_told_in_the_words_of_the_screens(worked: Session) -> None:
    id = "initiative-1"
    cases: list[tuple[Edit, list[str]]] = [
        (lambda s: choose.add_line(s, "c: Cold tea"), ["only there: a carer's story: Cold tea"]),
        (lambda s: steps.add_line(s, "Curtains"), ["only there: a step: Curtains"]),
        (
            lambda s: steps.add_line(s, "Curtains", future=True),
            ["only there: a step of how it could be: Curtains"],
        ),
        (lambda s: ideas.add_line(s, "- Bells", "stop"), ["only there: an idea to stop: Bells"]),
        (lambda s: parking.park_text(s, "The lift"), ["only there: parked: The lift"]),
        (lambda s: own.take_on(s, "idea-1", TODAY), ["only there: a change: Stop: Shouting"]),
        (lambda s: details.set_details(s, title="Up"), ["different: the title: Waking up on Mulberry 2"]),
        (lambda s: details.set_present(s, PerVoice(staff=2)), ["different: who is in the room: "]),
        (
            lambda s: choose.set_frame(s, purpose="Rest"),
            ["different: the process:  (Purpose: Rested and ready | Rest)"],
        ),
        (
            lambda s: details.set_closing(s, attached=""),
            ["different: what is asked before we close:  (Are we too fond of any of it?: The tea | )"],
        ),
        (
            lambda s: items.change(s, "step-1", value="adds", minutes=7, stories=()),
            [
                "different: a step: Lights on (Minutes: 5 | 7; Adds value?:  | adds value;"
                " Stories behind it: Lights at eight | )"
            ],
        ),
        (
            lambda s: own.set_goal(
                own.set_measure(s, id, target=8.5), id, "three_days", goal="Go", due_on=None
            ),
            [
                "different: a change: Tea earlier (Target: 9 | 8.5; 3 days: Ask nights | Go;"
                " 3 days by: Thu 26 Nov 2026 | )"
            ],
        ),
        (
            lambda s: own.set_resistance(s, id, "resistance-1", basis="unable", voice="staff"),
            ["different: resistance [Tea earlier]: No time (Said by:  | staff; Rests on:  | not able)"],
        ),
        (
            lambda s: own.check_in(s, id, "three_weeks", TODAY, value=6.0, runner=True),
            [
                "different: a change: Tea earlier (Status: trying | runner)",
                "only there: the check-in after 3 weeks [Tea earlier]: Mon 23 Nov 2026",
            ],
        ),
        (
            lambda s: own.check_in(s, id, "three_days", TODAY, value=6.0, runner=False),
            [
                "different: the check-in after 3 days [Tea earlier]: Mon 23 Nov 2026"
                " (Counted:  | 6; Runner?:  | no)"
            ],
        ),
        (
            lambda s: review.set_part(s, id, 0, TODAY, rating="red"),
            [
                "different: a part [Tea earlier › Mon 23 Nov 2026]: People notice a difference"
                " (Rating: amber | red)"
            ],
        ),
        (
            lambda s: review.set_dissent(s, id, 0, "carer", TODAY, "red", "Too soon"),
            [
                "different: a part [Tea earlier › Mon 23 Nov 2026]: People notice a difference"
                " (Others say:  | carer, red, Too soon)"
            ],
        ),
        (
            lambda s: review.start_review(s, id, date(2027, 3, 1)),
            ["only there: the review [Tea earlier]: Mon 1 Mar 2027"],
        ),
        (lambda s: items.move(s, "step-1", 1), ["different: the order of the steps: "]),
        (lambda s: s.model_copy(update={"mood": "kept"}), ["different: what this program does not know: "]),
        (
            lambda s: items.replace(s, items.find(s, "step-1").model_copy(update={"copy": "kept"})),
            ["different: a step: Lights on (Copy:  | kept)"],
        ),
    ]
    for edit, expected in cases:
        there = edit(worked)
        assert told(worked, there) == expected
        back = differences(there, worked)
        assert [one.what for one in back] == [
            {"only there": "only here"}.get(line.partition(":")[0], "different") for line in expected
        ]
        assert len({one.id for one in back}) == len(back)


def test_what_one_and_several_differences_are_called(worked: Session) -> None:
    there = edited(
        worked,
        lambda s: choose.add_line(s, "p: One"),
        lambda s: choose.add_line(s, "s: Two"),
        lambda s: steps.add_line(s, "Curtains"),
        lambda s: details.set_details(s, title="Up"),
        lambda s: items.change(s, "step-1", minutes=9),
        lambda s: items.remove(s, "parked-1"),
    )
    found = differences(worked, there)
    assert summary(found) == (
        "2 stories and one step only there; the title and one step different; one parked item only here"
    )
    assert summary(differences(there, worked), SINCE) == (
        "2 stories and one step added; the title and one step changed; one parked item removed"
    )
    assert summary(()) == ""


def test_bookkeeping_and_time_are_no_differences(worked: Session) -> None:
    other = details.stamped(details.go_to_stage(worked, "review"), TODAY_AT)
    other = other.model_copy(update={"last_used": {"story": 99}, "created_at": None})
    assert differences(worked, other) == ()


def test_every_field_of_a_session_is_compared_or_bookkeeping() -> None:
    bookkeeping = {
        *("format", "version", "id", "revision", "created_at", "updated_at"),
        *("stage", "agenda", "last_used"),
    }
    assert {*WHOLES, *LISTS[Session], *bookkeeping} == set(Session.model_fields)
    assert set(NOUNS) == {name for names in LISTS.values() for name in names}


def test_only_the_order_of_a_list_is_one_difference(worked: Session) -> None:
    more = steps.add_line(steps.add_line(worked, "Curtains"), "Tea")
    moved = items.move(items.move(more, "step-1", 1), "step-5", 1)
    assert told(more, moved) == ["different: the order of the steps: "]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lights on", "Main lights on at eight", True),
        ("Drawcurtains", "Draw curtains", True),
        ("Wake people at six", "Wake people at seven", True),
        ("Breakfast on the ward", "The tea is cold", False),
        ("Breakfast on ward", "Lunch on ward", False),
        ("!!!", "???", False),
    ],
)
def test_one_id_is_one_item_only_when_the_words_are_alike(
    session: Session, one: str, other: str, same: bool
) -> None:
    here, there = (steps.add_line(session, words) for words in (one, other))
    found = [
        (difference.what, difference.here or difference.there) for difference in differences(here, there)
    ]
    if same:
        assert found == [("different", one)]
    else:
        assert found == [("only there", other), ("only here", one)]


def test_very_same_words_are_one_item_whatever_their_id_unless_told_by_another_group(
    session: Session,
) -> None:
    here = choose.add_line(choose.add_line(session, "p: Lights"), "s: We rush")
    there = choose.add_line(choose.add_line(session, "s: We rush"), "p: Lights")
    assert told(here, there) == ["different: the order of the stories: "]
    staff = choose.add_line(choose.add_line(session, "s: Other"), "s:  lights")
    assert "only there: a patient's story: Lights" in told(staff, here)


def test_whoever_is_alone_in_the_room_is_not_shown_alone(session: Session) -> None:
    here = details.set_present(session, PerVoice(patient=1, carer=1, staff=5))
    there = choose.add_line(choose.add_line(here, "p: Lights"), "s: We rush")
    assert {one.kind for one in differences(here, there)} == {"a story", "a story of staff"}


@settings(max_examples=60)
@given(
    start=st.sampled_from([EMPTY, BY_HAND]),
    ours=st.lists(EDITS, max_size=20),
    theirs=st.lists(EDITS, max_size=20),
)
def test_any_two_states_can_be_told_apart_and_a_state_from_itself_differs_in_nothing(
    start: str, ours: list[Edit], theirs: list[Edit]
) -> None:
    here, there = grown_apart(start, ours, theirs)
    assert differences(here, here) == differences(there, there) == ()
    found = differences(here, there)
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert one.kind
        assert not one.here or one.what != "only there"
        assert not one.there or one.what != "only here"
    assert bool(summary(found)) == bool(found)


def grown_apart(start: str, ours: list[Edit], theirs: list[Edit]) -> tuple[Session, Session]:
    """Return what two rooms made of one session, each without the other."""
    first = toml_text.read(start.encode()).session
    assert first is not None
    both = []
    for edits in (ours, theirs):
        session = first
        for edit in edits:
            try:
                session = edit(session)
            except EditError:
                continue
        both.append(session)
    return both[0], both[1]
