from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session import privacy
from promote_tui.session.edits.items import EditError
from promote_tui.session.text import has_unshowable, tidy
from promote_tui.store import inbox_text
from promote_tui.store.inbox_text import Contents, Draft, empty, fingerprint

START = 'format = "promote-inbox"\nversion = 1\n'
TEXTS = st.text(min_size=1, max_size=60).map(tidy).filter(lambda text: not has_unshowable(text))
DRAFTS = st.builds(
    Draft,
    TEXTS,
    st.sampled_from([None, "patient", "carer", "staff"]),
    st.text(max_size=20).map(tidy).filter(lambda text: not has_unshowable(text)),
    st.none() | st.dates(),
)


def texts(contents: Contents) -> list[str]:
    return [entry.text for entry in contents.entries]


@given(st.lists(DRAFTS, max_size=8), st.integers(0, 8))
def test_an_inbox_reads_back_as_it_was_written(drafts: list[Draft], taken: int) -> None:
    contents = inbox_text.with_new(empty(), drafts, "comment")
    contents = inbox_text.without(contents, [entry.id for entry in contents.entries[:taken]])

    reading = inbox_text.read(inbox_text.write(contents).encode())

    assert reading.contents == contents
    assert reading.problems == ()


def test_the_file_is_plain_enough_to_read() -> None:
    draft = Draft("The lights come on", "patient", "jotted on the ward", date(2026, 11, 23))
    text = inbox_text.write(inbox_text.with_new(empty(), [draft], "jot"))

    assert text == (
        f"{START}\n"
        '[[entries]]\nid = "jot-1"\ntext = "The lights come on"\nvoice = "patient"\n'
        'source = "jotted on the ward"\nreceived_on = 2026-11-23\n\n'
        f'[seen]\nfingerprints = ["{fingerprint("The lights come on")}"]\n\n'
        "[last_used]\njot = 1\n"
    )


ENTRY = '[[entries]]\nid = "jot-1"\ntext = "x"\n'
MISTAKES = [
    ("= 1", "1: this is not TOML: invalid statement"),
    ("title = 1", ' this is not an inbox: format should be "promote-inbox"'),
    ('\nformat = "promote-session"', '2: this is not an inbox: format should be "promote-inbox"'),
    ('format = "promote-inbox"', " version: is missing"),
    (START + ENTRY.replace("jot", "story"), '4: entries[1].id: "story-1" is not an id such as jot-3'),
    (START + ENTRY.replace('"x"', '""'), "5: entries[1].text: is empty"),
    (
        START + ENTRY.replace('"x"', "'" + "x" * 10_001 + "'"),
        "5: entries[1].text: has 10001 characters; at most 10000 fit",
    ),
    (f'{START}{ENTRY}voice = "carers"', '6: entries[1].voice: "carers" is not one of patient, carer, staff'),
    (f'{START}{ENTRY}received_on = "x"', '6: entries[1].received_on: "x" is not a date such as 2026-11-23'),
    (f"{START}{ENTRY}{ENTRY}", '7: entries[2].id: "jot-1" is used already by entries[1] in line 4'),
    (f"{START}entries = 3", "3: entries: 3 is not a list"),
    (f"{START}[seen]\nfingerprints = 3", "4: seen.fingerprints: 3 is not a list"),
    (f"{START}[last_used]\njot = -1", "4: last_used.jot: -1 is below 0"),
]


def test_mistakes_are_named_with_their_line() -> None:
    for text, sentence in MISTAKES:
        reading = inbox_text.read(text.encode())
        assert reading.contents is None, text
        assert any(
            problem.sentence("inbox.toml").startswith(f"inbox.toml:{sentence}")
            for problem in reading.problems
        ), text


def test_unknown_keys_are_kept_and_a_newer_inbox_is_only_looked_at() -> None:
    odd = inbox_text.read(f"{START}ward = 1\n{ENTRY}teks = 2\n".encode())
    newer = inbox_text.read(f"{START}{ENTRY}".replace("version = 1", "version = 2").encode())

    assert odd.contents is not None
    assert [problem.level for problem in odd.problems] == ["warning", "warning"]
    assert inbox_text.read(inbox_text.write(odd.contents).encode()).contents == odd.contents
    assert newer.contents is not None
    assert "newer program" in newer.problems[0].message


def test_a_file_says_whether_it_is_an_inbox() -> None:
    assert inbox_text.is_inbox(f"{START}entries = 3".encode())
    for other in (b'format = "promote-session"', b"= 1", b""):
        assert not inbox_text.is_inbox(other)


SAME = [
    ("The lights came on.", "the  lights came on"),
    ("It’s cold", "It's cold!"),
    ("cafe\u0301", "CAF\u00c9"),
    ("one\r\ntwo", "one two"),
    ("Ring 01632 960001 please", privacy.mask("Ring 01632 960001 please")),
    (" ?! ", "?!"),
]
DIFFERENT = [("It was cold", "It was not cold"), ("?", "!"), ("Food \u2639", "Food \u263a"), ("a1", "a2")]


def test_words_are_known_again_in_another_spelling() -> None:
    for one, other in SAME:
        assert fingerprint(one) == fingerprint(other), one
    for one, other in DIFFERENT:
        assert fingerprint(one) != fingerprint(other), one


def test_what_came_in_once_never_comes_in_again() -> None:
    first = inbox_text.with_new(empty(), [Draft("one"), Draft("two"), Draft("One!")], "comment")
    taken = inbox_text.without(first, ["comment-1"])
    again = inbox_text.with_new(taken, [Draft("one"), Draft("two"), Draft("three", "carer")], "comment")

    assert texts(first) == ["one", "two"]
    assert "one" not in inbox_text.write(taken)
    assert [(entry.id, entry.text, entry.voice) for entry in again.entries] == [
        ("comment-2", "two", None),
        ("comment-3", "three", "carer"),
    ]


def test_numbers_are_never_used_again_also_not_those_written_by_hand() -> None:
    text = f"{START}{ENTRY.replace('jot-1', 'jot-7')}"
    contents = inbox_text.read(text.encode()).contents
    assert contents is not None

    contents = inbox_text.without(contents, ["jot-7", "jot-99"])
    contents = inbox_text.with_new(contents, [Draft("X"), Draft("new")], "jot")
    contents = inbox_text.with_new(contents, [Draft("a comment")], "comment")

    assert [entry.id for entry in contents.entries] == ["jot-8", "comment-1"]


def test_words_that_do_not_fit_are_refused() -> None:
    for text in ("", "x" * 10_001):
        with pytest.raises(EditError, match="Text: "):
            inbox_text.with_new(empty(), [Draft("fine"), Draft(text)], "jot")
    with pytest.raises(EditError, match="Entries: at most 10000 fit"):
        inbox_text.with_new(empty(), [Draft(f"line {n}") for n in range(10_001)], "comment")
