"""A walk past every screen, whatever the session holds, for tests that look at how things are drawn."""

from collections.abc import AsyncIterator
from dataclasses import replace

from promote_tui.session.model import Session
from promote_tui.store.inbox import Inbox
from promote_tui.store.inbox_text import Draft
from promote_tui.store.library import card_of
from promote_tui.ui.choose_other import ChooseOther
from promote_tui.ui.compare import Compare
from promote_tui.ui.portfolio import PortfolioPage
from promote_tui.ui.portfolio_rows import VIEWS
from tests.ui.made import saved_in
from tests.ui.room import Facilitator

STAGES = {"1": "choose", "2": "map", "3": "ideas", "4": "own", "5": "review"}


async def lists(room: Facilitator) -> AsyncIterator[str]:
    """Walk through the five stages, the list active."""
    for digit, stage in STAGES.items():
        await room.goes_to(digit)
        await to_the_list(room)
        yield stage


async def stages(room: Facilitator) -> AsyncIterator[str]:
    """Walk through the five stages of the session that is open, the microscope and a card among them."""
    for digit, stage in STAGES.items():
        await to_the_list(room)
        await room.presses(digit)
        yield stage
        await to_the_list(room)
        await room.presses("end")
        yield f"{stage}, end of the list"
        if stage == "map":
            await room.presses("m")
            yield "microscope"
            await room.presses("m")
        if stage == "own":
            await room.presses("home", "enter")
            yield "card"
            await to_the_list(room)
            await room.presses("end")
            yield "card, end"
            await room.presses("escape")


async def prompts(room: Facilitator) -> AsyncIterator[str]:
    """Open what can be asked, said or laid over at each stage, and close it again."""
    for digit, keys in {
        "1": [
            "home enter",
            "right home enter",
            "right end enter",
            "right home v",
            "left home p",
            "u",
            "left x",
        ],
        "2": ["home enter", "home p", "u", "home x", "u"],
        "3": ["home enter", "home v", "home o", "u", "right home enter", "right home x", "u", "right home p"],
        "4": ["home w", "home h", "home x", "u", "end x", "u"],
        "5": ["home down g", "home d", "home o", "home down x", "u", "end enter"],
    }.items():
        await to_the_list(room)
        await room.presses(digit)
        for some in keys:
            await to_the_list(room)
            await room.presses(*some.split())
            yield f"{STAGES[digit]}, {some}"


async def laid_over(room: Facilitator) -> AsyncIterator[str]:
    """Open what every stage can ask or lay over itself."""
    await to_the_list(room)
    await room.presses("home")
    keys = {
        "slash": "find",
        "E": "details",
        "t": "timer",
        "f": "focus",
        "l": "thread",
        "B": "tried before",
        "question_mark": "help",
    }
    for key, name in {**keys, "ctrl+p": "palette"}.items():
        await room.presses(key)
        if key == "ctrl+p":
            await room.until(lambda: "Details" in room.screen)
        if key == "B":
            await room.until(lambda: "Looking" not in room.screen)
            await room.presses("enter")
        yield name
        if key == "question_mark":
            await room.presses("pagedown", "pagedown")
            yield "help, end"
        await room.presses("escape")
    await to_the_list(room)
    await room.presses("t")
    await room.says("1")
    for seconds, name in {60: "the title flashes", 4: "time is up"}.items():
        room.clock.later(seconds=seconds)
        room.app.stage_screen.tick()
        await room.settles()
        yield name
    await room.presses("t", "enter", "b")
    yield "curtain"
    await room.presses("x")
    yield "curtain, asked"
    await room.presses("enter")


async def beside(room: Facilitator) -> AsyncIterator[str]:
    """Open the inbox, the choices of stage 1 and the warning of the privacy guard."""
    await to_the_list(room)
    await room.presses("1", "left")
    words = room.session.stories[0].text if room.session.stories else "Tea is cold"
    Inbox(room.app.library.folder).add([Draft(f"{words} Mrs Whitlow", source=words)], "jot")
    await room.presses("question_mark", "escape")
    await room.until(lambda: any("in the inbox" in row for row in room.rows))
    await room.presses("home", "enter")
    yield "inbox"
    await room.presses("k")
    yield "inbox, masked"
    await room.presses("x", "home")
    for key, name in {"y": "ties", "e": "common processes"}.items():
        await room.presses(key)
        yield name
        await room.presses("enter")
        yield f"{name}, picked"
        await room.presses("enter", "escape")
    await room.types("Mrs Whitlow")
    yield "a warning"
    await room.presses("ctrl+u")


