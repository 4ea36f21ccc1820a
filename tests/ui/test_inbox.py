"""What came in since last time, read beside the stories: taken, parked, left out, or left for later."""

from pathlib import Path

import pytest

from promote_tui.session.edits import choose
from promote_tui.session.model import Session, Voice
from promote_tui.store import places
from promote_tui.store.durable import NotSavedError
from promote_tui.store.inbox import Inbox
from promote_tui.store.inbox_text import Draft
from promote_tui.store.session_file import SessionFile
from tests.ui.made import TODAY, made
from tests.ui.room import Facilitator, arrives, kept, opened

NUMBER = "999 000 0018"
"""From the range of NHS numbers that is kept for tests."""


def came_in(folder: Path, *words: str, source: str = "Ward cards", voice: Voice | None = None) -> Inbox:
    """Have words wait in the inbox of a library."""
    inbox = Inbox(folder)
    inbox.add([Draft(text, voice, source, TODAY) for text in words], "comment")
    return inbox


def waiting(inbox: Inbox) -> list[str]:
    return [entry.text for entry in inbox.entries()]


def told(room: Facilitator) -> list[str]:
    return [f"{story.voice}: {story.text}" for story in room.session.stories]


async def reads_the_inbox(room: Facilitator, says: str) -> None:
    """Wait until the inbox is offered, and open it."""
    await room.until(lambda: says in room.screen)
    await room.presses_on("in the inbox", "enter")


async def goes_home(room: Facilitator) -> None:
    await room.presses("escape", "escape", "q")
    await room.until(lambda: not room.app.in_session)


async def test_entries_are_read_one_by_one_and_what_was_dealt_with_is_gone(
    tmp_path: Path, session: Session
) -> None:
    inbox = came_in(tmp_path, "Tea is cold", "We rush", "Nobody rang", "The gown was open", "Lovely nurse")
    file = kept(tmp_path, made(session, told=["p: Lights at eight"]))
    async with opened(tmp_path) as room:
        await room.presses("enter")
        await arrives(room)
        await reads_the_inbox(room, "5 comments in the inbox")
        room.sees(
            "Inbox, 1 of 5", "Ward cards, Mon 23 Nov 2026", "Tea is cold", "PATIENT carer staff", "Enter take"
        )
        await room.presses("left", "right", "right")
        room.hears("Enter takes it as a story: carer")
        await room.presses("enter")
        room.hears("Taken as a story: carer", "u undo")
        taken = next(story for story in room.session.stories if story.text == "Tea is cold")
        assert (taken.voice, taken.source) == ("carer", "Ward cards")
        room.sees("Inbox, 1 of 4", "We rush", "PATIENT carer staff", "4 comments in the inbox")

        await room.presses("left", "p")
        room.hears("Parked")
        assert [(one.text, one.voice) for one in room.session.parked] == [("We rush", "staff")]
        room.sees("Nobody rang")
        await room.presses("pagedown", "x")
        room.hears("Left out")
        room.sees("Inbox, 2 of 2", "Lovely nurse")
        await room.presses("pagedown")
        room.hears("That was the last one.")
        await room.presses("pageup", "pageup")
        room.hears("That is the first one.")
        room.sees("Inbox, 1 of 2", "Nobody rang")

        # each comes back to the inbox, and is shown
        for undone, words in {
            "leave out": "The gown was open",
            "park": "We rush",
            "take": "Tea is cold",
        }.items():
            await room.presses("u")
            room.hears(f"Undone: {undone}")
            room.sees("Inbox", words)
        assert told(room) == ["patient: Lights at eight"]
        await room.presses("U", "U", "U")
        room.sees("Inbox, 1 of 2", "Nobody rang")

        # typing in between leads back to the entry
        await room.says("s: Handover is late")
        await room.presses("escape", "pagedown")
        room.sees("Inbox, 2 of 2", "Lovely nurse")
        await room.presses("escape")
        room.does_not_see("Lovely nurse")
        assert len(waiting(inbox)) == 5
        await goes_home(room)
    assert waiting(inbox) == ["Nobody rang", "Lovely nurse"]
    assert "Tea is cold" not in inbox.path.read_text("utf-8")
    assert "Tea is cold" in file.read_text("utf-8")


