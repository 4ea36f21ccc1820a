import re
from typing import get_args

from promote_tui.session.edits import choose
from promote_tui.session.model import Phase, Session
from promote_tui.session.text import has_unshowable
from promote_tui.store.starters import starters

# a person, a place that could be found, or a word on how well it goes
TELLING = re.compile(r"[\d@]|\b(Mr|Mrs|Ms|Miss|Dr|bad|poor|slow|late|rude|good|best|worst|better)\b", re.I)


def test_the_phases_stand_in_order_and_each_has_some() -> None:
    phases = [starter.phase for starter in starters()]
    assert phases == sorted(phases, key=get_args(Phase).index)
    assert all(phases.count(phase) >= 8 for phase in get_args(Phase))


def test_a_starter_is_a_few_plain_words_of_its_own() -> None:
    names = [starter.name for starter in starters()]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert len(name) <= 40
        assert 2 <= len(name.split()) <= 6
        assert name[0].isupper()
        assert name == name.strip(" .")
        assert not TELLING.search(name)
        assert not has_unshowable(name)


def test_a_starter_typed_as_it_stands_is_a_process_to_consider(session: Session) -> None:
    for starter in starters():
        session = choose.add_line(session, starter.name)
    assert [candidate.name for candidate in session.candidates] == [starter.name for starter in starters()]
    assert not session.stories
