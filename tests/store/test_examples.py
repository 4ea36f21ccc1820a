import subprocess
import sys
from pathlib import Path

from promote_tui.store import places
from promote_tui.store.examples import throw_away_copy
from promote_tui.store.library import Library


def test_the_examples_are_copied_to_a_folder_of_their_own() -> None:
    folder = throw_away_copy()
    assert folder != places.examples_folder()
    names = sorted(path.name for path in places.examples_folder().glob("*.toml"))
    assert sorted(path.name for path in folder.iterdir()) == names
    assert not any(card.problem for card in Library(folder).cards())
    assert Library(folder).trouble() == ""


def test_the_copy_is_gone_when_the_program_ends() -> None:
    code = "from promote_tui.store.examples import throw_away_copy; print(throw_away_copy())"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not Path(done.stdout.strip()).exists()
