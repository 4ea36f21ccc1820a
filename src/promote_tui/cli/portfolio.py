"""What ``promote portfolio`` does: all changes of all sessions, as text, as a table, or for programs."""

import argparse
import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from promote_tui.cli import finding, listing, talk
from promote_tui.cli.finding import FINE, NO
from promote_tui.session.portfolio import Change, Portfolio, Source, portfolio
from promote_tui.session.portfolio_counts import BYS, Group, groups, stuck
from promote_tui.session.stages import RATINGS
from promote_tui.session.text import figure, number_of
from promote_tui.session.themes import Theme, themes
from promote_tui.session.year import Year, last_year, who_is_missing
from promote_tui.store.library import Library

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a table program would run."""
_MOST_THEMES = 10


def show_portfolio(args: argparse.Namespace, today: date) -> int:
    """Print the portfolio of the library, or of what the filters leave of it."""
    library = finding.library_there(args)
    whole = portfolio(_sources(library), today)
    found = whole.of_team(args.team) if args.team else whole
    shown = _filtered(found, args)
    if args.json:
        talk.say_json({"library": str(library.folder), **values(shown, found)})
    elif args.csv:
        talk.say(*table(shown.changes, today))
    else:
        talk.say(*lines(shown, found))
    if whole.changes and not shown.changes:
        talk.tell("There is no such change.")
        return NO
    return FINE


def _sources(library: Library) -> list[Source]:
    """Return what is known of each session, also of those that were put away, as the screen shows them."""
    with finding.catalogue(library) as catalogue:
        talk.tell_unreadable(catalogue.unreadable())
        return [Source(str(card.path), saved, card.put_away) for card, saved in catalogue.saved()]


def _filtered(found: Portfolio, args: argparse.Namespace) -> Portfolio:
    """Return what the filters of changes leave."""
    if args.owner:
        words = args.owner.casefold()
        found = found.narrowed(lambda one: words in one.owner.casefold())
    if args.status:
        found = found.narrowed(lambda one: one.status == args.status)
    if args.rating:
        wanted = "" if args.rating == "none" else args.rating
        found = found.narrowed(lambda one: one.status != "let go" and one.saved.rating == wanted)
    if args.stuck:
        found = found.narrowed(lambda one: bool(one.stalls))
    return found


def lines(shown: Portfolio, found: Portfolio) -> list[str]:
    """Return the overview as lines of text: every number with what it counts.

    The changes are those that are ``shown``, themes and voices are those of all that was ``found``.
    """
    said = [f"{number_of(len(found.sources), 'session')}, {number_of(len(shown.changes), 'change')}."]
    parts: list[tuple[str, list[list[str]]]] = [("What is stuck?", _rows(stuck(shown.changes)))]
    parts += [(question, _rows(groups(shown.changes, by, shown.today))) for by, question in BYS.items()]
    repeat = [
        [theme.word, number_of(len(theme.sources), "session"), theme.became()]
        for theme in themes(found, _MOST_THEMES)
    ]
    parts.append(("What repeats?", repeat or [["no theme is in two sessions yet"]]))
    missing = who_is_missing(*last_year(found.sources, found.today))
    parts.append(("Who is missing?", [[words] for words in missing]))
    for question, rows in parts:
        said += ["", question, *(f"  {line}" for line in listing.columns(rows))]
    return said


def _rows(found: Sequence[Group]) -> list[list[str]]:
    return [[one.name, str(one.count), one.note] for one in found] or [["none"]]


def values(shown: Portfolio, found: Portfolio) -> dict[str, Any]:
    """Return the portfolio for a program: changes, what is counted, and themes and voices of all found."""
    whole, teams = last_year(found.sources, found.today)
    counted: dict[str, Any] = {
        by: {one.key.partition("/")[2] or "none": one.count for one in groups(shown.changes, by, shown.today)}
        for by in BYS
    }
    return {
        "today": found.today.isoformat(),
        "sessions": len(found.sources),
        "changes": [change_values(one, shown.today) for one in shown.changes],
        "counts": counted,
        "stuck": {one.key.partition("/")[2]: one.count for one in stuck(shown.changes)},
        "themes": [_theme_values(one) for one in themes(found)],
        "voices": [_year_values(one) for one in (whole, *teams)],
    }


def change_values(change: Change, today: date) -> dict[str, Any]:
    """Return one change for a program; what is not known is None."""
    saved, session = change.saved, change.source.saved
    rating = saved.rating if change.status != "let go" else ""
    return {
        "file": change.source.key,
        "id": saved.promise.id,
        "session": session.title,
        "team": change.source.team or None,
        "held_on": _day(session.held_on),
        "change": change.title,
        "owner": change.owner or None,
        "buddy": saved.buddy or None,
        "status": change.status,
        "decision": saved.promise.decision or None,
        "rating": rating if rating in RATINGS else None,
        "started_on": _day(saved.started_on),
        "next_checkin": change.next.what if change.next else None,
        "due_on": _day(change.next.day if change.next else None),
        "days_late": (today - change.next.day).days if change.next else None,
        "stuck": dict(change.stalls),
        "measure": saved.measure or None,
        "unit": saved.unit or None,
        "baseline": _number(saved.baseline),
        "latest": _number(saved.points[-1][1] if saved.points else None),
        "target": _number(saved.target),
        "learnt": saved.learnt or None,
        "put_away": change.source.put_away,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: float | None) -> float | None:
    # JSON knows no number that is none
    return value if value is not None and abs(value) < float("inf") else None


def _theme_values(theme: Theme) -> dict[str, Any]:
    return {
        "word": theme.word,
        "sessions": len(theme.sources),
        "files": [one.key for one in theme.sources],
        "ideas": theme.ideas,
        "to_continue": theme.kept,
        "changes": [{"file": one.source.key, "id": one.saved.promise.id} for one in theme.changes],
    }


def _year_values(year: Year) -> dict[str, Any]:
    quarters = [{"months": one.name, "sessions": one.sessions, **one.there} for one in year.quarters]
    return {"team": year.team or None, "do_not_say": year.unknown, "quarters": quarters}


def table(changes: Sequence[Change], today: date) -> list[str]:
    """Return the changes as the lines of a CSV table: a heading, then one line for each change."""
    found = [change_values(one, today) for one in changes]
    names = list(_COLUMNS)
    return [_csv_line(names), *(_csv_line([_cell(one[name]) for name in names]) for one in found)]


_COLUMNS = (
    "file", "id", "session", "team", "held_on", "change", "owner", "buddy", "status", "decision", "rating",
    "started_on", "next_checkin", "due_on", "days_late", "stuck", "measure", "unit", "baseline", "latest",
    "target", "learnt", "put_away",
)  # fmt: skip


def _cell(value: object) -> str:
    """Return a value as a cell; text that a table program would take for a formula begins with ``'``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(value)
    if isinstance(value, int | float):
        return figure(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv_line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="").writerow(cells)
    return out.getvalue()
