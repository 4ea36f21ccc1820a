"""A runner tried in another place: asked for at stage 5, made in the library, marked in its own session."""

from pathlib import Path

from promote_tui.session.edits import carrying, own, review
from promote_tui.session.model import Closing, Session
from tests.ui.made import TODAY, made
from tests.ui.room import START, arrives, edited, opened

OTHER = "6f1d2c3b-4a59-4e68-8776-8594a3b2c1d0"


async def test_a_runner_goes_to_another_ward(tmp_path: Path, session: Session) -> None:
    held = made(session, stage="review", thought=["+ Tea earlier", "- Shouting"], owned=2)
    held = own.set_initiative(
        review.decide(held, "initiative-1", "ready", "Seen"), "initiative-1", owner="HCA"
    )

    def stage_now() -> str:
        return room.session.initiatives[0].stage

    async with opened(tmp_path, holding=held) as room:
        await room.presses_on("Shouting", "o")
        room.hears("Only a runner is tried in another place.")
        await room.presses_on("Tea earlier", "down", "o")
        room.hears("“Tea earlier”: which ward or team tries it next?")
        await room.presses("enter")
        room.hears("Which ward or team is it?")
        await room.presses("escape")
        assert not room.typing
        await room.presses("o")
        await room.says("  ")
        room.hears("Which ward or team is it?")
        await room.presses("escape")
        assert not room.typing
        await room.presses("o")
        await room.says("Larch")
        assert room.line == "Tea earlier"
        await room.presses("escape")  # not after all
        assert len(room.app.library.cards()) == 1
        assert stage_now() == "runner"
        await room.presses("o")
        await room.says("Larch")
        await room.presses("enter")
        await room.until(lambda: "it waits" in room.said)
        room.hears("A session of its own now, it waits at home: Tea earlier")
        assert stage_now() == "scaling"
        await room.presses("o")
        await room.says("Elm")
        await room.replaces("Tea on Elm")
        await room.until(lambda: "it waits at home: Tea on Elm" in room.said)
        assert (await room.saved()).initiatives[0].stage == "scaling"
        await room.presses("q")
        await room.presses_on("Tea on Elm", "enter")
        await arrives(room)
        new = room.session
        assert (new.scales, new.team, new.earlier.title) == (session.id, "Elm", session.title)
        assert (new.initiatives[0].stage, new.initiatives[0].owner) == ("planned", "")


async def test_what_may_not_be_changed_goes_nowhere(tmp_path: Path, session: Session) -> None:
    held = review.decide(
        made(session, stage="review", thought=["+ Tea"], owned=1), "initiative-1", "ready", "Seen"
    )
    newer = edited(held, "version = 1", "version = 2")
    (tmp_path / "newer.toml").write_text(newer, encoding="utf-8")
    async with opened(tmp_path) as room:
        await room.presses("enter")
        await arrives(room)
        await room.presses("escape", "home", "o")
        room.hears("only")
        assert not room.typing
        assert len(room.app.library.cards()) == 1


async def test_the_other_ward_sees_what_worked_and_what_is_from_there(
    tmp_path: Path, session: Session
) -> None:
    held = made(session, mapped=["Lights on 170m"], thought=["+ Tea [earlier]"], owned=1)
    held = own.set_measure(held, "initiative-1", unit="in ten", baseline=2, target=9)
    held = own.check_in(held, "initiative-1", "three_days", TODAY, value=9)
    held = review.decide(held, "initiative-1", "ready", "Seven of nine slept")
    held = held.model_copy(update={"closing": Closing(attached="The cups")})
    new = carrying.scale_up(held, "initiative-1", new_id=OTHER, title="Tea", team="Elm", now=START)
    async with opened(tmp_path, holding=new, size=(120, 36)) as room:
        room.sees(
            "What worked in another place",
            "Tea [earlier]",
            "From 2 to 9 in ten: 9 was hoped for and is reached.",
            "Seven of nine slept",
            "come from there. Change them to how it is here.",
        )
        await room.goes_to("5")
        room.does_not_see("The cups")
        await room.goes_to("2")
        room.sees("from Waking up on Mulberry 2, Mulberry 2: change it to how it is here", "170 min")
    async with opened(tmp_path / "own", holding=held.model_copy(update={"stage": "map"})) as room:
        room.does_not_see("change it to how it is here")


async def test_a_session_that_carries_on_tells_what_was_done_since(tmp_path: Path, session: Session) -> None:
    held = made(session, thought=["- Shouting"], owned=1)
    held = own.set_initiative(
        review.decide(held, "initiative-1", "let go", "No"), "initiative-1", learnt="Ask first"
    )
    new = carrying.follow_on(held, new_id=OTHER, title="Waking up", team="", now=START)
    async with opened(tmp_path, holding=new) as room:
        room.sees("Nothing was left open then.", "Let go: Stop: Shouting learnt: Ask first")
        await room.presses_on("Let go", "enter")
        room.hears("This was said in that session.")


async def test_a_second_session_of_one_name_for_one_ward_has_to_be_meant(
    tmp_path: Path, session: Session
) -> None:
    held = made(session, stage="review", thought=["+ Tea [earlier]"], owned=1)
    held = review.decide(held, "initiative-1", "ready", "Seen")
    async with opened(tmp_path, holding=held) as room:

        async def asks_for(*lines: str) -> None:
            await room.presses("o")
            for line in lines:
                await room.replaces(line)

        await asks_for("Elm", "Tea")
        await room.until(lambda: "it waits at home: Tea" in room.said)
        await asks_for("elm", "tea")
        await room.until(lambda: "is there already" in room.said)
        assert room.said == "“tea” for elm is there already. Enter twice makes one more. Or which ward?"
        await room.presses("escape")
        assert len(room.app.library.cards()) == 2
        for other, count in (("Elm", 3), ("Oak", 4)):
            await asks_for("Elm", "Tea")
            await room.until(lambda: "is there already" in room.said)
            assert room.line == "Elm"
            await room.replaces(other)
            await room.presses("enter")
            await room.until(lambda: "it waits at home: Tea" in room.said)
            assert len(room.app.library.cards()) == count