async def test_the_last_one_closes_the_inbox_and_the_next_session_offers_nothing(
    tmp_path: Path, session: Session
) -> None:
    inbox = came_in(tmp_path, "Tea is cold", voice="staff")
    kept(tmp_path, session.model_copy(update={"id": "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d12"}), "other.toml")
    async with opened(tmp_path, holding=session) as room:
        await room.until(lambda: "1 comment in the inbox" in room.screen)
        assert room.typing, "an empty session begins with typing, whatever waits"
        await reads_the_inbox(room, "1 comment")
        await room.presses("enter")
        assert told(room) == ["staff: Tea is cold"]
        room.does_not_see("inbox")
        assert room.list.id == "stories"
        await room.presses("u")
        room.sees("1 comment in the inbox")
        await room.presses("U")
        # a story that is removed waits in the inbox again
        await room.presses_on("Tea is cold", "x")
        room.sees("1 comment in the inbox")
        await room.presses("u")
        room.does_not_see("inbox")
        # left with the inbox open, it is closed in the next session
        came_in(tmp_path, "Soup is cold")
        await room.presses("question_mark", "escape")
        await reads_the_inbox(room, "1 comment")
        await room.presses("enter", "u")
        await reads_the_inbox(room, "1 comment")
        await room.presses("q")
        await room.until(lambda: not room.app.in_session)
        assert waiting(inbox) == ["Soup is cold"]
        inbox.remove([entry.id for entry in inbox.entries()])
        await room.presses("end", "enter")
        await arrives(room)
        await room.until(lambda: not room.app.stage_screen._inbox)  # type: ignore[attr-defined]
        room.does_not_see("inbox", "Inbox", "Soup is cold")
        # where there is no entry to work on, its keys mean the list again
        await room.presses("escape", "p", "escape", "x", "k", "escape")


async def test_looking_changes_nothing_and_a_crash_offers_nothing_twice(
    tmp_path: Path, session: Session
) -> None:
    inbox = came_in(tmp_path, "Tea is cold", "We rush", "Nobody rang", "Too loud at night")
    entries = inbox.entries()
    # as it was saved before the program was cut off: one taken, one parked, one left out, none removed
    held = choose.add_story(session, "carer", "Tea was cold", inbox=entries[0].id)
    held = choose.leave_out(held, entries[1].id)
    before = inbox.path.read_bytes()
    async with opened(tmp_path, holding=held) as room:
        await reads_the_inbox(room, "2 comments in the inbox")
        room.sees("Nobody rang")
        await room.presses("right", "down", "pagedown", "pageup", "f", "escape", "l", "escape")
        await reads_the_inbox(room, "2 comments in the inbox")
        assert inbox.path.read_bytes() == before
        await room.presses("ctrl+q")
    assert [entry.text for entry in inbox.entries()] == ["Nobody rang", "Too loud at night"]
    async with opened(tmp_path, holding=held) as room:
        await reads_the_inbox(room, "2 comments in the inbox")
        # what a list's keys cannot do to an entry is said
        for key in ("c", "v", "plus", "s", "y", "l", "J", "o"):
            await room.presses(key)
            assert room.said, key
        await room.presses("p", "ctrl+q")
    assert waiting(inbox) == ["Too loud at night"]


