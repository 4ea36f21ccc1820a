"""The gate: what ratings lead to, and the words that say why."""

from datetime import date
from typing import Any

import pytest

from promote_tui.session.gate import Verdict, gate, let_go_words
from promote_tui.session.model import Checkin, Dissent, Initiative, Measure, Part, Resistance, Review

DAY = date(2027, 2, 24)
LATE = (Checkin(horizon="three_months", held_on=DAY),)
SEEN: dict[str, Any] = {"rating": "green", "evidence": "Seven of nine said so"}


def parts(letters: str) -> tuple[Part, ...]:
    """Return parts from letters: r, a, g (seen), e (an exception), b (green with nothing behind it), -."""
    kinds: dict[str, dict[str, Any]] = {
        "r": {"rating": "red"},
        "a": {"rating": "amber"},
        "g": SEEN,
        "e": {"rating": "green", "exception": "Nobody was there"},
        "b": {"rating": "green"},
        "-": {},
        "d": {**SEEN, "dissent": (Dissent(voice="staff", rating="red"),)},
        "s": {**SEEN, "dissent": (Dissent(voice="staff", rating="green", says="Same here"),)},
    }
    return tuple(Part(name=f"Part {place}", **kinds[letter]) for place, letter in enumerate(letters))


def made(*reviews: str, **fields: Any) -> Initiative:
    held = tuple(Review(held_on=DAY, parts=parts(letters)) for letters in reviews)
    return Initiative(id="initiative-1", ideas=("idea-1",), reviews=held, **fields)


@pytest.mark.parametrize("initiative", [made(), made(""), made("---"), made("rr", "--")])
def test_nothing_rated_is_no_decision(initiative: Initiative) -> None:
    assert gate(initiative) == Verdict(None, "Nothing is rated yet.")


@pytest.mark.parametrize(
    ("letters", "because"),
    [
        ("gg", "Every part is green."),
        ("ge", "Every part is green. One part is green as an exception."),
        ("gee", "Every part is green. Two parts are green as exceptions."),
        ("gd", "Every part is green. Not everyone agrees about one part."),
        ("ddg", "Every part is green. Not everyone agrees about two parts."),
        ("gs", "Every part is green."),
        (
            "ed",
            "Every part is green. One part is green as an exception, and not everyone agrees about one part.",
        ),
    ],
)
def test_ready_is_every_part_green_with_something_behind_it(letters: str, because: str) -> None:
    assert gate(made(letters, checkins=LATE)) == Verdict("ready", because)


def test_ready_before_the_3_month_check_in_says_so() -> None:
    early = (Checkin(horizon="three_weeks", held_on=DAY),)
    assert gate(made("gg", checkins=early)) == Verdict(
        "ready", "Every part is green. The 3-month check-in was not held yet."
    )
    # that somebody sees a part differently is never left out
    assert gate(made("ged")).because == (
        "Every part is green. The 3-month check-in was not held yet, and one part is green as an exception,"
        " and not everyone agrees about one part."
    )


@pytest.mark.parametrize(
    ("letters", "because"),
    [
        ("ga-", "One part is amber, one is not rated yet."),
        ("rraa--g", "Two parts are red, two are amber, two are not rated yet."),
        ("ggggg-", "One part is not rated yet."),
        ("a" * 10, "Ten parts are amber."),
        ("a" * 11, "11 parts are amber."),
        ("gb", "One green part has no word on what was seen."),
        ("abb", "One part is amber. Two green parts have no word on what was seen."),
        ("ee", "Every part is green as an exception, and nothing was seen yet."),
        (
            "ed-",
            "One part is not rated yet. One part is green as an exception,"
            " and not everyone agrees about one part.",
        ),
        (
            "dab",
            "One part is amber. One green part has no word on what was seen,"
            " and not everyone agrees about one part.",
        ),
        ("d-", "One part is not rated yet. Not everyone agrees about one part."),
        ("rggg", "One part is red."),
    ],
)
def test_anything_else_is_fine_tuning(letters: str, because: str) -> None:
    assert gate(made(letters, checkins=LATE)) == Verdict("fine tune", because)


