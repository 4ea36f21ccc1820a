import string

from promote_tui.ui.big_letters import large

PUNCTUATION = ".,:;!?'\"‘’“”-–—…()/&+=%#@£*·"


def test_letters_are_drawn_as_large_as_fit() -> None:
    for text, width, height, lines, columns in [
        ("Tea", 10, 5, None, 0),
        ("Tea", 14, 5, 3, 11),
        ("Tea", 80, 4, 3, 11),
        ("Tea", 15, 5, 5, 15),
        ("Tea", 30, 8, 5, 15),
        ("Tea", 30, 9, 9, 30),
        ("Tea", 999, 999, 18, 60),
        ("Tea", 999, 2, None, 0),
        ("Tea earlier", 40, 10, 10, 27),
        ("  Tea\n earlier ", 80, 5, 5, 46),
    ]:
        drawn = large(text, width, height)
        if lines is None:
            assert drawn is None, (text, width, height)
            continue
        assert drawn is not None, (text, width, height)
        assert len(drawn) <= height
        assert {len(line) for line in drawn} == {len(drawn[0])}, "every line is as wide"
        assert len(drawn[0]) <= width
        left = min(len(line) - len(line.lstrip()) for line in drawn if line.strip())
        right = max(len(line.rstrip()) for line in drawn)
        assert (len(drawn), right - left) == (lines, columns), (text, width, height)


def test_what_cannot_be_drawn_is_left_to_ordinary_letters() -> None:
    for text in ("", "  \n", "café", "日本", "[b]", "a\tb|", "\x1b[2J", "🙂", "a" * 40, "word " * 100):
        assert large(text, 76, 20) is None, text


def test_every_letter_looks_different_and_safe() -> None:
    drawn = {one: large(one, 20, 5) for one in string.ascii_letters + string.digits + PUNCTUATION}
    assert all(
        lines and set("".join(lines)) <= set("█▀▄ ") and "".join(lines).strip() for lines in drawn.values()
    )
    looks: dict[str, str] = {}
    for one, lines in drawn.items():
        looks.setdefault("\n".join(lines or []), "")
        looks["\n".join(lines or [])] += one
    assert {same for same in looks.values() if len(same) > 1} == {"O0", "‘’", "“”"}
