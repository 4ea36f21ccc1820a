"""Turn the bytes of a file that any other program wrote into text."""

LARGEST = 20_000_000
"""Most bytes of such a file that are read."""

_AS_CSV = "In Excel choose File, Save As, “CSV UTF-8”, and use that file."
_SIGNS = {
    b"PK\x03\x04": f"This is an Excel workbook, not a table of plain text: save it as CSV. {_AS_CSV}",
    b"\xd0\xcf\x11\xe0": f"This is an old Excel or Word file, not plain text: save it as CSV. {_AS_CSV}",
    b"%PDF": "This is a PDF, not a table of plain text: save it as CSV from the program that made it.",
}
"""How files begin that look like a table to a person, and what to do about them."""
_NOT_TEXT = "This is not a text file. If it is a table, save it as CSV from the program that made it."
_CONTROLS = [chr(code) for code in range(32) if chr(code) not in "\t\n\v\f\r"]


class NotTextError(Exception):
    """Bytes that are no text; the message is a sentence."""


def decoded(data: bytes) -> str:
    """Return the text of a file as Excel, Notepad or a survey website writes it.

    UTF-8 and UTF-16, both with and without a mark at the start, else the Windows code page of western
    Europe. Raises NotTextError with a sentence for a workbook, and for anything else that is no text.
    """
    if len(data) > LARGEST:
        raise NotTextError(f"The file is larger than {LARGEST // 1_000_000} MB.")
    for sign, sentence in _SIGNS.items():
        if data.startswith(sign):
            raise NotTextError(sentence)
    text = _with_right_encoding(data)
    if sum(map(text.count, _CONTROLS)) > max(10, len(text) // 20):
        raise NotTextError(_NOT_TEXT)
    return text.replace("\0", "")


def _with_right_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    start = data[:4_000]
    even, odd = start[::2].count(0), start[1::2].count(0)
    # most letters of western Europe take one byte, so in UTF-16 every other byte is empty
    for empty, other, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if empty * 4 > len(start) and not other:
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