async def ratings(room: Facilitator) -> AsyncIterator[str]:
    """Rate, decide, mark and feel, so that every sign and colour is on a screen."""
    await to_the_list(room)
    for digit, keys in {"1": "+cvvv", "2": "v-", "3": "so"}.items():
        await room.presses(digit)
        for key in keys:
            await to_the_list(room)
            await room.presses("home", {"+": "plus", "-": "minus"}.get(key, key))
    await to_the_list(room)
    await room.presses("5", "home")
    for key in "rag":
        await room.presses("down", key)
        await room.types("Seen twice")
        await room.presses("escape")
    yield "review, rated"
    await room.presses("d")
    await room.says("let")
    await room.answers("Too much", "Ask first")
    yield "review, decided"
    await room.presses("4", "home", "w")
    await room.says("No time")
    await to_the_list(room)
    yield "resistance"
    await room.presses("escape")
    yield "card, closed"


async def compared(room: Facilitator) -> AsyncIterator[str]:
    """Choose a session to compare with, and look at two of them, then and now."""

    async def no(_: object) -> str:
        return ""

    await to_the_list(room)
    then = room.session.model_copy(update={"future_steps": room.session.steps})
    card = card_of(room.app.saver.file.path)
    others = [replace(card, path=card.path.with_name(f"{id}.toml"), id=id) for id in (card.id, "another")]
    await room.app.push_screen(ChooseOther(card, others, no))
    await room.until(lambda: room.rows)
    yield "which to compare with"
    await room.presses("slash")
    yield "which to compare with, words"
    await room.presses("escape", "escape")
    await room.app.push_screen(Compare((then, "then.toml"), (otherwise(then), "now.toml")))
    await room.settles()
    yield "compared"
    await room.presses("pagedown", "pagedown")
    yield "compared, further down"
    await room.presses("end")
    yield "compared, end"
    await room.presses("home", "f")
    yield "compared, focus"
    await room.presses("escape", "escape")


def otherwise(session: Session) -> Session:
    """Return the session with what it takes for each kind of difference: changed, gone, new."""
    first, *more = session.steps or [None]
    steps = [*more, *([first.model_copy(update={"title": "Something else"})] if first else [])]
    steps = [step.model_copy(update={"minutes": 77}) if step is not first else step for step in steps]
    other = [idea.model_copy(update={"text": "Something new"}) for idea in session.ideas[:1]]
    return session.model_copy(update={"steps": tuple(steps), "ideas": (*session.ideas[1:], *other)})


async def home(room: Facilitator) -> AsyncIterator[str]:
    """Leave the session and look at home, what it asks and what lies over it."""
    await to_the_list(room)
    await room.presses("q")
    await room.presses("ctrl+q") if room.app.in_session else None
    yield "home"
    for key in ("n", "o", "f", "t", "N", "x", "question_mark"):
        await room.presses(key)
        yield f"home, {key}"
        await room.presses("escape")
    await room.presses("f", "enter")
    yield "home, the values of a filter"
    await room.presses("escape", "slash")
    await room.types("o")
    yield "home, a search"
    await room.presses("escape", "escape", "space")
    yield "home, a preview"
    await room.presses("space")
    await room.presses("z")
    yield "home, a stray letter"


async def portfolio(room: Facilitator) -> AsyncIterator[str]:
    """Look at the portfolio from home: every view, some of the changes, all of one; and go back."""
    folder = room.app.library.folder
    page = PortfolioPage(lambda: saved_in(folder), room.app.open_change)
    await room.app.push_screen(page)
    await room.until(lambda: page.is_ready)
    for digit, view in enumerate(VIEWS, 1):
        await room.presses(str(digit), "end")
        yield f"portfolio, {view}"
    await room.presses("home", "space")
    yield "portfolio, a change"
    await room.presses("end")
    yield "portfolio, a change, end"
    await room.presses("escape", "3", "home", "enter")
    yield "portfolio, only some"
    await room.presses("question_mark")
    yield "portfolio, help"
    await room.presses("escape", "q")


async def looking_back(room: Facilitator) -> AsyncIterator[str]:
    """Look back from home at the session that was open: its stages, and a change over time; go home."""
    assert not await room.app.look_back(room.app.saver.file.path)
    await room.until(lambda: room.app.in_session)
    for digit, stage in STAGES.items():
        await room.presses(digit)
        yield f"looking back, {stage}"
        await room.presses("home", "enter")
        yield f"looking back, {stage}, looked into"
        await room.presses("escape")
        if stage == "review":
            await room.presses("home", "R", *["down"] * 3)
            yield "over time"
            await room.presses("end")
            yield "over time, end"
            await room.presses("escape")
    await room.presses("x", "question_mark")
    yield "looking back, help"
    await room.presses("escape", "q")


async def to_the_list(room: Facilitator) -> None:
    """Stop typing and answering, and go to the list."""
    for _ in range(3):
        if room.typing:
            await room.presses("escape")
    assert not room.typing
