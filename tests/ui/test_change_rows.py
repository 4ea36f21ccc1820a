from datetime import date
from typing import Any

import pytest
from rich.cells import cell_len

from promote_tui.session.measured import progress
from promote_tui.session.portfolio import Change
from promote_tui.session.saved import SavedChange
from promote_tui.ui.change_rows import all_of, as_initiative, change_row
from tests.session.saved_made import TODAY, change, made, source


def of(one: SavedChange, **fields: Any) -> Change:
    (found,) = made(source("a", one, **{"team": "Larch", **fields})).changes
    return found


def words(change: Change, width: int = 76) -> str:
    return " ".join(" ".join(line.plain for line in change_row(change, TODAY).draw(width)).split())


def test_a_row_says_what_it_is_whose_and_where_it_stands() -> None:
    for one, said in [
        (change(1), "Tea 1 HCA, nights in 2 days planned · Larch ○ Not rated"),
        (change(5, 4, owner="", stage="trying", rating="red"), "Tea 5 no owner yet 1 day late"),
        (change(5, stage="let go", rating="red"), "Tea 5 HCA, nights let go · Larch"),
        (change(1, None), "Tea 1 HCA, nights planned · Larch ○ Not rated"),
    ]:
        assert words(of(one)).replace("due yesterday", "1 day late").startswith(said)
        for width in (30, 54, 76, 116):
            assert all(cell_len(line.plain) <= width for line in change_row(of(one), TODAY).draw(width))
    assert words(of(change(1)), 54) == "Tea 1 in 2 days HCA, nights ○ Not rated planned · Larch"


def test_all_of_a_change_is_told_and_what_is_not_known_is_left_out() -> None:
    def told(one: SavedChange, **fields: Any) -> str:
        rows = all_of(of(one, **fields), TODAY)
        keys = [row.key for row in rows if row.key]
        assert len(keys) == len(set(keys))
        return "\n".join(" ".join(line.plain.rstrip() for line in row.draw(76)) for row in rows)

    bare = told(change(1, None), ago=None)
    assert "Session     Session a · Larch\n" in bare
    assert "Session a · Larch · put away" in told(change(1), ago=None, put_away=True)
    assert not any(name in bare for name in ("Check-in", "Stuck", "Review", "Learnt", "Measure"))
    full = told(
        change(1, 30, owner="", buddy="Nurse", rating="amber", because="It helps", happened="Warm",
               learnt="Ask first", measure="Cups", unit="a day", baseline=1.0, target=5.0, better="up",
               points=((date(2026, 10, 24), 1.0), (TODAY, 4.0), (TODAY, 5.0)))
    )  # fmt: skip
    for words in (
        "no owner yet (buddy: Nurse)", "planned, began Sat 24 Oct", "3-day check-in never held",
        "No owner yet: 4 weeks", "Check-in is late: 9 days", "▲ Amber  Mon 23 Nov", "It helps", "Warm",
        "Ask first", "Cups", "From 1 to 5 a day: 5 was hoped for and is reached.", "target 5",
    ):  # fmt: skip
        assert words in full, words


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_are_none_are_left_out(odd: float) -> None:
    points = ((TODAY, odd), (TODAY, 3.0))
    one = of(change(1, baseline=odd, target=odd, better="sideways", points=points))
    assert progress(as_initiative(one.saved)) == "3."
    assert all(row.draw(60) is not None for row in all_of(one, TODAY))


def test_the_number_at_the_start_is_told_once() -> None:
    start = date(2026, 11, 22)
    one = of(change(1, 1, baseline=2.0, points=((start, 2.0), (start, 2.0), (TODAY, 3.0))))
    assert [checkin.value for checkin in as_initiative(one.saved).checkins] == [2.0, 3.0]
    assert progress(as_initiative(of(change(1)).saved)) == ""
