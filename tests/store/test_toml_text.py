import datetime as dt
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.edits import items
from promote_tui.session.edits import map as steps
from promote_tui.session.model import Entry, Parked, Session
from promote_tui.session.text import has_unshowable
from promote_tui.store import toml_text
from promote_tui.store.seal import sealed

EVERYTHING = (Path(__file__).parent / "data" / "everything.toml").read_bytes()
START = """\
format = "promote-session"
version = 1
id = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"
title = "Waking up"
"""


def read(text: str) -> toml_text.Reading:
    return toml_text.read((START + text).encode())


def whole(data: bytes = EVERYTHING) -> Session:
    session = toml_text.read(data).session
    assert session is not None
    return session


def kinds_in(annotation: Any) -> set[type[Entry]]:
    """Return every kind of entry that a field may hold, and all that those may hold."""
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        inner = [kinds_in(field.annotation) for field in annotation.model_fields.values()]
        return {annotation}.union(*inner)
    return {kind for part in get_args(annotation) for kind in kinds_in(part)}


def test_the_fixture_holds_every_field_there_is() -> None:
    every = {f"{kind.__name__}.{name}" for kind in kinds_in(Session) for name in kind.model_fields}
    written = {
        f"{type(entry).__name__}.{name}"
        for _, entry in toml_text._entries(whole())
        for name in entry.model_fields_set
    }
    assert every - written == set()


def test_every_field_and_every_unknown_key_is_read_kept_and_written_back() -> None:
    document = tomllib.loads(EVERYTHING.decode())
    written = tomllib.loads(toml_text.write(whole()))
    assert repr(written) == repr(in_order(document, written))
    assert toml_text.read(toml_text.write(whole()).encode()).session == whole()


def in_order(document: Any, like: Any) -> Any:
    """Put a document in the order in which it was written; values are left as they are."""
    if isinstance(document, dict):
        assert document.keys() == like.keys()
        return {key: in_order(document[key], like[key]) for key in like}
    if isinstance(document, list):
        return [in_order(one, other) for one, other in zip(document, like, strict=True)]
    if isinstance(document, dt.datetime) and document.tzinfo:
        assert document == like
        return like
    return document


def test_unknown_keys_are_named_with_their_line_and_nothing_else_is_wrong() -> None:
    reading = toml_text.read(sealed(EVERYTHING.decode()))
    assert (reading.seal, reading.cut_short, reading.older) == ("whole", False, False)
    assert {problem.level for problem in reading.problems} == {"warning"}
    text = EVERYTHING.decode().splitlines()
    for problem in reading.problems:
        assert problem.key.rpartition(".")[2] in text[problem.line - 1]
    assert len(reading.problems) == 29
    assert [problem.line for problem in reading.problems] == sorted(
        problem.line for problem in reading.problems
    )


def test_unknown_keys_survive_an_edit() -> None:
    session = steps.retell(whole(), "step-1", "Lights on 7m")
    session = items.change(session, "parked-1", because="for later")
    again = whole(toml_text.write(session).encode())
    assert again == session
    before = {problem.key for problem in toml_text.read(EVERYTHING).problems}
    assert {problem.key for problem in toml_text.read(toml_text.write(session).encode()).problems} == before


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_line_ends_and_byte_order_marks_make_no_difference(ends: str, mark: bytes) -> None:
    assert toml_text.read(mark + EVERYTHING.replace(b"\n", ends.encode())).session == whole()


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 0, "format should be"),
        (b"title = 1", 0, "nothing was found"),
        (b"title = 'x'\nformat = 'promote-sessions'", 2, '"promote-sessions" was found'),
        (b"format = [1]", 1, "a list was found"),
        (b"a = 1\nformat = ", 2, "this is not TOML"),
        (b"a = 1\nb = c\n", 2, "this is not TOML: invalid value"),
        (b"a = 1\n\na = 2\n", 3, "this is not TOML"),
        (b"a = 1\r\n\r\nb = \r\n", 3, "this is not TOML"),
        (b"a = '\x00'", 1, "this is not TOML"),
        (b"a = 'x", 1, "this is not TOML"),
        (b"a = 1\nb = '\xff'", 2, "the text is not UTF-8"),
        ("title = 'x'".encode("utf-16"), 1, "the text is not UTF-8"),
        (b"\x00" * 1_000, 1, "this is not TOML"),
        (".".join("a" * 50_000).encode() + b" = 1", 1, "a key has too many parts"),
        (b"a = " + b"[" * 100_000, 0, "too large or too deep"),
        (b"a = " + b"[" * 100_000 + b"]" * 100_000, 0, "too large or too deep"),
        (b"a = " + b"[" * 33 + b"]" * 33, 0, "too large or too deep"),
        (b"a = " + b"9" * 5_000, 0, "too large or too deep"),
        (b"a = 0x" + b"f" * 5_000, 0, "too large or too deep"),
        (b"#" * 5_000_001, 0, "the file has 5000001 bytes; at most 5000000 fit"),
    ],
    ids=range(20),
)
def test_what_is_no_session_is_refused_with_one_sentence(data: bytes, line: int, words: str) -> None:
    reading = toml_text.read(data)
    assert reading.session is None
    assert not reading.newer
    assert [problem.level for problem in reading.problems] == ["error"]
    assert reading.errors[0].line == line
    assert words in reading.errors[0].message


