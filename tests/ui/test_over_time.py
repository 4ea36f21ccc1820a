"""The page of a change over time: ratings across the reviews, the words behind them, all of the check-ins."""

from datetime import timedelta
from pathlib import Path

import pytest

from promote_tui.session.edits import details, items, own
from promote_tui.session.model import Checkin, Dissent, Part, PerVoice, Review, Session
from tests.ui.made import TODAY, made
from tests.ui.room import Facilitator, opened
from tests.ui.tour import to_the_list

WORDS = [
    "happened",
    "expected_good",
    "unexpected_good",
    "trade_offs",
    "unexpected_bad",
    "challenges",
    "advice",
]


def reviewed(session: Session, *reviews: tuple[Part, ...]) -> Session:
    """Return a session with a change that was reviewed every thirty days, the last time today."""
    session = made(session, stage="review", thought=["+ Tea"], owned=1)
    days = [TODAY - timedelta(days=30 * back) for back in reversed(range(len(reviews)))]
    held = tuple(Review(held_on=day, parts=parts) for day, parts in zip(days, reviews, strict=True))
    return items.change(session, "initiative-1", reviews=held)


def part(name: str, rating: str | None, evidence: str = "", **more: object) -> Part:
    """Return one part of a review."""
    return Part.model_validate({"name": name, "rating": rating, "evidence": evidence, **more})


async def shows(room: Facilitator, *keys: str) -> list[str]:
    """Press keys, then return the rows of the page that can be highlighted."""
    await room.presses(*keys)
    room.sees("how did it go over time?")
    return room.rows


async def test_parts_stand_under_the_days_with_their_words_below(tmp_path: Path, session: Session) -> None:
    first = (
        part("Harm", "red", "Two spills", fine_tune="Use lids", fine_tune_by=TODAY - timedelta(days=20)),
        part("Old part", "green", exception="All agree"),
        part("Twice", "amber", "This one"),
        part("Twice", "green", "That one"),
    )
    then = (part("Twice", "green"), part("twice", None), part("HARM", "green", "No spills"))
    async with opened(tmp_path, holding=reviewed(session, first, then)) as room:
        await room.highlights("HARM")
        rows = await shows(room, "R")
        room.sees("2 reviews", "Sat 24 Oct", "Mon 23 Nov")
        assert rows[0] == "As a whole ■ Red ● Green"
        assert [row.split(" ")[0] for row in rows[1:]] == ["Twice", "HARM", "twice", "Old"]
        assert room.highlighted_row.startswith(
            "HARM ■ Red ● Green Sat 24 Oct ■ Red Two spills fine tuning: Use"
        )
        assert "late" not in room.highlighted_row
        assert "Mon 23 Nov ● Green No spills" in room.highlighted_row
        await room.highlights("Old part")
        assert room.highlighted_row == "Old part ● Green – Sat 24 Oct ● Green exception: All agree"
        await room.highlights("twice")
        assert room.highlighted_row.startswith("twice ● Green ○ Not rated Sat 24 Oct ● Green That one")
        await room.presses("x")
        room.hears("x does nothing here. Esc goes back.")
        await room.presses("escape")
        assert room.stage == "review"
        assert "HARM" in room.highlighted_row


@pytest.mark.parametrize(("size", "earlier"), [((60, 20), 10), ((80, 24), 8), ((120, 36), 5)])
async def test_of_many_reviews_the_newest_stand_across(
    tmp_path: Path, session: Session, size: tuple[int, int], earlier: int
) -> None:
    reviews = [(part("Harm", "amber", f"Seen {n}"),) for n in range(12)]
    async with opened(tmp_path, holding=reviewed(session, *reviews), size=size) as room:
        rows = await shows(room, "home", "R")
        room.sees(f"{earlier} earlier", "12 reviews, told in full on a part", "Mon 23 Nov")
        await room.presses("down")
        assert all(f"Seen {n}" in room.highlighted_row for n in range(12))
        assert len(rows) == 2


async def test_who_is_alone_in_a_group_is_not_told_apart(tmp_path: Path, session: Session) -> None:
    views = [{"voice": "patient", "rating": "red", "says": "It spills"}]
    held = details.set_present(
        reviewed(
            session, (part("Harm", "green", "None", dissent=tuple(map(Dissent.model_validate, views))),)
        ),
        PerVoice(patient=1, carer=1, staff=5),
    )
    async with opened(tmp_path, holding=held) as room:
        await shows(room, "home", "R", "down")
        assert "patient or carer ■ Red “It spills”" in room.highlighted_row


async def test_every_box_of_a_check_in_is_there_and_the_measure(tmp_path: Path, session: Session) -> None:
    held = reviewed(session)
    held = own.set_measure(held, "initiative-1", name="Up", unit="people", baseline=2, target=9)
    boxes = {name: f"in {name}" for name in WORDS}
    checkins = [
        Checkin(
            horizon="three_weeks",
            held_on=TODAY,
            value=5,
            runner=True,
            pilot="Elm",
            changes_plan="Lids",
            **boxes,
        ),
        Checkin(horizon="three_months", held_on=TODAY + timedelta(days=60)),
        Checkin(horizon="three_months", held_on=TODAY + timedelta(days=60), happened="Once more"),
    ]
    held = items.change(held, "initiative-1", checkins=tuple(checkins)).model_copy(update={"stage": "own"})
    async with opened(tmp_path, holding=held, size=(60, 20)) as room:
        rows = await shows(room, "home", "R")
        room.sees("No review yet. 5 Review rates its parts.")
        assert rows[0].startswith("3 weeks, held Mon 23 Nov Counted 5")
        for words in [*boxes.values(), "a runner", "Elm", "Lids"]:
            assert words in rows[0], words
        assert rows[1:] == [
            "3 months, held Fri 22 Jan 2027 Nothing was written down.",
            "3 months, held Fri 22 Jan 2027 Happened Once more",
            "From 2 to 5 people: better than at the start, 9 was hoped for.",
        ]
        await room.presses("R")
        assert room.stage == "own"


async def test_without_a_change_there_is_nothing_to_show(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, stage="own", thought=["+ Tea"])) as room:
        for stage in "45":
            await room.goes_to(stage)
            await to_the_list(room)
            await room.presses("R")
            room.hears("Highlight a change first, then R shows how it went over time.")
        await room.presses("4", "o", "R")
        room.sees("No review yet.", "Check-ins none held yet")
        await room.presses("escape", "question_mark")
        room.sees("how it was rated from review to review")


async def test_a_review_held_now_is_there_at_once(tmp_path: Path, session: Session) -> None:
    held = reviewed(session, (part("Harm", "red", "Two spills"),))
    async with opened(tmp_path, holding=held) as room:
        room.clock.later(days=7)
        await room.presses("home", "h")
        assert len(items.find(room.session, "initiative-1").reviews) == 2
        assert (await shows(room, "R"))[1].startswith("Harm ■ Red")
        room.sees("Mon 30 Nov")
