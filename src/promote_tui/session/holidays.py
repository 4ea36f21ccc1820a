"""Which days are weekends or bank holidays in England and Wales, so that a due day can say so."""

from datetime import date, timedelta
from functools import lru_cache


def mark(day: date) -> str:
    """Return ``weekend``, ``bank holiday`` or nothing; a mark only, as wards never close.

    Worked out by the rules of today. A bank holiday moved for one year, as for a coronation, is not known.
    """
    if day in _bank_holidays(day.year):
        return "bank holiday"
    return "weekend" if day.weekday() >= 5 else ""


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    easter = _easter(year)
    new_year = date(year, 1, 1)
    while new_year.weekday() >= 5:
        new_year += timedelta(days=1)
    # at a weekend, Christmas Day and Boxing Day move to the 27th and the 28th
    christmas, boxing = (
        date(year, 12, day if date(year, 12, day).weekday() < 5 else day + 2) for day in (25, 26)
    )
    return frozenset(
        {
            new_year,
            easter - timedelta(days=2),
            easter + timedelta(days=1),
            _monday(date(year, 5, 7)),
            _monday(date(year, 5, 31)),
            _monday(date(year, 8, 31)),
            christmas,
            boxing,
        }
    )


def _monday(last: date) -> date:
    """Return the last Monday up to a day."""
    return last - timedelta(days=last.weekday())


def _easter(year: int) -> date:
    """Return Easter Sunday, the Sunday after the full moon of spring as the calendar reckons it."""
    century = year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * (year % 19) + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - year % 19) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(days=moon - weekday)
