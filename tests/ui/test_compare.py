from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from rich.cells import cell_len

from promote_tui.session.edits import ideas, items, own
from promote_tui.session.edits import map as steps
from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.store.library import Card, card_of
from promote_tui.store.seal import sealed
from promote_tui.ui.choose_other import ChooseOther
from promote_tui.ui.compare import show_compared
from promote_tui.ui.compare_rows import ONE_SESSION
from tests.ui.made import made
from tests.ui.room import SIZES, Facilitator, kept, opened

OTHER = "6f1d2c3b-4a59-4e68-8776-8594a3b2c1d0"


@pytest.fixture
def then(session: Session) -> Session:
    """A session with a map, a map of how it could be, and four ideas, two of them taken on."""
    held = made(
        session,
        told=["p: Lights at eight"],
        mapped=["Lights on @HCA 50m", "Names called 15m", "Medication 5m"],
        thought=["- Calling names", "+ Tea earlier", "+ Ask first", "= Knocking"],
        owned=2,
    )
    held = items.remove(steps.start_future(held), "step-5")
    return own.set_initiative(held, "initiative-2", stage="trying")


@pytest.fixture
def now(then: Session) -> Session:
    """The session that follows it, a little later."""
    update = {"id": OTHER, "follows": then.id, "title": "Waking up again", "future_steps": ()}
    later = items.remove(then.model_copy(update=update), "step-2")
    later = items.change(later, "step-1", minutes=20, value="needed")
    later = steps.add_line(later, "Tea is brought 10m")
    later = own.set_initiative(later, "initiative-2", stage="runner")
    return ideas.add_line(items.remove(later, "idea-3"), "+ Radio", "start")


async def compares(room: Facilitator, one: Session, other: Session) -> None:
    """Show two sessions beside each other, as home does."""
    cards = [
        card_of(kept(room.app.library.folder, held, f"{name}.toml"))
        for name, held in (("one", one), ("other", other))
    ]
    assert await show_compared(room.app, *cards) == ""
    await room.settles()


async def test_two_sessions_are_read_row_by_row(tmp_path: Path, then: Session, now: Session) -> None:
    async with opened(tmp_path / "library") as room:
        await compares(room, now, then)
        room.sees("Then and now", "nothing is changed here")
        room.sees("Then 70 minutes, now 35: 35 released each time.")
        room.sees("2 of 4 ideas were taken on; 1 change is a runner. 1 idea is new.")
        assert room.rows == [
            "Then Waking up on Mulberry 2 Mon 23 Nov Mulberry 2 other.toml",
            "Now Waking up again Mon 23 Nov Mulberry 2 one.toml",
            "Then 70 minutes, now 35: 35 released each time."
            " 2 of 4 ideas were taken on; 1 change is a runner. 1 idea is new.",
            "~ changed Lights on Lights on minutes, adds HCA 50 min HCA 20 min needed for now value",
            "- only then Names called – 15 min",
            "= same Medication Medication 5 min 5 min",
            "+ only now – Tea is brought 10 min",
            # what was planned: the names were not to be called
            "~ changed Lights on Lights on minutes, adds HCA 50 min HCA 20 min needed for now value",
            "= same Medication Medication 5 min 5 min",
            "+ only now – Tea is brought 10 min",
            "Stop Calling names a change: planned",
            "Start Tea earlier a change: then trying, now runner",
            "Start Ask first not there now",
            "Continue Knocking still an idea",
            "Start Radio new",
            "Then patients 1, carers none yet, staff none yet"
            " Now patients 1, carers none yet, staff none yet",
        ]
        # below 100 columns what changed is told in words
        room.sees("Minutes: then 50, now 20", "Adds value: then not yet looked at, now needed for now")
        await room.presses_on("~ changed", "enter")
        room.sees("changed   4 of 16")
        await room.presses("escape", "z")
        room.hears("z does nothing here.")
        await room.presses("q")
        assert len(room.app.screen_stack) == 1


async def test_maps_stand_side_by_side_where_there_is_room(
    tmp_path: Path, then: Session, now: Session
) -> None:
    async with opened(tmp_path / "library", size=(120, 36)) as room:
        await compares(room, then, now)
        room.sees("Then  70 min Now  35 min", "Planned  55 min Now  35 min", "- only then Names called –")
        x, y = room.place_of("HCA   50 min")
        assert "HCA   20 min   needed for now" in room.screen.split("\n")[y][x + 20 :]


async def test_copies_are_the_same_and_one_session_in_two_files_is_said(
    tmp_path: Path, then: Session
) -> None:
    async with opened(tmp_path / "library") as room:
        await compares(room, then, then.model_copy(update={"id": OTHER}))
        room.sees("The same in everything that is compared.")
        room.does_not_see(ONE_SESSION)
        await room.presses("escape")
        await compares(room, then, then)
        room.sees("The same in everything that is compared.", ONE_SESSION)


