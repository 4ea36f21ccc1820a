"""Make a library of made-up sessions, about 20 KB each, the same for the same seed on every machine.

Run: ``python benchmarks/made_library.py COUNT FOLDER [--seed N] [--today 2026-11-24]``. The files are as the
program writes them, seal and all. Of each hundred, 18 carry on from an earlier one, one is a copy of another
and one is broken.
"""

import argparse
import json
import multiprocessing
import random
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from made_session import Document, Line
from promote_tui.store.library import file_name
from promote_tui.store.seal import sealed

TODAY = date(2026, 11, 24)
BLOCK = 100
"""Files that are made together, from one seed of their own."""
_LINES = (3, 1, 2, *[1] * 12)
"""How many sessions each line has: all but its first carry on from the one before. Then it begins again."""


def made(count: int, seed: int = 1, today: date = TODAY) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file of a library."""
    for block in range((count + BLOCK - 1) // BLOCK):
        yield from _block(block, seed, today)[: count - block * BLOCK]


def write(count: int, folder: Path, seed: int = 1, today: date = TODAY) -> int:
    """Write a library on all cores into a new folder and return how many bytes it has."""
    folder.mkdir(parents=True)
    blocks = range((count + BLOCK - 1) // BLOCK)
    with multiprocessing.Pool() as pool:
        return sum(pool.imap_unordered(partial(_write_block, count, folder, seed, today), blocks))


def _write_block(count: int, folder: Path, seed: int, today: date, block: int) -> int:
    files = _block(block, seed, today)[: count - block * BLOCK]
    for name, data in files:
        (folder / name).write_bytes(data)
    return sum(len(data) for _, data in files)


def _block(block: int, seed: int, today: date) -> list[tuple[str, bytes]]:
    """Return the files of one block; the last but one is a copy, the last one is broken."""
    chance = random.Random(f"{seed}:{block}")  # noqa: S311 - the same each time is what is wanted
    documents = [one for length in _LINES * 7 for one in Line(chance, today).sessions(length)][: BLOCK - 2]
    files = [
        (file_name(one["title"], one["held_on"], block * BLOCK + number), sealed(text_of(one)))
        for number, one in enumerate(documents, 1)
    ]
    copied = {**documents[block % 90], "revision": documents[block % 90]["revision"] + block % 3}
    name, broken = files[(block + 7) % 90]
    return [
        *files,
        (f"{files[block % 90][0].removesuffix('.toml')} conflict {block + 1}.toml", sealed(text_of(copied))),
        (f"broken {block + 1} {name}", _broken(broken, block)),
    ]


def _broken(data: bytes, kind: int) -> bytes:
    """Return what lies about beside sessions: cut short, no TOML, no UTF-8, empty, something else."""
    other = b'[project]\nname = "something else"\n'
    return (data[: len(data) // 2], data.replace(b" = ", b" : ", 9), data + b"\xff\xfe", b"", other)[kind % 5]


# the text, as the program writes it


def text_of(document: Document) -> str:
    """Return the text of a session file: the values of a table first, then the tables in it."""
    return "".join(_table((), document)).lstrip("\n")


_INLINE = {"votes", "three_days", "three_weeks", "three_months", "dissent"}


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    inner = []
    for key, value in table.items():
        if value in ("", None, [], {}):
            continue
        if key not in _INLINE and (
            isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], dict))
        ):
            inner.append((key, value))
        else:
            yield f"{key} = {_value(value)}\n"
    for key, value in inner:
        name = ".".join((*path, key))
        for item in (value,) if isinstance(value, dict) else value:
            yield f"\n[{name}]\n" if isinstance(value, dict) else f"\n[[{name}]]\n"
            yield from _table((*path, key), item)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_value(item)}' for key, item in value.items() if item)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY)
    args = parser.parse_args()
    size = write(args.count, args.folder, args.seed, args.today)
    print(f"{args.count} files, {size / 1e6:.1f} MB, {size / args.count / 1e3:.1f} KB each")


if __name__ == "__main__":
    main()
