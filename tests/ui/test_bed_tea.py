"""“Bed tea” told key by key, in the order a room would, ends with the same session as the example."""

from datetime import UTC, datetime
from difflib import unified_diff
from pathlib import Path

from promote_tui.session.model import Session
from promote_tui.store import toml_text
from promote_tui.store.places import examples_folder
from tests.ui.room import Facilitator, opened, starts


def _example() -> Session:
    session = toml_text.read((examples_folder() / "bed-tea.toml").read_bytes()).session
    assert session is not None
    return session


async def _choose(room: Facilitator, wanted: Session) -> None:
    await room.presses("escape", "E")
    await room.answers("", "", "Ward manager", "", "3 1 5", "")
    await room.presses("i")
    for story in wanted.stories:
        await room.says(f"{story.voice[0]}: {story.text}")
    for candidate in wanted.candidates:
        await room.says(candidate.name)
    await room.says(wanted.parked[0].text)
    await room.presses("escape", "p")
    for candidate, hands in zip(wanted.candidates, ("3 1 3", "1 0 2", "0 0 2"), strict=True):
        await room.highlights(candidate.name)
        await room.presses("v")
        await room.says(hands)
        if room.typing:
            await room.presses("escape")
    await room.highlights(wanted.process.name)
    await room.presses("c")
    frame = wanted.process
    await room.answers(frame.purpose, frame.starts_with, frame.ends_with, "stay", frame.chosen_because)
    await room.presses("left")
    for story in wanted.stories:
        await room.highlights(story.text[:30])
        assert story.feeling
        await room.presses(*(["plus" if story.feeling > 0 else "minus"] * abs(story.feeling)))
        times = ("paraphrased", "composite", "own words agreed", "already public").index(story.sharing or "")
        await room.presses(*["s"] * (times + 1))


async def _map(room: Facilitator, wanted: Session) -> None:
    await room.goes_to("2")
    for step in wanted.steps:
        await room.says(f"{step.title} @{step.who} {step.minutes}m")
    await room.presses("escape", "home", "m")
    for place, step in enumerate(wanted.steps):
        if place:
            await room.presses("pagedown")
        await room.presses(*["right"] * (("adds", "needed", "removable").index(step.value or "") + 1))
        await room.presses("down", *["right"] * (1 if step.best_we_can else 2), "down", "enter")
        await room.says(step.smallest_change)
        assert step.feeling
        await room.presses(*(["plus" if step.feeling > 0 else "minus"] * abs(step.feeling)))
    await room.presses("m")


async def _ideas(room: Facilitator, wanted: Session) -> None:
    await room.goes_to("3")
    sign = {"stop": "-", "start": "+", "continue": "="}
    for idea in wanted.ideas:
        place = (idea.step or "").rpartition("-")[2]
        await room.says(f"{sign[idea.kind]} {idea.text} #{place}")
    await room.presses("escape", "left", "left", "home", "v")
    columns = [[idea for idea in wanted.ideas if idea.kind == kind] for kind in sign]
    for mine in columns:
        await room.answers(*(f"{one.votes.patient} {one.votes.carer} {one.votes.staff}" for one in mine))
    await room.presses("left", "left")
    for mine in columns:
        for idea in mine:
            if idea.smallest:
                await room.presses_on(idea.text, "s")
        await room.presses("right")
    for initiative in wanted.initiatives:
        text = next(idea.text for idea in wanted.ideas if idea.id == initiative.ideas[0])
        await room.presses(
            *{"start": ["left"], "stop": ["right"], "continue": ["left"]}.get(room.list.id or "", [])
        )
        while room.list.id != "start":
            await room.presses("left" if room.list.id == "continue" else "right")
        await room.highlights(text)
        await room.presses("o")


