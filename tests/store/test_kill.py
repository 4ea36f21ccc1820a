import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from promote_tui.store import durable, toml_text

TRIES = int(os.environ.get("PROMOTE_KILL_TRIES", "12"))
SAVES_IN_A_LOOP = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from promote_tui.session.model import Story
from promote_tui.store.session_file import SessionFile
now = datetime(2026, 11, 23, tzinfo=UTC)
file = SessionFile.open(Path(sys.argv[1]))
session = file.reading.session
while True:
    number = len(session.stories) + 1
    story = Story(id=f"story-{number}", voice="staff", text="word " * 200)
    session = session.model_copy(update={"stories": (*session.stories, story)})
    file.save(session, now)
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_what_was_said_to_be_saved_is_there_after_a_kill(tmp_path: Path) -> None:
    chance = random.Random(333)  # noqa: S311 - moments to kill at, nothing secret
    for number in range(TRIES):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "session.toml"
        path.write_text(
            'format = "promote-session"\nversion = 1\n'
            'id = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"\ntitle = "Waking up"\n'
        )
        with subprocess.Popen(
            [sys.executable, "-c", SAVES_IN_A_LOOP, str(path)], stdout=subprocess.PIPE, text=True
        ) as program:
            assert program.stdout is not None
            seen = list(itertools.islice(program.stdout, chance.randint(1, 12)))
            until = time.perf_counter() + chance.random() * 0.005
            while time.perf_counter() < until:
                pass
            os.kill(program.pid, signal.SIGKILL)
            seen += program.stdout.readlines()
        said = int([line for line in seen if line.endswith("\n")][-1])
        reading = toml_text.read(path.read_bytes())
        assert reading.problems == ()
        assert reading.session is not None
        assert said <= len(reading.session.stories) <= said + 1
        assert all(story.text == "word " * 200 for story in reading.session.stories)
        others = [other for other in folder.iterdir() if other != path]
        assert durable.sweep(folder, time.time() + 7_200) == len(others) <= 1
