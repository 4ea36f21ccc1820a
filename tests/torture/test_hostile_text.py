"""What really goes to the terminal holds no sequence but our own, whatever stands in sessions and names."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from textual._compositor import LayoutUpdate
from textual.widgets import Static

from promote_tui.cli import main
from promote_tui.cli.arguments import COMMANDS
from promote_tui.session.model import Session
from promote_tui.session.text import made_visible
from promote_tui.store import toml_text
from tests.ui import tour
from tests.ui.room import Facilitator, arrives, kept, opened
from tests.ui.test_hostile import hostile

ACTING = (
    "A\x1b[2J\x1b[31m\x1b]0;title\x07\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\\x1b]52;c;eA==\x07\x9b31m\x9d0;x\x9c\x90q\x9c"
    "\u202eabc\u2066x\u2069\x00\x08\x7f\x85\u2028\rB"
)
# what our own drawing sends: colours, and the cursor put somewhere
_OURS = re.compile(r"\x1b\[[0-9;]*[mH]")
_ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def acts(stream: str) -> list[str]:
    """Return what is left in a stream to a terminal that could act on it, with what follows."""
    stream = _OURS.sub("", stream.replace("\r\n", "\n"))
    return [stream[found.start() : found.start() + 12] for found in _ACTS.finditer(stream)]


def sent(room: Facilitator) -> str:
    """Return the bytes of the whole screen as they go to the terminal."""
    update = room.app.screen._compositor.render_update(full=True)
    assert isinstance(update, LayoutUpdate)
    return update.render_segments(room.app.console)


def ungated(value: Any) -> Any:
    """Return a session, or a part of one, with the acting text in it as no way in would let it pass."""
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: ungated(one) for name, one in value})
    if isinstance(value, tuple):
        return tuple(map(ungated, value))
    return ACTING if isinstance(value, str) and value.startswith("A\N{REPLACEMENT CHARACTER}") else value


def test_the_search_for_what_acts_finds_it() -> None:
    for text in (
        "\x1b]0;x\x07",
        "\x1b[2J",
        "\x9b",
        "\u202e",
        "a\rb",
        "\x1b]8;;x\x1b\\",
        "\x1b[?25h",
        "\u2066",
    ):
        assert acts(text), repr(text)
    assert not acts("\x1b[1;31mred\x1b[0m\n\x1b[3;4Hhere é 👍🏽\r\n")
    assert not acts(
        made_visible(ACTING).replace("\t", " ").replace("\x85", "").replace("\r", "").replace("\u2028", "")
    )


@pytest.mark.parametrize("gates", ["all", "none before the screen"])
async def test_no_screen_sends_what_acts(tmp_path: Path, gates: str) -> None:
    (tmp_path / "\x1b]0;x\x07\u202e.toml").write_text("not a session \x1b[2J", encoding="utf-8")
    async with opened(tmp_path, holding=hostile(ACTING)) as room:
        if gates != "all":  # as if a way into the session had been forgotten: the screen holds alone
            room.app._at_work.session = ungated(room.session)
            assert room.session.steps[0].title == ACTING
            room.app.stage_screen.show(room.session)
            await room.settles()
        for walk in (
            (tour.beside, tour.home) if gates == "all" else (tour.lists, tour.prompts, tour.laid_over)
        ):
            async for name in walk(room):
                assert acts(sent(room)) == [], name
        if gates == "all":
            room.app.pop_screen() if room.app.screen.is_modal else None
            await room.presses("end", "enter")
            assert acts(sent(room)) == [], "a file that cannot be opened"
    assert acts(room.app.parting_words) == []


async def test_what_a_widget_forgets_the_last_gate_holds(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await room.app.screen.mount(Static(ACTING, markup=False))
        await room.settles()
        assert acts(sent(room)) == []


def test_no_command_prints_what_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library = tmp_path / "\x1b]0;x\x07 \u202elibrary"
    path = kept(library, hostile(ACTING), "\x1b[2J\x9b31m\n\u202e.toml")
    broken = library / "\x1b]8;;x\x07broken.toml"
    escaped = ACTING.encode("unicode_escape").decode().replace("\\x", "\\u00")
    broken.write_text(
        f'format = "promote-session"\n"{escaped}" = "{escaped}"\nversion = 1\n', encoding="utf-8"
    )
    torn = library / "torn.toml"
    torn.write_bytes(b'format = "promote-session"\ntitle = "\x1b[2J\xff\x9b')
    (library / "\u202elink.toml").symlink_to(path)
    missing = str(library / "\x1b[31mmissing.toml")
    monkeypatch.setenv("PROMOTE_LIBRARY", str(library))
    files = [str(path), str(broken), str(torn), missing, ACTING.replace("\x00", "")]
    commands = [["list"], ["due"], ["where"], ["list", "--json"], ["due", "--json"], ["check", *files]]
    commands += [["check", "--json", *files], ["check", "--privacy", *files]]
    commands += [[command, file] for file in files for command in ("show", "script", "import")]
    commands += [
        ["new", ACTING.replace("\x00", ""), "--no-open"],
        ["jot", f"p: {ACTING}".replace("\x00", "")],
    ]
    commands += [[files[-1]], ["show", files[-1], "--" + files[-1]], ["--library", files[-1], "list"]]
    if "history" in COMMANDS:
        commands += [["history", file] for file in files]
    for command in commands:
        main(command)
        said = capsys.readouterr()
        assert said.out + said.err, command
        assert acts(said.out) == acts(said.err) == [], command
    assert toml_text.read(path.read_bytes()).session


async def test_what_is_pasted_and_typed_reaches_file_and_screen_harmless(
    tmp_path: Path, session: Session
) -> None:
    async with opened(tmp_path, holding=session) as room:
        await room.pastes(ACTING.replace("\r", " ").replace("\u2028", " ").replace("\x85", " "))
        assert acts(sent(room)) == []
        await room.presses("enter")
        assert acts(sent(room)) == []
        file = (tmp_path / "session.toml").read_text(encoding="utf-8")
        assert acts((await room.saved()).candidates[0].name) == []
        assert acts(file.replace("\n", "")) == []
        await room.presses("escape", "q")
        await room.presses("n")
        await room.pastes(ACTING)
        await room.presses("enter", "enter", "enter")
        await arrives(room)
        assert acts(sent(room)) == []
        names = [path.name for path in tmp_path.glob("*.toml")]
        assert len(names) == 2
        assert acts("".join(names)) == []
