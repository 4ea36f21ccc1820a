import pytest

from promote_tui.store.decoding import NotTextError
from promote_tui.store.identifiers import identifiers
from promote_tui.store.seal import sealed

DOCUMENT = '''\
id = "99900000-0000-4000-8000-999000000000"
title = "Mrs Example at home"
# Mr Example said so
[[stories]]
id = "story-1"
text = """It was cold.
Ring 01632 960001 or 01632 960002, said Mrs Example."""
notes = ["fine", { words = "bed 12\\nis cold" }]

[seen]
fingerprints = ["9434765919434765"]
times = 9434765919
'''


def said(data: str | bytes) -> list[str]:
    found = identifiers(data if isinstance(data, bytes) else data.encode())
    return [f"{problem.line} {problem.key} {problem.message}" for problem in found]


def test_a_document_names_line_and_key() -> None:
    assert said(DOCUMENT) == [
        "2 title looks like a person’s name",
        "3  looks like a person’s name",
        "6 stories[1].text looks like a phone number",
        "6 stories[1].text looks like a person’s name",
        "8 stories[1].notes[2].words looks like a bed or room number",
    ]


def test_a_seal_is_nobodys_words() -> None:
    assert said(sealed(DOCUMENT)) == said(DOCUMENT)


def test_any_other_text_names_the_line() -> None:
    text = "all fine\r\nring 01632 960001\r\n\r\n= Mrs Example"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert said(text.encode(encoding)) == [
            "2  looks like a phone number",
            "4  looks like a person’s name",
        ]
    assert said("") == []


def test_what_was_found_is_never_repeated() -> None:
    for problem in identifiers(DOCUMENT.encode()):
        assert problem.hint
        assert "Example" not in problem.sentence("x.toml")
        assert "960" not in problem.sentence("x.toml")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(NotTextError):
        identifiers(b"PK\x03\x04")
