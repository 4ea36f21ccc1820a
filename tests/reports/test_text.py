"""Every stage of a session is said in plain sentences, and nothing a person typed is left out."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from promote_tui.reports.text import text_report
from promote_tui.reports.wording import joined, quoted, sentence, words
from promote_tui.session.gate import let_go_words
from promote_tui.session.model import (
    Agenda,
    Candidate,
    Checkin,
    Decision,
    Dissent,
    Earlier,
    Entry,
    Goal,
    Group,
    Idea,
    Initiative,
    Measure,
    Parked,
    Part,
    PerVoice,
    Plan,
    Resistance,
    Review,
    Session,
    Step,
    Story,
)
from promote_tui.session.schedule import spoken
from promote_tui.store import toml_text
from promote_tui.store.places import examples_folder

TODAY = date(2026, 12, 20)
EXAMPLES = sorted(examples_folder().glob("*.toml"))
# what is not a person's own words: ties, and values with words of their own in the report
NOT_TYPED = {
    "id", "format", "follows", "candidate", "candidates", "stories", "step", "ideas", "group", "stage",
    "voice", "sharing", "kind", "value", "because", "from_stage", "basis", "horizon", "rating", "decision",
    "better", "was", "became", "inbox", "carried", "scales", "runner",
}  # fmt: skip
HEADINGS = {
    "Stories",
    "Processes we considered",
    "The process we chose",
    "What happens most of the time",
    "What happens only now and then",
    "The new map",
    "Only now and then on the new map",
    "Stop",
    "Start",
    "Continue",
    "Groups of ideas",
    "Parked",
    "Closing",
}
PAYLOAD = "\x1b[31mred\x1b]0;title\x07 \x9b2J [bold]x[/b] \u202ereversed\r\x85 line\ntwo \ud800 [/"


def session_of(**fields: Any) -> Session:
    return Session(format="promote-session", version=1, id=str(uuid4()), title="A title", **fields)


def report_of(**fields: Any) -> str:
    return text_report(session_of(**fields), TODAY)


def example(path: Path) -> Session:
    session = toml_text.read(path.read_bytes()).session
    assert session is not None
    return session


def entries(entry: Entry) -> Iterator[tuple[str, Any]]:
    """Walk every value of a session that is not itself made of values."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Entry):
                yield from entries(item)
            else:
                yield name, item


def filled(entry: Entry, payload: str) -> Any:
    """Return the entry with every text that a person may type replaced, past all validation."""
    fields: dict[str, Any] = {}
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if isinstance(value, Entry):
            fields[name] = filled(value, payload)
        elif isinstance(value, tuple):
            fields[name] = tuple(filled(item, payload) if isinstance(item, Entry) else item for item in value)
        elif isinstance(value, str) and name not in NOT_TYPED:
            # a condition of the plan may become a part to rate, and that is validated
            to_rate = name in ("changes_plan", "condition", "name")
            fields[name] = payload.replace("\ud800", "") if to_rate else payload
    return entry.model_copy(update=fields)


