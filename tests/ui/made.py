"""Sessions that a room might have made already, so that a test can begin in the middle."""

from collections.abc import Sequence
from datetime import date

from promote_tui.session.edits import choose, ideas, own
from promote_tui.session.edits import map as steps
from promote_tui.session.model import Session, Stage

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
