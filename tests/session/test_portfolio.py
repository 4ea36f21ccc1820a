from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from promote_tui.session.portfolio import Source, Stall, lasting, portfolio
from promote_tui.session.saved import SavedChange
from tests.session.saved_made import TODAY, at, change, made, source


def test_a_change_counts_once_where_it_was_carried_on_last_and_copies_of_a_session_once() -> None:
    first = source("first", change(1), change(2), ago=90)
    second = source("second", change(1, carried="initiative-2"), ago=30, follows="first")
    copy = replace(first, key="first (conflict).toml", saved=replace(first.saved, revision=2))
    unnamed = [replace(source("", change(1), ago=120), key=f"{name}.toml") for name in "ab"]
    cases: list[tuple[list[Source], list[str]]] = [
        ([], []),
        ([first], ["first.toml 1", "first.toml 2"]),
        ([first, second], ["second.toml 1", "first.toml 1"]),
        ([second], ["second.toml 1"]),
        ([first, copy], ["first (conflict).toml 1", "first (conflict).toml 2"]),
        # files that do not say which session they are: each is one of its own
        (unnamed, ["a.toml 1", "b.toml 1"]),
        # an id that is there twice
        ([source("x", change(1), change(1))], ["x.toml 1"]),
    ]
    for sources, found in cases:
        for order in (sources, sources[::-1]):
            got = [f"{one.source.key} {one.saved.promise.id[-1]}" for one in made(*order).changes]
            assert sorted(got) == sorted(found)
    in_order = [one.source.id for one in made(first, second, source("z", change(), ago=None)).changes]
    assert in_order == ["second", "first", "z"]


def test_of_two_files_of_one_revision_the_one_changed_last_counts() -> None:
    early = source("a", change(1, title="Early"), updated_at=at(9))
    late = replace(source("a", change(1, title="Late"), updated_at=at(10)), key="late.toml")
    same = replace(early, key="b.toml")
    assert [one.title for one in made(late, early).changes] == ["Late"]
    for order in ([same, early], [early, same]):  # and then the first by name
        assert [one.source.key for one in made(*order).changes] == ["a.toml"]


def test_how_far_a_change_has_come() -> None:
    cases: list[tuple[dict[str, Any], str, bool]] = [
        ({}, "planned", False),
        ({"stage": "trying"}, "trying", False),
        ({"stage": "runner"}, "runner", True),
        ({"stage": "scaling", "decision": "ready"}, "scaling", True),
        ({"stage": "let go"}, "let go", False),
        ({"stage": "runner", "decision": "let go"}, "let go", False),
        ({"stage": "[/b]"}, "planned", False),
    ]
    for fields, status, works in cases:
        (one,) = made(source("a", change(1, **fields))).changes
        assert (one.status, one.is_runner) == (status, works)


def test_why_a_change_is_stuck_and_for_how_many_days() -> None:
    d3, w3, m3 = "three_days", "three_weeks", "three_months"
    cases: list[tuple[SavedChange, dict[Stall, int]]] = [
        (change(began=1), {}),
        (change(began=-5), {}),
        # nobody owns it: since it began, or since the session
        (change(began=1, owner=""), {"no owner": 1}),
        (change(began=1, owner=" \n"), {"no owner": 1}),
        (change(began=None, owner=""), {"no owner": 30}),
        (change(began=-5, owner=""), {"no owner": 0}),
        # the newest check-in that is due is late; today is not late
        (change(began=3), {}),
        (change(began=4), {"late": 1}),
        (change(began=22), {"late": 1}),
        (change(began=22, held=[d3], rating="red"), {"late": 1}),
        # a check-in was held, or 3 months are over, and nothing was rated
        (change(began=10, held=[d3]), {"no review": 7}),
        (change(began=10, held=[d3], rating=""), {"no review": 7}),
        (change(began=10, held=[d3], rating="amber"), {}),
        (change(began=None, held=[d3]), {"no review": 0}),
        (change(began=200, held=[d3, w3, m3], rating="green"), {}),
        # what is let go is never stuck
        (change(began=200, owner="", stage="let go"), {}),
        (change(began=200, owner="", decision="let go"), {}),
    ]
    for one, stalls in cases:
        (found,) = made(source("a", one)).changes
        assert found.stalls == stalls, one
    three_months_over = change(began=200)
    (found,) = made(source("a", three_months_over)).changes
    assert set(found.stalls) == {"late", "no review"}
    (away,) = made(source("a", change(began=200, owner=""), put_away=True)).changes
    assert (away.stalls, away.next) == ({}, None)


def test_a_change_is_outrun_when_its_team_began_newer_ones_before_it_was_looked_at() -> None:
    old, new = change(1, began=20), change(2, began=2)

    def outrun(one: SavedChange, other: SavedChange, **fields: Any) -> int | None:
        first = source("a", one, team="Mulberry 2", ago=20)
        second = source("b", other, **{"team": "MULBERRY 2 ", "ago": 2, **fields})
        found = next(some for some in made(first, second).changes if some.source is first)
        return found.stalls.get("outrun")

    assert outrun(old, new) == 20
    for why, one, other, fields in [
        ("another team", old, new, {"team": "Larch"}),
        ("no team", old, new, {"team": ""}),
        ("a check-in was held", change(1, began=20, held=["three_days"]), new, {}),
        ("it works", change(1, began=20, stage="runner"), new, {}),
        ("it was let go", change(1, began=20, stage="let go"), new, {}),
        ("it has no day", change(1, began=None), new, {}),
        ("the newer one is of the same week", change(1, began=8), new, {}),
        ("the newer one is yet to begin", old, change(2, began=-20), {}),
        ("the newer one is the older one", new, old, {}),
    ]:
        assert outrun(one, other, **fields) is None, why
    assert made(source("a", old, team=""), source("b", new, team="")).changes[0].stalls.get("outrun") is None


def test_the_ends_of_the_calendar() -> None:
    for today in (date.min, date.max):
        for began in (date.min, date.max, date.max - timedelta(days=3)):
            one = replace(change(began=None, owner=""), started_on=began)
            dated = source("a", one, team="x", held_on=began)
            found = portfolio([dated, source("b", replace(one, started_on=today), team="x")], today)
            assert len(found.changes) == 2


def test_narrowing_keeps_the_sessions_unless_a_team_is_asked_for() -> None:
    all = made(
        source("a", change(1), change(2, owner="Nurse"), team="Mulberry 2"),
        source("b", change(1), team="Larch"),
    )
    nurses = all.narrowed(lambda one: one.owner == "Nurse")
    assert (len(nurses.sources), [one.key for one in nurses.changes]) == (2, ["a.toml|initiative-2"])
    for words, sources, changes in [("MULB", 1, 2), ("larch", 1, 1), ("", 2, 3), ("oak", 0, 0)]:
        found = all.of_team(words)
        assert (len(found.sources), len(found.changes)) == (sources, changes)
    assert all.today == TODAY


def test_how_long_something_lasts_in_words() -> None:
    for days, words in [
        (0, "since today"), (1, "1 day"), (2, "2 days"), (14, "2 weeks"), (90, "3 months"), (800, "2 years"),
    ]:  # fmt: skip
        assert lasting(days) == words