def everything() -> Session:
    """Return a session with something in every field."""
    part = Part(
        name="Every shift can do it",
        rating="amber",
        evidence="Late on Sunday",
        fine_tune="A flask",
        fine_tune_by=date(2027, 3, 1),
        fine_tuned_on=date(2027, 2, 27),
        exception="Nobody was there",
        condition="After handover",
        dissent=(Dissent(voice="carer", rating="red", says="Not at night"), Dissent(voice="staff")),
    )
    initiative = Initiative(
        id="initiative-1",
        ideas=("idea-1", "idea-2", "idea-99"),
        owner="HCA, nights",
        buddy="Nurse",
        success="People smile",
        if_then="If it rains, then I wait",
        started_on=date(2026, 12, 1),
        stage="trying",
        decision="let go",
        decision_because="Too much",
        learnt="Ask first",
        measure=Measure(name="Smiles", unit="a day", better="up", baseline=4, target=9.5),
        plan=Plan(three_days=Goal(goal="Try it", due_on=date(2026, 12, 5))),
        resistance=(
            Resistance(
                id="resistance-1",
                voice="staff",
                says="No time",
                basis="unable",
                protects="Handover",
                harness="She plans it",
                changes_plan="After handover",
            ),
            Resistance(id="resistance-2", says="Why?"),
        ),
        checkins=(
            Checkin(
                horizon="three_days",
                held_on=date(2026, 12, 5),
                happened="Tea was made",
                value=7.0,
                expected_good="Calm",
                unexpected_good="Talk",
                trade_offs="Ten minutes",
                unexpected_bad="Spills",
                changes_plan="A lid",
                challenges="The key",
                advice="Use a flask",
            ),
            Checkin(horizon="three_weeks", held_on=date(2026, 12, 19)),
            Checkin(horizon="three_weeks", held_on=date(2026, 12, 20), runner=True, pilot="Two wards"),
            Checkin(horizon="three_weeks", held_on=date(2026, 12, 20), runner=False),
        ),
        carried="initiative-7",
        reviews=(Review(held_on=date(2026, 12, 19), parts=(part, Part(name="No harm"))),),
    )
    return session_of(
        follows=str(uuid4()),
        earlier=Earlier(
            title="Waking",
            team="Larch",
            held_on=date(2026, 6, 1),
            attached="We were",
            hard_to_change="A habit",
            present=PerVoice(patient=1, staff=1),
        ),
        held_on=date(2026, 11, 23),
        present=PerVoice(patient=1, staff=1),
        agenda=Agenda(minutes=90),
        process={"name": "Waking", "phase": "stay", "candidate": "candidate-1"},
        candidates=(Candidate(id="candidate-1", name="Waking", note="Often", votes=PerVoice(patient=3)),),
        stories=(
            Story(id="story-1", voice="carer", text="I waited", candidates=("candidate-1", "candidate-9")),
            Story(
                id="story-2", voice="staff", text="We rush", feeling=0, sharing="composite", source="A form"
            ),
        ),
        steps=(
            Step(id="step-1", title="Lights on", who="HCA", minutes=1, value="adds", stories=("story-1",)),
            Step(id="step-2", title="Fire drill", usual=False, stories=("story-1", "story-9")),
        ),
        future_steps=(
            Step(id="step-3", title="Tea", minutes=10, value="needed", best_we_can=False, was="step-1"),
            Step(id="step-4", title="A quiet hour", minutes=60, usual=False, was="step-9"),
        ),
        ideas=(
            Idea(
                id="idea-1", kind="stop", text="Calling names", step="step-1", group="group-1", voice="staff"
            ),
            Idea(id="idea-2", kind="stop", text="Rushing", step="step-3", group="group-9", smallest=True),
            Idea(id="idea-3", kind="start", text="Tea", step="step-77", stories=("story-2",)),
        ),
        groups=(Group(id="group-1", name="Gently"), Group(id="group-2", name="Alone")),
        parked=(
            Parked(id="parked-1", text="Supper", from_stage="map", because="for later", carried="parked-5"),
            Parked(
                id="parked-2", text="Phones", kind="stop", voice="carer", became=str(uuid4()), inbox="jot-1"
            ),
        ),
        initiatives=(initiative,),
        closing={"attached": "We are", "hard_to_change": "A form"},
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_word_and_day_of_an_example_is_said(path: Path) -> None:
    session = example(path)
    report = text_report(session, TODAY)

    for name, value in entries(session):
        if isinstance(value, str) and value and name not in NOT_TYPED:
            assert words(value) in report, name
        elif type(value) is date:
            assert spoken(value, TODAY) in report, name


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_line_is_a_heading_or_ends_as_a_sentence(path: Path) -> None:
    title, *lines = text_report(example(path), TODAY).splitlines()

    for line in lines:
        assert not line or line in HEADINGS or line.startswith("Stage ") or line[-1] in ".!?…’”)", line
    assert title == example(path).title


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_is_drawn(path: Path) -> None:
    report = text_report(example(path), TODAY)

    assert not {char for char in report if unicodedata.category(char) in ("So", "Sm", "Sk", "Co")}
    assert "\n\n\n" not in report
    assert report.endswith("\n")


def test_the_stages_stand_in_order() -> None:
    lines = report_of().splitlines()

    assert [line for line in lines if line.startswith("Stage ")] == [
        "Stage 1: Choose",
        "Stage 2: Map",
        "Stage 3: Ideas",
        "Stage 4: Own",
        "Stage 5: Review",
    ]


def test_an_empty_session_says_what_is_empty() -> None:
    report = report_of()

    for said in (
        "Nobody wrote down the day it was held on.",
        "Nobody wrote down how many people are in the room.",
        "No story was written down.",
        "No process was considered.",
        "No process was chosen.",
        "Nothing was parked.",
        "No step was written down.",
        "No exception was kept aside.",
        "No new map was made.",
        "Nothing to stop was written down.",
        "Nothing to start was written down.",
        "Nothing to continue was written down.",
        "No ideas were grouped.",
        "No idea was taken on.",
        "There is nothing to review yet.",
        "The closing questions have no answer yet.",
    ):
        assert said in report


def test_an_initiative_without_anything_says_so() -> None:
    report = report_of(initiatives=(Initiative(id="initiative-1", ideas=("idea-1",)),))

    for said in (
        "Change 1: (its idea was removed).",
        "It is planned.",
        "Nobody owns it yet.",
        "Nobody wrote down what success would look like.",
        "Nothing is measured.",
        "It has no start day yet.",
        "In 3 days: nothing is planned.",
        "No resistance was written down.",
        "No check-in was held.",
        "It has not been reviewed yet.",
        "No decision was taken.",
    ):
        assert said in report


def test_each_field_has_its_sentence() -> None:
    report = text_report(everything(), TODAY)

    for said in (
        "It carries on from “Waking”, held on Mon 1 Jun.\nThe team then: Larch.",
        "Last time: are we too fond of any of it? We were.",
        "Last time: what would make it hard to change later? A habit.",
        "Held on Mon 23 Nov.",
        "The room is at stage 1, Choose.",
        "In the room: 1 patient and 1 member of staff.\nTime planned: 90 minutes.",
        "From a carer: I waited. Nobody has said yet if it may be shared.",
        "It is about Waking and a process that was removed.",
        "From a patient or staff: We rush. It felt mixed. It is put together from more than one story.",
        "Where it comes from: A form.",
        "Waking. Votes: 3 patients or staff. This one was chosen. Note: Often.",
        "Nobody wrote down what it is for.",
        "These steps take 1 minute in all. 1 minute of that adds value.",
        "Story behind it: “I waited”.",
        "It adds value.",
        "It is not yet looked at.",
        "Stories behind it: “I waited” and a story that was removed.",
        "The new steps take 10 minutes in all. 0 minutes of that add value.",
        "That is 9 minutes more than today.",
        "It comes from step 1, Lights on.",
        "Only now and then on the new map\n\nNew step 2: A quiet hour.",
        "It comes from a step that was removed.",
        "It is needed for now.",
        "This is not the best we can do.",
        "Calling names. Votes: none. It is tied to step 1, Lights on. It came from a patient or staff.",
        "staff. Group: Gently.",
        "It is marked as a smallest change. It is tied to new step 1, Tea. Group: one that was removed.",
        "It is tied to a step that was removed. Story behind it: “We rush”.",
        "Gently: Calling names.",
        "Alone: no idea is in it.",
        "Supper. It came up in Map. Why it is parked: for later. It was parked last time too.\n",
        "Phones. It was an idea under Stop. Carers brought it up. A session was made of it.",
        "It takes in: Stop: Rushing; an idea that was removed.",
        "What we measure: Smiles. Counted in: a day. More is better. At the start it was 4.",
        "The target is 9.5.\nHow far it is: From 4 to 7 a day: better than at the start, 9.5 was hoped for.",
        "It was carried on from an earlier session.",
        "Not good, and a surprise: Spills.\nIt changes the plan: A lid.",
        "Against the outcome that was set, it is a runner.\nThe pilot that would test it: Two wards.",
        "Against the outcome that was set, it is not a runner.",
        "It stands for a condition of the plan: After handover.",
        "Why it is green although nothing was seen: Nobody was there.",
        "It starts on Tue 1 Dec.",
        "This was due on Sat 5 Dec, and the check-in was held.",
        "Resistance from patients or staff: No time. What it rests on: not able. It protects: Handover.",
        "Resistance: Why?",
        "Check-in at 3 days, held on Sat 5 Dec.",
        "We measured: 7 a day.",
        "What we gave up for it: Ten minutes.",
        "Not good, and a surprise: Spills.",
        "Check-in at 3 weeks, held on Sat 19 Dec.\nNothing was written down.",
        "As a whole it is amber. Its parts: 1 amber and 1 not rated.",
        "Every shift can do it: amber.",
        "Fine tuning: A flask. This is due by Mon 1 Mar 2027. It was done on Sat 27 Feb 2027.",
        "Carers see it differently: red. They say: Not at night.",
        "Patients or staff see it differently: not rated.",
        "No harm: not rated.\nNobody wrote down what was seen.",
        "Decision: Let it go.\nThe ratings say something else: fine tune.\nWhy: Too much.\n"
        f"{let_go_words(everything().initiatives[0])}\nWhat we learnt: Ask first.",
        "Are we too fond of any of it? We are.\nWhat would make it hard to change later? A form.",
    ):
        assert said in report, said


def test_exceptions_stand_apart_and_keep_their_number() -> None:
    report = text_report(everything(), TODAY)

    assert report.index("Step 1: Lights on.") < report.index("What happens only now and then")
    assert report.index("What happens only now and then") < report.index("Step 2: Fire drill.")


def test_the_time_of_the_new_map_is_held_against_today() -> None:
    def said(today: int | None, new: int | None) -> str:
        aside = Step(id="step-2", title="Fire drill", minutes=60, usual=False)
        steps = (Step(id="step-1", title="Lights on", minutes=today), aside)
        future = (Step(id="step-3", title="Tea", minutes=new), aside.model_copy(update={"id": "step-4"}))
        report = report_of(steps=steps, future_steps=future)
        return "".join(line for line in report.splitlines() if line.endswith("today."))

    for today, new, expected in (
        (40, 10, "That is 30 minutes less than today."),
        (10, 11, "That is 1 minute more than today."),
        (10, 10, "That is as long as today."),
        (None, 10, ""),
        (10, None, ""),
        (0, 0, ""),
    ):
        assert said(today, new) == expected


def test_minutes_that_add_value_are_told_once_a_step_was_looked_at() -> None:
    steps = tuple(Step(id=f"step-{place}", title="Tea", minutes=20) for place in (1, 2))
    aside = steps[1].model_copy(update={"id": "step-3", "usual": False, "value": "adds"})
    for values, said in (
        ((None, None), "These steps take 40 minutes in all.\n"),
        (("adds", None), "in all. 20 minutes of that add value so far.\n"),
        (("removable", None), "in all. 0 minutes of that add value so far.\n"),
        (("needed", "adds"), "in all. 20 minutes of that add value.\n"),
    ):
        looked = [step.model_copy(update={"value": value}) for step, value in zip(steps, values, strict=True)]
        assert said in report_of(steps=(*looked, aside)), values


def test_a_decision_against_the_ratings_says_so() -> None:
    amber = Review(held_on=TODAY, parts=(Part(name="One", rating="amber"),))
    cases: list[tuple[tuple[Review, ...], Decision | None, bool]] = [
        ((amber,), "ready", True),
        ((amber,), "fine tune", False),
        ((amber,), None, False),
        ((), "ready", False),
    ]
    for reviews, decision, otherwise in cases:
        made = Initiative(id="initiative-1", ideas=("idea-1",), reviews=reviews, decision=decision)
        said = "The ratings say something else: fine tune." in report_of(initiatives=(made,))
        assert said == otherwise, (reviews, decision)


def test_stories_are_not_told_in_the_order_of_telling() -> None:
    told = (("first", 2), ("second", -2), ("third", None))
    stories = [
        Story(id=f"story-{place}", voice="staff", text=text, feeling=feeling)
        for place, (text, feeling) in enumerate(told, 1)
    ]
    report = report_of(stories=tuple(stories))

    assert report.index("second") < report.index("first") < report.index("third")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 17), "The check-in is due on Sun 20 Dec (weekend), today."),
        (date(2026, 12, 1), "The check-in was due on Fri 4 Dec, 2 weeks ago."),
    ],
)
def test_a_check_in_that_was_not_held_says_how_far_it_is(day: date, said: str) -> None:
    assert said in report_of(initiatives=(Initiative(id="initiative-1", ideas=("idea-1",), started_on=day),))


