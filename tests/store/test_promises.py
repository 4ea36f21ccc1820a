import tomllib
from datetime import date
from pathlib import Path

import pytest

from promote_tui.session.due import Promise, Tuning, promise_of
from promote_tui.store import places, toml_text
from promote_tui.store.promises import promises_of

DAY = date(2026, 11, 23)
INITIATIVE = '[[initiatives]]\nid = "initiative-1"\n'


@pytest.mark.parametrize("path", sorted(places.examples_folder().glob("*.toml")), ids=lambda path: path.stem)
def test_a_file_promises_what_its_session_does(path: Path) -> None:
    session = toml_text.read(path.read_bytes()).session
    assert session
    models = tuple(promise_of(session, one) for one in session.initiatives)
    assert promises_of(tomllib.loads(path.read_text(encoding="utf-8"))) == models
    assert models


@pytest.mark.parametrize(
    ("document", "promise"),
    [
        ("", Promise("initiative-1", "(its idea was removed)")),
        (
            "owner = 1\nstage = []\ndecision = {}\nideas = [1, [], 'idea-9']\nplan = 3\ncheckins = 'x'\n"
            "reviews = [1]\ncarried = 2\nstarted_on = 2026-11-23T10:00:00",
            Promise("initiative-1", "(its idea was removed)"),
        ),
        (
            "ideas = 5\ncheckins = [1, {}, { horizon = [] }, { horizon = 'three_weeks' }]\n"
            "reviews = [{ parts = 5 }]\nplan = { three_days = 1, three_weeks = { due_on = 'x' },"
            " three_months = { due_on = 2026-11-23 } }",
            Promise(
                "initiative-1",
                "(its idea was removed)",
                due={"three_months": DAY},
                held=frozenset({"three_weeks"}),
            ),
        ),
        (
            "owner = \"a\\u001b[2J\\nb\"\nreviews = [{ parts = [1, { fine_tune_by = '1' }, "
            "{ rating = 'green', fine_tune_by = 2026-11-23 }, { name = 2, fine_tune_by = 2026-11-23 }, "
            "{ fine_tune = 3, fine_tuned_on = 2026-11-23 }, { fine_tune = 'x', fine_tuned_on = 'y' }, "
            "{ name = 'b', fine_tune = ' y ', fine_tuned_on = 2026-11-23 }] }]",
            Promise(
                "initiative-1",
                "(its idea was removed)",
                "a\N{REPLACEMENT CHARACTER}[2J b",
                tunings=(Tuning("", "", DAY, 3),),
                tuned=frozenset({("b", "y")}),
            ),
        ),
    ],
    ids=range(4),
)
def test_what_has_a_wrong_type_is_as_good_as_absent(document: str, promise: Promise) -> None:
    assert promises_of(tomllib.loads(INITIATIVE + document)) == (promise,)


def test_what_is_no_list_of_changes_promises_nothing() -> None:
    for text in ("initiatives = 5", "initiatives = [1, {}, { id = 3 }, { id = '' }]", "ideas = 3"):
        assert promises_of(tomllib.loads(text)) == ()
