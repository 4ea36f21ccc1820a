"""A saved session as a short run of bytes, and back: so the catalogue keeps it."""

import json
import zlib
from datetime import date, datetime
from typing import Any

from promote_tui.session.due import Promise, Tuning
from promote_tui.session.saved import SavedChange, SavedIdea, SavedSession

_Fields = list[Any]


def packed(saved: SavedSession) -> bytes:
    """Return a saved session as bytes."""
    fields = [
        saved.id,
        saved.title,
        saved.team,
        saved.process,
        saved.phase,
        saved.stage,
        _number(saved.held_on),
        saved.updated_at and saved.updated_at.isoformat(),
        saved.revision,
        saved.follows,
        saved.scales,
        saved.present,
        saved.heard,
        [[idea.id, idea.kind, idea.text, idea.change, idea.step] for idea in saved.ideas],
        [_change(change) for change in saved.changes],
        saved.themes,
    ]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return zlib.compress(text.encode())


def unpacked(data: bytes) -> SavedSession:
    """Return the saved session that these bytes are."""
    fields = json.loads(zlib.decompress(data))
    fields[6] = _day(fields[6])
    fields[7] = datetime.fromisoformat(fields[7]) if fields[7] else None
    fields[13] = tuple(SavedIdea(*idea) for idea in fields[13])
    fields[14] = tuple(_read_change(change) for change in fields[14])
    fields[15] = tuple(fields[15])
    return SavedSession(*fields)


def _change(change: SavedChange) -> _Fields:
    return [
        _promise(change.promise),
        change.buddy,
        _number(change.started_on),
        change.ideas,
        [(_number(day), rating) for day, rating in change.ratings],
        [(day.toordinal(), value) for day, value in change.points],
        change.measure,
        change.unit,
        change.better,
        change.baseline,
        change.target,
        change.because,
        change.learnt,
        change.happened,
    ]


def _read_change(fields: _Fields) -> SavedChange:
    fields[0] = _read_promise(fields[0])
    fields[2] = _day(fields[2])
    fields[3] = tuple(fields[3])
    fields[4] = tuple((_day(day), rating) for day, rating in fields[4])
    fields[5] = tuple((date.fromordinal(day), value) for day, value in fields[5])
    return SavedChange(*fields)


def _promise(promise: Promise) -> _Fields:
    return [
        promise.id,
        promise.title,
        promise.owner,
        promise.stage,
        promise.decision,
        {horizon: day.toordinal() for horizon, day in promise.due.items()},
        sorted(promise.held),
        [(tuning.part, tuning.words, tuning.by.toordinal(), tuning.place) for tuning in promise.tunings],
        promise.carried,
        sorted(promise.tuned),
    ]


def _read_promise(fields: _Fields) -> Promise:
    fields[5] = {horizon: date.fromordinal(day) for horizon, day in fields[5].items()}
    fields[6] = frozenset(fields[6])
    fields[7] = tuple(
        Tuning(part, words, date.fromordinal(by), place) for part, words, by, place in fields[7]
    )
    fields[9] = frozenset((part, words) for part, words in fields[9])
    return Promise(*fields)


def _number(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _day(number: int | None) -> date | None:
    return date.fromordinal(number) if number else None
