from dataclasses import replace

from promote_tui.session.saved import SavedIdea
from promote_tui.session.themes import themes
from tests.session.saved_made import change, made, source


def test_a_theme_is_what_at_least_two_sessions_are_about() -> None:
    all = made(
        source("a", ideas=[("Offer warm tea", ""), ("Warm tea for carers", "")], themes=("kettle",), ago=3),
        source("b", ideas=[("Teas before the round", "")], themes=("lights",), ago=2, team="Larch"),
        source("c", themes=("Light", "kettles"), ago=1, team="Larch"),
    )
    found = {one.word: (len(one.sources), one.ideas, one.texts) for one in themes(all)}
    assert found == {
        "tea": (2, 3, ("Teas before the round", "Offer warm tea", "Warm tea for carers")),
        "kettles": (2, 0, ()),
        "light": (2, 0, ()),
    }
    assert next(iter(found)) == "tea"  # as many sessions as the others, and more ideas
    (tea,) = [one for one in themes(all) if one.word == "tea"]
    assert [one.id for one in tea.sources] == ["b", "a"]
    assert tea.teams == ["Larch"]
    assert len(themes(all, 1)) == 1
    assert themes(made()) == themes(made(source("a", themes=("tea", "tea")))) == []


def test_what_became_of_the_ideas_about_a_theme() -> None:
    runner, gone = change(1, stage="runner"), change(2, stage="let go")
    taken = [("Tea early", "initiative-1"), ("Tea late", "initiative-2")]
    for ideas, kept, words in [
        ((), 0, "no idea to stop or start"),
        ((("Tea now", ""),), 0, "1 idea, not taken on yet"),
        ((("Tea now", ""), ("Tea soon", "")), 1, "2 ideas, none of them taken on yet, 1 to continue"),
        ((), 2, "no idea to stop or start, 2 to continue"),
        (taken, 1, "2 ideas, 2 changes: 1 runner, 1 let go, 1 to continue"),
    ]:
        one = source("a", runner, gone, ideas=list(ideas), themes=("tea",))
        more = tuple(SavedIdea(f"kept-{n}", "continue", "Tea at night") for n in range(kept))
        one = replace(one, saved=replace(one.saved, ideas=(*one.saved.ideas, *more)))
        other = source("b", themes=("tea",))
        (tea,) = [theme for theme in themes(made(one, other)) if theme.word == "tea"]
        assert tea.became() == words


def test_an_idea_that_was_carried_on_counts_where_its_change_is_now() -> None:
    first = source("a", change(1), ideas=[("Tea early", "initiative-1")], themes=("tea",), ago=60)
    second = source(
        "b",
        change(1, carried="initiative-1", stage="runner"),
        ideas=[("Tea early", "initiative-1")],
        themes=("tea",),
        follows="a",
    )
    (tea,) = [one for one in themes(made(first, second)) if one.word == "tea"]
    assert (len(tea.sources), tea.ideas, [one.source.id for one in tea.changes]) == (2, 1, ["b"])
    assert tea.became() == "1 idea, 1 change: 1 runner"


def test_in_brief() -> None:
    runner = change(1, stage="runner")
    for ideas, words in [
        ([], "no idea to stop or start"),
        ([("Tea", "")], "1 idea"),
        ([("Tea", "initiative-2"), ("Tea too", "")], "2 ideas, 1 change"),
        ([("Tea", "initiative-1")], "1 idea, 1 change, 1 runner"),
    ]:
        one = source("a", runner, change(2), ideas=ideas, themes=("tea",))
        (tea,) = themes(made(one, source("b", themes=("tea",))))
        assert tea.briefly() == words


def test_a_word_of_nearly_every_session_is_no_theme_where_there_are_many() -> None:
    for count, words in [(20, ["shift", "tea"]), (21, ["tea"])]:
        sources = [source(str(n), themes=("shift", *["tea"] * (n < 7))) for n in range(count)]
        assert [one.word for one in themes(made(*sources))] == words
