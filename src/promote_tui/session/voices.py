"""Which groups are heard, and how a group is shown so that nobody in the room stands alone."""

from collections.abc import Iterable, Mapping

from promote_tui.session.model import (
    VOICES,
    Idea,
    Initiative,
    Parked,
    PerVoice,
    Session,
    Step,
    Story,
    Voice,
)

PLURALS: dict[Voice, str] = {"patient": "patients", "carer": "carers", "staff": "staff"}


_ONE_OF_EACH = PerVoice(patient=1, carer=1, staff=1)
"""Stands for a room that nobody counted: all groups are shown together."""


def per_group(counts: PerVoice) -> dict[Voice, int]:
    """Return counts as a mapping, one number for each group."""
    return {voice: getattr(counts, voice) for voice in VOICES}


def heard(stories: Iterable[Story]) -> dict[Voice, int]:
    """Return how many of the stories come from each group."""
    told = [story.voice for story in stories]
    return {voice: told.count(voice) for voice in VOICES}


def heard_of_process(session: Session) -> dict[Voice, int]:
    """Return who is heard on the chosen process: its stories, or all of them when none is tied to it."""
    chosen = session.process.candidate
    tied = [story for story in session.stories if chosen and chosen in story.candidates]
    return heard(tied or session.stories)


def heard_at(session: Session, step: Step) -> dict[Voice, int]:
    """Return who is heard on one step: the stories that are tied to it."""
    return heard(story for story in session.stories if story.id in step.stories)


def shown_together(present: PerVoice) -> tuple[tuple[Voice, ...], ...]:
    """Return the groups as they may be shown: whoever is the only one of a group is not shown alone.

    Two such people are shown together; one alone goes with the smallest other group in the room.
    With nobody else in the room there is no group to go with.
    """
    here = {voice: count for voice, count in per_group(present).items() if count}
    joined = [voice for voice in here if here[voice] == 1]
    if len(joined) == 1:
        others = [voice for voice in here if voice not in joined]
        joined += sorted(others, key=lambda voice: here[voice])[:1]
    together = tuple(voice for voice in VOICES if voice in joined)
    alone = [(voice,) for voice in VOICES if voice not in together]
    return tuple(
        sorted([*([together] if together else []), *alone], key=lambda group: VOICES.index(group[0]))
    )


def present_for(session: Session, *items: Story | Idea | Parked | Initiative) -> PerVoice:
    """Return the people by whom the voices of these items are shown, such as those behind an objection.

    What came along from an earlier session is shown by who was there and by who is here: nobody who was
    alone in either room stands out. When nobody counted that room, all groups are shown together.
    """
    return _there_and_here(session) if any(_came_along(session, one) for one in items) else session.present


def remembered(session: Session) -> PerVoice:
    """Return the people by whom a session that takes items over from this one shows what was told here."""
    if session.present == PerVoice() or not (session.follows or session.scales):
        return session.present
    both = _there_and_here(session)
    return PerVoice() if both is _ONE_OF_EACH else both


def _came_along(session: Session, item: Story | Idea | Parked | Initiative) -> bool:
    if session.scales:
        return isinstance(item, Idea | Initiative)
    return bool(session.follows) if isinstance(item, Idea) else bool(item.carried)


def _there_and_here(session: Session) -> PerVoice:
    """Return people of whom nobody is named who is not named by both rooms."""
    there, here = session.earlier.present, session.present
    if there == PerVoice():
        return _ONE_OF_EACH
    joined = [max(map(set, shown_together(room)), key=len) for room in (there, here)]
    if len(joined[1]) == 1 or joined[1] <= joined[0]:
        return there
    return here if len(joined[0]) == 1 or joined[0] <= joined[1] else _ONE_OF_EACH


def together_with(voice: Voice, present: PerVoice) -> tuple[Voice, ...]:
    """Return the groups that a voice is shown with, its own among them."""
    return next(group for group in shown_together(present) if voice in group)


def counted_together(counts: Mapping[Voice, int], present: PerVoice) -> dict[tuple[Voice, ...], int]:
    """Return counts for the groups as they may be shown."""
    return {group: sum(counts[voice] for voice in group) for group in shown_together(present)}


def plural(group: Iterable[Voice]) -> str:
    """Return what several people of a group are called, such as ``patients or carers``."""
    return " or ".join(PLURALS[voice] for voice in group)


def balance(counts: Mapping[Voice, int], present: PerVoice) -> str:
    """Return who is heard, such as ``patients 3, carers none yet, staff 2``.

    Every group is named, whether it is in the room or not: one that is not heard is missing.
    """
    together = counted_together(counts, present)
    return ", ".join(f"{plural(group)} {count or 'none yet'}" for group, count in together.items())


def label(voice: Voice, present: PerVoice) -> str:
    """Return the group that a voice is shown under, such as ``PATIENT`` or ``PATIENT OR CARER``."""
    return " OR ".join(one.upper() for one in together_with(voice, present))


def hands(votes: PerVoice, present: PerVoice) -> str:
    """Return votes split by group, ``P3 C– S2``, or ``P+C4 S2`` when two groups are shown together.

    Nothing when nobody raised a hand.
    """
    together = counted_together(per_group(votes), present)
    if not any(together.values()):
        return ""
    return " ".join(
        f"{'+'.join(voice[0].upper() for voice in group)}{count or '–'}" for group, count in together.items()
    )
