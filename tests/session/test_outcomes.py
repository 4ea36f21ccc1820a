from datetime import date

from promote_tui.session.model import Checkin, Initiative, Measure, Part, Resistance, Review
from promote_tui.session.outcomes import outcomes

TODAY = date(2026, 12, 20)
CHANGE = Initiative(id="initiative-1", ideas=("idea-1",), started_on=date(2026, 11, 24))
HELD = Checkin(horizon="three_weeks", held_on=date(2026, 12, 15), happened="Six mornings", value=8.0)


def said(change: Initiative) -> list[str]:
    return [f"{one.what}: {one.words} ({one.note})" for one in outcomes(change, TODAY)]


def test_everything_that_became_of_a_change_is_said_in_turn() -> None:
    change = CHANGE.model_copy(
        update={
            "resistance": (
                Resistance(
                    id="resistance-1",
                    says="No time",
                    basis="unable",
                    protects="Handover",
                    changes_plan="After it",
                ),
                Resistance(id="resistance-2", says="Why?"),
            ),
            "measure": Measure(unit="people\na day", baseline=4, target=9),
            "checkins": (
                HELD.model_copy(update={"unexpected_bad": "Spills", "changes_plan": "Use a flask"}),
                Checkin(
                    horizon="three_months",
                    held_on=date(2026, 12, 19),
                    value=9,
                    changes_plan="Ask first",
                    runner=True,
                    pilot="Two more wards",
                ),
                Checkin(horizon="three_months", held_on=date(2026, 12, 20), runner=False),
            ),
            "reviews": (
                Review(held_on=date(2026, 12, 1), parts=(Part(name="A", fine_tune="Of the past"),)),
                Review(
                    held_on=date(2026, 12, 19),
                    parts=(
                        Part(name="A", rating="amber", fine_tune="Tell bank staff", fine_tune_by=TODAY),
                        Part(name="B", rating="green", fine_tune="A flask", fine_tuned_on=date(2026, 12, 18)),
                        Part(name="C", fine_tune="A key"),
                    ),
                ),
            ),
            "decision": "fine tune",
            "decision_because": "Nearly",
            "learnt": "Ask first",
        }
    )
    assert said(change) == [
        "Resistance: “No time” → After it (not able)",
        "Resistance: “Why?” ()",
        "3 weeks: Six mornings\nnow 8 people a day\nsurprise: Spills → Use a flask (held Tue 15 Dec)",
        "3 months: now 9 people a day\n→ Ask first\na runner\npilot: Two more wards (held Sat 19 Dec)",
        "3 months: not a runner (held Sun 20 Dec)",
        "3 days: This check-in was never held. (was due Fri 27 Nov)",
        "Measure: From 4 to 9 people a day: 9 was hoped for and is reached. ()",
        "Review: ○ Not rated (held Tue 1 Dec)",
        "Review: ▲ Amber (held Sat 19 Dec)",
        "Tuning: Tell bank staff (open, by Sun 20 Dec)",
        "Tuning: A flask (done Fri 18 Dec)",
        "Tuning: A key (open)",
        "Decided: fine tune · Nearly ()",
        "Learnt: Ask first ()",
    ]
    keys = [one.key for one in outcomes(change, TODAY)]
    assert len(set(keys)) == len(keys)


def test_the_next_check_in_is_the_first_that_was_not_skipped() -> None:
    skipped, following = (
        "3 days: This check-in was never held. (was due Fri 27 Nov)",
        "3 months: No check-in yet.",
    )
    change = CHANGE.model_copy(update={"checkins": (HELD,)})
    assert said(change)[1:3] == [skipped, f"{following} (due Wed 24 Feb 2027)"]
    assert said(CHANGE)[0] == skipped
    undated = change.model_copy(update={"started_on": None})
    assert said(undated)[1:3] == ["3 days: This check-in was never held. ()", f"{following} (no day yet)"]
    let_go = change.model_copy(update={"decision": "let go"})
    assert not [line for line in said(let_go) if line.startswith(following)]


def test_nothing_of_a_change_that_is_let_go_is_open_or_skipped_any_more() -> None:
    parts = (
        Part(name="One", rating="amber", fine_tune="Tell bank staff", fine_tune_by=TODAY),
        Part(name="Two", rating="amber", fine_tune="A flask", fine_tuned_on=date(2026, 12, 18)),
        Part(name="Three", rating="green", fine_tune="A key"),
    )
    before = CHANGE.model_copy(update={"reviews": (Review(held_on=TODAY, parts=parts),)})
    for fields in ({"stage": "let go"}, {"decision": "let go"}):
        told = said(before.model_copy(update=fields))
        assert not [line for line in told if "never held" in line or "No check-in yet" in line], told
        assert "Tuning: Tell bank staff (not needed any more)" in told
        assert "Tuning: A flask (done Fri 18 Dec)" in told
    assert "Tuning: Tell bank staff (open, by Sun 20 Dec)" in said(before)
    assert "Tuning: A key (not needed any more)" in said(before)
