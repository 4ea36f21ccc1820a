from hypothesis import given
from hypothesis import strategies as st

from promote_tui.store.catalogue_words import words_in, words_of, words_typed


def test_words_are_told_apart_and_folded_in_every_script() -> None:
    for text, words in [
        ("", []),
        ("  \n\t", []),
        ("Tea, TEA and tea!", ["tea", "and"]),
        ("Café ÉTÉ Straße Ångström", ["cafe", "ete", "strasse", "angstrom"]),
        ("cafe\u0301", ["cafe"]),
        ("the Patient’s “own” cup", ["the", "patient", "s", "own", "cup"]),
        ("x_y-z 3/4 ½", ["x", "y", "z", "3", "4", "1", "2"]),
        ("病棟のお茶 tea", ["病", "棟", "の", "お", "茶", "tea"]),
        ("שָׁלוֹם", ["שלום"]),
        ("Ελλάδα мир", ["ελλαδα", "мир"]),
        ("☕☕ 😀", ["☕", "😀"]),
        ("\ud800\x00\x1b[2J", ["2j"]),
        ("x" * 100, ["x" * 40]),
    ]:
        assert words_in(text) == words, text
    assert words_typed("a b " * 100 + "c") == ["a", "b", "c"]
    assert len(words_typed(" ".join(map(str, range(100))))) == 12


@given(st.text())
def test_no_word_holds_what_an_index_could_take_for_a_sign(text: str) -> None:
    for word in words_in(text):
        assert word
        assert not set(word) & set(" \t\n\"'*()^:+-{}_")
        assert words_in(word) == [word]


def test_what_people_said_is_found_and_what_the_program_wrote_is_not() -> None:
    document = {
        "format": "promote-session",
        "id": "5f83195c-c2e0-4120-aad6-1affd51fb3ee",
        "stage": "review",
        "title": "Bed tea",
        "revision": 7,
        "ideas": [{"id": "idea-1", "kind": "start", "text": "Knock first", "step": "step-2"}, 5, "loose"],
        "initiatives": [
            {
                "ideas": ["idea-1"],
                "owner": "Cook",
                "reviews": [{"parts": [{"rating": "red", "note": "late"}]}],
            }
        ],
        "stage2": {"stage": {"text": "deep"}},
    }
    words = ["larch", "tea", "bed", "knock", "first", "loose", "cook", "late", "deep"]
    found = words_of(document, ("Larch", "Tea"))
    assert set(found.split()) == set(words)
