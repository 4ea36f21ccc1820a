"""What a list knows of a session file, read leniently out of its document, without the models."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from promote_tui.session.due import Promise
from promote_tui.session.saved import SavedChange, SavedIdea, SavedSession
from promote_tui.session.stages import RATINGS, STAGES
from promote_tui.session.stems import shared
from promote_tui.store.promises import day_of, list_of, promises_of, table_of, tables_of, text_of

_Document = Mapping[str, Any]
_VOICES = ("patient", "carer", "staff")
_MOST_THEMES = 24


def summary_of(document: _Document) -> SavedSession:
    """Return what a list knows of a session; what has a wrong type is as good as absent."""
    process, present = table_of(document, "process"), table_of(document, "present")
    updated_at = document.get("updated_at")
    stories = [text_of(story, "voice") for story in tables_of(document, "stories")]
    told = [text_of(one, name) for kind, name in _TOLD for one in tables_of(document, kind)]
    return SavedSession(
        text_of(document, "id"),
        text_of(document, "title"),
        text_of(document, "team"),
        text_of(process, "name"),
        text_of(process, "phase"),
        next((stage for stage in STAGES if stage == text_of(document, "stage")), "choose"),
        day_of(document, "held_on"),
        updated_at if isinstance(updated_at, datetime) else None,
        revision if isinstance(revision := document.get("revision"), int) else 0,
        text_of(document, "follows"),
        text_of(document, "scales"),
        {voice: count for voice in _VOICES if (count := _count(present.get(voice)))},
        {voice: count for voice in _VOICES if (count := stories.count(voice))},
        tuple(_ideas(document)),
        tuple(_changes(document)),
        tuple(list(shared(told).values())[:_MOST_THEMES]),
    )


_TOLD = (("stories", "text"), ("steps", "title"), ("ideas", "text"), ("parked", "text"))


def _ideas(document: _Document) -> Iterator[SavedIdea]:
    steps = {text_of(step, "id"): text_of(step, "title") for step in tables_of(document, "steps")}
    taken = {
        id: text_of(change, "id")
        for change in tables_of(document, "initiatives")
        for id in list_of(change, "ideas")
        if isinstance(id, str)
    }
    for idea in tables_of(document, "ideas"):
        if text := text_of(idea, "text"):
            id = text_of(idea, "id")
            yield SavedIdea(
                id, text_of(idea, "kind"), text, taken.get(id, ""), steps.get(text_of(idea, "step"), "")
            )


def _changes(document: _Document) -> Iterator[SavedChange]:
    promises = {promise.id: promise for promise in promises_of(document)}
    for change in tables_of(document, "initiatives"):
        if promise := promises.get(text_of(change, "id")):
            yield _change(change, promise)


def _change(change: _Document, promise: Promise) -> SavedChange:
    measure, checkins = table_of(change, "measure"), tables_of(change, "checkins")
    baseline, started_on = _number(measure.get("baseline")), day_of(change, "started_on")
    counted = [
        (day, value)
        for checkin in checkins
        if (day := day_of(checkin, "held_on")) and (value := _number(checkin.get("value"))) is not None
    ]
    first = [(started_on, baseline)] if started_on and baseline is not None else []
    return SavedChange(
        promise,
        text_of(change, "buddy"),
        started_on,
        tuple(id for id in list_of(change, "ideas") if isinstance(id, str)),
        tuple((day_of(review, "held_on"), worst_of(review)) for review in tables_of(change, "reviews")),
        tuple(sorted([*first, *counted], key=lambda point: point[0])),
        text_of(measure, "name"),
        text_of(measure, "unit"),
        text_of(measure, "better"),
        baseline,
        _number(measure.get("target")),
        text_of(change, "decision_because"),
        text_of(change, "learnt"),
        next((said for checkin in reversed(checkins) if (said := text_of(checkin, "happened"))), ""),
    )


def worst_of(review: _Document) -> str:
    """Return the worst rating of a review's parts; empty when none is rated."""
    found = [text_of(part, "rating") for part in tables_of(review, "parts")]
    return next((rating for rating in RATINGS if rating in found), "")


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
