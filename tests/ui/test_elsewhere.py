"""A runner tried in another place: asked for at stage 5, made in the library, marked in its own session."""

from pathlib import Path

from promote_tui.session.edits import own, review
from promote_tui.session.model import Session
from promote_tui.store import toml_text
from tests.ui.made import made
from tests.ui.room import arrives, opened


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
        room.hears("A session of its own now, it waits at home: Tea earlier")
        assert stage_now() == "scaling"
        await room.presses("o")
        await room.says("Elm")
        await room.replaces("Tea on Elm")
        room.hears("it waits at home: Tea on Elm")
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
    newer = toml_text.write(held).replace("version = 1", "version = 2")
    (tmp_path / "newer.toml").write_text(newer, encoding="utf-8")
    async with opened(tmp_path) as room:
        await room.presses("enter")
        await arrives(room)
        await room.presses("escape", "home", "o")
        room.hears("only")
        assert not room.typing
        assert len(room.app.library.cards()) == 1
