from promote_tui.session.portfolio_counts import By, are_stuck, groups, how_long, meaning, stuck
from tests.session.saved_made import TODAY, change, made, source

ALL = made(
    source(
        "a",
        change(1, began=5, stage="trying", rating="red"),
        change(2, began=5, stage="let go", rating="red", owner=""),
        change(3, began=None, owner="", rating=""),
        team="Mulberry 2",
    ),
    source(
        "b",
        change(1, began=100, owner="hca, NIGHTS", stage="runner", rating="green", held=["three_months"]),
        change(2, began=0, owner="Nurse"),
        change(3, began=40, stage="scaling", held=["three_weeks"]),
        team="mulberry 2",
        ago=2,
    ),
    source("c", change(1, began=3, owner="Nurse"), put_away=True, ago=1),
)


def test_changes_in_groups() -> None:
    cases: dict[By, list[tuple[str, int]]] = {
        "status": [("planned", 3), ("trying", 1), ("runner", 1), ("tried elsewhere too", 1), ("let go", 1)],
        "rating": [("■ Red", 1), ("▲ Amber", 0), ("● Green", 1), ("○ Not rated", 4)],
        "checkin": [("3 days", 2), ("3 months", 1), ("all held", 1), ("no day yet", 1)],
        "owner": [("hca, NIGHTS", 3), ("Nurse", 2), ("no owner yet", 1)],
        "team": [("mulberry 2", 6), ("no team", 1)],
    }
    for by, expected in cases.items():
        found = groups(ALL.changes, by, TODAY)
        assert [(one.name, one.count) for one in found] == expected, by
        assert len({one.key for one in found}) == len(found)
    assert [one.note for one in groups(ALL.changes, "checkin", TODAY)] == [
        "1 late   1 soon", "1 later", "", "",
    ]  # fmt: skip
    assert [one.rating for one in groups(ALL.changes, "rating", TODAY)] == ["red", "amber", "green", ""]


def test_no_changes_make_no_groups_but_those_that_are_always_there() -> None:
    counted = {by: [one.count for one in groups((), by, TODAY)] for by in ("status", "rating")}
    assert counted == {"status": [0] * 5, "rating": [0] * 4}
    for by in ("checkin", "owner", "team"):
        assert groups((), by, TODAY) == []
    assert [one.count for one in stuck(())] == [0, 0, 0, 0]
    assert are_stuck(()) == 0


def test_what_is_stuck_stands_by_reason_the_longest_first() -> None:
    all = made(
        source("a", change(1, began=4), change(2, began=7), change(3, began=1, owner="")),
        source("b", change(1, began=4, owner="")),
    )
    no_owner, late, no_review, outrun = stuck(all.changes)
    assert [(one.name, one.count, one.note) for one in (no_owner, late, no_review, outrun)] == [
        ("No owner yet", 2, "longest 4 days"),
        ("Check-in is late", 3, "longest 4 days"),
        ("Waiting for a review", 0, ""),
        ("Outrun by newer changes", 0, ""),
    ]
    assert [how_long(late, one) for one in late.changes] == ["4 days", "1 day", "1 day"]
    assert how_long(outrun, late.changes[0]) == ""
    assert are_stuck(all.changes) == 4
    assert all_sentences({meaning(one) for one in (no_owner, late, no_review, outrun)})


def all_sentences(found: set[str]) -> bool:
    return len(found) == 4 and all(words.rstrip("”").endswith(".") for words in found)