def test_nothing_of_a_change_that_is_let_go_is_due_any_more() -> None:
    part = Part(name="One", rating="red", fine_tune="A flask", fine_tune_by=date(2027, 1, 5))
    held = Initiative(
        id="initiative-1",
        ideas=("idea-1",),
        started_on=date(2026, 12, 1),
        checkins=(Checkin(horizon="three_days", held_on=date(2026, 12, 4)),),
        reviews=(Review(held_on=TODAY, parts=(part,)),),
    )
    for fields, due in (
        ({"stage": "trying"}, True),
        ({"stage": "let go"}, False),
        ({"decision": "let go"}, False),
    ):
        report = report_of(initiatives=(held.model_copy(update=fields),))
        assert ("It was not held yet." in report, "This is due by Tue 5 Jan 2027." in report) == (due, due)
        assert ("Fine tuning: A flask. This was to be done by Tue 5 Jan 2027." in report) == (not due)


def test_a_fine_tuning_day_without_words_is_not_lost() -> None:
    review = Review(held_on=TODAY, parts=(Part(name="One", fine_tune_by=date(2027, 1, 5)),))
    initiative = Initiative(id="initiative-1", ideas=("idea-1",), reviews=(review, Review(held_on=TODAY)))
    report = report_of(initiatives=(initiative,))

    assert "Fine tuning is not described. This is due by Tue 5 Jan 2027." in report
    assert "It has no parts to rate." in report


