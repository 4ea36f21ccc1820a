"""How stories, processes, parked items and what was promised last time are drawn at stage 1."""

from datetime import date
from functools import partial

from textual.content import Content

from promote_tui.session.advice import about_votes
from promote_tui.session.due import next_checkin
from promote_tui.session.edits import own
from promote_tui.session.gate import differing_words
from promote_tui.session.model import (
    Candidate,
    Earlier,
    Initiative,
    Parked,
    PerVoice,
    Session,
    Sharing,
    Story,
)
from promote_tui.session.parts import parts_of, still_to_tune, worst
from promote_tui.session.schedule import NAMES, due_of, next_horizon, spoken
from promote_tui.session.stages import FEELINGS, SIGNS
from promote_tui.session.text import number_of
from promote_tui.session.voices import hands, heard, label, present_for
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import columns, gap, heading, note
from promote_tui.ui.widgets.item_list import Row

SHARED: dict[Sharing, str] = {
    "own words agreed": "own words, agreed",
    "paraphrased": "in other words",
    "composite": "mixed with other stories",
    "already public": "public already",
}
"""How a story may be shared, as the room reads it."""
PROMISED = "promised:"
"""What the key of a row of what was promised last time begins with; the id of its change comes after it."""
EARLIER = f"{PROMISED}earlier"
"""The key of the row of what the session before this one found out, and what was said at its end."""
_FROM_THERE = (
    "The map, the plan, the number hoped for and what was said against it come from there. "
    "Change them to how it is here."
)
_IN_THE_ROOM = "said in the room"
"""Where most stories come from, which need not be said."""


def story_row(session: Session, story: Story) -> Row:
    """Return the row of a story: the group it comes from, how it felt, its words, what it is about."""
    names = {candidate.id: candidate.name for candidate in session.candidates}
    about = tuple(names.get(id, "a process that is gone") for id in story.candidates)
    of = (story, label(story.voice, present_for(session, story)), about)
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


def candidate_row(session: Session, candidate: Candidate, *, advises: bool = True) -> Row:
    """Return the row of a process: its name, the hands for it group by group, whose stories are tied.

    With ``advises`` it has a gentle word, which is of no use while looking back.
    """
    chosen = candidate.id == session.process.candidate
    tied = [story for story in session.stories if candidate.id in story.candidates]
    told = heard(tied)
    hint = about_votes(session, candidate.votes) if advises else None
    over = hint.words if hint else ""
    votes = hands(candidate.votes, session.present)
    stories = hands(PerVoice.model_validate(told), present_for(session, *tied))
    of = (candidate, chosen, votes, stories, over)
    return Row(candidate.id, of, partial(_draw_candidate, *of))


def _draw_candidate(
    candidate: Candidate, chosen: bool, votes: str, stories: str, over: str, width: int
) -> list[Content]:
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
    came = "from last time" if parked.carried else came
    came = "next session" if parked.became else came
    if width > 40:
        return columns([parked.text, (came, "muted")], [width - 16, 14])
    return plain(parked.text).wrap(width) + ([plain(f"  {came}", "muted")] if came else [])


def promised_rows(session: Session, today: date) -> list[Row]:
    """Return the rows of what was promised last time: where that was, each change, how that time ended.

    A session that tries what another place found out says where that was.
    """
    earlier, carried = session.earlier, [one for one in session.initiatives if one.carried]
    if not session.follows:
        carried = []
    if not carried and not (earlier.title and (session.follows or session.scales)):
        return []
    day = f"{earlier.held_on:%d %b %Y}".lstrip("0") if earlier.held_on else ""
    team = "" if session.follows else earlier.team
    where = ", ".join(part for part in (earlier.title, team, day) if part)
    what = "What we promised last time" if session.follows else "What worked in another place"
    rows = [heading(what), *([note(where)] if where else [])]
    rows += [_promised_row(one, own.title_of(session, one), today) for one in carried]
    rows += [note("Nothing was left open then.")] if session.follows and not carried else []
    if earlier.done or earlier.attached or earlier.hard_to_change:
        rows += [gap(), Row(EARLIER, (earlier,), partial(_draw_earlier, earlier))]
    rows += [note(_FROM_THERE)] if session.scales else []
    return rows


def _promised_row(initiative: Initiative, title: str, today: date) -> Row:
    of = (initiative, title, today)
    return Row(f"{PROMISED}{initiative.id}", of, partial(_draw_promised, *of))


def _draw_promised(initiative: Initiative, title: str, today: date, width: int) -> list[Content]:
    rating = worst(parts_of(initiative))
    standing = [plain(initiative.owner, "muted") if initiative.owner else plain("no owner yet", "warn")]
    standing += [plain(SIGNS[rating], rating or "muted")] if initiative.reviews else []
    standing += [plain(f"decided: {initiative.decision}", "muted")] if initiative.decision else []
    standing += [plain(_next(initiative, today), "muted")] if initiative.decision != "let go" else []
    lines = plain(title, "strong").wrap(width - 1)
    lines += columns(["", Content("   ").join(standing)], [2, width - 4], 0)
    for part in still_to_tune(initiative):
        by = f" by {spoken(part.fine_tune_by, today)}" if part.fine_tune_by else ""
        tuning = assembled(("fine tuning: ", "muted"), part.fine_tune, (by, "muted"))
        lines += columns(["", tuning], [2, width - 4], 0)
    if differing := differing_words(parts_of(initiative)):
        lines += columns(["", (differing, "muted")], [2, width - 4], 0)
    return lines


def _next(initiative: Initiative, today: date) -> str:
    """Return which check-in comes next, and when."""
    horizon = next_checkin(initiative, today) or next_horizon(initiative)
    if horizon is None:
        return "every check-in held"
    due = due_of(initiative, horizon)
    if due is None:
        return f"{NAMES[horizon]}: no day yet"
    return f"{NAMES[horizon]} {'was due' if due < today else 'due'} {spoken(due, today)}"


def _draw_earlier(earlier: Earlier, width: int) -> list[Content]:
    """Draw what was done by then, and what the room said at the end of last time."""
    said = (
        ("Were we too fond of any of it?", earlier.attached),
        ("What would make it hard to change later?", earlier.hard_to_change),
    )
    told = [*earlier.done, *(f"{asked} {answer}" for asked, answer in said if answer)]
    return [line for words in told for line in plain(words, "muted").wrap(width - 1)]