async def test_what_was_never_saved_stays_in_the_inbox(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NotSavedError("session.toml: the disk is full.")

    inbox = came_in(tmp_path, "Tea is cold")
    monkeypatch.setattr(SessionFile, "save", full)
    async with opened(tmp_path, holding=session) as room:
        await reads_the_inbox(room, "1 comment")
        await room.presses("enter")
        await room.until(lambda: room.state == "NOT SAVED")
        await room.presses("q")
        room.hears("Once more leaves without saving.")
        await room.presses("q")
        assert not room.app.in_session
    assert waiting(inbox) == ["Tea is cold"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('format = "promote-inbox"\nversion = 1\n[[entries]]\nid = "jot-1"\ntext = 5\n', "entries[1].text"),
        ('format = "promote-inbox"\nversion = [1\n[/b] \n', "inbox.toml:3: this is not TOML"),
        ('format = "promote-inbox"\nversion = 9\n[[entries]]\nid = "jot-1"\ntext = "Tea"\n', "newer"),
    ],
)
async def test_a_broken_inbox_is_named_and_nothing_is_lost(
    tmp_path: Path, session: Session, text: str, says: str
) -> None:
    path = tmp_path / places.INBOX
    path.write_text(text, encoding="utf-8")
    async with opened(tmp_path, holding=session, size=(60, 20)) as room:
        await room.until(lambda: "inbox.toml" in room.screen)
        room.sees(says)
        await room.says("p: Lights at eight")
        room.sees("inbox.toml", "Lights at eight")
        if "Tea" in text:
            await reads_the_inbox(room, "1 comment")
            await room.presses("enter")
        await goes_home(room)
        assert ("still there" in room.said) == ("Tea" in text)
    assert path.read_text("utf-8") == text


async def test_k_masks_before_taking_and_hostile_words_are_harmless(tmp_path: Path, session: Session) -> None:
    hostile = "[/b] [red]x[/red] [@click=app.quit]y[/] :warning: [/"
    came_in(tmp_path, f"Mrs Whitlow, {NUMBER}, was cold", hostile, source=f"{hostile}\n\n\n\nline " * 40)
    came_in(tmp_path, "q", source="\u202e\x1b[2J")
    (tmp_path / places.INBOX).write_text(
        (tmp_path / places.INBOX).read_text("utf-8").replace('"q"', '"\\u001b[2J \\u202eabc"'),
        encoding="utf-8",
    )
    async with opened(tmp_path, holding=session, size=(60, 20)) as room:
        await reads_the_inbox(room, "3 comments")
        room.sees("This looks like a person’s name", "and like an NHS number", "k masks it.", "Whitlow")
        await room.presses("k")
        room.sees("[name], [NHS number], was cold")
        room.does_not_see("Whitlow", "k masks it.")
        await room.presses("k")
        room.sees("Whitlow")
        await room.presses("k", "enter")
        assert told(room) == ["patient: [name], [NHS number], was cold"]
        room.sees(hostile)
        await room.presses("k")
        room.hears("Nothing here looks as if")
        await room.presses("enter")
        room.sees("Inbox, 1 of 1", "\ufffd[2J \ufffdabc")
        for strip in room.strips:
            assert all(one.control or one.text.isprintable() for one in strip)
            assert not any(one.style and "@click" in str(one.style.meta) for one in strip)
        await room.presses("enter")
        assert len(told(room)) == 3
        assert f"patient: {hostile}" in told(room)


async def test_five_thousand_entries_and_one_of_ten_thousand_characters(
    tmp_path: Path, session: Session
) -> None:
    long = ("word " * 2_000).strip()
    inbox = came_in(tmp_path, long, "x" * 10_000, *(f"Comment {n}" for n in range(4_998)))
    async with opened(tmp_path, holding=session, size=(60, 20)) as room:
        await reads_the_inbox(room, "5,000 comments")
        await room.presses("down", "down")
        room.sees("► word")
        await room.presses("end")
        room.sees("Whose is it?")
        place = room.list.highlighted
        await room.presses("right")
        assert room.list.highlighted == place
        await room.presses("enter", "left", "enter", "x", "enter")
        assert [(one.voice, len(one.text)) for one in room.session.stories if len(one.text) > 99] in (
            [("carer", len(long)), ("staff", 10_000)],
            [("staff", 10_000), ("carer", len(long))],
        )
        await goes_home(room)
    assert len(waiting(inbox)) == 4_996
