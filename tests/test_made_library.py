"""The library that benchmarks run on: sessions as the program writes them, the same for the same seed."""

from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path

import pytest

from promote_tui.store import toml_text
from promote_tui.store.seal import sealed

Made = Callable[..., Iterator[tuple[str, bytes]]]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    monkeypatch.syspath_prepend(Path(__file__).parent.parent / "benchmarks")
    found: Made = import_module("made_library").made
    return found


def test_made_up_sessions_are_as_the_program_writes_them(made: Made) -> None:
    follows, ids = set(), set()
    for name, data in made(20):
        reading = toml_text.read(data, thorough=True)
        assert reading.session is not None, name
        assert (reading.problems, reading.seal) == ((), "whole"), name
        assert sealed(toml_text.write(reading.session)) == data, name
        ids.add(reading.session.id)
        follows.add(reading.session.follows)
    assert len(ids) == 20
    assert len(follows) > 3
    assert follows < {*ids, None}, "whoever carries on does so from a session that is there"


def test_a_seed_makes_the_same_library_each_time(made: Made) -> None:
    first, again, other = (list(islice(made(3, seed), 3)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_of_each_hundred_one_is_a_copy_and_one_is_broken(made: Made) -> None:
    *whole, (_, copy), (_, broken) = made(100)
    copied = toml_text.read(copy).session
    assert copied is not None
    assert sum(copied.id.encode() in data.partition(b"title")[0] for _, data in whole) == 1
    assert toml_text.read(broken).session is None
