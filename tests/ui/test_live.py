"""A session held live, by keys alone: how many keys it takes beyond what is said, and a huddle."""

from collections.abc import Iterable
from pathlib import Path

from textual import events

from promote_tui.session.model import KINDS, Session, Step, Story
from promote_tui.session.shorthand import write_idea, write_step, write_story
from promote_tui.session.stages import numbers
from promote_tui.store import toml_text
from promote_tui.store.places import examples_folder
from promote_tui.ui.pick import Pick
from tests.ui.made import made
from tests.ui.room import Facilitator, opened

SHARING = ("paraphrased", "composite", "own words agreed", "already public")


class Live:
    """A facilitator who types along: counts the items of each kind, and the keys beyond their characters.

    Signs such as ``p:``, ``@`` and ``#3`` are characters of their line, and no items of their own.
    Arrows to a row that is in view are counted by themselves: a hand on the mouse points at it instead.
    """

    def __init__(self, room: Facilitator) -> None:
        self.room = room
        self.counts: dict[str, tuple[int, int]] = {}
        self.found = 0
        self._pressed = 0

    def counted(self, kind: str, made: int) -> None:
        """Say how many items the keys since the last count made."""
        items, keys = self.counts.get(kind, (0, 0))
        self.counts[kind] = (items + made, keys + self.room.pressed - self._pressed)
        self._pressed = self.room.pressed

    async def says(self, *lines: str) -> None:
        """Put each line's words into the capture line in one go, and press Enter; no form may stand over it.

        Typing them letter by letter (as “Bed tea” does) tells nothing more here and takes seconds.
        """
        for line in lines:
            assert self.room.typing
            assert not self.room.app.screen.is_modal
            self.room.app.post_message(events.Paste(line))
            self.room.presses_in_one_go("enter")
            self.room.typed += len(line)
            self.room.pressed += 1
        await self.room.settles()

    async def presses(self, *keys: str) -> None:
        """Press keys that one list deals with, one after the other."""
        self.room.presses_in_one_go(*keys)
        await self.room.settles()
        self.room.pressed += len(keys)

    async def walks_to(self, words: str, *then: str) -> None:
        """Go the shortest way to a row and press keys there."""
        rows = self.room.rows
        here = rows.index(self.room.highlighted_row)
        there = next(place for place, row in enumerate(rows) if words in row)
        ways = (
            ["down"] * (there - here) + ["up"] * (here - there),
            ["home", *["down"] * there],
            ["end", *["up"] * (len(rows) - 1 - there)],
        )
        way = min(ways, key=len)
        await self.presses(*way, *then)
        self.found += len(way)

    async def ties(self, kind: str, stories: Iterable[Story]) -> None:
        """Tie what is highlighted to stories, in the order in which they are offered."""
        await self.room.presses("y")
        assert isinstance(self.room.app.screen, Pick)
        wanted = [row for row in self.room.rows if any(story.text[:40] in row for story in stories)]
        await self.presses(*(row[0] for row in wanted))  # the key that stands before each choice
        await self.room.presses("escape")
        self.counted(f"ties {kind}", len(wanted))

    async def feels(self, feeling: int | None) -> None:
        """Say how the highlighted item feels."""
        if feeling:
            await self.presses(*["plus" if feeling > 0 else "minus"] * abs(feeling))
            self.counted("feelings", 1)


def _example() -> Session:
    session = toml_text.read((examples_folder() / "coming-onto-the-ward.toml").read_bytes()).session
    assert session is not None
    return session


