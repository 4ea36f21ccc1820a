"""Edits of what a session is called, who it is for, who is in the room, and where the room is."""

from datetime import datetime
from typing import Any

from promote_tui.session.edits.items import EditError, changed, entered, required
from promote_tui.session.fields import LAST_REVISION, to_the_second
from promote_tui.session.model import VOICES, PerVoice, Session, Stage, new_session
from promote_tui.session.text import one_line


def begin(*, id: str, title: str, team: str, now: datetime) -> Session:
    """Return an empty session with a title and a team as they were typed, held on the day of ``now``.

    ``now`` carries its time zone. Raises EditError when there is no title or a text does not fit.
    """
    if not (title := entered(one_line(title), "The title")):
        raise EditError("A session needs a title.")
    team = entered(one_line(team), "The team")
    return new_session(id=id, title=title, team=team, now=now, today=now.date())


def set_details(session: Session, **fields: Any) -> Session:
    """Return the session with its title, team, facilitator or day set."""
    if "title" in fields:
        fields["title"] = required(fields["title"], "The title")
    return session.model_copy(
        update={name: getattr(changed(session, **{name: value}), name) for name, value in fields.items()}
    )


def set_present(session: Session, present: PerVoice) -> Session:
    """Return the session with the number of people in the room, for each voice group."""
    return session.model_copy(update={"present": present})


def set_closing(session: Session, **fields: Any) -> Session:
    """Return the session with an answer to the sustaining questions set."""
    return session.model_copy(update={"closing": changed(session.closing, **fields)})


def go_to_stage(session: Session, stage: Stage) -> Session:
    """Return the session with the room at another stage."""
    return session.model_copy(update={"stage": stage})


def stamped(session: Session, now: datetime) -> Session:
    """Return the session marked as changed once more, at ``now``, to the second."""
    marks = {"updated_at": to_the_second(now), "revision": min(session.revision + 1, LAST_REVISION)}
    return session.model_copy(update=marks)


def read_hands(text: str) -> PerVoice:
    """Read counts for patients, carers and staff, in that order or with a letter: ``3 0 4``, ``p3 s4``.

    Raises EditError when that is not what the text says.
    """
    wrong = EditError("Type three numbers: patients, carers, staff. For example 3 0 4, or p3 s4.")
    counts: dict[str, int] = {}
    words = text.replace(",", " ").replace(":", "").split()
    for place, word in enumerate(words):
        voice = next((voice for voice in VOICES if voice[0] == word[:1].casefold()), None)
        digits = word[1:] if voice else word
        if voice is None and place < len(VOICES):
            voice = VOICES[place]
        if voice is None or voice in counts or not digits.isascii() or not digits.isdigit():
            raise wrong
        # by length first: thousands of digits are no number that Python would read
        if len(digits.lstrip("0")) > 3:
            raise EditError("At most 999 hands fit for each group.")
        counts[voice] = int(digits.lstrip("0") or "0")
    if words and words[0][0].isdigit() and len(words) < len(VOICES):
        raise wrong
    return PerVoice(**counts)


def write_hands(hands: PerVoice) -> str:
    """Return counts as they would be typed: ``3 0 4``; nothing when nobody was counted."""
    counts = [getattr(hands, voice) for voice in VOICES]
    return " ".join(map(str, counts)) if any(counts) else ""
