from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.holidays import mark

# as published, or as the rules in force say
KNOWN = {
    2024: "1/1 29/3 1/4 6/5 27/5 26/8 25/12 26/12",
    2025: "1/1 18/4 21/4 5/5 26/5 25/8 25/12 26/12",
    2026: "1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12",
    2027: "1/1 26/3 29/3 3/5 31/5 30/8 27/12 28/12",
    2028: "3/1 14/4 17/4 1/5 29/5 28/8 25/12 26/12",
    2029: "1/1 30/3 2/4 7/5 28/5 27/8 25/12 26/12",
    2030: "1/1 19/4 22/4 6/5 27/5 26/8 25/12 26/12",
    2033: "3/1 15/4 18/4 2/5 30/5 29/8 26/12 27/12",
    2038: "1/1 23/4 26/4 3/5 31/5 30/8 27/12 28/12",
}


def test_every_day_of_known_years_has_its_mark() -> None:
    for year, days in KNOWN.items():
        known = {
            date(year, int(month), int(day)) for day, _, month in (one.partition("/") for one in days.split())
        }
        for number in range(366):
            day = date(year, 1, 1) + timedelta(days=number)
            usual = "weekend" if day.weekday() >= 5 else ""
            if day.year == year:
                assert mark(day) == ("bank holiday" if day in known else usual), day


@given(st.integers(1, 9999))
def test_every_year_has_eight_bank_holidays_none_at_a_weekend(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    held = [day for day in days if mark(day) == "bank holiday"]
    assert len(held) == 8
    assert all(day.weekday() < 5 for day in held)
    assert mark(date.min) == "bank holiday"
    assert mark(date.max) == ""
