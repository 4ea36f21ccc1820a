"""The last line of a session file, by which a program can tell whether the whole file is there."""

import hashlib
import re
from typing import Literal

Seal = Literal["whole", "edited", "missing"]
"""Whether a file is as a program wrote it, was edited by hand since, or holds no seal."""

_BOM = b"\xef\xbb\xbf"
_SEAL = re.compile(rb"^# end sha256:([0-9a-f]{64})[ \t]*$", re.MULTILINE)
_REVISION = re.compile(rb"^revision[ \t]*=[ \t]*[1-9]", re.MULTILINE)


def sealed(text: str) -> bytes:
    """Return the bytes of a text that ends in a line end, with a last line that vouches for it."""
    data = text.encode()
    return data + f"# end sha256:{hashlib.sha256(data).hexdigest()}\n".encode()


def seal_of(data: bytes) -> Seal:
    """Say whether the bytes of a file are all there.

    Kinds of line ends, a byte order mark and empty lines at the end make no difference: editors change them.
    """
    data = data.removeprefix(_BOM).replace(b"\r\n", b"\n")
    seals = list(_SEAL.finditer(data))
    if not seals:
        return "missing"
    found = seals[-1]
    whole = hashlib.sha256(data[: found.start()]).hexdigest().encode() == found[1]
    return "whole" if whole and not data[found.end() :].strip() else "edited"


def is_cut_short(data: bytes) -> bool:
    """Say whether the end of what a program wrote is missing.

    Only programs that seal write a revision, above the first table; by hand nobody needs either.
    """
    return seal_of(data) == "missing" and _REVISION.search(data.partition(b"\n[")[0]) is not None


def is_seal(line: str) -> bool:
    """Say whether a line of a text is a seal, which nobody wrote."""
    return _SEAL.fullmatch(line.encode(errors="replace")) is not None
