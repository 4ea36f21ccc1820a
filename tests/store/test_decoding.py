import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.store import decoding
from promote_tui.store.decoding import NotTextError, decoded

WORDS = "Café “Lovely” £5 – thank you, everyone was kind\r\n"


def test_text_is_read_whatever_wrote_it() -> None:
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"):
        assert decoded(WORDS.encode(encoding)) == WORDS, encoding
    assert decoded("\ufeff".encode("utf-16-be") + "hé".encode("utf-16-be")) == "hé"
    assert decoded(b"") == ""
    assert decoded(b"a\0b\x81") == "ab\ufffd"


def test_what_is_no_text_is_refused_with_what_to_do() -> None:
    for data, said in [
        (b"PK\x03\x04 and so on", "save it as CSV. In Excel choose File, Save As"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as CSV"),
        (b"%PDF-1.7", "save it as CSV"),
        (bytes(range(256)) * 4, "This is not a text file."),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "This is not a text file."),
    ]:
        with pytest.raises(NotTextError, match=said):
            decoded(data)


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LARGEST", 1_000_000)
    with pytest.raises(NotTextError, match="larger than 1 MB"):
        decoded(b"a" * 1_000_001)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(NotTextError):
        assert "\0" not in decoded(data)
