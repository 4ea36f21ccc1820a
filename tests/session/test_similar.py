"""Which ideas are called the same, which are not, and what is said of what became of them."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from promote_tui.session.due import Promise, Tuning
from promote_tui.session.saved import SavedChange, SavedIdea, SavedSession
from promote_tui.session.shorthand import read_idea
from promote_tui.session.similar import Asking, Tried, about, closest, of_process

TODAY = date(2026, 11, 23)
NOW = Asking(TODAY)
PAIRS = tomllib.loads((Path(__file__).parent / "data" / "similar.toml").read_text(encoding="utf-8"))

Found = tuple[str, SavedSession, SavedIdea]


def tried_at(
    id: str,
    text: str = "Tea earlier",
    change: SavedChange | None = None,
    *,
    kind: str = "start",
    follows: str = "",
    day: date | None = date(2026, 3, 4),
    team: str = "Larch",
) -> Found:
    """Return an idea of a session, and what became of it."""
    idea = SavedIdea("idea-1", kind, text, change.promise.id if change else "")
    changes = (change,) if change else ()
    saved = SavedSession(
        id, f"Mornings {id}", team, "Waking up", held_on=day, follows=follows, ideas=(idea,), changes=changes
    )
    return id, saved, idea


def changed(stage: str = "trying", decision: str = "", **also: object) -> SavedChange:
    """Return a change as far as it got."""
    named = {name: also.pop(name) for name in ("carried", "tunings") if name in also}
    promise = replace(Promise("initiative-1", "Tea earlier", stage=stage, decision=decision), **named)  # type: ignore[arg-type]
    return replace(SavedChange(promise), **also)  # type: ignore[arg-type]


def keys(found: Sequence[Tried[str]]) -> list[str]:
    return [one.key for one in found]


def test_a_hint_is_given_for_the_same_idea_and_for_nothing_else() -> None:
    wrong = []
    for wanted in ("same", "different"):
        for pair in PAIRS[wanted]:
            for here, there in (pair, pair[::-1]):
                one, other = read_idea(here), read_idea(there)
                found = tried_at("a", other.text, kind=other.kind or "start")
                said = closest(one.text, [found], replace(NOW, kind=one.kind or ""))
                if bool(said) != (wanted == "same"):
                    wrong.append((wanted, here, there))
    assert not wrong
    assert min(len(PAIRS[wanted]) for wanted in ("same", "different")) > 25


def test_what_became_of_it_is_said_in_plain_words() -> None:
    green, amber = ((date(2026, 4, 1), "green"),), ((None, "red"), (date(2026, 4, 1), "amber"))
    march, december = date(2026, 3, 3), date(2026, 12, 3)
    tuning = (Tuning("Tea", "Ask first", march, 0),)
    for change, said in [
        (None, "not taken on"),
        (changed("runner", "ready", ratings=green), "runner"),
        (changed("scaling"), "runner, tried elsewhere too"),
        (changed(decision="ready", ratings=green), "ready for proof of feasibility"),
        (changed(ratings=green), "tried, green"),
        (changed(decision="fine tune", ratings=amber), "tried, amber: fine tune"),
        (changed(tunings=tuning, ratings=amber), "tried, amber: fine tune"),
        (changed("let go", learnt="no one\nat weekends", because="too much"), "let go: no one at weekends"),
        (changed(decision="let go", because="too much"), "let go: too much"),
        (changed("let go"), "let go"),
        (changed(started_on=march), "being tried since 3 Mar"),
        (changed(started_on=date(2025, 3, 3)), "being tried since 3 Mar 2025"),
        (changed("planned", started_on=december), "starts on 3 Dec"),
        (changed("planned"), "taken on, no start day yet"),
        (changed("\x1b[2J", ratings=((None, ""),)), "taken on, no start day yet"),
    ]:
        [found] = closest("Earlier tea", [tried_at("a", change=change)], NOW)
        assert (found.became, found.where, found.month) == (said, "Larch", "Mar 2026"), said
    [found] = closest("Earlier tea", [tried_at("a", team="", day=None)], NOW)
    assert (found.where, found.month, found.words) == ("Mornings a", "", "Tea earlier")
    [stopped] = closest("Tea at six", [tried_at("a", "Tea at six", kind="stop")], replace(NOW, kind="stop"))
    assert stopped.words == "Stop: Tea at six"


def test_a_measure_is_told_from_its_first_number_to_its_last() -> None:
    first, last = (date(2026, 3, 3), 4.0), (date(2026, 6, 3), 9.0)
    for points, unit, said in [
        ((first, last), "a day.", "from 4 to 9 a day"),
        ((first, (first[0], 0.5)), "", "from 4 to 0.5"),
        ((first,), "a day", ""),
        ((), "a day", ""),
    ]:
        [found] = closest("Tea earlier", [tried_at("a", change=changed(points=points, unit=unit))], NOW)
        assert found.measured == said


def test_the_closest_comes_first_then_what_teaches_most() -> None:
    found = [
        tried_at("left", "Tea earlier"),
        tried_at("trying", "Tea earlier", changed(started_on=TODAY)),
        tried_at("longer", "Tea earlier at night", changed("runner")),
        tried_at("runner", "Earlier tea", changed("runner")),
        tried_at("let go", "Tea earlier", changed("let go", because="cold")),
        tried_at("newer", "Tea earlier", changed("runner"), day=TODAY),
        tried_at("other", "Ear plugs"),
    ]
    ranked = ["newer", "runner", "let go", "trying", "left", "longer"]
    for one in (found, found[::-1]):
        assert keys(closest("Tea earlier", one, NOW)) == ranked[:3]
        assert keys(closest("Tea earlier", one, NOW, most=10)) == ranked
    assert closest("", found, NOW) == closest("Tea earlier", [], NOW) == []


def test_one_answer_for_a_line_of_sessions_the_one_that_knows_most() -> None:
    first = tried_at("first", change=changed(ratings=((TODAY, "amber"),)))
    second = tried_at("second", change=changed(carried="initiative-1"), follows="first", day=TODAY)
    third = tried_at("third", follows="second")
    assert keys(closest("Tea earlier", [first, second, third], NOW)) == ["second"]
    assert keys(closest("Tea earlier", [first, third], NOW)) == ["first", "third"]
    # two files of one session, and sessions that nobody gave an id
    assert len(closest("Tea earlier", [first, first], NOW)) == 1
    assert len(closest("Tea earlier", [tried_at(""), tried_at("")], NOW)) == 1
    assert len(closest("Tea earlier", [tried_at(""), tried_at("", team="Oak")], NOW)) == 2
    # a file may say anything: two that follow each other, one that follows itself
    round_about = [tried_at("a", follows="b"), tried_at("b", follows="a"), tried_at("c", follows="c")]
    assert len(closest("Tea earlier", round_about, NOW)) == 2


def test_the_open_session_says_nothing_and_those_of_its_line_say_so() -> None:
    asking = replace(NOW, own="now", follows="before")
    found = [tried_at("now"), tried_at("before", change=changed("runner"), follows="first"), tried_at("x")]
    assert [(one.key, one.where) for one in closest("Tea earlier", found, asking)] == [
        ("before", "you, last time"),
        ("x", "Larch"),
    ]
    found = [
        tried_at("first"),
        tried_at("before", "Ear plugs", follows="first"),
        tried_at("later", follows="now"),
    ]
    assert {one.where for one in about("Tea earlier", found, asking)} >= {"you, another time"}


def test_a_page_also_has_what_is_about_the_same() -> None:
    found = [
        tried_at("plugs", "Ear plugs"),
        tried_at("trolley", "Tea trolley on the landing", changed("runner")),
        tried_at("same", "Earlier tea"),
        tried_at("stop", "Tea earlier", kind="stop"),
    ]
    assert [(one.key, one.alike) for one in about("Tea earlier", found[1:], NOW)] == [
        ("same", True),
        ("trolley", False),
        ("stop", False),
    ]
    many = [tried_at(f"{n}", f"Tea {n}") for n in range(80)]
    assert len(about("tea", many, NOW)) == 50


def test_the_ideas_of_a_process_that_is_called_alike() -> None:
    sessions = [
        ("waking", tried_at("a", "Ear plugs")[1]),
        ("runner", tried_at("b", "Knock first", changed("runner"))[1]),
        ("meals", replace(tried_at("c")[1], process="Meal times")),
        ("titled", replace(tried_at("d", "Hot plates")[1], process="", title="Waking people")),
        ("round", replace(tried_at("e", "Sit down")[1], process="Ward round")),
    ]
    for process, wanted in [
        ("Waking", ["runner", "waking", "titled"]),
        ("ward  ROUND", ["round"]),
        ("Discharge", []),
        ("", []),
    ]:
        assert keys(of_process(process, sessions, NOW)) == wanted, process
    assert len(of_process("Waking up", sessions, NOW, most=1)) == 1