def test_a_name_in_a_broken_text_cannot_act_on_a_terminal() -> None:
    reading = toml_text.read(
        b'[a]\n["\\u001b[2J' + b"long" * 200 + b'"]\n["\\u001b[2J' + b"long" * 200 + b'"]'
    )
    assert "\x1b" not in reading.problems[0].message
    assert len(reading.problems[0].message) < 300


@pytest.mark.parametrize("cut", range(0, len(EVERYTHING), 97))
def test_a_file_that_was_cut_short_is_read_or_refused(cut: int) -> None:
    reading = toml_text.read(EVERYTHING[:cut])
    assert reading.session or reading.errors
    assert reading.cut_short == (b"revision = 4" in EVERYTHING[:cut])
    assert all(problem.line <= EVERYTHING.count(b"\n") + 1 for problem in reading.problems)


def test_an_id_used_twice_is_an_error_that_names_the_first() -> None:
    reading = read("""
[[steps]]
id = "step-1"
title = "One"
[[future_steps]]
title = "Two"
id = "step-1"
[[initiatives]]
id = "initiative-1"
ideas = []
""")
    assert reading.session is None
    reading = read("""
[[steps]]
id = "step-1"
title = "One"
[[future_steps]]
title = "Two"
id = "step-1"
""")
    assert reading.session is None
    (problem,) = reading.errors
    assert (problem.line, problem.key) == (11, "future_steps[1].id")
    assert problem.message == '"step-1" is used already by steps[1] in line 7'
    assert problem.hint == "give it a number that no other has"


def test_ties_to_what_is_not_there_are_named_and_kept() -> None:
    reading = read("""
process.candidate = "candidate-9"
[[stories]]
id = "story-1"
voice = "staff"
text = "x"
candidates = ["candidate-1", "candidate-2"]
[[candidates]]
id = "candidate-1"
name = "x"
[[ideas]]
id = "idea-1"
kind = "stop"
text = "x"
step = "step-1"
group = "group-1"
[[initiatives]]
id = "initiative-1"
ideas = ["idea-1", "idea-2"]
""")
    assert reading.session is not None
    assert reading.session.ideas[0].step == "step-1"
    assert [(problem.line, problem.key, problem.level) for problem in reading.problems] == [
        (6, "process.candidate", "warning"),
        (11, "stories[1].candidates", "warning"),
        (19, "ideas[1].step", "warning"),
        (20, "ideas[1].group", "warning"),
        (23, "initiatives[1].ideas", "warning"),
    ]
    assert reading.problems[0].message == '"candidate-9" is not in this file; the tie is kept'


def test_an_unknown_key_with_a_known_name_elsewhere_is_only_unknown() -> None:
    reading = read("""
[process]
id = [{ a = 1 }]
[[steps]]
id = "step-1"
title = "x"
group = 5
copy = "x"
[[stories]]
id = "story-1"
voice = "staff"
text = "x"
step = "step-9"
""")
    assert reading.session is not None
    assert [problem.key for problem in reading.problems] == [
        "process.id",
        "steps[1].group",
        "steps[1].copy",
        "stories[1].step",
    ]


def test_a_misspelt_key_is_kept_with_the_right_name_as_a_hint() -> None:
    reading = read("taem = 'x'\n")
    assert reading.problems[0].sentence("f.toml") == (
        'f.toml:5: taem: is not a name this program knows; it is kept as it is - did you mean "team"?'
    )


def test_thousands_of_unknown_keys_are_all_named_but_not_each_with_a_hint() -> None:
    reading = read("".join(f"titles{n} = 1\n" for n in range(3_000)))
    assert len(reading.problems) == 3_000
    assert sum(bool(problem.hint) for problem in reading.problems) == 100


def test_a_newer_version_opens_for_reading_and_keeps_what_it_holds() -> None:
    reading = toml_text.read(START.replace("version = 1", "version = 2").encode() + b"mood = 'good'")
    assert reading.newer
    assert reading.session is not None
    assert reading.problems[0].key == "version"
    assert "written by a newer program" in reading.problems[0].message
    assert not reading.errors
    assert not read("").newer


def test_a_newer_version_that_does_not_fit_says_that_first() -> None:
    reading = toml_text.read(START.replace("version = 1", "version = 2").encode() + b"stage = 'dream'")
    assert reading.session is None
    assert not reading.newer
    assert [(problem.level, problem.key) for problem in reading.problems] == [
        ("warning", "version"),
        ("error", "stage"),
    ]


