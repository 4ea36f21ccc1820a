"""How the portfolio is drawn: bars with their numbers, what is stuck, what repeats, who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from textual.content import Content

from promote_tui.session.portfolio import Change, Portfolio
from promote_tui.session.portfolio_counts import BYS, Group, groups, how_long, meaning, stuck
from promote_tui.session.text import number_of
from promote_tui.session.themes import Theme
from promote_tui.session.voices import PLURALS
from promote_tui.session.year import Year, who_is_missing
from promote_tui.ui.change_rows import change_row
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import Cell, columns, gap, heading, note
from promote_tui.ui.widgets.item_list import Row

View = Literal["overview", "stuck", "counts", "themes", "voices", "changes"]
VIEWS: dict[View, str] = {
    "overview": "Overview",
    "stuck": "Stuck",
    "counts": "Counts",
    "themes": "Themes",
    "voices": "Voices",
    "changes": "Changes",
}
QUESTIONS: dict[View, str] = {
    "overview": "",
    "stuck": "What is stuck, and for how long?",
    "counts": "How far are the changes, and whose are they?",
    "themes": "Which themes come back, and what became of the ideas?",
    "voices": "Who was in the room or heard, and who is missing?",
    "changes": "Which changes are there?",
}
Target = Change | Group | View
"""What Enter on a row leads to: a change, the list of some changes, or another view."""
MOST_ROWS = 300
_MOST_GROUPS, _MOST_STUCK, _MOST_YEARS = 60, 60, 100
_NOTHING = "No change has been taken on yet. In 3 Ideas of a session, o takes an idea on."
_STILL = "Looking for what repeats…"
_NAME, _COUNT = 24, 5


@dataclass
class Page:
    """The rows of a view, and what Enter on each leads to."""

    rows: list[Row] = field(default_factory=list)
    targets: dict[str, Target] = field(default_factory=dict)

    def add(self, row: Row, target: Target) -> None:
        """Add a row that leads somewhere."""
        self.rows.append(row)
        self.targets[row.key] = target

    def say(self, *rows: Row) -> None:
        """Add rows that lead nowhere."""
        self.rows += rows


def bar(count: int, of: int, width: int) -> str:
    """Return a bar that is filled by the share of ``count``; what there is shows at least a little."""
    halves = round(2 * width * count / of) if of else 0
    halves = max(halves, 1) if count else 0
    full, half = divmod(halves, 2)
    return "█" * full + "▌" * half + "░" * (width - full - half)


def overview(all: Portfolio, themes: Sequence[Theme] | None, year: tuple[Year, list[Year]]) -> Page:
    """Return the answers to the four questions, short enough for one look."""
    page, count = Page(), len(all.changes)
    page.say(heading("What is stuck?", "" if count else _NOTHING))
    for group in stuck(all.changes) if count else ():
        page.add(_counted(group, count), group)
    page.say(gap(), heading("What works?"))
    for group in groups(all.changes, "status", all.today):
        if group.key in ("status/runner", "status/scaling"):
            page.add(_counted(group, count), group)
    page.add(Row("counts", (all.changes,), partial(_ratings, all)), "counts")
    page.say(gap(), heading("What repeats?"))
    for theme in (themes or ())[:3]:
        page.add(Row(f"theme/{theme.word}", (theme,), partial(_theme_line, theme)), "themes")
    if not themes:
        page.say(note(_STILL if themes is None else "No theme is in two sessions yet."))
    page.say(gap(), heading("Who is missing?"))
    for place, words in enumerate(who_is_missing(*year)):
        page.add(Row(f"voices/{place}", (words,), partial(_sentence, words)), "voices")
    return page


def _ratings(all: Portfolio, width: int) -> list[Content]:
    found = groups(all.changes, "rating", all.today)
    return Content("   ").join(plain(f"{one.name} {one.count}", one.rating) for one in found).wrap(width)


def _theme_line(theme: Theme, width: int) -> list[Content]:
    sessions = number_of(len(theme.sources), "session")
    return columns([(theme.word, "strong"), f"{sessions}   {theme.briefly()}"], [14, width - 16])


def _sentence(words: str, width: int) -> list[Content]:
    return plain(words).wrap(width)


def _counted(group: Group, of: int) -> Row:
    return Row(group.key, (group, of), partial(_draw_counted, group, of))


def _draw_counted(group: Group, of: int, width: int) -> list[Content]:
    """Draw a group: its name, a bar with the number, and a note where there is room beside it."""
    long = 20 if width >= 70 else 10
    rest = width - _NAME - long - _COUNT - 6
    cells: list[Cell] = [
        (group.name, group.rating),
        (bar(group.count, of, long), "muted"),
        (f"{group.count:>{_COUNT}}", "strong"),
        (group.note, "muted"),
    ]
    beside = len(group.note) <= rest
    lines = columns(cells, [_NAME, long, _COUNT, rest if beside else 0])
    return lines if beside else [*lines, *columns(["", (group.note, "muted")], [2, width - 4])]


def stalled(all: Portfolio) -> Page:
    """Return why changes are stuck, each reason with its changes, the longest first."""
    page = Page()
    for group in stuck(all.changes):
        page.add(_counted(group, len(all.changes)), group)
        page.say(note(meaning(group)))
        for change in group.changes[:_MOST_STUCK]:
            page.add(change_row(change, all.today, f"{group.key}|", how_long(group, change)), change)
        _more(page, group.count - _MOST_STUCK, "Enter on the number above shows them all.")
        page.say(gap())
    return page if all.changes else _nothing()


def _nothing() -> Page:
    page = Page()
    page.say(note(_NOTHING))
    return page


def _more(page: Page, count: int, words: str, what: str = "change") -> None:
    if count > 0:
        page.say(note(f"and {number_of(count, f'more {what}')}. {words}"))


def counts(all: Portfolio) -> Page:
    """Return how many changes there are by how far they are, rating, check-in, owner and team."""
    page = Page()
    for by, question in BYS.items():
        found = groups(all.changes, by, all.today)
        # of many owners or teams none has a share that could be seen: the longest bar is that of the largest
        of = (
            sum(one.count for one in found)
            if by in ("status", "rating")
            else max((one.count for one in found), default=0)
        )
        page.say(heading(question))
        for group in found[:_MOST_GROUPS]:
            page.add(_counted(group, of), group)
        _more(page, len(found) - _MOST_GROUPS, "They have the fewest changes.", by)
        page.say(gap())
    return page if all.changes else _nothing()


def repeating(themes: Sequence[Theme] | None, sessions: int) -> Page:
    """Return the themes of at least two sessions, and what became of the ideas about each."""
    page = Page()
    for theme in themes or ():
        group = Group(f"theme/{theme.word}", f"about “{theme.word}”", theme.changes)
        page.add(Row(group.key, (theme, sessions), partial(_draw_theme, theme, sessions)), group)
    if not themes:
        page.say(note(_STILL if themes is None else "No theme is in two sessions yet."))
    return page


def _draw_theme(theme: Theme, sessions: int, width: int) -> list[Content]:
    long = 20 if width >= 70 else 10
    rest = width - _NAME - long - 2 * 2
    lines = columns(
        [
            (theme.word, "strong"),
            (bar(len(theme.sources), sessions, long), "muted"),
            f"{len(theme.sources)} of {number_of(sessions, 'session')}",
        ],
        [_NAME, long, rest],
    )
    teams = theme.teams
    more = f" and {number_of(len(teams) - 3, 'more team', 'more teams')}" if len(teams) > 3 else ""
    told = [(theme.became(), ""), (", ".join(teams[:3]) + more, "muted")]
    told += [(f"“{text}”", "muted") for text in theme.texts]
    for text, style in told:
        lines += columns(["", (text, style)], [1, width - 4], 1)
    return [*lines, Content("")]


def voices(all: Portfolio, year: tuple[Year, list[Year]]) -> Page:
    """Return in how many sessions of the last year each group was there, of all teams and of each.

    Teams where a group was never there come first. Enter on a team leads to its changes.
    """
    page, (whole, teams) = Page(), year
    page.say(*(Row("", (words,), partial(_sentence, words)) for words in who_is_missing(whole, teams)), gap())
    of_team = {group.key: group for group in groups(all.changes, "team", all.today)}
    for one in [whole, *sorted(teams, key=lambda one: not one.missing)[:_MOST_YEARS]]:
        nothing = Group(f"team/{one.team.casefold()}", one.team)
        group = of_team.get(nothing.key, nothing) if one.team else Group("year", "all teams", all.changes)
        page.add(Row(group.key, (one,), partial(_draw_year, one)), group)
    _more(page, len(teams) - _MOST_YEARS, "They held the fewest sessions.", "team")
    return page


def _draw_year(year: Year, width: int) -> list[Content]:
    """Draw one team: a line for each group, with its share of the year and of each quarter."""
    wide = width >= 70
    widths = [9, 8 if wide else 0, 12 if wide else 9, *[10 if wide else 8] * len(year.quarters)]
    unknown = f", {year.unknown} more do not say who was there" if year.unknown else ""
    held = f"{number_of(year.sessions, 'session')} in 12 months{unknown}"
    title = assembled((year.team or "All teams", "strong"), (f"   {held}", "muted"))
    names: list[Cell] = [(one.name, "muted") for one in year.quarters]
    lines = [*title.wrap(width), *columns(["", "", "", *names], widths, 1)]
    for voice, name in PLURALS.items():
        count = year.there(voice)
        never = bool(year.sessions) and not count
        share: Cell = ("missing", "warn") if never else f"{count} of {year.sessions}"
        parts: list[Cell] = [
            f"{one.there[voice]} of {one.sessions}" if one.sessions else ("–", "muted")
            for one in year.quarters
        ]
        cells: list[Cell] = [name, (bar(count, year.sessions, 8), "muted"), share, *parts]
        lines += columns(cells, widths, 1)
    return [*lines, Content("")]


def changes(all: Portfolio) -> Page:
    """Return the changes themselves, those of the newest sessions first, as many as a list can be read."""
    page, count = Page(), len(all.changes)
    if count > MOST_ROWS:
        page.say(
            note(f"The first {MOST_ROWS} of {count}. Enter on a number in 2, 3 or 4 shows fewer."), gap()
        )
    for change in all.changes[:MOST_ROWS]:
        page.add(change_row(change, all.today), change)
    return page if all.changes else _nothing()