def test_a_measure_without_a_name_is_not_lost() -> None:
    initiative = Initiative(id="initiative-1", ideas=("idea-1",), measure=Measure(better="down", baseline=3))

    assert "nobody wrote down what it is called. Less is better. At the start it was 3." in report_of(
        initiatives=(initiative,)
    )


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_said(day: date) -> None:
    initiative = Initiative(id="initiative-1", ideas=("idea-1",), started_on=day)

    assert f"It starts on {spoken(day)}" in report_of(initiatives=(initiative,), held_on=day)


@pytest.mark.parametrize(
    "session", [everything(), *map(example, EXAMPLES)], ids=lambda session: session.title
)
@pytest.mark.parametrize("payload", [PAYLOAD, " \n\t ", "x" * 10_000], ids=["hostile", "blank", "long"])
def test_no_text_can_act_or_break_a_line(session: Session, payload: str) -> None:
    report = text_report(filled(session, payload), TODAY)

    bad = {char for char in report if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")}
    assert not bad | ({"\u202e"} & set(report))
    if payload == PAYLOAD:  # a line end that was typed never makes a new line
        assert "line two" in report
        assert len(report.splitlines()) == len(text_report(filled(session, "x"), TODAY).splitlines())


def test_three_hundred_of_everything() -> None:
    numbers = range(1, 301)
    report = report_of(
        candidates=tuple(Candidate(id=f"candidate-{n}", name=f"process {n}") for n in numbers),
        stories=tuple(Story(id=f"story-{n}", voice="staff", text=f"story {n}") for n in numbers),
        steps=tuple(Step(id=f"step-{n}", title=f"step {n}", stories=(f"story-{n}",)) for n in numbers),
        ideas=tuple(Idea(id=f"idea-{n}", kind="stop", text=f"idea {n}", step=f"step-{n}") for n in numbers),
        parked=tuple(Parked(id=f"parked-{n}", text=f"parked {n}") for n in numbers),
        initiatives=tuple(Initiative(id=f"initiative-{n}", ideas=(f"idea-{n}",)) for n in numbers),
    )

    for said in (
        "process 300.",
        "story 300.",
        "Step 300: step 300.",
        "parked 300.",
        "Change 300: Stop: idea 300.",
    ):
        assert said in report


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Tea", "Tea."),
        ("Tea?", "Tea?"),
        ("“Tea.”", "“Tea.”"),
        ("Tea\n\nand  cake", "Tea and cake."),
        (" ", "no words."),
    ],
)
def test_typed_text_becomes_a_sentence(typed: str, said: str) -> None:
    assert sentence(typed) == said


