"""Whoever was alone of a group in an earlier session does not stand out in the next one either."""

from datetime import date
from pathlib import Path
from typing import Any

from promote_tui.reports.text import text_report
from promote_tui.session.edits import carrying, choose, own, parking, review
from promote_tui.session.model import PerVoice, Session
from promote_tui.session.parts import DEFAULT_PARTS
from tests.ui.made import TODAY, made
from tests.ui.room import START, opened

THERE = PerVoice(patient=3, carer=1, staff=5)
HERE = PerVoice(patient=3, carer=4, staff=5)
NEW: dict[str, Any] = {
    "new_id": "6f1d2c3b-4a59-4e68-8776-8594a3b2c1d0", "title": "Again", "team": "", "now": START,
}  # fmt: skip


def held(session: Session) -> Session:
    """Return a session in which the only carer objected, saw a part differently, and told a story."""
    session = made(session, thought=["+ Tea earlier"], owned=1, told=["c: Nobody rang me"])
    session = own.add_resistance(session, "initiative-1", "No visiting then")
    session = own.set_resistance(session, "initiative-1", "resistance-1", voice="carer", basis="unable")
    session = review.rate(session, "initiative-1", 0, "amber", TODAY, evidence="Often")
    session = review.set_dissent(session, "initiative-1", 0, "carer", TODAY, "red", "Not for me")
    return parking.park(session.model_copy(update={"present": THERE}), "story-1")


def in_the_room(session: Session, **update: Any) -> Session:
    return session.model_copy(update={"present": HERE, **update})


async def test_a_lone_carer_stays_unnamed_in_a_session_that_carries_on(
    tmp_path: Path, session: Session
) -> None:
    follows = in_the_room(carrying.follow_on(held(session), **NEW), stage="own")
    async with opened(tmp_path, holding=follows) as room:
        room.sees("“No visiting then” patient or carer not able")
        await room.presses("enter", "escape")
        await room.presses_on("Said by", "enter")
        assert room.line == ""  # nor is the one group put into the line
        await room.presses("escape", "5")
        room.sees("patient or carer ■ Red “Not for me”")
        await room.presses_on(DEFAULT_PARTS[0], "D")
        await room.says("carers")
        room.hears("How do patients or carers see it?")
        await room.presses("escape", "1", "tab")
        room.sees("not everyone agrees about one part")
        await room.presses_on("Nobody rang me", "l")
        room.sees("Nobody rang me", "patient or carer")
    report = text_report(follows, date(2026, 11, 24))
    assert "Resistance from patients or carers: No visiting then." in report
    assert "Patients or carers see it differently: red." in report
    assert "Patients or carers brought it up." in report
    # a room that nobody counted tells nothing of its people
    before = follows.earlier.model_copy(update={"present": PerVoice()})
    report = text_report(follows.model_copy(update={"earlier": before}), TODAY)
    assert "Resistance from patients or carers or staff" in report


async def test_nor_in_another_place_or_in_a_session_made_of_what_was_parked(
    tmp_path: Path, session: Session
) -> None:
    runner = own.set_initiative(held(session), "initiative-1", stage="runner")
    elsewhere = in_the_room(carrying.scale_up(runner, "initiative-1", **NEW))
    assert "Resistance from patients or carers: No visiting then." in text_report(elsewhere, TODAY)
    told = parking.next_session(runner, "parked-1", new_id=NEW["new_id"], now=START)
    told = choose.add_line(in_the_room(told), "c: He was glad")
    async with opened(tmp_path, holding=told) as room:
        room.sees("PATIENT Nobody rang me", "OR CARER", "CARER He was glad", "patients or carers 2")
    assert "From a patient or a carer: Nobody rang me." in text_report(told, TODAY)