@pytest.mark.parametrize(("version", "words"), [("0", "0 is below 1"), ("'1'", "is not a whole number")])
def test_a_version_is_a_number_from_one(version: str, words: str) -> None:
    reading = toml_text.read(START.replace("version = 1", f"version = {version}").encode())
    assert words in reading.errors[0].message


def test_a_key_by_its_name_in_the_program_is_no_trouble() -> None:
    reading = read("[[parked]]\nid = 'parked-1'\ntext = 'x'\nfrom = 'map'\nfrom_stage = 'ideas'\n")
    assert reading.session is not None
    assert reading.session.parked[0].from_stage == "map"
    assert whole(toml_text.write(reading.session).encode()) == reading.session


def test_control_characters_in_a_file_are_made_visible() -> None:
    reading = read('team = "a\\u001b[2J\\u202e"')
    assert reading.session is not None
    assert reading.session.team == "a\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}"


def test_what_is_empty_is_not_written() -> None:
    session = read("team = ''\nstories = []\n[process]\n[present]\npatient = 0\n").session
    assert session is not None
    assert toml_text.write(session) == START


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["step-1", "story-3", "map", "adds", "patient", "", "\x1b", "promote-session"]),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.just([]),
    st.just({}),
    st.just([{"id": "step-1", "title": "x"}]),
    st.just([[{"a": [1]}]]),
    st.just({"patient": 1, "id": {"a": 1}}),
    st.just(["x"] * 1_001),
)


def places_in(value: Any) -> list[tuple[Any, Any]]:
    """Return every container and key in a document."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [found for key in keys for found in [(value, key), *places_in(value[key])]]


def spelt(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml_text._key(key)} = {spelt(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map_spelt(value)) + "]"
    return toml_text._value(value)


def map_spelt(values: list[Any]) -> list[str]:
    return [spelt(value) for value in values]


@given(st.data())
def test_any_document_is_a_session_or_ends_in_sentences(
    data: st.DataObject,
) -> None:
    document = tomllib.loads(EVERYTHING.decode())
    for _ in range(data.draw(st.integers(1, 4))):
        found = places_in(document)
        container, key = found[data.draw(st.integers(0, len(found) - 1))]
        value = deepcopy(data.draw(VALUES))
        if value is None:
            del container[key]
        elif isinstance(container, dict) and data.draw(st.booleans()):
            container[
                data.draw(st.sampled_from(["", "copy", "id", "step", "ideas", "a.b", "\x1b", "votes"]))
            ] = value
        else:
            container[key] = value
    text = "".join(f"{toml_text._key(key)} = {spelt(value)}\n" for key, value in document.items())
    reading = toml_text.read(text.encode())
    for problem in reading.problems:
        assert not has_unshowable(problem.sentence("f.toml"))
        assert "\n" not in problem.sentence("f.toml")
    if reading.session is None:
        assert reading.errors
    else:
        assert not reading.errors
        assert toml_text.read(toml_text.write(reading.session).encode()).session == reading.session


@given(st.binary(max_size=200), st.integers(0, len(EVERYTHING)), st.integers(0, 200))
def test_any_bytes_in_any_place_end_in_a_session_or_in_sentences(noise: bytes, place: int, gone: int) -> None:
    reading = toml_text.read(EVERYTHING[:place] + noise + EVERYTHING[place + gone :])
    assert reading.session or reading.errors


@given(
    st.builds(Parked, id=st.just("parked-1"), text=st.text(st.characters(exclude_categories=()), min_size=1))
)
def test_any_words_are_written_and_read_back(parked: Parked) -> None:
    session = read("").session
    assert session is not None
    session = session.model_copy(update={"parked": (parked,)})
    assert toml_text.read(toml_text.write(session).encode()).session == session


def test_days_that_cannot_be_right_are_named_for_whoever_asks() -> None:
    text = """
[[initiatives]]
id = "initiative-1"
ideas = ["idea-1"]
started_on = 2026-11-24
[initiatives.plan]
three_days = { goal = "Try it", due_on = 2026-12-16 }
[[initiatives.checkins]]
horizon = "three_days"
held_on = 2026-11-23
[[initiatives.checkins]]
horizon = "three_weeks"
held_on = 2027-01-05
[[initiatives.reviews]]
held_on = 2026-11-01
[[ideas]]
id = "idea-1"
kind = "start"
text = "Tea"
"""
    assert read(text).problems == ()
    reading = toml_text.read((START + text).encode(), thorough=True)
    assert reading.session == read(text).session
    assert [(problem.level, problem.line, problem.key) for problem in reading.problems] == [
        ("warning", 10, "initiatives[1].plan.three_weeks"),
        ("warning", 14, "initiatives[1].checkins[1].held_on"),
        ("warning", 19, "initiatives[1].reviews[1].held_on"),
    ]
    assert reading.problems[1].message == (
        "The 3 days check-in, Mon 23 Nov 2026, is before day 0, Tue 24 Nov 2026. Which day is right?"
    )
