import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.edits import choose, details
from promote_tui.session.model import Session
from promote_tui.session.stages import STAGES
from promote_tui.session.text import has_unshowable, made_visible, tidy
from promote_tui.store import slot_text, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.slot_text import Slot, Typed, is_whole

NOW = datetime(2026, 11, 23, 9, 30, 1, 5, tzinfo=UTC)
EVERYTHING = toml_text.read((Path(__file__).parent / "data" / "everything.toml").read_bytes()).session
ANYTHING = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("\ud800\udfff\x1b\0\r\u2028\u202e#\"'\\")
)
TYPED = st.builds(Typed, st.sampled_from(STAGES), ANYTHING, ANYTHING)


def slot(session: Session, *typed: Typed) -> Slot:
    return Slot(session, typed, "ab" * 32, Path("sessions") / "a.toml", NOW, 7)


def written(slot: Slot) -> bytes:
    return slot_text.write(slot.session, slot.typed, slot.base, slot.path, slot.kept_at, slot.number)


def resealed(head: object, session: Session, *, toml: str = "") -> bytes:
    """Return a slot with this head, rightly sealed."""
    first = head if isinstance(head, str) else f"# promote-recovery {json.dumps(head)}"
    data = f"{first}\n{toml or toml_text.write(session)}".encode()
    return data + f"# end sha256:{hashlib.sha256(data).hexdigest()}\n".encode()


def test_a_slot_is_a_session_file_with_a_line_more(session: Session) -> None:
    kept = slot(session, Typed("map", "The lights com", "What happens first?"))
    data = written(kept)
    assert data.decode().startswith('# promote-recovery {"version": 1, "number": 7, "kept_at": "2026-11-23T')
    assert toml_text.read(data).session == session
    assert is_whole(data)
    assert slot_text.read(data) == kept


@given(st.lists(TYPED, max_size=6), ANYTHING.filter(lambda name: name.isprintable()))
def test_any_half_typed_text_comes_back_as_a_file_would_hold_it(typed: list[Typed], name: str) -> None:
    assert EVERYTHING is not None
    kept = Slot(EVERYTHING, tuple(typed), "", Path(f"x{name}.toml"), NOW, 1)
    data = written(kept)
    found = slot_text.read(data)
    assert is_whole(data)
    assert found is not None
    assert (found.session, found.path) == (EVERYTHING, kept.path)
    for line, was in zip(found.typed, typed, strict=True):
        assert (line.stage, line.text, line.label) == (
            was.stage,
            made_visible(tidy(was.text)),
            made_visible(tidy(was.label)),
        )
        assert not has_unshowable(line.text + line.label)


def test_a_huge_paste_is_kept_and_a_name_that_is_no_text(session: Session) -> None:
    for text, kept in (("é" * 1_000_000, 1_000_000), ("🙂" * 2_000_000, 1_000_000)):
        found = slot_text.read(written(slot(session, Typed("own", text))))
        assert found is not None
        assert len(found.typed[0].text) == kept
    odd = Slot(session, (), "", Path(os.fsdecode(b"\xff\xfe.toml")), NOW, 1)
    assert slot_text.read(written(odd)) == odd


def test_what_could_not_be_read_again_is_not_written(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit, module in ((1_000, slot_text), (200, toml_text)):
        with monkeypatch.context() as patch:
            patch.setattr(module, "LARGEST", limit)
            with pytest.raises(NotSavedError, match=r"^recovery: this is too large to be kept\.$"):
                written(slot(session, Typed("map", "x" * 1_000)))


def test_what_is_not_whole_is_told(session: Session) -> None:
    data = written(slot(session, Typed("map", "a line")))
    longer = written(slot(session, Typed("map", "a much longer line than that, it goes on and on")))
    for broken in (
        b"", data[:-2], data[1:], data.replace(b"a line", b"A line"), bytes(len(data)),
        data + longer[len(data) :], data[:-200] + longer[-300:],
        *(data[:cut] for cut in range(0, len(data) - 1, 7)),
    ):  # fmt: skip
        assert not is_whole(broken)


def test_what_this_program_does_not_understand_is_no_slot(session: Session) -> None:
    head = json.loads(written(slot(session)).split(b"\n")[0].removeprefix(b"# promote-recovery "))
    typed = {"stage": "map", "text": "x", "label": ""}
    assert slot_text.read(resealed({**head, "typed": [typed], "more": 1}, session)) is not None
    wrong: list[dict[str, object]] = [
        {"version": 2}, {"version": "1"}, {"number": None}, {"number": 1e999}, {"kept_at": "soon"},
        {"kept_at": 3}, {"kept_at": "2026-11-23T09:30:00"}, {"path": 1}, {"typed": 5}, {"typed": ["x"]},
        {"typed": [{**typed, "stage": "lunch"}]}, {"typed": [{**typed, "stage": []}]},
        {"typed": [{"text": 1}]},
    ]  # fmt: skip
    for change in wrong:
        assert slot_text.read(resealed({**head, **change}, session)) is None, change
    for first in ("", "# something else", "# promote-recovery ", "# promote-recovery []", "# é",
                  f"# promote-recovery {'[' * 100_000}"):  # fmt: skip
        assert slot_text.read(resealed(first, session)) is None, first[:40]
    newer = session.model_copy(update={"version": 2})
    for text in (toml_text.write(newer), "title = 5\n", "not TOML"):
        assert slot_text.read(resealed(head, session, toml=text)) is None, text


@given(st.binary(max_size=30), st.integers(0, 2_000), st.integers(0, 30))
def test_no_noise_ever_raises(noise: bytes, place: int, gone: int) -> None:
    assert EVERYTHING is not None
    data = written(slot(EVERYTHING, Typed("map", "a line")))
    slot_text.read(data[:place] + noise + data[place + gone :])


def test_a_file_holds_a_slot_when_it_is_the_same_or_newer_and_nothing_is_half_typed(session: Session) -> None:
    later = details.stamped(choose.add_line(session, "p: The lights come on"), NOW)
    other = details.stamped(choose.add_line(session, "p: Somebody shouts"), NOW)
    elsewhere = session.model_copy(update={"id": session.id.replace("0", "1")})
    moved = details.go_to_stage(later, "own")
    half, blank = Typed("map", "The li"), Typed("map", " ")
    table = [
        (slot(later), later, True), (slot(later), moved, True), (slot(later), session, False),
        (slot(session), later, True), (slot(session, half), later, True), (slot(later, half), later, False),
        (slot(later, blank), later, True), (slot(later), other, False), (slot(session), elsewhere, False),
    ]  # fmt: skip
    for number, (kept, file, held) in enumerate(table):
        assert kept.is_in(toml_text.write(file).encode()) is held, number
    assert not slot(session).is_in(b"nothing of ours")
