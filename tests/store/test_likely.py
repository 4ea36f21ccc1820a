from dataclasses import replace
from datetime import date
from pathlib import Path

from promote_tui.session.stems import overlap, stems
from promote_tui.store.library import Card, Library
from promote_tui.store.likely import others_to_compare
from promote_tui.store.places import examples_folder


def card(name: str, title: str = "", **fields: object) -> Card:
    return replace(Card(Path(f"{name}.toml"), title or name, id=name), **fields)  # type: ignore[arg-type]


def test_the_most_likely_session_comes_first() -> None:
    here = card("here", "Waking up", team="Larch", follows="before", process="Waking up in the morning")
    others = [
        card("nothing", "Discharge letters", held_on=date(2026, 1, 1)),
        card("nothing newer", "Discharge letters", held_on=date(2026, 2, 1)),
        card("nothing, no day", "Discharge letters"),
        card("team", "Meal times", team="LARCH"),
        card("a word or two", "Morning round", process="The waking of people in the early morning"),
        card("title", "Waking in the morning"),
        card("title, other process", "Waking in the morning", process="Meal times"),
        card("first", "The very first"),
        card("before", "What it carries on", follows="first"),
        card("after", "What carries it on", follows="here", held_on=date(2025, 1, 1)),
        card("elsewhere", "Tried there", scales="here", team="Larch"),
        card("conflict", "Waking up", id="here", process="Waking up in the morning"),
        card("broken", problem="not readable as TOML"),
        here,
    ]
    assert [(kinship, one.path.stem) for kinship, one in others_to_compare(here, others)] == [
        ("one line", "after"),
        ("one line", "before"),
        ("one line", "elsewhere"),
        ("one line", "first"),
        ("like words", "title"),
        ("like words", "a word or two"),
        ("one team", "team"),
        ("one session", "conflict"),
        ("another", "nothing newer"),
        ("another", "nothing"),
        ("another", "nothing, no day"),
        ("another", "title, other process"),
    ]


def test_odd_cards_are_no_line() -> None:
    here = card("here", id="", follows="")
    no_ids = [card("one", id="", follows=""), card("two", id="", follows="gone")]
    assert [kinship for kinship, _ in others_to_compare(here, no_ids)] == ["another", "another"]
    ring = [card("a", follows="b"), card("b", follows="a"), card("c", follows="c")]
    assert [(kinship, one.id) for kinship, one in others_to_compare(ring[0], ring)] == [
        ("one line", "b"),
        ("another", "c"),
    ]
    assert others_to_compare(here, []) == []


def test_the_cards_of_a_library_know_their_process() -> None:
    cards = Library(examples_folder()).cards()
    assert "Waking up in the morning" in [one.process for one in cards]
    assert len(others_to_compare(cards[0], cards)) == len(cards) - 1


def test_how_much_two_texts_share() -> None:
    for one, other, wanted in (
        ("Waking up", "Waking", 1),
        ("Waking people early", "Waking them with tea", 0.5),
        ("Waking up in the morning", "Meal times", 0),
        ("", "", 0),
        ("the", "the", 0),
    ):
        assert overlap(set(stems(one)), set(stems(other))) == wanted, (one, other)
