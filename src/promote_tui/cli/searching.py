"""The commands that look through the library: ``promote list``, ``due`` and ``search``."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime

from promote_tui.cli import finding, listing, talk
from promote_tui.cli.finding import FINE, NO, WRONG_USAGE, CommandError
from promote_tui.session.due import NOTHING_SOON, is_now
from promote_tui.session.stages import NUMBERED, RATINGS, STAGES, STANDINGS
from promote_tui.session.text import number_of, one_line
from promote_tui.store.catalogue import Catalogue, Wanted
from promote_tui.store.catalogue_words import words_typed

_MOST_PASSAGES = 2
_FIXED: dict[str, Sequence[str]] = {
    "stage": STAGES,
    "phase": ("welcome", "stay", "goodbye"),
    "rating": (*RATINGS, "none"),
    "status": tuple(STANDINGS),
}
"""What these filters can be; teams and owners are those of the library."""
_FILTERS = ("team", "owner", *_FIXED)


def list_sessions(args: argparse.Namespace) -> int:
    """List the sessions that are wanted, newest first."""
    library = finding.library_there(args)
    with finding.catalogue(library) as catalogue:
        wanted = _wanted(args, catalogue)
        if args.json:
            sessions = [listing.card_values(card) for card in catalogue.cards(wanted)]
            talk.say_json({"library": str(library.folder), "sessions": sessions})
            return FINE
        lines = catalogue.lines(wanted)
        if not lines:
            talk.tell(
                f"No sessions yet in {library.folder}." if wanted == Wanted() else "No session is like that."
            )
        talk.say(*listing.columns([listing.card_row(line) for line in lines if not line.problem]))
        talk.say(*[f"{line.file_name}: cannot be opened: {line.problem}" for line in lines if line.problem])
    return FINE


def due(args: argparse.Namespace) -> int:
    """List what is due in the sessions that are wanted."""
    library, today = finding.library_there(args), datetime.now(UTC).astimezone().date()
    with finding.catalogue(library) as catalogue:
        wanted, found = _wanted(args, catalogue), catalogue.due(today)
        if wanted != Wanted():
            paths = {card.path for card in catalogue.cards(wanted)}
            found = [one for one in found if one[0].path in paths and wanted.owner in ("", one[1].owner)]
        if args.json:
            dues = [listing.due_values(card, one, today) for card, one in found]
            talk.say_json({"library": str(library.folder), "today": today.isoformat(), "dues": dues})
            return FINE
        now = [listing.due_row(card, one, today) for card, one in found if is_now(one, today)]
        if not now:
            talk.tell(NOTHING_SOON if found else "Nothing is due.")
        talk.say(*listing.columns(now))
        if wanted == Wanted():
            talk.tell_unreadable(catalogue.unreadable())
    return FINE


def search(args: argparse.Namespace) -> int:
    """List the sessions that hold every one of some words, and where they stand in them."""
    from promote_tui.store.passages import passages  # noqa: PLC0415 - a list reads no file

    words = one_line(" ".join(args.words))
    if not words_typed(words):
        raise CommandError(WRONG_USAGE, "Name a word to look for. For example: promote search tea")
    library = finding.library_there(args)
    with finding.catalogue(library) as catalogue:
        cards = catalogue.cards(_wanted(args, catalogue, words))
    found = [(card, passages(card.path, words, _MOST_PASSAGES)) for card in cards]
    if args.json:
        sessions = [{**listing.card_values(card), "passages": texts} for card, texts in found]
        talk.say_json({"library": str(library.folder), "words": words, "sessions": sessions})
        return FINE if found else NO
    if not found:
        talk.tell(f"No session has “{words}” in it.")
        return NO
    rows = listing.columns([listing.card_row(card) for card in cards])
    for row, (_, texts) in zip(rows, found, strict=True):
        talk.say(row, *(f"    {text}" for text in texts))
    talk.tell(f"{number_of(len(found), 'session')}.")
    return FINE


def _wanted(args: argparse.Namespace, catalogue: Catalogue, words: str = "") -> Wanted:
    """Return what the filters of a command line ask for; raises CommandError for what nothing is like."""
    put_away = getattr(args, "put_away", False)
    filters = {
        what: _meant(what, value, catalogue, put_away)
        for what in _FILTERS
        if (value := getattr(args, what)) is not None
    }
    return Wanted(words=words, put_away=put_away, **filters)


def _meant(what: str, value: str, catalogue: Catalogue, put_away: bool) -> str:
    there = _FIXED.get(what) or _of_library(what, catalogue, put_away)
    spelled = {one.casefold(): one for one in there}
    if what == "stage":  # also by its number, and as the lists show it
        spelled |= {
            word.casefold(): stage for stage, shown in NUMBERED.items() for word in (shown, shown[:1])
        }
    typed = one_line(value).casefold()
    if typed in spelled:
        return spelled[typed]
    from difflib import get_close_matches  # noqa: PLC0415 - only for what was mistyped

    near = get_close_matches(typed, spelled, n=1, cutoff=0.5)
    if near:
        hint = f'Did you mean "{spelled[near[0]]}"?'
    elif what in _FIXED:
        hint = f"There are {', '.join(there)}."
    else:
        hint = "promote list shows what there is."
    raise CommandError(WRONG_USAGE, f'There is no {what} "{value}". {hint}')


def _of_library(what: str, catalogue: Catalogue, put_away: bool) -> list[str]:
    """Return the teams or the owners that there are."""
    if not put_away:
        return [name for name, _ in catalogue.choices(what)]
    away = [saved for card, saved in catalogue.saved() if card.put_away]
    if what == "team":
        return [saved.team for saved in away]
    return [change.promise.owner for saved in away for change in saved.changes]