def test_half_red_is_let_go_only_once_it_had_time_or_was_no_better_before() -> None:
    assert gate(made("rra")).decision == "fine tune"
    assert gate(made("rra", checkins=LATE)) == Verdict(
        "let go", "Two of three rated parts are red. The 3-month check-in was held."
    )
    for earlier in ("rra", "rrr"):
        assert gate(made(earlier, "rra")) == Verdict(
            "let go", "Two of three rated parts are red. An earlier review was no better."
        )
    assert gate(made("rra", "agg", "rra")).decision == "let go"
    assert gate(made("raa", "rra")).decision == "fine tune"
    assert gate(made("rg", checkins=LATE)).because.startswith("One of two rated parts is red.")
    assert gate(made("r---", checkins=LATE)).because.startswith("Every rated part is red.")
    assert gate(made("rgg", checkins=LATE)).decision == "fine tune"


def test_only_what_was_tried_is_praised_for_being_tried() -> None:
    early = (Checkin(horizon="three_days", held_on=DAY),)
    for tried in (made("r"), made("r", "-"), made(checkins=early), made("-", checkins=early)):
        assert let_go_words(tried).startswith("We tried it")
    for untried in (made(), made(""), made("--", stage="trying")):
        assert let_go_words(untried).startswith("We let it go before we tried it.")


def test_a_measure_worse_than_at_the_start_is_not_ready() -> None:
    def measured(better: str | None, baseline: float | None, *values: float | None) -> Verdict:
        held = tuple(
            Checkin(horizon="three_weeks", held_on=date(2026, 12, 15 - place), value=value)
            for place, value in enumerate(reversed(values))
        )
        measure = Measure.model_validate({"better": better, "baseline": baseline})
        return gate(made("gg", checkins=(*LATE, *held), measure=measure))

    assert measured("up", 4, 9, 3) == Verdict("fine tune", "The last count was 3, worse than 4 at the start.")
    assert measured("down", 8, 8.5).because == "The last count was 8.5, worse than 8 at the start."
    for better, baseline, values in (
        ("up", 4, (3, 4)),
        ("up", 4, (3, 9, None)),
        ("down", 8, (9, 2)),
        ("up", None, (3,)),
        (None, 4, (3,)),
        ("up", 4, ()),
    ):
        assert measured(better, baseline, *values).decision == "ready", (better, baseline, values)


def test_of_two_counts_on_one_day_the_later_one_is_the_newest() -> None:
    measure = Measure(better="up", baseline=4)
    held = [
        Checkin(horizon="three_weeks", held_on=DAY, value=2),
        Checkin(horizon="three_months", held_on=DAY, value=5),
    ]
    assert gate(made("gg", measure=measure, checkins=tuple(held))).decision == "ready"
    assert gate(made("gg", measure=measure, checkins=tuple(reversed(held)))).decision == "fine tune"


def test_a_condition_of_the_plan_without_a_part_is_not_rated_yet() -> None:
    objection = Resistance(id="resistance-1", says="No time", changes_plan="Tea after handover")
    assert gate(made("gg", resistance=(objection,), checkins=LATE)).because == "One part is not rated yet."
    named = objection.model_copy(update={"changes_plan": "part 1"})
    assert gate(made("gg", resistance=(named,), checkins=LATE)).decision == "ready"


def test_it_never_takes_more_than_two_sentences() -> None:
    measure = Measure(better="up", baseline=4)
    low = (Checkin(horizon="three_months", held_on=DAY, value=1),)
    for letters in ("rabed-", "bbed", "eedd", "rrrred", "ged", "-"):
        for checkins in ((), low):
            verdict = gate(made(letters, measure=measure, checkins=checkins))
            assert 0 < verdict.because.count(".") <= 2, verdict
            assert verdict.because.endswith(".")