async def _choose(live: Live, wanted: Session) -> None:
    room, frame = live.room, wanted.process
    await live.says(*(write_story(story) for story in wanted.stories))
    await live.says(*(candidate.name for candidate in wanted.candidates))
    live.counted("lines", len(wanted.stories) + len(wanted.candidates))
    await room.presses("escape", "home", "v")
    await live.says(
        *(f"{one.votes.patient} {one.votes.carer} {one.votes.staff}" for one in wanted.candidates)
    )
    live.counted("votes", len(wanted.candidates))
    await live.walks_to(frame.name, "c")
    await live.says(
        frame.purpose, frame.starts_with, frame.ends_with, frame.phase or "", frame.chosen_because
    )
    live.counted("answers", 6)
    for candidate in wanted.candidates:
        if told := [story for story in wanted.stories if candidate.id in story.candidates]:
            if candidate.id != frame.candidate:  # the chosen one's frame is highlighted already
                await live.walks_to(candidate.name)
            await live.ties("of processes", told)
    await room.presses("left", "home")
    for place in range(len(wanted.stories)):
        if place:
            await room.presses("down")
        story = next(one for one in wanted.stories if one.text[:40] in room.highlighted_row)
        await live.feels(story.feeling)
        await live.presses(*["s"] * (SHARING.index(story.sharing or "") + 1))
        live.counted("sharing", 1)


async def _map(live: Live, wanted: Session) -> None:
    room = live.room
    await room.presses("2")
    for step in wanted.steps:
        await live.says(write_step(step))
    live.counted("lines", len(wanted.steps))
    await room.presses("escape")
    for step in wanted.steps[::-1]:
        if not step.usual:
            await room.presses("e")
            live.counted("marks", 1)
    await room.presses("home", "m")
    for place, step in enumerate(wanted.steps):
        if place:
            await room.presses("pagedown")
        await _look_at(live, step, wanted)
    await room.presses("m")


async def _look_at(live: Live, step: Step, wanted: Session) -> None:
    room = live.room
    if step.value and step.best_we_can is not None:  # Enter asks the framework's three questions in turn
        value = ("adds", "needed", "removable").index(step.value) + 1
        await room.presses("enter")
        await live.says(f"{value}", "1" if step.best_we_can else "2", step.smallest_change)
        live.counted("marks", 2)
        live.counted("answers", 1 if step.smallest_change else 0)
    if step.reflection:
        await room.presses("down", "down", "enter")
        await live.says(step.reflection)
        live.counted("answers", 1)
    await live.feels(step.feeling)
    if step.stories:
        await live.ties("of steps", [story for story in wanted.stories if story.id in step.stories])


async def _ideas(live: Live, wanted: Session) -> None:
    room, places = live.room, numbers(wanted.steps)
    await room.presses("3")
    await live.says(*(write_idea(idea, places[idea.step or ""]) for idea in wanted.ideas))
    live.counted("lines", len(wanted.ideas))
    await room.presses("escape", "left", "left")
    known: list[str] = []
    columns = {kind: [idea for idea in wanted.ideas if idea.kind == kind] for kind in KINDS}
    await room.presses("home", "v")
    for mine in columns.values():
        await live.says(*(f"{one.votes.patient} {one.votes.carer} {one.votes.staff}" for one in mine))
    live.counted("votes", len(wanted.ideas))
    await room.presses("left", "left")
    for mine in columns.values():
        for idea in mine:
            if idea.stories or idea.smallest:
                await live.walks_to(idea.text)
            if idea.smallest:
                await room.presses("s")
                live.counted("marks", 1)
            if idea.stories:
                await live.ties("of ideas", [story for story in wanted.stories if story.id in idea.stories])
        for idea in mine:
            if idea.group:
                await live.walks_to(idea.text, "g")
                name = next(group.name for group in wanted.groups if group.id == idea.group)
                await live.says(f"{known.index(name) + 1}" if name in known else name)
                known += [] if name in known else [name]
                live.counted("groups", 1)
        await room.presses("right")


