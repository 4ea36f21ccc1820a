from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.edits import choose
from promote_tui.session.history import History
from promote_tui.session.model import Session

START = Session(
    format="promote-session", version=1, id="0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11", title="Waking up"
)


def test_nothing_to_take_back_at_first() -> None:
    assert History().undo(START) is None
    assert History().redo(START) is None


def test_undo_and_redo_say_what_they_did() -> None:
    after = choose.add_line(START, "p: The lights come on")
    history = History().after(START, "add a story")
    undone = history.undo(after)
    assert undone is not None
    assert undone[1:] == (START, "add a story")
    redone = undone[0].redo(START)
    assert redone is not None
    assert redone == (history, after, "add a story")


def test_a_new_change_ends_what_could_be_done_again() -> None:
    after = choose.add_line(START, "Waking up")
    undone = History().after(START, "add a process").undo(after)
    assert undone is not None
    assert undone[0].after(START, "add a story").redo(START) is None


@given(st.lists(st.sampled_from(["add", "undo", "redo"]), max_size=40))
def test_any_undo_and_redo_walk_the_same_line_of_sessions(moves: list[str]) -> None:
    line, place = [START], 0
    history, now = History(), START
    for number, move in enumerate(moves):
        if move == "add":
            history, now = history.after(now, f"step {number}"), choose.add_line(now, f"Process {number}")
            line, place = [*line[: place + 1], now], place + 1
        elif found := (history.undo(now) if move == "undo" else history.redo(now)):
            history, now = found[0], found[1]
            place += -1 if move == "undo" else 1
        assert now == line[place]
        assert len(history.past) == place
        assert len(history.future) == len(line) - 1 - place