async def _own(room: Facilitator, wanted: Session) -> None:
    await room.goes_to("4")
    for initiative in wanted.initiatives:
        title = next(idea.text for idea in wanted.ideas if idea.id == initiative.ideas[0])
        await room.highlights(title)
        await room.presses("enter")
        plan, measure = initiative.plan, initiative.measure
        await room.answers(
            initiative.owner,
            initiative.success,
            "tomorrow",
            plan.three_days.goal,
            plan.three_weeks.goal,
            plan.three_months.goal,
            initiative.if_then,
            initiative.buddy,
        )
        await room.highlights("Measure –")
        await room.presses("enter")
        await room.answers(
            measure.name,
            measure.unit,
            "more" if measure.better == "up" else "less",
            str(measure.baseline),
            str(measure.target),
        )
        await room.presses("escape")
        for resistance in initiative.resistance:
            await room.highlights(title)
            await room.presses("w")
            await room.answers(
                resistance.says,
                resistance.voice or "",
                resistance.basis or "",
                resistance.protects,
                resistance.harness,
                resistance.changes_plan,
            )
            await room.presses("escape")


async def _live(room: Facilitator, wanted: Session) -> None:
    for horizon, day in (
        ("three_days", datetime(2025, 11, 28, 15, tzinfo=UTC)),
        ("three_weeks", datetime(2025, 12, 16, 15, tzinfo=UTC)),
        ("three_months", datetime(2026, 2, 25, 15, tzinfo=UTC)),
    ):
        room.clock.time = day
        for initiative in wanted.initiatives:
            held = next((one for one in initiative.checkins if one.horizon == horizon), None)
            if held is None:
                continue
            title = next(idea.text for idea in wanted.ideas if idea.id == initiative.ideas[0])
            await room.highlights(title)
            await room.presses("h")
            value = "" if held.value is None else f"{held.value:g}"
            if horizon == "three_days":
                await room.answers(held.happened, "", held.advice, value)
            elif horizon == "three_weeks":
                await room.answers(value, held.expected_good, held.unexpected_good)
                await room.answers(held.trade_offs, held.unexpected_bad, held.changes_plan)
                for label, words in (("Happened", held.happened), ("Challenges", held.challenges)):
                    while f"{label} –" not in room.highlighted_row:  # below what was just asked
                        await room.presses("down")
                    await room.presses("enter")
                    await room.says(words)
                    await room.presses("escape")
            else:
                await room.answers(value, held.happened, "")
            await room.presses("escape")


async def _review(room: Facilitator, wanted: Session) -> None:
    await room.goes_to("5")
    for initiative in wanted.initiatives:
        for part in initiative.reviews[0].parts if initiative.reviews else ():
            await room.highlights(part.name)
            await room.presses((part.rating or "")[0])
            await room.says(part.evidence)
            if part.rating != "green":
                assert part.fine_tune_by
                await room.answers(part.fine_tune, f"{part.fine_tune_by:%d/%m/%Y}")
        if initiative.decision:
            await room.presses("d")
            await room.answers(initiative.decision, initiative.decision_because)


async def test_bed_tea_key_by_key(tmp_path: Path) -> None:
    wanted = _example()
    async with opened(tmp_path) as room:
        room.clock.time = datetime(2025, 11, 24, 9, 30, tzinfo=UTC)
        await starts(room, wanted.title, wanted.team)
        await _choose(room, wanted)
        await _map(room, wanted)
        await _ideas(room, wanted)
        await _own(room, wanted)
        await _live(room, wanted)
        await _review(room, wanted)
        told = await room.saved()
        # the arrows that find a row again are the test's, the room clicks or walks less
        assert room.pressed < 0.1 * room.typed, f"{room.typed} characters, {room.pressed} keys beyond them"
    same: dict[str, object] = {
        name: getattr(wanted, name) for name in ("id", "revision", "created_at", "updated_at")
    }
    same["stories"] = tuple(sorted(told.stories, key=lambda story: story.id))  # told ones stand in any order
    ours = toml_text.write(told.model_copy(update=same)).splitlines()
    difference = list(unified_diff(toml_text.write(wanted).splitlines(), ours, lineterm="", n=1))
    assert not difference, "\n".join(difference)
