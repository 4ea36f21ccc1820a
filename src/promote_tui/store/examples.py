"""The worked examples, in a copy that is thrown away when the program ends."""

import atexit
import shutil
import tempfile
from pathlib import Path

from promote_tui.store.places import examples_folder


def throw_away_copy() -> Path:
    """Return a new folder with a copy of the worked examples; it is removed when the program ends."""
    folder = Path(tempfile.mkdtemp(prefix="promote-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for example in sorted(examples_folder().glob("*.toml")):
        shutil.copyfile(example, folder / example.name)
    return folder
