"""What a search shows of a session: the texts that hold the words, and nothing that could act."""

import os
from pathlib import Path

import pytest

from promote_tui.session.model import Idea, Session, Story
from promote_tui.store import toml_text
from promote_tui.store.passages import passages
from promote_tui.store.places import examples_folder
from tests.ui.room import kept

LONG = f"{'So it goes on and on. ' * 20}Then the kettle boils at last.{' And on it goes.' * 20}"


def of(session: Session, *texts: str) -> Session:
    return session.model_copy(
        update={
            "stories": tuple(
                Story(id=f"story-{number}", voice="patient", text=text)
                for number, text in enumerate(texts, 1)
            )
        }
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("LIGHTS", ["The lights come on."]),
        ("lig com", ["The lights come on."]),
        ("cafe", ["A café opens early."]),
        ("CAFÉ tea", ["A café opens early.", "Tea, then a bun."]),
        ("opens tea café", ["A café opens early.", "Tea, then a bun."]),
        ("ights", ["The lights come on."]),  # only where no word begins so
        ("strasse", ["Die Straße ist laut."]),
        ("朝", ["今朝はお茶です。"]),
        ("waking-up", ["Waking up on Mulberry 2", "Wake them up"]),
        ("tea*", ["Tea, then a bun."]),
        ('"tea', ["Tea, then a bun."]),
        ("☕", ["A cup ☕ of it"]),
        ("story-1", []),
        ("patient", []),
        ("promote", []),
        ("", []),
        ("   ", []),
        ("nobody said this", []),
    ],
)
def test_the_texts_that_hold_the_words_are_found(
    tmp_path: Path, session: Session, words: str, found: list[str]
) -> None:
    told = ("The lights come on.", "A café opens early.", "Tea, then a bun.", "Die Straße ist laut.")
    held = of(session, *told, "今朝はお茶です。", "A cup ☕ of it")
    held = held.model_copy(update={"ideas": (Idea(id="idea-1", kind="stop", text="Wake them up"),)})
    path = kept(tmp_path, held)

    assert passages(path, words, 2) == found[:2]
    assert passages(path, words, 0) == []


def test_a_long_text_is_cut_around_the_first_word_found(tmp_path: Path, session: Session) -> None:
    (cut,) = passages(kept(tmp_path, of(session, LONG)), "kettle", 5)
    (accented,) = passages(kept(tmp_path, of(session, LONG.replace("on. ", "ön ﬁ. "))), "kettle", 5)
    (unbroken,) = passages(kept(tmp_path, of(session, "x" * 500 + "kettle" + "y" * 500)), "kettle", 5)

    assert (cut[0], cut[-1], len(cut) <= 122) == ("…", "…", True)
    assert "Then the kettle boils at last." in cut
    assert "Then the kettle boils" in accented
    assert ("xkettley" in unbroken, len(unbroken) <= 122) == (True, True)


def test_nothing_found_can_act_on_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "hostile.toml"
    path.write_text(
        'title = "tea \\u001b[31m\\u202e\\n\\u0007 red"\nfuture = { note = "tea \\u009b too" }\n',
        encoding="utf-8",
    )

    found = passages(path, "tea", 9)

    assert found == ["tea \ufffd[31m\ufffd \ufffd red", "tea \ufffd too"]


def test_what_cannot_be_read_holds_nothing(tmp_path: Path) -> None:
    cases = {
        "broken.toml": b'title = "tea',
        "binary.toml": b"\xff\xfe tea",
        "large.toml": b'title = "tea"\n' + b"#" * 5_000_000,
        "deep.toml": b"tea = " + b"[" * 100_000,
        "key.toml": b".".join([b"tea"] * 100_000) + b" = 1",
        "empty.toml": b"",
    }
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
        assert passages(tmp_path / name, "tea", 3) == [], name
    assert passages(tmp_path / "gone.toml", "tea", 3) == []
    assert passages(tmp_path, "tea", 3) == []
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")
        assert passages(tmp_path / "pipe.toml", "tea", 3) == []


def test_every_passage_of_the_examples_is_a_text_of_theirs() -> None:
    for path in examples_folder().glob("*.toml"):
        session = toml_text.read(path.read_bytes()).session
        assert session
        for word in session.title.split():
            found = passages(path, word, 3)
            assert 1 <= len(found) <= 3
            assert all(word.casefold() in text.casefold() for text in found)