async def test_files_that_cannot_be_compared_say_why(tmp_path: Path, then: Session) -> None:
    folder = tmp_path / "library"
    good = card_of(kept(folder, then))
    whole = sealed(toml_text.write(then))
    newer = whole.replace(b"version = 1", b"version = 99")
    cases: list[tuple[str, bytes | None, list[str]]] = [
        ("gone", None, ["gone.toml cannot be compared. There is no file"]),
        ("broken", b"title = [", ["broken.toml cannot be compared. This is not TOML"]),
        ("cut", whole[: whole.index(b"[[initiatives]]")], ["The end of this file is missing."]),
        ("newer", newer, ["A newer version of this program wrote it."]),
        ("wrong", whole.replace(b'"start"', b'"begin"'), ["wrong.toml cannot be compared."]),
        ("other", b'format = "x"', ["This is not a session file"]),
    ]
    async with opened(folder) as room:
        for name, data, wanted in cases:
            path = folder / f"{name}.toml"
            if data is not None:
                path.write_bytes(data)
            before = sorted((one.name, one.read_bytes()) for one in folder.iterdir())
            why = await show_compared(room.app, good, Card(path, name))
            assert all(words in why for words in wanted), why
            assert sorted((one.name, one.read_bytes()) for one in folder.iterdir()) == before
        assert len(room.app.screen_stack) == 1


async def test_it_fits_whatever_there_is(tmp_path: Path, session: Session) -> None:
    named = [f"{name} {number}" for number in range(150) for name in ("Wait", "Queue")]
    large = made(session, mapped=named, thought=[f"+ {name}" for name in named[:20]])
    for size in SIZES:
        async with opened(tmp_path / "library", size=size) as room:
            for one, other in ((session, session), (session, large)):
                await compares(room, one, other)
                for key in ("end", "s"):
                    await room.presses(key)
                    assert len(room.screen.split("\n")) == size[1]
                    assert room.app.screen.query_one("#hints").region.bottom == size[1]
                assert_nothing_sticks_out(room)
                await room.presses("q")


def assert_nothing_sticks_out(room: Facilitator) -> None:
    width = room.list.scrollable_content_region.width - 2
    for row in room.list.rows:
        lines = [line.plain.rstrip() for line in row.draw(width)]
        assert all(cell_len(line) <= width for line in lines), lines


async def chooses(room: Facilitator, here: str, why: str = "") -> list[str]:
    """Open the page on which the other session is chosen, as home does; return what is handed over."""
    chosen: list[str] = []

    async def done(card: Card) -> str:
        chosen.append(card.path.stem)
        return why

    cards = room.app.library.cards()
    card = next(one for one in cards if one.path.stem == here)
    await room.app.push_screen(ChooseOther(card, cards, done))
    await room.until(lambda: "…" not in room.screen)
    return chosen


async def test_the_other_session_is_chosen_from_the_likely_ones(
    tmp_path: Path, then: Session, now: Session
) -> None:
    folder = tmp_path / "library"
    for name, held in (
        ("then", then),
        ("now", now),
        ("meals", then.model_copy(update={"id": OTHER[::-1], "title": "Meal times", "team": "Larch"})),
        ("copy", now.model_copy(update={"title": "Waking up again"})),
    ):
        kept(folder, held, f"{name}.toml")
    (folder / "broken.toml").write_text("title = [", encoding="utf-8")
    async with opened(folder, size=(60, 20)) as room:
        chosen = await chooses(room, "now", "It is not for you.")
        room.sees("Which session do you want beside “Waking up again”, 23 Nov 2026?")
        room.sees("Carried on from one another", "Other files of the very same session", "Other sessions")
        assert [row.split(" 1 Choose")[0] for row in room.rows] == [
            "Waking up on Mulberry 2 Mulberry 2",
            "Waking up again Mulberry 2",
            "Meal times Larch",
        ]
        await room.presses("enter")
        assert chosen == ["then"]
        room.hears("It is not for you.")
        await room.presses("slash")
        await room.says("LARCH meal")
        assert [row[:10] for row in room.rows] == ["Meal times"]
        await room.clicks("Enter compare")
        assert chosen == ["then", "meals"]
        await room.presses("slash")
        await room.replaces("nothing like it")
        room.sees("No other session has “nothing like it”.")
        await room.presses("enter")
        room.hears("There is no session to compare with.")
        await room.presses("escape")
        assert len(room.rows) == 3
        await room.presses("escape")
        assert len(room.app.screen_stack) == 1
        # the page stays under what is shown, so that another one can be chosen
        cards = room.app.library.cards()
        one, *_ = [card for card in cards if card.path.stem == "now"]
        await room.app.push_screen(ChooseOther(one, cards, partial(show_compared, room.app, one)))
        await room.until(lambda: room.rows)
        await room.presses("enter")
        await room.until(lambda: "Then 70 minutes, now 35" in room.screen)
        await room.presses("q", "q")
        assert len(room.app.screen_stack) == 1


async def test_of_very_many_sessions_the_best_are_listed(tmp_path: Path, then: Session) -> None:
    folder = tmp_path / "library"
    card = card_of(kept(folder, then))
    others = [
        replace(card, path=folder / f"{number}.toml", id=f"{number}", title=f"Round {number}")
        for number in range(2_000)
    ]
    async with opened(folder) as room:
        await room.app.push_screen(ChooseOther(card, others, partial(show_compared, room.app, card)))
        await room.until(lambda: room.rows)
        assert len(room.rows) == 51
        await room.presses("end")
        room.sees("and 1,950 more   / finds them by a word")
        await room.presses("enter")
        await room.says("1999")
        assert [row[:10] for row in room.rows] == ["Round 1999"]
        await room.presses("enter")
        room.hears("1999.toml cannot be compared. There is no file")
        await room.presses("escape", "q")
        await room.app.push_screen(ChooseOther(card, [card], partial(show_compared, room.app, card)))
        await room.until(lambda: "There is no other session." in room.screen)
