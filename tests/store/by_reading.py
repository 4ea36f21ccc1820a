"""A library read file by file, each time anew: slow and simple, for the catalogue to be compared with."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from promote_tui.session.due import Due, dues, place_in_order
from promote_tui.session.lines import still_asked
from promote_tui.store.library import Card, card_of
from promote_tui.store.places import INBOX
from promote_tui.store.promises import newest_files


def cards_of(folder: Path) -> list[Card]:
    """Return a card for each session file, newest first, those that cannot be read last."""
    paths = [
        path
        for path in folder.iterdir()
        if path.suffix.casefold() == ".toml"
        and not path.name.startswith(".")
        and path.name.casefold() != INBOX
    ]
    return sorted(
        sorted(map(card_of, paths), key=lambda card: card.path.name),
        key=lambda card: (not card.problem, card.held_on or date.min, card.updated),
        reverse=True,
    )


def dues_in(cards: Iterable[Card], today: date) -> list[tuple[Card, Due]]:
    """Return all that is due in the sessions of these cards, in its order."""
    asked = still_asked(newest_files(cards))
    found = [(card, due) for card, promise in asked for due in dues(promise, today)]
    return sorted(found, key=lambda one: place_in_order(one[1], today))
