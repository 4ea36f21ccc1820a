"""What comes into the inbox by the command line: jot, import, and check --privacy."""

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from promote_tui.cli import main, talk
from promote_tui.store import places
from promote_tui.store.inbox import Inbox
from promote_tui.store.inbox_text import Entry

FEEDBACK = """\
Response ID,Date,How was your experience?,Why?,What could be better?,Who are you?
1,01/11/2026,Very good,"Kind staff, they
listened",N/A,Patient
2,02/11/2026,Poor,Mrs Example in bed 12 was cold,Let people sleep,Parent/carer
3,03/11/2026,Good,=1+1 nurses,-,Visitor
"""
KEPT = ["Kind staff, they\nlistened", "Let people sleep", "=1+1 nurses"]
MASKED = "[name] in [bed number] was cold"
FOUND = "Row 3 looks like a person’s name and a bed or room number.\n"

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a table of feedback; the library is there and empty."""
    (tmp_path / "library").mkdir()
    here = tmp_path / "here"
    here.mkdir()
    (here / "fft.csv").write_text(FEEDBACK, encoding="utf-8")
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def box(tmp_path: Path) -> Inbox:
    """The inbox of the library."""
    return Inbox(tmp_path / "library")


def texts(box: Inbox) -> list[str]:
    return [entry.text for entry in box.entries()]


def pipes(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def answers(monkeypatch: pytest.MonkeyPatch, *replies: str) -> None:
    """Be a person at a terminal who gives these answers and then no more."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{reply}\n" for reply in replies)))
    monkeypatch.setattr(talk, "is_terminal", lambda *_: True)


# jot


def test_a_line_is_jotted(box: Inbox, capsys: Capture) -> None:
    assert main(["jot", "p: The lights come on at six"]) == 0
    assert main(["jot", "c:", "nobody", "rang", "-", "twice"]) == 0
    assert main(["jot", "Handover"]) == 0

    today = datetime.now(UTC).astimezone().date()
    heard = capsys.readouterr()
    assert (heard.out, heard.err) == ("", "1 line kept for the next session.\n" * 3)
    assert box.entries() == (
        Entry(
            id="jot-1",
            text="The lights come on at six",
            voice="patient",
            source="jotted on the ward",
            received_on=today,
        ),
        Entry(
            id="jot-2",
            text="nobody rang - twice",
            voice="carer",
            source="jotted on the ward",
            received_on=today,
        ),
        Entry(id="jot-3", text="Handover", source="jotted on the ward", received_on=today),
    )


def test_the_same_words_are_kept_once(box: Inbox, capsys: Capture) -> None:
    main(["jot", "p: Tea is cold"])
    box.remove(["jot-1"])

    assert main(["jot", "s: tea is cold!"]) == 0
    assert (
        "0 lines kept for the next session. 1 was not new: the same words came in before."
        in capsys.readouterr().err
    )
    assert texts(box) == []