def _stages_1_to_3(session: Session) -> dict[str, object]:
    """Return what the room made, stories in any order and ties by words; without what no key enters."""
    stories = sorted(session.stories, key=lambda story: story.text)
    told = {story.id: story.text for story in stories}
    names = {one.id: one.name for one in session.candidates}
    groups = {one.id: one.name for one in session.groups}
    steps = {step.id: step.title for step in session.steps}

    def by_words(ids: Iterable[str]) -> set[str]:
        return {told[id] for id in ids}

    return {
        "process": session.process,
        "candidates": [(one.name, one.votes) for one in session.candidates],
        "stories": [
            (one.voice, one.text, one.feeling, one.sharing, {names[id] for id in one.candidates})
            for one in stories
        ],
        "steps": [(one.model_copy(update={"stories": ()}), by_words(one.stories)) for one in session.steps],
        "ideas": [
            (
                one.kind, one.text, steps[one.step or ""], by_words(one.stories), one.votes, one.smallest,
                groups.get(one.group or ""),
            )
            for one in session.ideas
        ],
    }  # fmt: skip


async def test_stages_1_to_3_live_and_the_keys_they_take(tmp_path: Path, session: Session) -> None:
    wanted = _example()
    async with opened(tmp_path, holding=session) as room:
        live = Live(room)
        await _choose(live, wanted)
        await _map(live, wanted)
        await _ideas(live, wanted)
        live.counted("on the way", 0)
        assert _stages_1_to_3(await room.saved()) == _stages_1_to_3(wanted)
    items = sum(count for count, _ in live.counts.values())
    every, pointed = room.pressed / items, (room.pressed - live.found) / items
    figure = (
        f"{items} items of {room.typed} characters: {every:.2f} keys an item beyond them with every arrow, "
        f"{pointed:.2f} without the {live.found} arrows that only find a row. "
        f"By kind, items and keys: {live.counts}"
    )
    assert every <= 2, figure


async def after(room: Facilitator, seconds: float) -> str:
    """Let time pass and return the title line."""
    room.clock.later(seconds=seconds)
    room.app.stage_screen.tick()
    await room.settles()
    return room.screen.split("\n")[0]


async def test_a_huddle_that_ends_in_stage_2(tmp_path: Path, session: Session) -> None:
    async with opened(tmp_path, holding=made(session, told=["p: Lights at eight"])) as room:
        await room.presses("t")
        await room.says("huddle")
        room.hears("15 minutes: 1 Choose 2   2 Map 4   3 Ideas 3   4 Own 4   5 Review 2")
        assert "2 min left for 1 Choose" in await after(room, 0)
        await room.goes_to("2")
        room.hears("Choose gave 2 minutes back: Map has 5 now.", "Still open in 1 Choose: no process chosen.")
        for line, seconds, title in [
            ("Lights on", 0, "5 min left for 2 Map"),
            ("Names called", 240, "1 min left for 2 Map"),
            ("Queue", 60, "time is up for 2 Map"),
            ("Medication", 60, "1 min over for 2 Map"),
            ("Breakfast", 540, "10 min over for 2 Map"),
        ]:
            await room.types(line)
            assert title in await after(room, seconds)
            assert (room.line, "time" in room.said) == (line, False), "time never stands in the way of typing"
            await room.presses("enter")
        await room.presses("escape", "t")
        room.hears("By the plan the time for 2 Map is up. Enter is 5 more minutes, 0 takes the plan away.")
        await room.presses("enter")
        assert "5:00 left" in await after(room, 0)
        await room.presses("t")
        await room.says("0")
        await room.presses("3")
        room.hears(
            "Map took 10 minutes more. The 15 minutes are over.", "Name one owner for one small change"
        )
        await room.says("+ Tea earlier")
        await room.presses("escape", "o", "4")
        assert "time is up for 4 Own" in await after(room, 0)
        assert "over" not in room.said, "said once"
        await room.goes_to("2")
        await room.presses("t")
        await room.says("p")
        await room.presses("t")
        room.hears("The plan stands still: 2 Map has 0 minutes left. Enter goes on")
        await room.presses("escape", "q")
    held = toml_text.read((tmp_path / "session.toml").read_bytes()).session
    assert held is not None
    assert (held.stage, held.agenda.minutes, held.agenda.since) == ("map", 15, None)
    assert dict(held.agenda.spent) == {"map": 900}
