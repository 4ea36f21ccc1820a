from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.compare_maps import Maps, compare_maps
from promote_tui.session.edits import items
from promote_tui.session.edits import map as edits
from promote_tui.session.matching import matched
from promote_tui.session.model import Session, Step
from tests.ui.made import made


def maps_of(session: Session, then: Sequence[str], now: Sequence[str]) -> Maps:
    return compare_maps(made(session, mapped=then).steps, made(session, mapped=now).steps)


def told(maps: Maps) -> list[str]:
    """Return two maps as a person would read them out."""
    return [
        f"{pair.what}: {pair.title}"
        + "".join(f" ({one.label}: {one.then} | {one.now})" for one in pair.turned)
        for pair in maps.pairs
    ]


def test_steps_are_told_apart_in_the_order_of_now(session: Session) -> None:
    cases: list[tuple[list[str], list[str], list[str]]] = [
        ([], [], []),
        (["Lights on"], [], ["only then: Lights on"]),
        ([], ["Lights on"], ["only now: Lights on"]),
        (["Lights on 5m", "Queue"], ["Lights on 5m", "Queue"], ["same: Lights on", "same: Queue"]),
        (
            ["Lights on @HCA 20m", "Queue"],
            ["Lights on @Nurse 5m", "Queue"],
            ["changed: Lights on (Who: HCA | Nurse) (Minutes: 20 | 5)", "same: Queue"],
        ),
        (
            ["Lights on", "Names called", "Queue"],
            ["Tea is brought", "Lights on", "Queue"],
            ["only now: Tea is brought", "same: Lights on", "only then: Names called", "same: Queue"],
        ),
        # other words for the same thing, in another place and with another id
        (
            ["Main lights go on at eight", "Queue at the clinic room"],
            ["Tea", "The nurse goes to the clinic room", "Lights on at nine, the main ones"],
            [
                "only now: Tea",
                "changed: The nurse goes to the clinic room"
                " (Words: Queue at the clinic room | The nurse goes to the clinic room)",
                "changed: Lights on at nine, the main ones"
                " (Words: Main lights go on at eight | Lights on at nine, the main ones)",
            ],
        ),
        # several steps of the same words go by their order; the one that is left over is gone
        (
            ["Wait", "Wait", "Tea"],
            ["Wait", "Tea"],
            ["same: Wait", "only then: Wait", "same: Tea"],
        ),
        (["Minutes 10m"], ["Minutes"], ["changed: Minutes (Minutes: 10 | nothing said)"]),
        (["早上开灯"], ["早上开灯"], ["same: 早上开灯"]),
    ]  # fmt: skip
    for then, now, wanted in cases:
        assert told(maps_of(session, then, now)) == wanted, (then, now)


def test_what_the_microscope_shows_is_compared(session: Session) -> None:
    then = made(session, mapped=["Lights on"])
    seen = edits.set_step(then, "step-1", value="removable", feeling=-2)
    now = edits.turn_usual(seen, "step-1")
    assert told(compare_maps(then.steps, now.steps)) == [
        "changed: Lights on (Usually: yes | no) (Adds value: not yet looked at | could go)"
        " (Feels: nothing said | very low)"
    ]
    # what hangs on a step is not compared
    assert compare_maps(then.steps, items.change(then, "step-1", reflection="Loud").steps).is_same


def test_minutes_and_counts_of_two_maps(session: Session) -> None:
    maps = maps_of(session, ["Lights on 20m", "Queue 30m"], ["Lights on 20m", "Tea 5m"])
    assert (maps.then.total, maps.now.total, maps.released) == (50, 25, 25)
    assert [maps.counted(what) for what in ("same", "changed", "only then", "only now")] == [1, 0, 1, 1]
    assert maps_of(session, ["Tea 5m"], ["Tea 15m"]).released == -10


def test_another_order_is_noticed(session: Session) -> None:
    for then, now, reordered in (
        (["Tea", "Lights on"], ["Lights on", "Tea"], True),
        (["Tea", "Lights on"], ["Tea", "Names called", "Lights on"], False),
        (["Tea", "Queue", "Lights on"], ["Tea", "Lights on"], False),
    ):
        maps = maps_of(session, then, now)
        assert maps.reordered == reordered, (then, now)
        assert maps.is_same is False


def test_to_stop_a_thing_is_not_to_start_it(session: Session) -> None:
    then, now = (
        made(session, thought=lines).ideas
        for lines in (["- Calling names out loud"], ["= Knocking", "+ Call their names"])
    )
    assert matched(then, now) == {}


def test_long_maps_of_like_words_are_compared_in_good_time(session: Session) -> None:
    then = [f"Step {number} then" for number in range(300)]
    now = [f"Step {number} now" for number in range(300)]
    maps = maps_of(session, then, now)
    assert maps.counted("changed") == len(maps.pairs) == 300


words = st.sampled_from(
    ["Wait", "Tea", "Tea for all", "Lights on", "Lights on at eight", "the", "早上", "[/b]"]
)
steps = st.lists(
    st.builds(Step, id=st.sampled_from(["step-1", "step-2", "step-3"]), title=words, usual=st.booleans()),
    max_size=8,
)


@given(then=steps, now=steps)
def test_every_step_of_both_maps_is_told_once(then: list[Step], now: list[Step]) -> None:
    def in_any_order(found: Sequence[Step]) -> list[str]:
        return sorted(repr(step) for step in found)

    maps = compare_maps(then, now)
    assert in_any_order([pair.then for pair in maps.pairs if pair.then]) == in_any_order(then)
    assert [pair.now for pair in maps.pairs if pair.now] == sorted(now, key=lambda step: not step.usual)
    assert compare_maps(then, then).is_same
