import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session import privacy
from promote_tui.session.privacy import Finding
from promote_tui.session.privacy_rules import Sort
from promote_tui.session.text import LONGEST
from promote_tui.store.places import examples_folder

SORTS = get_args(Sort)
SENTENCES: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "privacy.toml").read_text(encoding="utf-8")
)
# pieces that rules are made of, so that chance puts them together in ways nobody thought of
PIECES = [
    *"0123456789 .-/()[]@:#+'",
    *(
        "NHS no",
        "CHI ",
        "999 000 0018",
        "9990000018",
        "0101011237",
        "dob ",
        "born ",
        "3 March",
        " 1941",
        "03/03/41",
    ),
    *(
        "07700 900123",
        "+44 ",
        "ext ",
        "tel ",
        "4512",
        "a@b.org",
        " (at) ",
        "SW1A",
        " 1AA",
        "sw1a1aa",
        "bed ",
        "bay 3 ",
    ),
    *(
        "room",
        "Mrs ",
        "Dr. ",
        "Nurse ",
        "O'",
        "van der ",
        "Whitlow",
        "-",
        "my name is ",
        "a man called ",
        "Elsie",
        "\n",
    ),
    *("[name]", "[NHS number]", "[bed number]", "\0", "\u00a0", "９"),
]
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=())), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
)


def marked(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a sentence without its { }, and the places they stood around."""
    places = [
        (m.start() - 2 * n, m.end() - 2 * n - 2) for n, m in enumerate(re.finditer(r"\{.*?\}", sentence))
    ]
    return re.sub("[{}]", "", sentence), places


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def test_every_kind_has_sentences_enough() -> None:
    assert set(SENTENCES) == {*SORTS, "ordinary"}
    for sort in SORTS:
        for answer in ("yes", "no"):
            said = SENTENCES[sort][answer]
            assert len(set(said)) == len(said) >= 40, (sort, answer)
    assert len(SENTENCES["ordinary"]["no"]) >= 60


@pytest.mark.parametrize("sort", SORTS)
def test_what_could_show_who_a_person_is_is_found_where_it_stands(sort: str) -> None:
    wrong = []
    for sentence in SENTENCES[sort]["yes"]:
        text, places = marked(sentence)
        found = privacy.find(text)
        if [(one.start, one.end) for one in found] != places or {one.kind for one in found} != {sort}:
            wrong.append((sentence, privacy.mask(text)))
    assert wrong == []


@pytest.mark.parametrize("sort", SENTENCES)
def test_what_only_looks_a_little_like_it_is_left_alone(sort: str) -> None:
    assert [(text, found) for text in SENTENCES[sort]["no"] if (found := privacy.find(text))] == []


def test_nothing_is_found_in_the_examples_and_the_questions() -> None:
    questions = Path(privacy.__file__).with_name("questions.toml")
    files = [*examples_folder().glob("*.toml"), questions]
    assert len(files) == 4
    for path in files:
        texts = list(texts_in(tomllib.loads(path.read_text(encoding="utf-8"))))
        assert len(texts) > 100
        assert [(text, found) for text in texts if (found := privacy.find(text))] == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("", ""),
        ("Tea first", "Tea first"),
        ("NHS no: 999 000 0018.", "NHS no: [NHS number]."),
        ("Mrs Whitlow, dob 3/3/41, bed 4", "[name], dob [date of birth], [bed number]"),
        ("Dr O'Neill’s bleep 1234", "[name]’s bleep [phone number]"),
        ("elsie@example.org, QQ1 1AA", "[e-mail address], [postcode]"),
        ("[name] was born in [date of birth]", "[name] was born in [date of birth]"),
        ("+44 9990000018", "[phone number]"),
        ("dob 03031941 NHS 9990000018", "dob [date of birth] NHS [NHS number]"),
    ],
)
def test_a_masked_text_says_what_stood_there(text: str, masked: str) -> None:
    assert privacy.mask(text) == masked


def test_the_warning_says_what_and_why_and_never_the_words() -> None:
    assert privacy.warning("Tea first") == ""
    number = "This looks like an NHS number: ten digits that pass its check"
    assert privacy.warning("999 000 0018") == f"{number}."
    assert privacy.warning("999 000 0018, 999 000 0026") == f"{number}."
    assert privacy.warning("999 000 0018 is Mrs Whitlow") == f"{number}, and like a person’s name."
    assert (
        privacy.warning("999 000 0018 is Mrs Whitlow in bed 4")
        == f"{number}, and like a person’s name and a bed or room number."
    )
    for sort in SORTS:
        for sentence in SENTENCES[sort]["yes"]:
            text, places = marked(sentence)
            said = privacy.warning(text)
            assert said.startswith("This looks like a")
            assert not any(text[start:end] in said for start, end in places)


def test_a_finding_says_what_and_why_and_holds_no_words() -> None:
    (found,) = privacy.find("Ask Mrs Whitlow")
    assert found == Finding("name", 4, 15)
    assert (found.what, found.why) == ("a person’s name", "a name after a word like Mrs, Dr or called")
    assert "Whitlow" not in repr(found)


def test_the_longest_text_of_one_piece_is_read_and_masked() -> None:
    for piece in PIECES:  # a pattern that tries every way through would never come back from this
        assert privacy.find(privacy.mask((piece * LONGEST)[:LONGEST])) == (), piece


@given(TEXTS)
def test_whatever_is_typed_the_places_are_inside_and_a_mask_is_whole(text: str) -> None:
    found = privacy.find(text)
    ends = [0, *(one.end for one in found)]
    assert all(end <= one.start < one.end <= len(text) for end, one in zip(ends, found, strict=False))
    masked = privacy.mask(text)
    assert privacy.find(masked) == ()
    assert privacy.mask(masked) == masked
    assert (masked == text) == (found == ())
    assert bool(privacy.warning(text)) == bool(found)
