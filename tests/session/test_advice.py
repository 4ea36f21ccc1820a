"""Gentle words help with what is vague, nobody's, double, dear or forbidden, and leave a small idea alone."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session import advice, idea_words
from promote_tui.session.model import Candidate, Idea, Measure, PerVoice, Process, Session, Step
from promote_tui.store import toml_text
from promote_tui.store.places import examples_folder

TABLES = tomllib.loads((Path(__file__).parent / "data" / "advice.toml").read_text(encoding="utf-8"))
EXAMPLES = sorted(examples_folder().glob("*.toml"))
# lines that come close to ideas, besides any text at all
PIECES = [
    "ask", "put", "tea", "bring", "the", "a", "each", "it", "and", "also", "as well as", "stop", "calling",
    "at", "people", "eight", ";", ".", ",", "&", "someone", "should", "buy", "improve", "by", "ward's", "“",
    "’", "İ", "ß", "3", "\n",
]  # fmt: skip
ALMOST = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
TEXTS = st.one_of(ALMOST, st.text(), st.text(alphabet="aA ;.&,\n’"))


def rules(text: str) -> list[str]:
    return [hint.rule for hint in advice.about_idea(text)]


def everyone_in(session: Session, **fields: Any) -> Session:
    return session.model_copy(update={"present": PerVoice(patient=3, carer=1, staff=5), **fields})


@pytest.mark.parametrize("rule", ["vague", "nobody", "money", "permission"])
def test_a_rule_speaks_up_where_it_helps_and_nowhere_else(rule: str) -> None:
    table = TABLES[rule]
    assert min(len(table["yes"]), len(table["no"])) >= 40
    assert [line for line in table["yes"] if rule not in rules(line)] == []
    assert [line for line in table["no"] if rule in rules(line)] == []


def test_two_ideas_in_one_line_are_taken_apart() -> None:
    table = TABLES["double"]
    assert min(len(table["yes"]), len(table["no"])) >= 40
    found = [[line, list(advice.split_idea(line))] for line, _ in table["yes"]]
    assert found == table["yes"]
    assert all(rules(line)[0] == "double" for line, _ in table["yes"])
    assert [line for line in table["no"] if advice.split_idea(line) or "double" in rules(line)] == []
    # no part is double again
    assert [part for _, parts in table["yes"] for part in parts if advice.split_idea(part)] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_is_said_about_the_worked_examples(path: Path) -> None:
    session = toml_text.read(path.read_bytes()).session
    assert session is not None
    assert session.ideas
    for idea in session.ideas:
        assert rules(idea.text) == [], idea.text
        assert advice.belongs_elsewhere(session, idea.text) is None, idea.text
        assert advice.about_votes(session, idea.votes) is None, idea.text
    for step in session.steps:
        assert rules(step.smallest_change) == [], step.smallest_change
    assert advice.about_map(session) == ()


def test_the_most_useful_word_comes_first() -> None:
    everything = "Someone should improve ward morale; encourage the board to fund a national policy"
    assert rules(everything) == ["double", "vague", "nobody", "money", "permission"]


def test_words_are_short_and_never_quote_the_idea() -> None:
    tables = (TABLES[rule] for rule in ("vague", "nobody", "money", "permission", "double"))
    hints = [hint for table in tables for line in table["yes"] for hint in advice.about_idea(str(line))]
    assert len({hint.rule for hint in hints}) == 5
    for hint in hints:
        assert len(hint.words) <= 100
        assert hint.words.endswith((".", "?"))
    assert advice.about_idea("Improve the zebra") == advice.about_idea("Improve the giraffe")


@given(TEXTS)
def test_any_text_can_be_read(text: str) -> None:
    advice.about_idea(text)
    parts = advice.split_idea(text)
    assert len(parts) != 1
    said = set(idea_words.WORD.findall(idea_words.spelled(text)))
    for part in parts:
        assert part.strip() == part != ""
        assert set(idea_words.WORD.findall(idea_words.spelled(part))) <= said


@pytest.mark.parametrize(
    "piece", ["and ", "; ", "put a cup out and ", "someone should ", "a" * 50, " ", "ask the board "]
)
def test_a_long_paste_is_read_too(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    assert advice.about_idea(text) is not None
    assert all(advice.split_idea(text)) or not advice.split_idea(text)


def test_the_same_word_in_other_forms_has_one_stem() -> None:
    for forms in (
        "knock knocks knocked knocking",
        "carry carries carried",
        "wake wakes waking",
        "tell telling",
        "meet meets meeting meetings",
    ):
        assert len(idea_words.stems(forms)) == 1, forms
    assert idea_words.stem("bus") == "bus"
    assert idea_words.stem("a") == "a"


# ---- ideas for another process

CONSIDERED = (
    Candidate(id="candidate-1", name="Waking up in the morning"),
    Candidate(id="candidate-2", name="Meal times"),
    Candidate(id="candidate-3", name="The evening medication round"),
    Candidate(id="candidate-4", name="Waking people for appointments"),
    Candidate(id="candidate-5", name="Time for you"),
)
MAPPED = (
    Step(id="step-1", title="Morning medication is given"),
    Step(id="step-2", title="People queue at the clinic room"),
)

ELSEWHERE = [
    ("Serve hot meals in the evening", "candidate-2"),
    ("MEAL cards in large print", "candidate-2"),
    ("Offer the round in bedrooms", "candidate-3"),
    ("Write appointments on the board", "candidate-4"),
    ("A meal and a round of cards at the appointment", "candidate-2"),
    # said of the chosen process, its purpose or a step as well, or of nothing at all
    ("Wake people before the meal", None),
    ("A gentle start to meals", None),
    ("Queue for meals by number", None),
    ("Medication with the meal", None),
    ("Ask for the time", None),
    ("Knock and wait", None),
    ("", None),
]


def test_an_idea_for_another_process_is_noticed(session: Session) -> None:
    process = Process(name="Waking up in the morning", purpose="A gentle start", candidate="candidate-1")
    session = session.model_copy(update={"candidates": CONSIDERED, "process": process, "steps": MAPPED})
    for line, id in ELSEWHERE:
        found = advice.belongs_elsewhere(session, line)
        assert (found and found.id) == id, line
    nothing_chosen = session.model_copy(update={"process": Process()})
    assert advice.belongs_elsewhere(nothing_chosen, "Serve hot meals") is None


def test_ideas_of_real_rooms_stay_or_belong_elsewhere(session: Session) -> None:
    wrong, counted = [], {"yes": 0, "no": 0}
    for table in TABLES["elsewhere"]:
        names = {"candidate-1": table["chosen"]} | {
            f"candidate-{number}": name for number, name in enumerate(table["yes"], 2)
        }
        room = session.model_copy(
            update={
                "candidates": tuple(Candidate(id=id, name=name) for id, name in names.items()),
                "process": Process(name=table["chosen"], purpose=table["purpose"], candidate="candidate-1"),
                "steps": tuple(
                    Step(id=f"step-{number}", title=title) for number, title in enumerate(table["steps"], 1)
                ),
            }
        )
        lines = [(line, None) for line in table["no"]]
        counted["no"] += len(lines)
        lines += [(line, name) for name, ideas in table["yes"].items() for line in ideas]
        counted["yes"] += len(lines) - len(table["no"])
        for line, expected in lines:
            found = advice.belongs_elsewhere(room, line)
            if (found and found.name) != expected:
                wrong.append((table["chosen"], line, found and found.name, expected))
    assert wrong == []
    assert min(counted.values()) >= 40


# ---- the map


def test_a_step_that_is_an_idea_already_is_asked_about(session: Session) -> None:
    table = TABLES["answer"]
    assert min(len(table["yes"]), len(table["no"])) >= 40

    def asked(line: str) -> bool:
        hints = advice.about_map(session.model_copy(update={"steps": steps(1, title=line)}))
        return "answer" in [hint.rule for hint in hints]

    assert [line for line in table["yes"] if not asked(line)] == []
    assert [line for line in table["no"] if asked(line)] == []


def steps(count: int, **fields: Any) -> tuple[Step, ...]:
    return tuple(
        Step(id=f"step-{number}", **{"title": "Lights on", "who": "HCA", "minutes": 5, **fields})
        for number in range(1, count + 1)
    )


MAPS = [
    ((), []),
    (steps(12), []),
    (steps(13), ["long"]),
    ((*steps(12), Step(id="step-13", title="Ambulance comes", usual=False)), []),
    (steps(1, title="The nurse should knock"), ["answer"]),
    (steps(1, title="Knock instead of calling"), ["answer"]),
    (steps(1, title="The door needs to be open"), ["answer"]),
    (steps(1, title="People who need help are washed"), []),
    (steps(3, who=" "), ["who"]),
    (steps(3, minutes=None), ["minutes"]),
    # nobody has to say everything with the first step
    (steps(2, who="", minutes=None), []),
    ((*steps(5, who="", minutes=None), Step(id="step-6", title="x", who="Nurse", minutes=0)), []),
    (steps(13, title="We need to wash", who="", minutes=None), ["long", "answer", "who", "minutes"]),
]


def test_gentle_words_about_the_map(session: Session) -> None:
    for mapped, said in MAPS:
        hints = advice.about_map(session.model_copy(update={"steps": mapped}))
        assert [hint.rule for hint in hints] == said, mapped
        assert all(len(hint.words) <= 100 for hint in hints)


# ---- votes

VOTES = [
    (PerVoice(patient=3, carer=1, staff=5), None),
    (PerVoice(), None),
    (PerVoice(staff=6), "More hands than staff in the room. Count again?"),
    # the one carer is not pointed at
    (PerVoice(carer=2), "More hands than patients or carers in the room. Count again?"),
    (PerVoice(patient=4, carer=2), "More hands than patients or carers in the room. Count again?"),
    (PerVoice(patient=4, staff=6), "More hands than patients or carers or staff in the room. Count again?"),
]


def test_more_hands_than_people_are_counted_again(session: Session) -> None:
    for votes, said in VOTES:
        hint = advice.about_votes(everyone_in(session), votes)
        assert (hint and hint.words) == said, votes
    assert advice.about_votes(session, PerVoice(patient=99)) is None, "nobody said who is in the room"


DOTS = [
    ([], {"patient": 9, "carer": 3, "staff": 15}, "Dots left: patients or carers 12, staff 15"),
    (
        [PerVoice(patient=3, carer=1, staff=5), PerVoice(patient=3, staff=10)],
        {"patient": 3, "carer": 2, "staff": 0},
        "Dots left: patients or carers 5, staff none",
    ),
    (
        [PerVoice(patient=10, carer=4, staff=17)],
        {"patient": -1, "carer": -1, "staff": -2},
        "Dots left: patients or carers 2 over, staff 2 over",
    ),
]


def test_dots_left_over_all_items(session: Session) -> None:
    for votes, left, shown in DOTS:
        ideas = tuple(
            Idea(id=f"idea-{number}", kind="stop", text="x", votes=one) for number, one in enumerate(votes, 1)
        )
        candidates = tuple(
            Candidate(id=f"candidate-{number}", name="x", votes=one) for number, one in enumerate(votes, 1)
        )
        of_ideas = everyone_in(session, dots=3, ideas=ideas)
        of_candidates = everyone_in(session, dots=3, candidates=candidates)
        assert advice.dots_left(of_ideas, "ideas") == left
        assert advice.dots_left(of_candidates, "candidates") == left
        assert advice.dots_shown(of_ideas, "ideas") == shown
        assert advice.dots_left(of_ideas, "candidates") == DOTS[0][1]


def test_no_dots_without_a_number_or_a_room(session: Session) -> None:
    for no_dots in (everyone_in(session), session.model_copy(update={"dots": 3})):
        assert advice.dots_left(no_dots, "ideas") is None
        assert advice.dots_shown(no_dots, "ideas") == ""
    # a group that is not there and gave no dots has none to name
    staff = session.model_copy(update={"dots": 2, "present": PerVoice(staff=4)})
    assert advice.dots_shown(staff, "ideas") == "Dots left: staff 8"
    too_many = staff.model_copy(
        update={"ideas": (Idea(id="idea-1", kind="stop", text="x", votes=PerVoice(carer=1)),)}
    )
    assert advice.dots_shown(too_many, "ideas") == "Dots left: carers 1 over, staff 8"


def test_a_measure_that_cannot_show_a_difference_gets_a_word() -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({}, ""),
        ({"unit": "people"}, ""),
        ({"name": " "}, ""),
        ({"name": "People up by nine"}, "count"),
        ({"name": "People up by nine", "unit": "people a day"}, "count"),
        ({"name": "People up by nine", "baseline": 4}, ""),
        ({"target": 4}, ""),
        ({"baseline": 4, "target": 9}, ""),
        ({"baseline": 4, "target": 9, "better": "up"}, ""),
        ({"baseline": 9, "target": 4, "better": "down"}, ""),
        ({"baseline": 0, "target": 0.0}, "same"),
        ({"baseline": 4, "target": 4.0, "better": "up"}, "same"),
        ({"baseline": 4, "target": 3, "better": "up"}, "side"),
        ({"baseline": -4, "target": -3.5, "better": "down"}, "side"),
    ]
    for fields, said in cases:
        assert [hint.rule for hint in advice.about_measure(Measure(**fields))] == [said] * bool(said), fields
    too_low = advice.about_measure(Measure(baseline=4, target=3, better="up"))
    assert too_low[0].words.startswith("More is better here, but the number hoped for is lower than now.")
