from datetime import UTC, date, datetime

import pytest

from promote_tui.session.edits import details
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import PerVoice, Session


def test_title_team_facilitator_and_day_are_set(session: Session) -> None:
    session = details.set_details(
        session, title=" Mornings ", facilitator="Ward manager", held_on=date(2026, 12, 1)
    )
    assert (session.title, session.team, session.facilitator) == ("Mornings", "Mulberry 2", "Ward manager")
    assert session.held_on == date(2026, 12, 1)


def test_a_title_is_needed_and_a_day_is_a_day(session: Session) -> None:
    with pytest.raises(EditError, match="The title cannot be empty"):
        details.set_details(session, title=" ")
    with pytest.raises(EditError, match="Held on: a day is needed"):
        details.set_details(session, held_on="soon")


def test_who_is_in_the_room_and_where_the_room_is(session: Session) -> None:
    session = details.go_to_stage(details.set_present(session, PerVoice(patient=3, staff=5)), "map")
    assert (session.present.patient, session.present.carer, session.stage) == (3, 0, "map")


def test_a_change_is_stamped_to_the_second(session: Session) -> None:
    now = datetime(2026, 11, 23, 10, 42, 7, 123_456, tzinfo=UTC)
    assert details.stamped(session, now).updated_at == datetime(2026, 11, 23, 10, 42, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "hands"),
    [
        ("3 0 4", PerVoice(patient=3, staff=4)),
        ("3,1,4", PerVoice(patient=3, carer=1, staff=4)),
        ("p3 s4", PerVoice(patient=3, staff=4)),
        ("S4 P3", PerVoice(patient=3, staff=4)),
        ("c:2", PerVoice(carer=2)),
        ("0000999 0 0", PerVoice(patient=999)),
        ("p0", PerVoice()),
        ("", PerVoice()),
    ],
)
def test_hands_as_they_are_typed(typed: str, hands: PerVoice) -> None:
    assert details.read_hands(typed) == hands


@pytest.mark.parametrize(
    "typed", ["three", "3", "3 1", "1 2 3 4", "3 p4", "p", "-1", "1.5", "p3 p4", "\u0663", "4x"]
)
def test_what_is_no_count_of_hands_is_refused(typed: str) -> None:
    with pytest.raises(EditError, match="Type three numbers: patients, carers, staff"):
        details.read_hands(typed)


@pytest.mark.parametrize("typed", ["1000", "p1000", "9" * 5_000])
def test_more_hands_than_any_room_has_are_refused(typed: str) -> None:
    with pytest.raises(EditError, match="At most 999 hands"):
        details.read_hands(typed)


def test_hands_are_written_as_they_are_typed() -> None:
    assert details.write_hands(PerVoice(patient=3, staff=4)) == "3 0 4"
    assert details.write_hands(PerVoice()) == ""
    assert details.read_hands(details.write_hands(PerVoice(carer=7))) == PerVoice(carer=7)


def test_a_session_begins_with_a_title_and_a_team_on_one_line() -> None:
    now = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
    id = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"
    begun = details.begin(id=id, title=" Waking\nup ", team="Ward  7", now=now)
    assert (begun.title, begun.team, begun.held_on, begun.created_at) == (
        "Waking up",
        "Ward 7",
        now.date(),
        now,
    )
    with pytest.raises(EditError, match="A session needs a title"):
        details.begin(id=id, title="  ", team="", now=now)


def test_closing_questions_are_answered_one_by_one(session: Session) -> None:
    session = details.set_closing(details.set_closing(session, attached=" Very fond "), hard_to_change="Cups")
    assert (session.closing.attached, session.closing.hard_to_change) == ("Very fond", "Cups")
    assert details.set_closing(session, attached="").closing.attached == ""
    with pytest.raises(EditError, match="10,000 fit"):
        details.set_closing(session, attached="x" * 10_001)
