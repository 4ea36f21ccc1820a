from datetime import date

import pytest

from promote_tui.session import parts
from promote_tui.session.model import Checkin, Initiative, Part, Resistance, Review

DAY = date(2027, 2, 24)


@pytest.fixture
def one() -> Initiative:
    """A change whose plan got three conditions, one of them said twice."""
    said = ("Tea after handover", "", " tea AFTER handover ")
    objections = tuple(
        Resistance(id=f"resistance-{n}", says="x", changes_plan=words) for n, words in enumerate(said, 1)
    )
    held = Checkin(horizon="three_weeks", held_on=DAY, changes_plan="A note asks for tea later\n")
    return Initiative(id="initiative-1", ideas=("idea-1",), resistance=objections, checkins=(held, held))


def names(initiative: Initiative) -> list[str]:
    return [part.name for part in parts.parts_of(initiative)]


def test_each_condition_of_the_plan_is_a_part_until_one_stands_for_it(one: Initiative) -> None:
    assert parts.conditions(one) == ("Tea after handover", "A note asks for tea later")
    assert names(one) == [*parts.DEFAULT_PARTS, *parts.conditions(one)]
    assert [part.condition for part in parts.parts_of(one)][4:] == ["", *parts.conditions(one)]
    for part, left in (
        (Part(name="Handover", condition="TEA after handover"), ["A note asks for tea later"]),
        (Part(name="a note asks for TEA later"), ["Tea after handover"]),
        (Part(name="Tea"), list(parts.conditions(one))),
    ):
        reviewed = one.model_copy(update={"reviews": (Review(held_on=DAY, parts=(part,)),)})
        assert names(reviewed) == [part.name, *left]
        assert list(parts.unmet(reviewed, (part,))) == left


def test_without_conditions_there_are_the_default_parts_or_those_of_the_newest_review() -> None:
    plain = Initiative(id="initiative-1", ideas=("idea-1",))
    assert parts.conditions(plain) == ()
    assert names(plain) == list(parts.DEFAULT_PARTS)
    held = (Review(held_on=DAY, parts=(Part(name="old"),)), Review(held_on=DAY, parts=(Part(name="new"),)))
    assert names(plain.model_copy(update={"reviews": held})) == ["new"]
    assert names(plain.model_copy(update={"reviews": (Review(held_on=DAY),)})) == []