def test_lines_of_standard_input_are_jotted(
    box: Inbox, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipes(monkeypatch, "p: Café\r\n\r\nMrs Example came\r\n".encode("cp1252"))

    assert main(["jot", "-"]) == 0
    assert texts(box) == ["Café", "Mrs Example came"]
    heard = capsys.readouterr().err.splitlines()
    assert heard[0].startswith("Line 3: This looks like a person’s name: ")
    assert "It is kept as it is" in heard[0]
    assert heard[1] == "2 lines kept for the next session."
    assert "Example" not in "".join(heard)


def test_jot_refuses_what_it_cannot_keep(
    box: Inbox, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (["  "], ["p:"], ["s: ", " "], ["x" * 10_001], ["a\x1b[31mb"]):
        assert main(["jot", *words]) == 2, words[0][:20]
    for data, status in ((b"\n \n", 2), (b"PK\x03\x04x", 1), (b"fine\n\x07\n", 2)):
        pipes(monkeypatch, data)
        assert main(["jot", "-"]) == status
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["jot", "-"]) == 3
    heard = capsys.readouterr()
    assert "There is nothing to keep. For example: promote jot" in heard.err
    assert "\x1b" not in heard.err
    assert not box.path.exists()


def test_a_broken_inbox_is_named_and_left_alone(box: Inbox, capsys: Capture) -> None:
    box.path.write_text("= 1", encoding="utf-8")

    assert main(["jot", "p: one"]) == 3
    assert main(["import", "fft.csv", "--yes"]) == 3
    said = "inbox.toml:1: this is not TOML: invalid statement. The inbox was not changed.\n"
    assert capsys.readouterr().err.count(said) == 2
    assert box.path.read_text(encoding="utf-8") == "= 1"


def test_a_library_that_is_not_there(tmp_path: Path, capsys: Capture) -> None:
    for argv in (["jot", "one"], ["import", "fft.csv", "--yes"]):
        assert main([*argv, "--library", str(tmp_path / "missing")]) == 3
    assert capsys.readouterr().err.count("To make it: mkdir") == 2


# import


def test_without_a_terminal_the_columns_have_to_be_named_or_taken(box: Inbox, capsys: Capture) -> None:
    assert main(["import", "fft.csv"]) == 2
    assert "Name it with --comments, or take the guess with --yes." in capsys.readouterr().err
    assert not box.path.exists()

    assert main(["import", "fft.csv", "--yes"]) == 0
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err == (
        f"{FOUND}3 comments added to the inbox. 1 left out; --mask takes them with those words masked.\n"
    )
    assert texts(box) == KEPT
    assert [(entry.id, entry.voice, entry.source, str(entry.received_on)) for entry in box.entries()] == [
        ("comment-1", "patient", "feedback form: Why?", "2026-11-01"),
        ("comment-2", "carer", "feedback form: What could be better?", "2026-11-02"),
        ("comment-3", "carer", "feedback form: Why?", "2026-11-03"),
    ]


def test_an_export_imported_again_brings_only_what_is_new(box: Inbox, capsys: Capture, folder: Path) -> None:
    main(["import", "fft.csv", "--yes", "--mask"])
    box.remove([entry.id for entry in box.entries()])
    (folder / "newer.csv").write_text(f"{FEEDBACK}4,,,All new,,\n", encoding="utf-16")

    assert main(["import", "fft.csv", "--yes"]) == 0
    assert main(["import", "newer.csv", "--yes", "--mask"]) == 0
    assert texts(box) == ["All new"]
    assert capsys.readouterr().err.splitlines()[-1] == (
        "1 comment added to the inbox. 4 were not new: the same words came in before."
    )


def test_columns_voice_and_source_may_be_said(
    box: Inbox, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipes(monkeypatch, FEEDBACK.encode())
    argv = [
        "import",
        "-",
        "--comments",
        "BETTER",
        "--comments",
        "3",
        "--voice",
        "staff",
        "--source",
        " our  form ",
    ]

    assert main(argv) == 0
    assert [(entry.text, entry.voice, entry.source) for entry in box.entries()] == [
        ("Very good", "staff", "our  form: How was your experience?"),
        ("Poor", "staff", "our  form: How was your experience?"),
        ("Let people sleep", "staff", "our  form: What could be better?"),
        ("Good", "staff", "our  form: How was your experience?"),
    ]


def test_import_for_programs(box: Inbox, capsys: Capture) -> None:
    assert main(["import", "fft.csv", "--comments", "why", "--json"]) == 0
    heard = capsys.readouterr()
    answer = {
        "version": 1,
        "file": "fft.csv",
        "columns": ["Why?"],
        "new": 2,
        "already": 0,
        "masked": 0,
        "left_out": 1,
        "looks_like": [{"row": 3, "what": ["a person’s name", "a bed or room number"]}],
    }
    assert (json.loads(heard.out), heard.err) == (answer, "")

    assert main(["import", "fft.csv", "--comments", "why", "--mask", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        **answer,
        "new": 1,
        "already": 2,
        "masked": 1,
        "left_out": 0,
    }
    assert texts(box)[-1] == MASKED


@pytest.mark.parametrize(
    ("replies", "kept"),
    [
        (["", ""], [KEPT[0], MASKED, *KEPT[1:]]),
        (["", "?", "k"], [KEPT[0], "Mrs Example in bed 12 was cold", *KEPT[1:]]),
        (["", "L"], KEPT),
        (["0", "9 4", "x", "5"], KEPT[1:2]),
        (["4 and 5", "m"], [KEPT[0], MASKED, *KEPT[1:]]),
        (["n"], None),
        ([], None),
        (["", "n"], None),
        ([""], None),
    ],
)
def test_at_a_terminal_columns_and_privacy_are_asked(
    replies: list[str], kept: list[str] | None, box: Inbox, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, *replies)

    assert main(["import", "fft.csv"]) == (1 if kept is None else 0)
    heard = capsys.readouterr()
    assert texts(box) == (kept or [])
    assert heard.out == ""
    assert "4  Why?                      [name] in [bed number] was cold  comments\n" in heard.err
    assert "6  Who are you?              Parent/carer                     who\n" in heard.err
    assert (
        "Enter takes the comments of columns 4 and 5, a number chooses another column, n stops: " in heard.err
    )
    assert "Example" not in heard.err
    if kept is None:
        assert heard.err.endswith("Nothing was imported.\n")
        assert not box.path.exists()


def test_a_person_chooses_when_no_column_looks_right(
    box: Inbox, capsys: Capture, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "odd.csv").write_text("a,b\n1,cold\n2,hot\n", encoding="utf-8")

    assert main(["import", "odd.csv", "--yes"]) == 1
    answers(monkeypatch, "", "2")
    assert main(["import", "odd.csv"]) == 0
    heard = capsys.readouterr().err
    assert "No column looks like comments. Name it with --comments.\n" in heard
    assert "A number chooses another column, n stops: There are columns 1 to 2.\n" in heard
    assert texts(box) == ["cold", "hot"]


@pytest.mark.parametrize(
    ("argv", "status", "said"),
    [
        (["missing.csv"], 3, 'There is no table called "missing.csv".'),
        (["book.xlsx"], 1, "book.xlsx: This is an Excel workbook"),
        (["empty.csv"], 1, "empty.csv: The file is empty."),
        (["fft.csv", "--comments", "no"], 2, 'There is no column "no". There are 1 “Response ID”, 2 “Date”'),
        (["none.csv", "--comments", "1"], 1, "There are no comments in 1 “Comments”."),
        (["fft.csv", "--voice", "nurse"], 2, "invalid choice"),
        (["fft.csv", "--yes", "--source", "a\x07"], 2, "control characters"),
        ([], 2, "usage: promote import"),
    ],
)  # fmt: skip
def test_import_refuses(
    argv: list[str], status: int, said: str, box: Inbox, capsys: Capture, folder: Path
) -> None:
    (folder / "book.xlsx").write_bytes(b"PK\x03\x04...")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "none.csv").write_bytes(b"Comments,Ward\nn/a,Larch\n")

    assert main(["import", *argv]) == status
    assert said in capsys.readouterr().err
    assert not box.path.exists()


def test_a_comment_that_is_too_long_is_left_out(box: Inbox, capsys: Capture, folder: Path) -> None:
    (folder / "long.csv").write_text(f"Comments\n{'long ' * 2_001}\nshort\n", encoding="utf-8")

    assert main(["import", "long.csv", "--yes"]) == 0
    assert "Row 2 has 10,004 characters; 10,000 fit. It is left out.\n" in capsys.readouterr().err
    assert texts(box) == ["short"]


def test_no_table_can_act_on_the_terminal(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "odd.csv").write_text("No,Comm\x1b[31ments\u202e\n1,cold\x9b2J\n2,warm\x07\n", encoding="utf-8")
    answers(monkeypatch, "")

    assert main(["import", "odd.csv", "--comments", "x\x1b[31m"]) == 2
    assert main(["import", "odd.csv"]) == 1
    heard = capsys.readouterr()
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(heard.out + heard.err)


# check


def test_check_knows_the_inbox(box: Inbox, capsys: Capture) -> None:
    main(["jot", "one"])
    assert main(["check", str(box.path)]) == 0
    box.path.write_text('format = "promote-inbox"\nversion = 1\nentries = 3\n', encoding="utf-8")
    assert main(["check", "inbox.toml"]) == 1

    heard = capsys.readouterr()
    assert heard.out == f"{box.path}: fine\ninbox.toml:3: entries: 3 is not a list\n"
    assert main(["list"]) == 0
    assert "No sessions yet" in capsys.readouterr().err
    assert main(["where"]) == 0
    assert f"inbox      {box.path}\n" in capsys.readouterr().out


SESSION = """\
format = "promote-session"
version = 1
id = "99900000-0000-4000-8000-999000000000"
title = "Waking up"
# ask Mrs Example
[[stories]]
id = "story-1"
voice = "patient"
text = "It was cold\\nbed 12 too, said Mrs Example and Mr Example"
"""


def test_check_privacy_names_places_and_never_the_words(
    box: Inbox, capsys: Capture, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "session.toml").write_text(SESSION, encoding="utf-8")
    (folder / "notes.txt").write_bytes("All fine – thank you\r\nring 01632 960001\r\n".encode("utf-16"))
    main(["jot", "p: Mrs Example was kind"])
    capsys.readouterr()

    assert main(["check", "--privacy", "session.toml", "notes.txt", "inbox.toml", "fft.csv"]) == 1
    heard = capsys.readouterr()
    assert [line.partition(" - ")[0] for line in heard.out.splitlines()] == [
        "session.toml:5: looks like a person’s name",
        "session.toml:9: stories[1].text: looks like a bed or room number",
        "session.toml:9: stories[1].text: looks like a person’s name",
        "notes.txt:2: looks like a phone number",
        "inbox.toml:6: entries[1].text: looks like a person’s name",
        "fft.csv:4: looks like a person’s name",
        "fft.csv:4: looks like a bed or room number",
    ]
    assert heard.err == "4 files, 7 places to look at.\n"
    assert "Example" not in heard.out

    assert main(["check", "--privacy", "--json", "notes.txt"]) == 1
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)["files"][0]
    assert (answer["file"], answer["ok"]) == ("notes.txt", False)
    assert (answer["problems"][0]["line"], answer["problems"][0]["message"]) == (
        2,
        "looks like a phone number",
    )

    pipes(monkeypatch, b"nothing here")
    examples = [str(path) for path in places.examples_folder().glob("*.toml")]
    assert main(["check", "--privacy", "-", *examples]) == 0
    assert capsys.readouterr().err == f"{len(examples) + 1} files, 0 places to look at.\n"


def test_check_privacy_of_what_cannot_be_read(capsys: Capture, folder: Path) -> None:
    (folder / "book.xlsx").write_bytes(b"PK\x03\x04...")

    assert main(["check", "--privacy", "missing.txt", "book.xlsx", "."]) == 3
    heard = capsys.readouterr().err
    assert 'There is no file called "missing.txt".\n' in heard
    assert "book.xlsx: This is an Excel workbook" in heard
    assert ". is a folder, not a file.\n" in heard
