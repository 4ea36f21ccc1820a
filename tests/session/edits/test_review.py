from datetime import date

import pytest

from promote_tui.session.edits import ideas, own, review
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Decision, Initiative, Part, Progress, Rating, Session

TODAY = date(2027, 2, 24)
ID = "initiative-1"


@pytest.fixture
def owned(session: Session) -> Session:
    """A session with one idea taken on."""
    return own.take_on(ideas.add_line(session, "+ Tea first", "start"), "idea-1", date(2026, 11, 24))


def initiative(session: Session) -> Initiative:
    return session.initiatives[0]


def names(session: Session) -> list[str]:
    return [part.name for part in review.parts_of(initiative(session))]


def test_the_first_rating_starts_a_review_of_the_usual_parts(owned: Session) -> None:
    assert names(owned) == list(review.DEFAULT_PARTS)
    session = review.set_part(owned, ID, 1, TODAY, rating="amber", evidence="Nights do, days do not")
    held = initiative(session).reviews
    assert [item.held_on for item in held] == [TODAY]
    assert [part.rating for part in held[0].parts] == [None, "amber", None, None, None]
    session = review.set_part(session, ID, 1, date(2027, 3, 1), fine_tune="Tell days")
    assert [item.held_on for item in initiative(session).reviews] == [TODAY]
    assert initiative(session).reviews[0].parts[1].fine_tune == "Tell days"


def test_a_new_review_has_the_same_parts_not_rated(owned: Session) -> None:
    session = review.set_part(owned, ID, 0, TODAY, rating="red", name="They notice")
    with pytest.raises(EditError) as refused:
        review.start_review(session, ID, TODAY)
    assert str(refused.value) == "There is a review of today already."
    session = review.start_review(session, ID, date(2027, 3, 24))
    older, newest = initiative(session).reviews
    assert older.parts[0].rating == "red"
    assert (newest.parts[0].name, newest.parts[0].rating) == ("They notice", None)
    assert initiative(review.start_review(owned, ID, TODAY)).reviews[0].held_on == TODAY


def test_parts_are_added_renamed_removed_and_moved(owned: Session) -> None:
    session = review.add_part(owned, ID, "It costs nothing", TODAY)
    assert names(session)[-1] == "It costs nothing"
    session = review.move_part(session, ID, 5, -5, TODAY)
    assert names(session)[0] == "It costs nothing"
    session = review.set_part(session, ID, 0, TODAY, name="It is free")
    assert names(session)[0] == "It is free"
    session = review.remove_part(session, ID, 0, TODAY)
    assert names(session) == list(review.DEFAULT_PARTS)


def test_what_a_part_refuses(owned: Session) -> None:
    with pytest.raises(EditError, match="A part cannot be empty"):
        review.add_part(owned, ID, " ", TODAY)
    with pytest.raises(EditError, match="A part cannot be empty"):
        review.set_part(owned, ID, 0, TODAY, name="")
    with pytest.raises(EditError, match="no longer there"):
        review.set_part(owned, ID, 5, TODAY, rating="red")
    with pytest.raises(EditError, match="no longer there"):
        review.move_part(owned, ID, 5, -1, TODAY)
    with pytest.raises(EditError, match="at the end already"):
        review.move_part(owned, ID, 4, 1, TODAY)
    with pytest.raises(EditError, match="at the top already"):
        review.move_part(owned, ID, 0, -1, TODAY)


@pytest.mark.parametrize(
    ("ratings", "worst"),
    [
        ((), None),
        ((None, None), None),
        (("green", None), "green"),
        (("green", "amber"), "amber"),
        (("amber", "red", "green"), "red"),
    ],
)
def test_the_whole_stands_at_its_worst_part(ratings: tuple[Rating | None, ...], worst: Rating | None) -> None:
    assert review.worst(tuple(Part(name="x", rating=rating) for rating in ratings)) == worst


@pytest.mark.parametrize(
    ("decision", "stage"), [("ready", "runner"), ("fine tune", "trying"), ("let go", "let go")]
)
def test_a_decision_moves_the_initiative_on(owned: Session, decision: Decision, stage: Progress) -> None:
    item = initiative(review.decide(owned, ID, decision, "The room said so"))
    assert (item.decision, item.decision_because, item.stage) == (decision, "The room said so", stage)
