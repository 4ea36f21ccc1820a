"""How stories, processes and parked items of stage 1 are drawn."""

from collections.abc import Mapping
from functools import partial

from textual.content import Content

from promote_tui.session.advice import about_votes
from promote_tui.session.model import Candidate, Parked, PerVoice, Session, Sharing, Story, Voice
from promote_tui.session.stages import FEELINGS
from promote_tui.session.text import number_of
from promote_tui.session.voices import hands, heard, label
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import columns
from promote_tui.ui.widgets.item_list import Row

SHARED: dict[Sharing, str] = {
    "own words agreed": "own words, agreed",
    "paraphrased": "in other words",
    "composite": "mixed with other stories",
    "already public": "public already",
}
"""How a story may be shared, as the room reads it."""
_IN_THE_ROOM = "said in the room"
"""Where most stories come from, which need not be said."""


def story_row(session: Session, story: Story) -> Row:
    """Return the row of a story: the group it comes from, how it felt, its words, what it is about."""
    names = {candidate.id: candidate.name for candidate in session.candidates}
    about = tuple(names.get(id, "a process that is gone") for id in story.candidates)
    of = (story, label(story.voice, session.present), about)
    return Row(story.id, of, partial(_draw_story, *of))


def _draw_story(story: Story, voice: str, about: tuple[str, ...], width: int) -> list[Content]:
    mood = FEELINGS[story.feeling] if story.feeling is not None else ""
    tag = assembled((voice, "strong"), (f"\n{mood}" if mood else "", "muted"))
    side = 9 if width >= 36 else 0
    notes = [SHARED[story.sharing] if story.sharing else "", f"on {', '.join(about)}" if about else ""]
    notes.append("" if story.source == _IN_THE_ROOM else story.source)
    words = "   ".join(note for note in notes if note)
    told = assembled(story.text, (f"\n{words}" if words else "", "muted"))
    lines = columns([tag, told], [side, width - 1 - side - 2 * bool(side)])
    if not side:
        lines = [assembled((voice, "strong"), (f"  {mood}", "muted")), *lines]
    return [*lines, Content("")]


def inbox_row(count: int) -> Row:
    """Return the row that says how much waits in the inbox."""
    words = f"{number_of(count, 'comment')} in the inbox"
    return Row("inbox:", (count,), lambda _: [assembled((words, "strong"), ("   Enter reads", "muted"))])


def candidate_row(session: Session, candidate: Candidate) -> Row:
    """Return the row of a process: its name, the hands for it group by group, whose stories are tied."""
    chosen = candidate.id == session.process.candidate
    told = heard(story for story in session.stories if candidate.id in story.candidates)
    hint = about_votes(session, candidate.votes)
    over = hint.words if hint else ""
    of = (candidate, chosen, tuple(told.items()), over, session.present)
    return Row(candidate.id, of, partial(_draw_candidate, candidate, chosen, told, over, session.present))


def _draw_candidate(
    candidate: Candidate, chosen: bool, told: Mapping[Voice, int], over: str, present: PerVoice, width: int
) -> list[Content]:
    votes, stories = hands(candidate.votes, present), hands(PerVoice.model_validate(told), present)
    name = plain(candidate.name, "accent" if chosen else "")
    if votes and width >= 36:
        lines = columns([name, (votes, "muted")], [width - 13, 11])
    else:
        lines = name.wrap(width - 1) + (columns(["", (votes, "muted")], [2, 11], 0) if votes else [])
    notes = [over] if over else []
    notes += [f"stories {stories}"] if stories else []
    notes += [candidate.note] if candidate.note else []
    for words in notes:
        lines += columns(["", (words, "muted")], [2, width - 4], 0)
    return lines


def parked_row(parked: Parked) -> Row:
    """Return the row of a parked item: its words, where it came up, whether it became a session."""
    return Row(parked.id, (parked,), partial(_draw_parked, parked))


def _draw_parked(parked: Parked, width: int) -> list[Content]:
    came = f"from {parked.from_stage}" if parked.from_stage else ""
    came = "next session" if parked.became else came
    if width > 40:
        return columns([parked.text, (came, "muted")], [width - 14, 12])
    return plain(parked.text).wrap(width) + ([plain(f"  {came}", "muted")] if came else [])
