"""Records of saved sessions for tests, with as little in them as a test needs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from promote_tui.session.due import Promise
from promote_tui.session.portfolio import Portfolio, Source, portfolio
from promote_tui.session.saved import SavedChange, SavedIdea, SavedSession
from promote_tui.session.schedule import HORIZONS, due_on

TODAY = date(2026, 11, 23)


def change(id: int = 1, began: int | None = 1, **fields: Any) -> SavedChange:
    """A change that began so many days ago; fields of its promise go there, the others to the change."""
    started_on = None if began is None else TODAY - timedelta(days=began)
    promise = Promise(
        f"initiative-{id}",
        fields.pop("title", f"Tea {id}"),
        fields.pop("owner", "HCA, nights"),
        due={} if started_on is None else {horizon: due_on(started_on, horizon) for horizon in HORIZONS},
        **{name: fields.pop(name) for name in ("stage", "decision", "carried") if name in fields},
        held=frozenset(fields.pop("held", ())),
    )
    rating = fields.pop("rating", None)
    ratings = () if rating is None else ((TODAY, rating),)
    return SavedChange(promise, started_on=started_on, **{"ratings": ratings, **fields})


def source(
    id: str,
    *changes: SavedChange,
    ideas: Sequence[tuple[str, str]] = (),
    ago: int | None = 30,
    put_away: bool = False,
    **fields: Any,
) -> Source:
    """A session held so many days ago; each idea has its words and the id of its change."""
    held_on = None if ago is None else TODAY - timedelta(days=ago)
    made = tuple(
        SavedIdea(f"idea-{place}", "start", text, taken) for place, (text, taken) in enumerate(ideas, 1)
    )
    session = SavedSession(id, f"Session {id}", held_on=held_on, changes=changes, ideas=made)
    return Source(f"{id or 'none'}.toml", replace(session, **fields), put_away)


def made(*sources: Source) -> Portfolio:
    """The portfolio of some sessions today."""
    return portfolio(sources, TODAY)


def at(hour: int) -> datetime:
    """An hour of today, for what was changed last."""
    return datetime(2026, 11, 23, hour, tzinfo=UTC)
