"""What every test stands on: a home of its own, no network, the same examples each time."""

import socket
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import platformdirs
import pytest
from hypothesis import settings

from promote_tui.session.model import Session, new_session

settings.register_profile("promote", derandomize=True, deadline=None, max_examples=40)
settings.load_profile("promote")

LOCAL = ("127.0.0.1", "::1")


class NetworkUsedError(AssertionError):
    """Something tried to reach another computer."""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home, a library and a state folder of its own; no test touches the real ones."""
    home = tmp_path / "home"
    home.mkdir()
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_STATE_HOME": home / "state",
        "XDG_DATA_HOME": home / "data",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": home / "run",
        "XDG_DOCUMENTS_DIR": home / "Documents",
        "PROMOTE_LIBRARY": tmp_path / "library",
    }
    for name, folder in folders.items():
        monkeypatch.setenv(name, str(folder))
    if sys.platform == "win32":  # Windows is asked for these folders, not the environment
        for name in ("user_state_path", "user_config_path", "user_cache_path", "user_documents_path"):
            monkeypatch.setattr(platformdirs, name, lambda *_, name=name, **__: home / name)
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every way to another computer; a socket within this one (an event loop's) still works."""

    def refused(*args: Any) -> NoReturn:
        raise NetworkUsedError(f"the network was used: {args!r}")

    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _within(address):
            refused(address)
        return super(socket.socket, self).connect(address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def _within(address: Any) -> bool:
    # Windows has no socket pair of its own: Python makes one through this computer's own address
    return sys.platform == "win32" and isinstance(address, tuple) and address[0] in LOCAL


@pytest.fixture
def session() -> Session:
    """A session of today's room, with nothing in it yet."""
    return new_session(
        id="0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11",
        title="Waking up on Mulberry 2",
        team="Mulberry 2",
        now=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        today=date(2026, 11, 23),
    )


@pytest.fixture
def bin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Have a folder stand for this computer's bin."""
    folder = tmp_path / "bin"
    folder.mkdir()
    module: Any = ModuleType("send2trash")
    module.send2trash = lambda path: Path(path).rename(folder / Path(path).name)
    monkeypatch.setitem(sys.modules, "send2trash", module)
    return folder
