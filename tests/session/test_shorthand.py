import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from promote_tui.session.model import Idea, Kind, Step, Story
from promote_tui.session.shorthand import (
    IdeaLine,
    StepLine,
    StoryLine,
    read_idea,
    read_step,
    read_story,
    spread,
    write_idea,
    write_step,
    write_story,
)
from promote_tui.session.text import made_visible, tidy

WORDS = [
    "@",
    "@@",
    "5m",
    "12 min",
    "m",
    "#3",
    "#",
    "p:",
    "s:",
    "c :",
    "-",
    "+",
    "=",
    "Lights",
    "on",
    "5",
    "@HCA,",
]
LINES = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=7).map(
    lambda words: made_visible(tidy(" ".join(words)))
)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("p: The lights come on", StoryLine("patient", "The lights come on")),
        ("C:I rang at eight", StoryLine("carer", "I rang at eight")),
        ("  s : We rush  ", StoryLine("staff", "We rush")),
        ("Waking up", StoryLine(None, "Waking up")),
        ("pp: Waking up", StoryLine(None, "pp: Waking up")),
        ("p:", StoryLine("patient", "")),
        ("ſ: an old long s is no sign", StoryLine(None, "ſ: an old long s is no sign")),
        ("", StoryLine(None, "")),
    ],
)
def test_a_line_of_stage_one(line: str, read: StoryLine) -> None:
    assert read_story(line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Lights on @HCA, nights 5m", StepLine("Lights on", "HCA, nights", 5)),
        ("Lights on 5m @HCA, nights", StepLine("Lights on", "HCA, nights", 5)),
        ("5m Lights on", StepLine("Lights on", "", 5)),
        ("Lights 5m on", StepLine("Lights on", "", 5)),
        ("Lights on @ HCA", StepLine("Lights on", "HCA", None)),
        ("Lights on 5 min", StepLine("Lights on", "", 5)),
        ("Lights on 5M", StepLine("Lights on", "", 5)),
        ("Walk 10metres", StepLine("Walk 10metres", "", None)),
        ("Write to ward@example", StepLine("Write to ward@example", "", None)),
        ("A wait of 20m, then tea", StepLine("A wait of 20m, then tea", "", None)),
        ("Queue 99999m", StepLine("Queue 99999m", "", None)),
        ("Queue 0m", StepLine("Queue", "", 0)),
        ("Wait 5m or 10m", StepLine("Wait 5m or", "", 10)),
        ("Lights @HCA 5m later 10m", StepLine("Lights later 10m", "HCA", 5)),
        ("@HCA 5m", StepLine("", "HCA", 5)),
        ("Tea @", StepLine("Tea", "", None)),
        ("  ", StepLine("", "", None)),
    ],
)
def test_a_line_of_stage_two(line: str, read: StepLine) -> None:
    assert read_step(line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("- Calling names", IdeaLine("stop", "Calling names", None)),
        ("+Tea ten minutes earlier #1", IdeaLine("start", "Tea ten minutes earlier", 1)),
        ("= Knocking #12", IdeaLine("continue", "Knocking", 12)),
        ("Tea #3, with biscuits", IdeaLine(None, "Tea , with biscuits", 3)),
        ("#2 Tea", IdeaLine(None, "Tea", 2)),
        ("Tea #1 and #2", IdeaLine(None, "Tea #1 and", 2)),
        ("Tea in room#3", IdeaLine(None, "Tea in room#3", None)),
        ("Tea #3rd", IdeaLine(None, "Tea #3rd", None)),
        ("+", IdeaLine("start", "", None)),
    ],
)
def test_a_line_of_stage_three(line: str, read: IdeaLine) -> None:
    assert read_idea(line) == read


@given(st.sampled_from(["p: ", "C:", " s :"]), LINES)
def test_a_story_written_out_reads_as_itself(sign: str, line: str) -> None:
    read = read_story(sign + line)
    assume(read.text)
    assert read.voice is not None
    assert read_story(write_story(Story(id="story-1", voice=read.voice, text=read.text))) == read


@given(LINES)
def test_a_step_written_out_reads_as_itself(line: str) -> None:
    read = read_step(line)
    assume(read.title)
    assert (
        read_step(write_step(Step(id="step-1", title=read.title, who=read.who, minutes=read.minutes))) == read
    )


@given(LINES, st.sampled_from(["stop", "start", "continue"]))
def test_an_idea_written_out_reads_as_itself(line: str, column: Kind) -> None:
    read = read_idea(line)
    assume(read.text and read.step != 0)
    idea = Idea(id="idea-1", kind=read.kind or column, text=read.text)
    assert read_idea(write_idea(idea, read.step)) == IdeaLine(idea.kind, read.text, read.step)


@given(st.text(), st.text())
def test_no_line_is_too_odd_to_read(before: str, line: str) -> None:
    read_story(line)
    read_step(line)
    read_idea(line)
    assert all(item.strip() for ideas in (True, False) for item in spread(before, line, ideas=ideas))


@pytest.mark.parametrize(
    ("before", "pasted", "captures"),
    [
        ("", "one\ntwo\n\n three ", ["one", "two", "three"]),
        ("p: ", "one\ntwo", ["p: one", "p: two"]),
        ("p: ", "one\ns: two", ["p: one", "s: two"]),
        ("p: ", "- one\n- two", ["p: one", "p: two"]),
        ("p: ", "1. one\n2. c: two\n3.", ["p: one", "c: two"]),
        ("p: The lights", " come on\nAnd off", ["p: The lights come on", "And off"]),
        ("Wait", " 1. one\n2. two", ["Wait 1. one", "two"]),
        ("", "one\r\ntwo\rthree\u2028four", ["one", "two", "three", "four"]),
        ("", "\n \n", []),
        ("half ", "", ["half"]),
        ("", "1. one\n 2)\ttwo\n(3) three\n10. ten\n\n11.", ["one", "two", "three", "ten"]),
        (
            "",
            "• one\n*  two\n– three\n- four\no\tfive\n\uf0b7\tsix",
            ["one", "two", "three", "four", "five", "six"],
        ),
        ("", "• 1. one\n- • two\n•", ["one", "two"]),
        ("", "10 minutes earlier\n2 nurses", ["10 minutes earlier", "2 nurses"]),
        ("", "1.5 hours\n10:30 tea\n2026. A year", ["1.5 hours", "10:30 tea", "2026. A year"]),
        ("", "o one\n*two*\n-three\n(four)", ["o one", "*two*", "-three", "(four)"]),
    ],
)
def test_pasted_lines_are_one_item_each(before: str, pasted: str, captures: list[str]) -> None:
    assert spread(before, pasted) == captures


def test_among_pasted_ideas_a_dash_means_stop() -> None:
    for before, pasted, captures in [
        ("", "- one\n+ two\n= three\nfour", ["- one", "+ two", "= three", "four"]),
        ("+", "one\n- two\ns: three", ["+one", "- two", "+s: three"]),
        ("= ", "1. one\n2. - two\n• three", ["= one", "- two", "= three"]),
        ("", "1. 10 minutes earlier\n2. 2 nurses", ["10 minutes earlier", "2 nurses"]),
    ]:
        assert spread(before, pasted, ideas=True) == captures
