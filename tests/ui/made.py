"""Sessions that a room might have made already, so that a test can begin in the middle."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from promote_tui.session.edits import choose, ideas, own
from promote_tui.session.edits import map as steps
from promote_tui.session.model import Session, Stage
from promote_tui.session.saved import SavedSession
from promote_tui.store.library import Card, Library
from promote_tui.store.summaries import summary_of
from promote_tui.ui.app import PromoteApp
from tests.ui.room import kept

TODAY = date(2026, 11, 23)


def made(
    session: Session,
    *,
    stage: Stage = "choose",
    told: Sequence[str] = (),
    mapped: Sequence[str] = (),
    thought: Sequence[str] = (),
    owned: int = 0,
) -> Session:
    """Return the session with lines captured at each stage and the first ``owned`` ideas taken on."""
    for line in told:
        session = choose.add_line(session, line)
    # told lines stand in any order; a test wants to know which
    in_turn = sorted(session.stories, key=lambda story: int(story.id.removeprefix("story-")))
    session = session.model_copy(update={"stories": tuple(in_turn)})
    for line in mapped:
        session = steps.add_line(session, line)
    for line in thought:
        session = ideas.add_line(session, line, "start")
    for idea in session.ideas[:owned]:
        session = own.take_on(session, idea.id, TODAY)
    return session.model_copy(update={"stage": stage})


def saved_in(folder: Path) -> Iterator[tuple[Card, SavedSession]]:
    """Yield what is known of every session in a folder, as the catalogue does."""
    for card in Library(folder).cards():
        if not card.problem:
            yield card, summary_of(tomllib.loads(card.path.read_text(encoding="utf-8")))


def knows_of(app: PromoteApp, *sessions: Session) -> None:
    """Put other sessions into the library that the program has open."""
    for place, session in enumerate(sessions):
        kept(app.library.folder, session, f"other-{place}.toml")
    app.library.catalogue.refresh()
