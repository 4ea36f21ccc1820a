"""Which voices were in the room or heard over the last year, quarter by quarter, and which are missing.

Sessions are counted, never people: a group of one is not shown as such.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from promote_tui.session.model import VOICES, Voice
from promote_tui.session.portfolio import Source
from promote_tui.session.schedule import later
from promote_tui.session.text import number_of
from promote_tui.session.voices import PLURALS

_QUARTERS = 4
_NAMED = 3
"""Most teams that a sentence names."""


@dataclass(frozen=True)
class Quarter:
    """Three months: the sessions held that say who was there, and in how many of them each group was."""

    name: str
    """Its first and last month, such as ``Sep–Nov``."""
    sessions: int
    there: dict[Voice, int]


@dataclass(frozen=True)
class Year:
    """The last twelve months of one team, or of all."""

    team: str
    """Empty for all of them."""
    quarters: tuple[Quarter, ...]
    unknown: int = 0
    """Sessions that do not say who was there."""

    @property
    def sessions(self) -> int:
        """Return how many sessions say who was there."""
        return sum(one.sessions for one in self.quarters)

    def there(self, voice: Voice) -> int:
        """Return in how many sessions a group was in the room, or heard."""
        return sum(one.there[voice] for one in self.quarters)

    @property
    def missing(self) -> tuple[Voice, ...]:
        """Return the groups that were never there, though sessions were held."""
        return tuple(voice for voice in VOICES if self.sessions and not self.there(voice))


def last_year(sources: Iterable[Source], today: date) -> tuple[Year, list[Year]]:
    """Return the last twelve months of all teams, and of each, those with the most sessions first.

    A month counts as a whole: this one, and the eleven before it. What is yet to come does not count.
    """
    this_month = today.year * 12 + today.month - 1
    by_team: dict[str, list[tuple[int, Source]]] = defaultdict(list)
    names: dict[str, str] = {}
    for source in sources:
        held_on = source.saved.held_on
        if held_on is None or held_on > today:
            continue
        ago = this_month - (held_on.year * 12 + held_on.month - 1)
        if ago < 3 * _QUARTERS:
            by_team[source.team.casefold()].append((_QUARTERS - 1 - ago // 3, source))
            names.setdefault(source.team.casefold(), source.team)
    spans = [_months(today, 3 * (_QUARTERS - 1 - place)) for place in range(_QUARTERS)]
    years = [_year(names[team], held, spans) for team, held in by_team.items() if team]
    years.sort(key=lambda one: (-one.sessions, one.team.casefold()))
    return _year("", [one for held in by_team.values() for one in held], spans), years


def _months(today: date, ago: int) -> str:
    """Return the first and the last month of a quarter that ended so many months ago."""
    first = today.replace(day=1)
    # the calendar begins with the year 1
    days = [later(first, -back) if first.year > 2 else first for back in (ago + 2, ago)]
    return "–".join(_MONTHS[day.month - 1] for day in days)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _year(team: str, held: Sequence[tuple[int, Source]], spans: Sequence[str]) -> Year:
    known = [(place, groups) for place, source in held if (groups := _groups(source))]
    quarters = [
        Quarter(
            name,
            sum(1 for at, _ in known if at == place),
            {voice: sum(1 for at, groups in known if at == place and voice in groups) for voice in VOICES},
        )
        for place, name in enumerate(spans)
    ]
    return Year(team, tuple(quarters), len(held) - len(known))


def _groups(source: Source) -> frozenset[Voice]:
    """Return the groups that were in the room of a session, or heard in it."""
    saved = source.saved
    return frozenset(voice for voice in VOICES if saved.present.get(voice) or saved.heard.get(voice))


def who_is_missing(whole: Year, teams: Sequence[Year]) -> list[str]:
    """Return who is missing where, as sentences; that nobody is missing when all were there."""
    if not whole.sessions:
        return ["No session of the last 12 months says who was there."]
    said = []
    for voice in VOICES:
        never = [one for one in teams if voice in one.missing]
        count = whole.there(voice)
        if count == whole.sessions:
            continue
        many = PLURALS[voice].capitalize()
        those = f"{number_of(whole.sessions, 'session')} of the last 12 months"
        share = f"in {count} of the {those}" if count else f"in none of the {those}"
        said.append(f"{many} were there {share}." + (f" Never at {_listed(never)}." if never else ""))
    if not said:
        each = "the one session" if whole.sessions == 1 else f"each of the {whole.sessions} sessions"
        said.append(f"Patients, carers and staff were all there in {each} of the last 12 months.")
    return said


def _listed(years: Sequence[Year]) -> str:
    """Return the names of teams, each with its sessions; of many the first few, and how many more."""
    named = [f"{one.team} ({number_of(one.sessions, 'session')})" for one in years[:_NAMED]]
    more = len(years) - len(named)
    if more:
        return f"{', '.join(named)} and {number_of(more, 'more team', 'more teams')}"
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
