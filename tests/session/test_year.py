from datetime import date
from typing import Any

from promote_tui.session.portfolio import Source
from promote_tui.session.year import last_year, who_is_missing
from tests.session.saved_made import TODAY, source

P, C, S = {"patient": 3}, {"carer": 1}, {"staff": 5}


def held(id: str, day: date | None, team: str = "Larch", **fields: Any) -> Source:
    return source(id, held_on=day, team=team, **fields)


def test_sessions_are_counted_by_quarter_and_never_people() -> None:
    whole, teams = last_year(
        [
            held("a", date(2025, 12, 1), present=P, heard=S),
            held("b", date(2026, 2, 28), heard=C),
            held("c", date(2026, 11, 23), "LARCH ", present=P),
            held("d", date(2026, 9, 1), "Oak", present=P | C | S),
            held("e", date(2026, 8, 31), ""),
            # too long ago, yet to come, without a day, nobody but an unknown group
            held("f", date(2025, 11, 30), present=P),
            held("g", date(2026, 11, 24), present=P),
            held("h", None, present=P),
            held("i", date(2026, 8, 31), "Oak", present={"visitor": 3, "patient": 0}),
        ],
        TODAY,
    )
    assert [one.name for one in whole.quarters] == ["Dec–Feb", "Mar–May", "Jun–Aug", "Sep–Nov"]
    assert [one.sessions for one in whole.quarters] == [2, 0, 0, 2]
    assert [one.there["patient"] for one in whole.quarters] == [1, 0, 0, 2]
    assert (whole.sessions, whole.unknown, whole.there("carer")) == (4, 2, 2)
    assert [(one.team, one.sessions, one.unknown, one.missing) for one in teams] == [
        ("Larch", 3, 0, ()),
        ("Oak", 1, 1, ()),
    ]


def test_the_year_at_the_ends_of_the_calendar() -> None:
    for today in (date.min, date(2, 12, 31), date(2026, 2, 28), date.max):
        whole, _ = last_year([held("a", today, present=P)], today)
        assert [one.sessions for one in whole.quarters] == [0, 0, 0, 1]
        assert len({one.name for one in whole.quarters}) in (1, 4)


def test_who_is_missing_where_in_sentences() -> None:
    all_there: dict[str, Any] = {"present": P | C | S}
    staff: dict[str, Any] = {"present": S}
    some = [held(f"t{n}", TODAY, f"Team {n}", **staff) for n in range(5)]
    cases: list[tuple[list[Source], list[str]]] = [
        ([], ["No session of the last 12 months says who was there."]),
        ([held("a", TODAY)], ["No session of the last 12 months says who was there."]),
        (
            [held("a", TODAY, **all_there)],
            ["Patients, carers and staff were all there in the one session of the last 12 months."],
        ),
        (
            [held("a", TODAY, **all_there), held("b", TODAY, "Oak", heard=P | S)],
            ["Carers were there in 1 of the 2 sessions of the last 12 months. Never at Oak (1 session)."],
        ),
        (
            [held("a", TODAY, heard=P | S), held("b", TODAY, "Oak", heard=P), held("c", TODAY, heard=S)],
            [
                "Patients were there in 2 of the 3 sessions of the last 12 months.",
                "Carers were there in none of the 3 sessions of the last 12 months."
                " Never at Larch (2 sessions) and Oak (1 session).",
                "Staff were there in 2 of the 3 sessions of the last 12 months. Never at Oak (1 session).",
            ],
        ),
        (
            [*some, held("p", TODAY, "", present=P | C)],
            [
                f"{group} were there in 1 of the 6 sessions of the last 12 months. Never at"
                " Team 0 (1 session), Team 1 (1 session), Team 2 (1 session) and 2 more teams."
                for group in ("Patients", "Carers")
            ]
            + ["Staff were there in 5 of the 6 sessions of the last 12 months."],
        ),
    ]
    for sources, sentences in cases:
        assert who_is_missing(*last_year(sources, TODAY)) == sentences