def test_small_words() -> None:
    assert joined([]) == ""
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert quoted("word " * 40) == "“word word word word word word word word word word word word…”"
    assert quoted("x" * 80) == f"“{'x' * 60}…”"


def test_where_a_session_comes_from_is_said() -> None:
    earlier = Earlier(title="Waking", held_on=date(2026, 6, 1))
    other = str(uuid4())
    cases: list[tuple[dict[str, Any], str]] = [
        ({"follows": other}, "It carries on from an earlier session."),
        ({"earlier": Earlier(title="Waking")}, "It carries on from “Waking”."),
        ({"scales": other}, "It tries a runner of another place, from an earlier session."),
        (
            {"scales": other, "follows": other, "earlier": earlier},
            "It tries a runner of another place, from “Waking”, held on Mon 1 Jun.",
        ),
    ]
    for fields, said in cases:
        assert f"\n{said}\n" in report_of(**fields)
    assert "earlier" not in report_of()


def test_days_due_say_when_they_are_no_working_days() -> None:
    part = Part(name="A", fine_tune="A flask", fine_tune_by=date(2026, 12, 28))
    change = Initiative(
        id="initiative-1",
        ideas=("idea-1",),
        started_on=date(2026, 12, 20),
        checkins=(Checkin(horizon="three_weeks", held_on=date(2026, 12, 20)),),
        plan=Plan(three_days=Goal(due_on=date(2026, 12, 25))),
        reviews=(Review(held_on=date(2026, 12, 20), parts=(part, Part(name="B", fine_tuned_on=TODAY))),),
    )
    report = report_of(initiatives=(change,))
    for said in (
        "It starts on Sun 20 Dec (weekend).",
        "This check-in was never held. It was due on Fri 25 Dec (bank holiday).",
        "The check-in is due on Sat 20 Mar 2027 (weekend), in 3 months. It was not held yet.",
        "Fine tuning: A flask. This is due by Mon 28 Dec (bank holiday).",
        "Fine tuning is not described. It was done on Sun 20 Dec.",
    ):
        assert said in report, said
    undated = change.model_copy(update={"started_on": None, "plan": Plan()})
    assert "This check-in was never held.\n" in report_of(initiatives=(undated,))
