"""How reports turn what people typed into complete short sentences."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from promote_tui.session.holidays import mark
from promote_tui.session.model import Decision, PerVoice, Progress, Rating, Session, Voice
from promote_tui.session.schedule import spoken
from promote_tui.session.text import made_visible, number_of, one_line
from promote_tui.session.voices import counted_together, per_group, plural, together_with

_ENDED = re.compile("[.!?…][’”\"')]*$")
_LONGEST_QUOTE = 60

RATINGS: dict[Rating | None, str] = {"red": "red", "amber": "amber", "green": "green", None: "not rated"}
"""The rating in words alone, without the shapes that the screens put before it."""
_ONE: dict[Voice, tuple[str, str]] = {
    "patient": ("patient", "a patient"),
    "carer": ("carer", "a carer"),
    "staff": ("member of staff", "staff"),
}
PROGRESS: dict[Progress, str] = {
    "planned": "It is planned.",
    "trying": "It is being tried.",
    "runner": "It is a runner.",
    "scaling": "It is being scaled up.",
    "let go": "It was let go.",
}
DECISIONS: dict[Decision, str] = {
    "ready": "It is ready for proof of feasibility.",
    "fine tune": "It needs fine tuning.",
    "let go": "Let it go.",
}


def words(text: str) -> str:
    """Return typed text on one line, with nothing in it that could act on a terminal."""
    return made_visible(one_line(text)) or "no words"


def sentence(text: str) -> str:
    """Return typed text as a sentence: with a full stop, unless it has its own end."""
    plain = words(text)
    return plain if _ENDED.search(plain) else f"{plain}."


def answer(label: str, text: str) -> list[str]:
    """Return one line with a label and what was typed; no line when nothing was."""
    colon = "" if label.endswith("?") else ":"
    return [f"{label}{colon} {sentence(text)}"] if text.strip() else []


def quoted(text: str) -> str:
    """Return the opening words of a text in quotation marks."""
    plain = words(text)
    if len(plain) > _LONGEST_QUOTE:
        plain = plain[:_LONGEST_QUOTE].rpartition(" ")[0] or plain[:_LONGEST_QUOTE]
        plain = plain.rstrip(".,;:") + "…"
    return f"“{plain}”"


def joined(parts: Sequence[str]) -> str:
    """Return parts as people list them: ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def per_voice(counts: PerVoice) -> str:
    """Return counts by voice group, such as ``3 patients and 5 staff``; nothing when all are 0."""
    return _counted({(voice,): count for voice, count in per_group(counts).items()})


def _counted(counts: Mapping[tuple[Voice, ...], int]) -> str:
    return joined(
        [
            number_of(count, " or ".join(_ONE[voice][0] for voice in group), plural(group))
            for group, count in counts.items()
            if count
        ]
    )


def votes(counts: PerVoice, present: PerVoice) -> str:
    """Return a vote as a sentence, split by voice group; nobody who is alone in the room is counted alone."""
    return f"Votes: {_counted(counted_together(per_group(counts), present)) or 'none'}."


def said_by(voice: Voice, present: PerVoice) -> str:
    """Return whom words come from, such as ``a patient`` or ``a patient or a carer``."""
    return " or ".join(_ONE[one][1] for one in together_with(voice, present))


def group_of(voice: Voice, present: PerVoice) -> str:
    """Return a voice group as several people, such as ``patients`` or ``patients or carers``."""
    return plural(together_with(voice, present))


def due_day(day: date, today: date) -> str:
    """Return a day that something is due on, said with its mark when it is a weekend or a bank holiday."""
    marked = mark(day)
    return f"{spoken(day, today)} ({marked})" if marked else spoken(day, today)


def told_in(session: Session, ids: Iterable[str]) -> list[str]:
    """Return a line that names the stories something is tied to, by their opening words; no line for none."""
    texts = {story.id: quoted(story.text) for story in session.stories}
    ties = [texts.get(id, "a story that was removed") for id in ids]
    return answer("Story behind it" if len(ties) == 1 else "Stories behind it", joined(ties))
