import pytest

from promote_tui.store.seal import Seal, is_cut_short, is_seal, seal_of, sealed

TEXT = 'format = "promote-session"\nrevision = 12\ntitle = "Tea – with “milk”"\n\n[process]\nname = "Tea"\n'
WHOLE = sealed(TEXT)


def test_a_seal_is_a_comment_in_the_last_line() -> None:
    assert WHOLE.decode().startswith(f"{TEXT}# end sha256:")
    assert WHOLE.endswith(b"\n")
    assert [is_seal(line) for line in WHOLE.decode().splitlines()] == [False] * 6 + [True]
    assert not is_seal("# end sha256:\ud800")


@pytest.mark.parametrize(
    ("data", "seal"),
    [
        (WHOLE, "whole"),
        (sealed(""), "whole"),
        # what editors do to a file that nobody changed
        (WHOLE.replace(b"\n", b"\r\n"), "whole"),
        (b"\xef\xbb\xbf" + WHOLE, "whole"),
        (WHOLE + b"\n \r\n", "whole"),
        (WHOLE.removesuffix(b"\n"), "whole"),
        # what people do to it
        (WHOLE.replace(b"Tea", b"Coffee"), "edited"),
        (WHOLE + b"[closing]\n", "edited"),
        (b"# a note\n" + WHOLE, "edited"),
        (WHOLE.replace(b"\n# end", b" \n# end"), "edited"),
        (WHOLE + WHOLE, "edited"),
        # what is no seal
        (TEXT.encode(), "missing"),
        (b"", "missing"),
        (WHOLE[:-2], "missing"),
        (WHOLE.replace(b"# end", b" # end"), "missing"),
        (WHOLE.decode().encode("utf-16"), "missing"),
        (b"\xff\x00" * 50, "missing"),
    ],
)
def test_a_seal_tells_what_became_of_a_file(data: bytes, seal: Seal) -> None:
    assert seal_of(data) == seal


def test_every_beginning_of_a_sealed_text_is_told_from_the_whole() -> None:
    revision = WHOLE.index(b"revision = 1") + len(b"revision = 1")
    for end in range(len(WHOLE) - 1):
        assert seal_of(WHOLE[:end]) == "missing"
        assert is_cut_short(WHOLE[:end]) is (end >= revision)
    assert not is_cut_short(WHOLE)


def test_only_what_a_program_wrote_can_be_cut_short() -> None:
    for text, cut in (
        ("title = 1\n", False),
        ("revision = 0\n", False),
        ("revision=3", True),
        ("# revision = 3\n", False),
        ("title = 1\n[process]\nrevision = 3\n", False),
        ("title = 1\r\nrevision = 3\r\n", True),
    ):
        assert is_cut_short(text.encode()) is cut, text
