from copy import deepcopy
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from promote_tui.session.model import VERSION
from promote_tui.store import toml_text
from promote_tui.store.migrations import STEPS, Document, migrated

DATA = Path(__file__).parent / "data"
START = 'format = "promote-session"\nid = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"\ntitle = "Tea"\n'


def renamed(document: Document) -> Document:
    """A step from version 1 to 2, that gives a key another name."""
    return {{"name": "title"}.get(key, key): value for key, value in document.items()}


def doubled(document: Document) -> Document:
    """A step from version 2 to 3, that changes a value."""
    return {**document, "title": f"{document.get('title')} twice"}


def test_there_is_a_step_for_each_earlier_version() -> None:
    assert len(STEPS) + 1 == VERSION


@pytest.mark.parametrize(
    ("document", "after"),
    [
        ({"version": 1, "name": "Tea"}, {"version": 3, "title": "Tea twice"}),
        ({"version": 2, "title": "Tea"}, {"version": 3, "title": "Tea twice"}),
        ({"version": 3, "title": "Tea"}, {"version": 3, "title": "Tea"}),
    ],
)
def test_each_step_is_taken_once_and_in_order(document: Document, after: Document) -> None:
    before = deepcopy(document)
    assert migrated(document, (renamed, doubled)) == after
    assert document == before


def test_what_has_no_earlier_version_is_left_as_it_is() -> None:
    for version in (0, -1, 3, 4, 10**18, True, 1.0, "1", None, ()):
        document = {"version": version, "name": "Tea"}
        assert migrated(document, (renamed, doubled)) is document
    assert migrated({}, (renamed,)) == {}
    assert migrated({"version": 1}) == {"version": 1}


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("", "version: is missing"),
        ("version = 0", "version: 0 is below 1"),
        ("version = -5", "version: -5 is below 1"),
        ('version = "1"', 'version: "1" is not a whole number'),
        ("version = 1.0", "version: 1.0 is not a whole number"),
        ("version = true", "version: true is not a whole number"),
        ("version = [1]", "version: a list is not a whole number"),
        (
            "version = 999999999999999999",
            "version: version 999999999999999999 was written by a newer program",
        ),
    ],
)
def test_a_version_that_cannot_be_is_said_plainly(version: str, words: str) -> None:
    reading = toml_text.read(f"{START}{version}\n".encode())
    (problem,) = reading.problems
    assert words in problem.sentence("a.toml")
    assert (reading.newer, reading.older) == (words.endswith("newer program"), False)


def test_a_file_of_an_earlier_version_is_read_as_one_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened_anew(document: Any) -> Any:
        return migrated(document, (lambda old: {**old, "team": "Larch"},))

    monkeypatch.setattr(toml_text, "migrated", opened_anew)
    monkeypatch.setattr(toml_text, "VERSION", 2)
    reading = toml_text.read(f"{START}version = 1\n".encode())
    assert reading.session is not None
    assert (reading.session.version, reading.session.team, reading.older) == (2, "Larch", True)
    assert not toml_text.read(f"{START}version = 2\n".encode()).older


VERSION_1 = {
    "by-hand.toml": "8bd110715b95886ada656c3cfc21f8b3217cea95f8ac2e6d18705fa094e9d920",
    "full.toml": "d703313f4f31f99c026524d8fc492a1778a175e9d9440148ddf4008694d0f467",
    "minimal.toml": "05ab8ac6908ffe71b7b833aca4b635849fd32a13868052193aa8615fa1935541",
}
"""Files as version 1 wrote them, and their sha256: they are never changed, and must be read for ever."""


def frozen(name: str) -> toml_text.Reading:
    data = (DATA / "version-1" / name).read_bytes()
    assert sha256(data).hexdigest() == VERSION_1[name]
    return toml_text.read(data)


def test_every_frozen_file_is_looked_at() -> None:
    assert {path.name for path in (DATA / "version-1").glob("*.toml")} == set(VERSION_1)


def test_a_full_file_of_version_1_is_read_for_ever() -> None:
    reading = frozen("full.toml")
    session = reading.session
    assert session is not None
    assert (reading.seal, reading.cut_short, reading.errors, len(reading.problems)) == (
        "whole",
        False,
        [],
        29,
    )
    assert session.id == "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"
    assert (session.title, session.team, session.stage) == ("Waking up on Mulberry 2", "Mulberry 2", "review")
    assert (session.revision, session.held_on, session.dots) == (41, date(2026, 11, 23), 3)
    assert (
        session.process.chosen_because == "It happens every day,\nand it is ours to change. # not a comment\n"
    )
    assert [(one.id, one.voice, one.feeling) for one in session.stories] == [
        ("story-1", "patient", -2),
        ("story-3", "carer", 2),
    ]
    assert session.stories[0].text == 'The lights come on\nand someone shouts "Morning!" ["""]'
    assert [(one.id, one.value, one.minutes) for one in (*session.steps, *session.future_steps)] == [
        ("step-1", "removable", 5),
        ("step-2", None, None),
        ("step-4", "adds", 10),
    ]
    assert [(one.kind, one.votes.staff, one.smallest) for one in session.ideas] == [
        ("start", 4, True),
        ("continue", 0, False),
    ]
    assert (session.parked[0].because, session.left_out) == ("another process", ("jot-3",))
    change = session.initiatives[0]
    assert (change.owner, change.stage, change.decision) == ("HCA, nights", "runner", "ready")
    assert (change.measure.baseline, change.measure.target) == (4, 9.5)
    assert change.plan.three_months.due_on == date(2027, 2, 24)
    assert (change.checkins[0].horizon, change.checkins[0].value) == ("three_days", 6.0)
    assert [part.rating for review in change.reviews for part in review.parts] == ["amber", None, "green"]
    assert change.reviews[0].parts[0].dissent[0].says == "Not at weekends"
    assert (session.agenda.minutes, session.agenda.spent) == (60, {"choose": 300, "map": 61})
    assert (session.earlier.title, session.closing.attached) == ("Meal times", "The trolley")
    assert (session.last_used["story"], (session.__pydantic_extra__ or {})["x_unknown"]) == (3, "kept")


def test_short_files_of_version_1_are_read_for_ever() -> None:
    reading = frozen("minimal.toml")
    session = reading.session
    assert session is not None
    assert (reading.problems, session.title, session.revision) == ((), "Waking up", 0)
    reading = frozen("by-hand.toml")
    session = reading.session
    assert session is not None
    assert ([problem.key for problem in reading.problems], reading.cut_short) == (["mood"], False)
    assert (session.title, session.team, session.held_on) == ("Meals at noon", "Larch", date(2026, 11, 23))
    assert session.process.purpose == "People eat while\nthe food is warm"
    assert [(one.title, one.minutes, one.who, one.value, one.feeling) for one in session.steps] == [
        ("Trolley arrives", 5, "", None, None),
        ("Trays are carried — one by one", None, "HCA, days", "needed", -1),
    ]
    assert [(one.id, one.kind, one.step, one.votes.patient, one.votes.staff) for one in session.ideas] == [
        ("idea-7", "stop", "step-2", 2, 3)
    ]
    assert session.last_used == {"idea": 9}
