"""Read the question set that comes with the program."""

import tomllib
from importlib.resources import files

from promote_tui.session.questions import Question, Questions


def load() -> Questions:
    """Return the questions, in the order of ``session/questions.toml``: the framework's own come first."""
    text = files("promote_tui.session").joinpath("questions.toml").read_text(encoding="utf-8")
    return Questions(tuple(Question(**entry) for entry in tomllib.loads(text)["questions"]))
