from hypothesis import example, given
from hypothesis import strategies as st

from promote_tui.session.stems import shared, spelt


def test_stems_are_told_with_the_words_that_show_them() -> None:
    for text, found in [
        ("", []),
        ("The patient's WAKING, woken", [("wak", "waking"), ("woken", "woken")]),
        ("tea_tea2tea", [("tea", "tea")] * 3),
        ("Café, cups", [("caf", "café"), ("cup", "cups")]),
        ("it is what they do 24/7", []),
    ]:
        assert spelt(text) == found, text


@given(st.text(st.characters(codec="ascii")))
@example("Staff's\x1ftea_bag DON'T\t7up")
def test_a_plain_text_has_the_stems_that_it_has_beside_an_accent(text: str) -> None:
    assert spelt(text) == spelt(f"{text} é")


def test_what_two_texts_share_is_shown_as_it_was_written_first() -> None:
    assert shared(["Bed tea, teas", "Waking for tea", "A wake", "bed bed"]) == {
        "bed": "bed",
        "tea": "teas",
        "wak": "waking",
    }
    assert shared(["tea tea"]) == {}
