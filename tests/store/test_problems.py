import pytest

from promote_tui.store import toml_text
from promote_tui.store.problems import Problem, did_you_mean, found, spelled

START = """\
format = "promote-session"
version = 1
id = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"
title = "Waking up"
"""
INITIATIVE = "initiatives = [{ id = 'initiative-1', ideas = ['a']"


def sentences(text: str) -> list[str]:
    return [
        problem.sentence("waking-up.toml") for problem in toml_text.read((START + text).encode()).problems
    ]


def test_five_mistakes_in_five_places_are_five_sentences() -> None:
    assert sentences("""\
stage = "maps"
held_on = "2026-11-23"

[[stories]]
id = "story-1"
voice = "patient"

[[steps]]
id = "step-1"
title = "Lights on"

[[steps]]
id = "step-2"
title = "Names called"
minutes = "five"

[[initiatives]]
id = "initiative-1"
ideas = ["idea-1"]
[[initiatives.reviews]]
held_on = 2027-02-24
[[initiatives.reviews.parts]]
name = "Every shift"
[[initiatives.reviews.parts]]
name = "No harm"
rating = "yellow"
dissent = [
    { voice = "staff" },
    { voice = "stuff", says = "No" },
]
""") == [
        'waking-up.toml:5: stage: "maps" is not one of choose, map, ideas, own, review - did you mean "map"?',
        'waking-up.toml:6: held_on: "2026-11-23" is not a date such as 2026-11-23 (without quotes)',
        "waking-up.toml:8: stories[1].text: is missing",
        'waking-up.toml:19: steps[2].minutes: "five" is not a whole number',
        "waking-up.toml:30: initiatives[1].reviews[1].parts[2].rating:"
        ' "yellow" is not one of red, amber, green',
        "waking-up.toml:33: initiatives[1].reviews[1].parts[2].dissent[2].voice:"
        ' "stuff" is not one of patient, carer, staff - did you mean "staff"?',
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("team = 5", "team: 5 is not text in quotes"),
        ("team = ''\nfacilitator = false", "facilitator: false is not text in quotes"),
        ("created_at = 2026-11-23", "created_at: 2026-11-23 is not a time such as 2026-11-23T09:30:00+00:00"),
        ("present = 5", "present: 5 is not a table"),
        ("present.patient = 1.5", "present.patient: 1.5 is not a whole number"),
        ("present.patient = 1000", "present.patient: 1000 is above 999"),
        ("present.patient = -1", "present.patient: -1 is below 0"),
        ("steps = 'x'", 'steps: "x" is not a list'),
        ("steps = [1]", "steps[1]: 1 is not a table"),
        ("stories = {}", "stories: a table is not a list"),
        ("process = []", "process: a list is not a table"),
        ("last_used = 1", "last_used: 1 is not a table"),
        ("last_used.int = 'x'", 'last_used.int: "x" is not a whole number'),
        ("steps = [{ id = 'stop-1', title = 'x' }]", 'steps[1].id: "stop-1" is not an id such as step-3'),
        ("steps = [{ id = 'step-1', title = '' }]", "steps[1].title: is empty"),
        ("steps = [{ id = 'step-1', title = 'x', usual = 'no' }]", 'usual: "no" is not true or false'),
        ("steps = [{ id = 'step-1', title = 'x', feeling = true }]", "feeling: true is not a whole number"),
        ("initiatives = [{ id = 'initiative-1', ideas = [] }]", "initiatives[1].ideas: is empty"),
        (
            "initiatives = [{ id = 'initiative-1', ideas = ['idea-1'], measure.target = 'x' }]",
            '"x" is not a number',
        ),
        (
            "initiatives = [{ id = 'initiative-1', ideas = ['idea-1'], measure.target = inf }]",
            "inf is not a number",
        ),
        (
            "initiatives = [{ id = 'initiative-1', ideas = ['a'], started_on = 12:00:00 }]",
            "12:00:00 is not a date",
        ),
        pytest.param(
            "team = '" + "a" * 10_001 + "'", "team: has 10001 characters; at most 10000 fit", id="too long"
        ),
        pytest.param(
            "team = '" + "\N{DEVANAGARI LETTER QA}" * 5_001 + "'",
            "team: has 10002 characters; at most 10000 fit",
            id="too long when composed",
        ),
        pytest.param(
            "steps = [{ id = 'step-1', title = 'x', stories = [" + "'x'," * 1_001 + "] }]",
            "steps[1].stories: has 1001 items; at most 1000 fit",
            id="too many",
        ),
    ],
)
def test_each_mistake_is_said_in_words(text: str, sentence: str) -> None:
    said = sentences(text)
    assert len(said) == 1
    assert sentence in said[0]


def test_an_identity_that_is_none_gets_an_example() -> None:
    reading = toml_text.read(START.replace("0a6f4e0e-", "").encode())
    assert "is not a UUID such as 0a6f4e0e-" in reading.problems[0].message


def test_a_number_that_is_wrong_in_two_ways_is_one_problem() -> None:
    said = sentences(
        "initiatives = [{ id = 'initiative-1', ideas = ['a'], measure = { baseline = [], target = nan } }]"
    )
    assert len(said) == 2
    assert "baseline: a list is not a number" in said[0]
    assert "target: nan is not a number" in said[1]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("short", '"short"'),
        ("a" * 41, '"' + "a" * 40 + '…"'),
        ("two\nlines \x1b[2J", '"two lines \N{REPLACEMENT CHARACTER}[2J"'),
        (True, "true"),
        (False, "false"),
        ({}, "a table"),
        ([1], "a list"),
        ((), "a list"),
        (5, "5"),
    ],
)
def test_what_was_found_is_shown_short_and_harmless(value: object, words: str) -> None:
    assert found(value) == words


def test_places_are_counted_as_people_count() -> None:
    assert spelled(("steps", 1, "value")) == "steps[2].value"
    assert spelled(("title",)) == "title"
    assert spelled(()) == ""


def test_no_key_and_no_file_name_acts_on_a_terminal() -> None:
    said = sentences('"\\u001b]0;x\\u0007\\nnew line" = 1\n"' + "a" * 500 + '" = 2')
    assert "\x1b" not in said[0]
    assert "\n" not in said[0]
    assert len(said[1]) < 200
    assert Problem("error", "x").sentence("a\x1b[2J\nb") == "a\N{REPLACEMENT CHARACTER}[2J b: x"


def test_the_nearest_name_is_only_offered_when_it_is_near() -> None:
    assert did_you_mean("Add", ["adds", "needed"]) == 'did you mean "adds"?'
    assert did_you_mean("zzz", ["adds"]) == ""
