"""How a review is drawn: each change with its parts, what the gate says, and the closing questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from textual.content import Content

from promote_tui.session.edits import own
from promote_tui.session.gate import Verdict, gate, is_exception, let_go_words
from promote_tui.session.model import Dissent, Initiative, Part, PerVoice, Rating, Session
from promote_tui.session.parts import conditions, is_to_tune, parts_of, worst
from promote_tui.session.schedule import NAMES, horizon_near, spoken
from promote_tui.session.stages import SIGNS
from promote_tui.session.voices import label, present_for
from promote_tui.ui.fields import Field
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import columns, gap, heading
from promote_tui.ui.widgets.item_list import Row

_WIDE = 72
"""Columns of a list that shows a part and what was seen side by side."""
_SIGN = 11
_WORST_FIRST: tuple[Rating | None, ...] = ("red", "amber", "green", None)
_CLOSING = ("Are we too fond of any of it?", "What would make it hard to change later?")
LEARNT = "What did we learn that others should know?"


View = tuple[str, Dissent]
"""How a group sees a part differently, with the name that the group is shown under."""


@dataclass(frozen=True)
class _SeenPart:
    """A part with all that its row shows."""

    part: Part
    was: Rating | None
    in_plan: bool
    views: "tuple[View, ...]"
    today: date
    let_go: bool
    comes_next: bool
    """Whether it is the first that is not rated: there it is asked what a fly on the wall would see."""


def worst_first(parts: Sequence[Part]) -> list[int]:
    """Return the places of parts, counting from 0, as they are shown: red, amber, green, not rated."""
    return sorted(range(len(parts)), key=lambda place: _WORST_FIRST.index(parts[place].rating))


def change_rows(session: Session, initiative: Initiative, order: Iterable[int], today: date) -> list[Row]:
    """Return the rows of one change: its head, its parts in this order, and what is decided or could be."""
    title = own.title_of(session, initiative)
    rows = [Row(initiative.id, (initiative, title, today), partial(_draw_head, initiative, title, today))]
    let_go = "let go" in (initiative.stage, initiative.decision)
    parts, planned = parts_of(initiative), {words.casefold() for words in conditions(initiative)}
    present = present_for(session, initiative)
    before = initiative.reviews[-2].parts if len(initiative.reviews) > 1 else ()
    ratings = {part.name.casefold(): part.rating for part in before}
    order = list(order)
    comes_next = next((place for place in order if parts[place].rating is None), None)
    for place in order:
        part = parts[place]
        in_plan = bool({part.name.casefold(), part.condition.casefold()} & planned)
        was, first = ratings.get(part.name.casefold()), place == comes_next
        seen = _SeenPart(part, was, in_plan, views_of(part, present), today, let_go, first)
        rows.append(Row(f"{initiative.id}:part/{place}", (seen,), partial(_draw_part, seen)))
    verdict = gate(initiative)
    return [*rows, Row("", (initiative, verdict), partial(_draw_foot, initiative, verdict))]


def views_of(part: Part, present: PerVoice) -> tuple[View, ...]:
    """Return how groups see a part differently; ``present`` is who they are shown by."""
    views = [(label(one.voice, present).casefold(), one) for one in part.dissent]
    # two that are shown under one name stand in an order that does not tell which is which
    return tuple(sorted(views, key=lambda view: (view[0], _WORST_FIRST.index(view[1].rating), view[1].says)))


def shown_as(view: View) -> Content:
    """Return what is shown of a group that sees a part differently."""
    group, one = view
    rating = sign(one.rating) if one.rating else plain("differently", "muted")
    return plain(f"{group} ", "muted") + rating + plain(f"   “{one.says}”" if one.says else "")


def closing_rows(session: Session, fields: Sequence[Field]) -> list[Row]:
    """Return the rows of the sustaining questions, with what the session before answered."""
    earlier = (session.earlier.attached, session.earlier.hard_to_change)
    rows = [heading("Before we close", "c asks"), gap()]
    for question, field, said in zip(_CLOSING, fields, earlier, strict=True):
        of = (question, field.value, said)
        rows.append(Row(field.key, of, partial(_draw_closing, *of)))
    return rows


def sign(rating: Rating | None, *, short: bool = False) -> Content:
    """Return the shape and the word of a rating; only the shape where it is to be short."""
    words = SIGNS[rating]
    return plain(words[0] if short else words, rating or "muted")


def _draw_head(initiative: Initiative, title: str, today: date, width: int) -> list[Content]:
    owner = (initiative.owner, "muted") if initiative.owner else ("no owner yet", "warn")
    who = min(22, width // 3)
    held = [review.held_on for review in initiative.reviews]
    horizon = horizon_near(initiative, held[-1] if held else today)
    when = ", ".join(
        [*([NAMES[horizon]] if horizon else []), spoken(held[-1], today) if held else "not reviewed yet"]
    )
    stood = [worst(review.parts) for review in initiative.reviews]
    trend = plain("")
    if len(stood) > 1:
        earlier = Content(" ").join(sign(rating, short=True) for rating in stood[:-1])
        trend = plain("before ", "muted") + earlier + plain("   ")
    now = [plain("   ") + trend + plain("now ", "muted") + sign(stood[-1])] if stood else []
    # what was let go says so here too: its parts may fill the screen
    end = [plain("   let go", "strong")] if initiative.decision == "let go" else []
    return [
        *columns([(title, "accent"), owner], [width - who - 3, who]),
        *Content("").join([plain(when, "muted"), *now, *end]).wrap(width - 1),
    ]


def _draw_part(seen: _SeenPart, width: int) -> list[Content]:
    part, rest = seen.part, width - _SIGN - 3
    rated = sign(part.rating)
    if seen.was:
        rated += plain("\nwas ", "muted") + sign(seen.was)
    name = assembled(part.name, ("\nfrom the plan" if seen.in_plan else "", "muted"))
    seen_there = behind(part, comes_next=seen.comes_next)
    if width >= _WIDE:
        wide = rest * 2 // 5
        lines = columns([rated, name, seen_there], [_SIGN, wide, rest - wide - 2])
    else:
        lines = columns([rated, name + plain("\n") + seen_there], [_SIGN, rest])
    if part.fine_tune:
        lines += columns(["", fine_tuning(part, seen.today, seen.let_go)], [_SIGN, rest])
    for view in seen.views:
        lines += columns(["", shown_as(view)], [_SIGN, rest])
    return lines


def behind(part: Part, *, comes_next: bool) -> Content:
    """Return what is behind a part's rating; the one that ``comes_next`` asks for it."""
    if is_exception(part):
        return assembled(("exception: ", "muted"), part.exception)
    if part.evidence:
        return plain(part.evidence)
    if part.rating == "green":
        return plain("nobody wrote down what was seen", "muted")
    return plain("what would a fly on the wall see?" if comes_next else "–", "muted")


