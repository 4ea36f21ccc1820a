"""The promises in session files, read leniently."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from promote_tui.session.due import Promise, Tuning
from promote_tui.session.schedule import HORIZONS, due_on
from promote_tui.session.stages import title_of_change
from promote_tui.session.text import in_a_list

if TYPE_CHECKING:
    from promote_tui.store.library import Card

_Document = Mapping[str, Any]


def promises_of(document: _Document) -> tuple[Promise, ...]:
    """Return the promises of a session as its file holds them; what has a wrong type is as good as absent."""
    ideas = {text_of(idea, "id"): _title(idea) for idea in tables_of(document, "ideas")}
    return tuple(_promise(one, ideas) for one in tables_of(document, "initiatives") if text_of(one, "id"))


def _promise(initiative: _Document, ideas: Mapping[str, str]) -> Promise:
    started_on, plan = day_of(initiative, "started_on"), table_of(initiative, "plan")
    days = {
        horizon: day_of(table_of(plan, horizon), "due_on") or (started_on and due_on(started_on, horizon))
        for horizon in HORIZONS
    }
    held = [checkin.get("horizon") for checkin in tables_of(initiative, "checkins")]
    known = [ideas[id] for id in list_of(initiative, "ideas") if isinstance(id, str) and ideas.get(id)]
    return Promise(
        text_of(initiative, "id"),
        known[0] if known else "(its idea was removed)",
        text_of(initiative, "owner"),
        text_of(initiative, "stage") or "planned",
        text_of(initiative, "decision"),
        {horizon: day for horizon, day in days.items() if day},
        frozenset(horizon for horizon in HORIZONS if horizon in held),
        tuple(_tunings(initiative)),
        text_of(initiative, "carried"),
        frozenset(
            (text_of(part, "name"), text_of(part, "fine_tune"))
            for _, part in _parts(initiative)
            if text_of(part, "fine_tune") and _is_tuned(part)
        ),
    )


def _title(idea: _Document) -> str:
    text = text_of(idea, "text")
    return title_of_change(text_of(idea, "kind"), text) if text else ""


def _tunings(initiative: _Document) -> Iterator[Tuning]:
    for place, part in _parts(initiative):
        if not _is_tuned(part) and (by := day_of(part, "fine_tune_by")):
            yield Tuning(text_of(part, "name"), text_of(part, "fine_tune"), by, place)


def _parts(initiative: _Document) -> Iterator[tuple[int, _Document]]:
    """Yield the parts of the newest review, each with its place."""
    reviews = list_of(initiative, "reviews")
    newest = reviews[-1] if reviews and isinstance(reviews[-1], dict) else {}
    yield from (
        (place, part) for place, part in enumerate(list_of(newest, "parts")) if isinstance(part, dict)
    )


def _is_tuned(part: _Document) -> bool:
    return part.get("rating") == "green" or day_of(part, "fine_tuned_on") is not None


def text_of(table: _Document, name: str) -> str:
    """Return a text of a table as a list shows it; empty when there is none."""
    value = table.get(name)
    return in_a_list(value) if isinstance(value, str) else ""


def day_of(table: _Document, name: str) -> date | None:
    """Return a day of a table; a time is none."""
    value = table.get(name)
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def table_of(table: _Document, name: str) -> _Document:
    """Return a table in a table; empty when there is none."""
    value = table.get(name)
    return value if isinstance(value, dict) else {}


def list_of(table: _Document, name: str) -> list[Any]:
    """Return a list in a table; empty when there is none."""
    value = table.get(name)
    return value if isinstance(value, list) else []


def tables_of(table: _Document, name: str) -> list[_Document]:
    """Return the tables of a list in a table; what is none is passed over."""
    return [one for one in list_of(table, name) if isinstance(one, dict)]


def newest_files(cards: "Iterable[Card]") -> "list[Card]":
    """Return of several files of one session, such as conflict copies, the one of the highest revision."""
    # ties go by name, so that the answer never depends on the order; a conflict copy comes after its file
    ordered = sorted(cards, key=lambda card: card.path.stem, reverse=True)
    ordered.sort(key=lambda card: (card.revision, card.updated))
    return list({card.id or str(card.path): card for card in ordered}.values())
