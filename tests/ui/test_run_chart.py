"""A run chart says its numbers and days in plain rows, and fits."""

from datetime import date, timedelta
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.measured import Point
from promote_tui.session.model import Measure
from promote_tui.ui.run_chart import number, run_chart
from promote_tui.ui.themes import ROLES
from tests.ui.test_glyphs import SAFE

DAYS = (0, 3, 21, 35)
ANY = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**63), 2**63)


def chart(*values: float, width: int = 60, baseline: float | None = None, target: float | None = None) -> str:
    """Return the chart of the numbers of some days as text."""
    days = [date(2026, 11, 24) + timedelta(days=day) for day in DAYS]
    points = [Point(day, value) for day, value in zip(days, values, strict=False)]
    lines = run_chart(points, Measure(baseline=baseline, target=target), width)
    return "\n".join(line.plain.rstrip() for line in lines)


def test_what_is_drawn() -> None:
    rising = """
              target 9 ┤·································●··········
                       │                      ●
                       │           ●
                       │
        at the start 4 ┤●───────────────────────────────────────────
                       └────────────────────────────────────────────
                        4          6          8          9
                        24 Nov     27 Nov     15 Dec     29 Dec
        """
    assert chart(4, 6, 8, 9, baseline=4, target=9) == dedent(rising).strip("\n")
    narrow = """
                 3 ┤                  ●
                   │
                   │         ●
                   │
        start -1.5 ┤●──────────────────────────
                   └───────────────────────────
                    -1.5     0.25     3
                    24 Nov   27 Nov   15 Dec
        """
    assert chart(-1.5, 0.25, 3, width=40, baseline=-1.5) == dedent(narrow).strip("\n")


def test_equal_numbers_are_one_line() -> None:
    flat = """
        at the start, target 4 ┤●──────────●──────────●──────────
                               └─────────────────────────────────
                                4          4          4
                                24 Nov     27 Nov     15 Dec
        """
    assert chart(4, 4, 4, baseline=4, target=4) == dedent(flat).strip("\n")
    assert chart(7, 7, 7.0).splitlines()[0] == "7 ┤●          ●          ●"


def test_fewer_than_three_points_are_not_drawn() -> None:
    assert chart() == chart(4) == chart(4, 9, baseline=4, target=9) == ""


def test_a_number_and_a_line_that_share_a_row_are_both_said() -> None:
    shared = chart(4, 100, 50, baseline=4, target=4.1)
    assert "at the start 4, target 4.1 ┤●───" in shared
    assert "\n                       100 ┤" in "\n" + shared


def test_many_points_are_thinned_and_it_is_said() -> None:
    points = [Point(date(2026, 11, 24) + timedelta(days=9 * day), day) for day in range(40)]
    for width, said in [(100, "12 of 40 numbers are drawn."), (40, "4 of 40 numbers are drawn.")]:
        lines = [line.plain for line in run_chart(points, Measure(target=20), width)]
        assert lines[-1] == said
        assert lines[-2].split() == ["2026", "2027"]
        assert lines[-4].split()[0] == "0"
        assert lines[-4].split()[-1] == "39"


def test_where_there_is_no_room_the_numbers_are_listed() -> None:
    assert chart(1e300, -1.2345e-300, 5, width=40, baseline=1e300).splitlines() == [
        "Tue 24 Nov 2026: 1e+300",
        "Fri 27 Nov 2026: -1.23e-300",
        "Tue 15 Dec 2026: 5",
    ]


def test_long_numbers_are_rounded() -> None:
    for value, said in [
        (12345678, "12345678"),
        (123456789, "1.23e+08"),
        (-0.123456789, "-0.123"),
        (2.5, "2.5"),
    ]:
        assert number(value) == said


@given(
    st.lists(st.tuples(st.dates(), ANY), max_size=60),
    st.none() | ANY,
    st.none() | ANY,
    st.integers(10, 120),
)
def test_any_numbers_fit_in_safe_characters(
    numbers: list[tuple[date, float]], baseline: float | None, target: float | None, width: int
) -> None:
    points = [Point(day, value) for day, value in sorted(numbers, key=lambda one: one[0])]
    lines = run_chart(points, Measure(baseline=baseline, target=target), width)
    assert bool(lines) == (len(points) >= 3)
    for line in lines:
        assert line.cell_length <= width
        assert set(line.plain) <= SAFE
        assert {str(span.style) for span in line.spans} <= ROLES