def fine_tuning(part: Part, today: date, over: bool) -> Content:
    """Return the fine tuning of a part, with its day; nothing is late any more when it is ``over``."""
    day = part.fine_tune_by
    when = (f"   by {spoken(day, today)}" if day else "", "muted")
    if part.fine_tuned_on:
        when = (f"   done {spoken(part.fine_tuned_on, today)}", "muted")
    elif day and day < today and is_to_tune(part) and not over:
        when = (f"   late, it was for {spoken(day, today)}", "warn")
    return assembled(("fine tuning: ", "muted"), part.fine_tune, when)


def _draw_foot(initiative: Initiative, verdict: Verdict, width: int) -> list[Content]:
    decided, because = initiative.decision, initiative.decision_because
    agreed = decided == verdict.decision
    lines: list[Content] = []
    if decided:
        why = (
            f", because “{because}”"
            if because
            else f", as the gate says. {verdict.because}"
            if agreed
            else ""
        )
        lines += assembled(("Decided: ", "muted"), (decided, "strong"), why).wrap(width - 1)
    if not (decided and agreed):
        said = (f"{verdict.decision}. ", "strong") if verdict.decision else ""
        hint = "" if decided else "   d decides"
        lines += assembled(("Gate: ", "muted"), said, verdict.because, (hint, "muted")).wrap(width - 1)
    if decided == "let go":
        learnt = assembled(("Learnt: ", "muted"), initiative.learnt)
        asked = plain(f"{LEARNT}   d asks", "muted")
        lines += plain(let_go_words(initiative), "accent").wrap(width - 1)
        lines += (learnt if initiative.learnt else asked).wrap(width - 1)
    return [*lines, Content("")]


def _draw_closing(asked: str, said: str, earlier: str, width: int) -> list[Content]:
    answer = plain(said) if said else plain("no answer yet", "muted")
    if earlier:
        answer += plain("\nlast time: ", "muted") + plain(earlier, "muted")
    question = width * 2 // 5
    if width >= _WIDE:
        return columns([(asked, "muted"), answer], [question, width - question - 3])
    return columns([plain(asked, "muted") + plain("\n") + answer], [width - 1])
