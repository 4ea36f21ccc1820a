"""Sessions that a room might have made already, so that a test can begin in the middle."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from promote_tui.session.edits import choose, ideas, own
from promote_tui.session.edits import map as steps
from promote_tui.session.model import Session, Stage
from promote_tui.session.saved import SavedIdea, SavedSession
from promote_tui.session.stems import stems
from promote_tui.store import toml_text
from promote_tui.store.library import Card, Library, card_from
from promote_tui.store.summaries import summary_of
from promote_tui.ui.app import PromoteApp

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


class OtherSessions:
    """Saved sessions that the program knows of, as its catalogue of the library would know them."""

    def __init__(self, *sessions: Session) -> None:
        texts = [toml_text.write(session) for session in sessions]
        found = [
            summary_of(tomllib.loads(text if isinstance(text, str) else text.decode())) for text in texts
        ]
        self._held = [(card_from(Path(f"{place}.toml"), one), one) for place, one in enumerate(found)]

    def saved(self) -> Iterator[tuple[Card, SavedSession]]:
        """Yield each session."""
        yield from self._held

    def ideas_with(self, words: Sequence[str], limit: int = 60) -> list[tuple[Card, SavedSession, SavedIdea]]:
        """Return the ideas that share one of these words."""
        found = [(card, one, idea) for card, one in self._held for idea in one.ideas]
        return [each for each in found if set(words) & set(stems(each[2].text))][:limit]


def knows_of(app: PromoteApp, *sessions: Session) -> None:
    """Have the program know of other saved sessions."""
    vars(app.library)["catalogue"] = OtherSessions(*sessions)
