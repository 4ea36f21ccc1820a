"""The changes of a session as plain text: who owns them, what became of them, how they are rated."""

from collections.abc import Iterator
from datetime import date

from promote_tui.reports.wording import (
    DECISIONS,
    PROGRESS,
    RATINGS,
    answer,
    due_day,
    group_of,
    joined,
    sentence,
    words,
)
from promote_tui.session.due import passed_over
from promote_tui.session.edits.own import ideas_of, title_of
from promote_tui.session.gate import gate, let_go_words
from promote_tui.session.measured import progress
from promote_tui.session.model import (
    HORIZONS,
    Better,
    Checkin,
    Goal,
    Initiative,
    Measure,
    Part,
    PerVoice,
    Resistance,
    Review,
    Session,
)
from promote_tui.session.parts import worst
from promote_tui.session.schedule import NAMES, distance, due_of, spoken
from promote_tui.session.stages import BASES, title_of_change
from promote_tui.session.text import figure
from promote_tui.session.voices import present_for

_RUNNER = {
    True: "Against the outcome that was set, it is a runner.",
    False: "Against the outcome that was set, it is not a runner.",
}
_BETTER: dict[Better, str] = {"up": "More is better.", "down": "Less is better."}


def owning(session: Session, today: date) -> Iterator[str]:
    """Yield the lines of stage 4: every initiative with its owner, plan, resistance and check-ins."""
    if not session.initiatives:
        yield "No idea was taken on."
    for place, initiative in enumerate(session.initiatives, 1):
        yield from _heading(session, place, initiative)
        yield from _who_and_what(session, initiative)
        yield from _measure(initiative)
        yield from _plan(initiative, today)
        yield from _resistance(session, initiative)
        yield from _checkins(initiative, today)
        yield ""


def reviewing(session: Session, today: date) -> Iterator[str]:
    """Yield the lines of stage 5: every initiative with its reviews, the decision and what was learnt."""
    if not session.initiatives:
        yield "There is nothing to review yet."
    for place, initiative in enumerate(session.initiatives, 1):
        yield from _heading(session, place, initiative)
        if not initiative.reviews:
            yield "It has not been reviewed yet."
        for review in initiative.reviews:
            yield from _review(
                review, today, present=present_for(session, initiative), let_go=_is_let_go(initiative)
            )
        yield from _decision(initiative)
        yield from answer("What we learnt", initiative.learnt)
        yield ""


def _decision(initiative: Initiative) -> Iterator[str]:
    decision, says = initiative.decision, gate(initiative).decision
    yield f"Decision: {DECISIONS[decision]}" if decision else "No decision was taken."
    if decision and says and says != decision:
        yield f"The ratings say something else: {says}."
    yield from answer("Why", initiative.decision_because)
    if decision == "let go":
        yield let_go_words(initiative)


def _is_let_go(initiative: Initiative) -> bool:
    return "let go" in (initiative.stage, initiative.decision)


def _heading(session: Session, place: int, initiative: Initiative) -> Iterator[str]:
    yield f"Change {place}: {sentence(title_of(session, initiative))}"


def _who_and_what(session: Session, initiative: Initiative) -> Iterator[str]:
    there = ideas_of(session, initiative)
    gone = len(initiative.ideas) - len(there)
    others = [words(title_of_change(idea.kind, idea.text)) for idea in there[1:]] + [
        "an idea that was removed"
    ] * gone
    if there and others:
        yield f"It takes in: {sentence('; '.join(others))}"
    yield PROGRESS[initiative.stage]
    if initiative.carried:
        yield "It was carried on from an earlier session."
    yield from answer("Owner", initiative.owner) or ["Nobody owns it yet."]
    yield from answer("Buddy", initiative.buddy)
    yield from answer("What success would look like", initiative.success) or [
        "Nobody wrote down what success would look like."
    ]
    yield from answer("If and then", initiative.if_then)


def _measure(initiative: Initiative) -> Iterator[str]:
    measure = initiative.measure
    if measure == Measure():
        yield "Nothing is measured."
        return
    name = sentence(measure.name) if measure.name.strip() else "nobody wrote down what it is called."
    said = [f"What we measure: {name}", *answer("Counted in", measure.unit)]
    if measure.better:
        said.append(_BETTER[measure.better])
    if measure.baseline is not None:
        said.append(f"At the start it was {figure(measure.baseline)}.")
    if measure.target is not None:
        said.append(f"The target is {figure(measure.target)}.")
    yield " ".join(said)
    yield f"How far it is: {words(progress(initiative))}"


