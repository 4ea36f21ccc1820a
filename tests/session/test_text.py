import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session import text

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    "end", ["\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
)
def test_every_kind_of_line_end_becomes_one(end: str) -> None:
    assert text.tidy(f"one{end}two") == "one\ntwo"


def test_letters_and_their_accents_are_kept_in_one_spelling() -> None:
    assert text.tidy("Cafe\u0301") == "Caf\u00e9"


def test_tabs_line_ends_and_joined_emoji_stay() -> None:
    family = "a\tb\nc \U0001f469\u200d\U0001f467"
    assert text.tidy(family) == family
    assert not text.has_unshowable(family)


@pytest.mark.parametrize(
    "bad", ["\x00", "\x1b", "\x07", "\x7f", "\x9b", "\u202e", "\u2066", "\ud800", "\ufeff", "\uffff"]
)
def test_what_could_act_on_a_terminal_is_found_left_out_or_shown(bad: str) -> None:
    words = f"a{bad}b"
    assert text.has_unshowable(words)
    assert text.without_unshowable(words) == ("ab", 1)
    assert text.made_visible(words) == "a\N{REPLACEMENT CHARACTER}b"


@given(ANY_TEXT)
def test_the_gate_lets_nothing_through_the_second_time(words: str) -> None:
    once = text.made_visible(text.tidy(words))
    assert text.made_visible(text.tidy(once)) == once
    assert not text.has_unshowable(once)
    assert not text.has_unshowable(text.without_unshowable(words)[0])


@given(ANY_TEXT)
def test_one_line_is_one_line(words: str) -> None:
    line = text.one_line(words)
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    assert "  " not in line


def test_counts_have_their_noun() -> None:
    assert [text.number_of(n, "step") for n in (0, 1, 2)] == ["0 steps", "1 step", "2 steps"]
    assert text.number_of(3, "story", "stories") == "3 stories"


def test_a_number_is_said_as_people_write_it() -> None:
    for value, said in [
        (7.0, "7"),
        (7, "7"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1e300, "1e+300"),
        (2**63, str(2**63)),
    ]:
        assert text.figure(value) == said


def test_in_a_list_text_is_one_short_harmless_line() -> None:
    assert text.in_a_list("a\x1b[2J\n b\u202e") == "a\N{REPLACEMENT CHARACTER}[2J b\N{REPLACEMENT CHARACTER}"
    assert text.in_a_list("w" * 300) == "w" * 200