def _plan(initiative: Initiative, today: date) -> Iterator[str]:
    if initiative.started_on:
        yield f"It starts on {due_day(initiative.started_on, today)}."
    else:
        yield "It has no start day yet."
    held, left_out = {checkin.horizon for checkin in initiative.checkins}, passed_over(initiative, today)
    for horizon in HORIZONS:
        goal: Goal = getattr(initiative.plan, horizon)
        yield f"In {NAMES[horizon]}: {sentence(goal.goal) if goal.goal.strip() else 'nothing is planned.'}"
        day = due_of(initiative, horizon)
        if horizon in left_out:
            yield f"This check-in was never held.{f' It was due on {due_day(day, today)}.' if day else ''}"
        elif day and horizon in held:
            yield f"This was due on {spoken(day, today)}, and the check-in was held."
        elif day and not _is_let_go(initiative):
            yield (
                f"The check-in {'was' if day < today else 'is'} due on {due_day(day, today)},"
                f" {distance(day, today)}. It was not held yet."
            )


def _resistance(session: Session, initiative: Initiative) -> Iterator[str]:
    yield ""
    if not initiative.resistance:
        yield "No resistance was written down."
    for item in initiative.resistance:
        yield " ".join(_objection(item, present_for(session, initiative)))


def _objection(item: Resistance, present: PerVoice) -> Iterator[str]:
    said_by = f" from {group_of(item.voice, present)}" if item.voice else ""
    yield f"Resistance{said_by}: {sentence(item.says)}"
    if item.basis:
        yield from answer("What it rests on", BASES[item.basis])
    yield from answer("It protects", item.protects)
    yield from answer("How we use its energy", item.harness)
    yield from answer("It changes the plan", item.changes_plan)


def _checkins(initiative: Initiative, today: date) -> Iterator[str]:
    if not initiative.checkins:
        yield from ("", "No check-in was held.")
    for checkin in initiative.checkins:
        yield ""
        yield f"Check-in at {NAMES[checkin.horizon]}, held on {spoken(checkin.held_on, today)}."
        yield from _answers(checkin, initiative.measure) or ["Nothing was written down."]


def _answers(checkin: Checkin, measure: Measure) -> list[str]:
    counted = []
    if checkin.value is not None:
        unit = f" {words(measure.unit)}" if measure.unit.strip() else ""
        counted = [f"We measured: {sentence(figure(checkin.value) + unit)}"]
    return [
        *answer("What happened", checkin.happened),
        *counted,
        *answer("Good, and hoped for", checkin.expected_good),
        *answer("Good, and a surprise", checkin.unexpected_good),
        *answer("What we gave up for it", checkin.trade_offs),
        *answer("Not good, and a surprise", checkin.unexpected_bad),
        *answer("It changes the plan", checkin.changes_plan),
        *answer("Challenges", checkin.challenges),
        *answer("Advice from colleagues", checkin.advice),
        *([] if checkin.runner is None else [_RUNNER[checkin.runner]]),
        *answer("The pilot that would test it", checkin.pilot),
    ]


def _review(review: Review, today: date, *, present: PerVoice, let_go: bool) -> Iterator[str]:
    yield f"Review of {spoken(review.held_on, today)}."
    if not review.parts:
        yield "It has no parts to rate."
        return
    counts = [
        f"{sum(1 for part in review.parts if part.rating == rating)} {name}"
        for rating, name in RATINGS.items()
        if any(part.rating == rating for part in review.parts)
    ]
    yield f"As a whole it is {RATINGS[worst(review.parts)]}. Its parts: {joined(counts)}."
    for part in review.parts:
        yield from _part(part, today, present=present, let_go=let_go)


def _part(part: Part, today: date, *, present: PerVoice, let_go: bool) -> Iterator[str]:
    yield f"{words(part.name)}: {RATINGS[part.rating]}."
    yield from answer("It stands for a condition of the plan", part.condition)
    yield from answer("What was seen", part.evidence) or ["Nobody wrote down what was seen."]
    yield from answer("Why it is green although nothing was seen", part.exception)
    is_due = "was to be done" if let_go and not part.fine_tuned_on else "is due"
    by = f" This {is_due} by {due_day(part.fine_tune_by, today)}." if part.fine_tune_by else ""
    done = f" It was done on {spoken(part.fine_tuned_on, today)}." if part.fine_tuned_on else ""
    tuning = answer("Fine tuning", part.fine_tune) or (
        ["Fine tuning is not described."] if by or done else []
    )
    yield from (f"{line}{by}{done}" for line in tuning)
    for dissent in part.dissent:
        says = "".join(f" {line}" for line in answer("They say", dissent.says))
        group = group_of(dissent.voice, present).capitalize()
        yield f"{group} see it differently: {RATINGS[dissent.rating]}.{says}"
