"""What comes from outside is looked at with care: no name leads anywhere, nothing unpacks without end."""

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from promote_tui.store import arriving, durable, toml_text
from promote_tui.store.arriving import arrivals
from promote_tui.store.library import LibraryError

WORDS = b'title = "Tea"\n'


def held(source: Path) -> dict[str, bytes | str]:
    """Return the bytes of each file that arrives, or the sentence why not, under its name."""
    with arrivals(source) as (found, trouble):
        assert trouble == ""
        return {one.name: why or data for one in found for data, why in [one.read()]}


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members:
            packed.writestr(name, data)
    return path


def test_a_folder_and_its_folders_are_looked_into_and_no_deeper(tmp_path: Path) -> None:
    names = ("a.toml", "B.TOML", "inbox.toml", "notes.txt", ".hidden.toml", "x/c.toml", "archive/d.toml")
    for name in (*names, ".git/e.toml", "x/y/f.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(WORDS)
    with arrivals(tmp_path) as (found, trouble):
        assert trouble == ""
        looked = {one.name: (one.is_named_like_one, one.put_away) for one in found}
    assert looked == {
        "B.TOML": (True, False),
        "a.toml": (True, False),
        "archive/d.toml": (True, True),
        "inbox.toml": (False, False),
        "notes.txt": (False, False),
        "x/c.toml": (True, False),
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links and pipes")
def test_a_file_that_is_none_or_changes_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("fine.toml", "changed.toml", "gone.toml", "refused.toml"):
        (folder / name).write_bytes(WORDS)
    (folder / "large.toml").write_bytes(b"#" * (toml_text.LARGEST + 1))
    (tmp_path / "secret").write_bytes(WORDS)
    (folder / "link.toml").symlink_to(tmp_path / "secret")
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.toml")
    real = durable.read

    def read(path: Path, most: int) -> bytes:
        data = real(path, most)
        if path.name == "changed.toml":
            path.write_bytes(WORDS + WORDS)
        if path.name == "refused.toml":
            raise PermissionError(13, "no")
        return data

    monkeypatch.setattr(durable, "read", read)
    with arrivals(folder) as (found, _):
        (folder / "gone.toml").unlink()
        told = {one.name: one.read() for one in found}
    assert told == {
        "fine.toml": (WORDS, ""),
        "changed.toml": (b"", "It was changed while it was read. Try again."),
        "gone.toml": (b"", "It has gone meanwhile."),
        "large.toml": (b"", "It is larger than 5 MB."),
        "link.toml": (b"", "It is a link to another place, or no file."),
        "linked": (b"", "It is a link to another place, or no file."),
        "pipe.toml": (b"", "It is a link to another place, or no file."),
        "refused.toml": (b"", "refused.toml: this account may not read it."),
    }


def test_no_file_of_a_zip_leads_anywhere_or_unpacks_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = zipfile.ZipInfo("link.toml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    by_lzma = zipfile.ZipInfo("lzma.toml")
    by_lzma.compress_type = zipfile.ZIP_LZMA
    folder = zipfile.ZipInfo("folder/")
    outside = "Its name leads to another place."
    cases: list[tuple[str | zipfile.ZipInfo, bytes, bytes | str | None]] = [
        ("fine.toml", WORDS, WORDS),
        ("PROMOTE/archive/away.toml", WORDS, WORDS),
        ("Früh ☕.toml", WORDS, WORDS),
        ("bomb.toml", b"\0" * 50_000_000, "It is larger than 5 MB."),
        ("../../out.toml", WORDS, outside),
        ("a/../../out.toml", WORDS, outside),
        ("/etc/out.toml", WORDS, outside),
        ("C:\\out.toml", WORDS, outside),
        ("..\\out.toml", WORDS, outside),
        ("__MACOSX/._fine.toml", WORDS, None),
        (".hidden.toml", WORDS, None),
        (folder, b"", None),
        (link, b"/etc/passwd", "It is a link to another place, or no file."),
        (by_lzma, WORDS, "It is packed in a way that is not understood."),
    ]
    path = zipped(tmp_path / "all.zip", *((name, data) for name, data, _ in cases))
    wanted = {
        name if isinstance(name, str) else name.filename: is_there
        for name, _, is_there in cases
        if is_there is not None
    }
    before = {one.name for one in tmp_path.iterdir()}
    assert held(path) == wanted
    assert {one.name for one in tmp_path.iterdir()} == before
    with arrivals(path) as (found, _):
        assert [one.name for one in found if one.put_away] == ["PROMOTE/archive/away.toml"]

    monkeypatch.setattr(arriving, "LARGEST_ZIP", 20_000)
    path = zipped(tmp_path / "much.zip", *((f"{n}.toml", b"#" * 9_000) for n in range(5)))
    assert [len(one) for one in held(path).values()][:3] == [9_000] * 3
    assert set(list(held(path).values())[3:]) == {"The .zip holds more than can be taken in at once."}
    monkeypatch.setattr(arriving, "MOST", 3)
    with arrivals(path) as (found, trouble):
        assert (len(found), trouble) == (3, "There are more than 3 files. Only so many are looked at.")


def test_a_damaged_or_locked_file_of_a_zip_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "some.zip", ("one.toml", WORDS * 9), ("two.toml", WORDS))
    whole = path.read_bytes()
    names = [at for at in range(len(whole)) if whole[at : at + 8] == b"one.toml"]
    damaged = bytearray(whole)
    damaged[names[0] + 12] ^= 0xFF
    path.write_bytes(damaged)
    assert held(path) == {"one.toml": "It is damaged.", "two.toml": WORDS}
    locked = bytearray(whole)
    locked[6] |= 1
    locked[names[1] - 46 + 8] |= 1
    path.write_bytes(locked)
    assert held(path) == {"one.toml": "It is locked with a password.", "two.toml": WORDS}
    lying = bytearray(whole)
    lying[names[1] - 46 + 24 : names[1] - 46 + 28] = struct.pack("<I", 5)
    path.write_bytes(lying)
    assert held(path)["one.toml"] == "It is damaged."
    older = bytearray(whole).replace(b"two.toml", b"tw\x94.toml")  # a name of old days
    path.write_bytes(older)
    assert set(held(path)) == {"one.toml", "twö.toml"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_what_is_no_folder_and_no_zip_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("one.toml", WORDS)
    long = packed.getvalue()[:-10] + struct.pack("<IIH", 2**31, 0, 0)
    cases = {
        "words.zip": (WORDS, "neither a folder nor"),
        "empty.zip": (b"", "neither a folder nor"),
        "cut.zip": (packed.getvalue()[:40], "neither a folder nor"),
        "end.zip": (packed.getvalue()[-22:], "neither a folder nor"),
        "long.zip": (long, "too large"),
        "huge.zip": (b"PK\x06\x07" + packed.getvalue()[-22:], "too large"),
    }
    for name, (data, why) in cases.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(LibraryError, match=why), arrivals(tmp_path / name):
            pass
    with pytest.raises(LibraryError, match="There is no folder and no file"), arrivals(tmp_path / "gone"):
        pass
    os.mkfifo(tmp_path / "pipe.zip")
    with pytest.raises(LibraryError, match="neither a folder nor"), arrivals(tmp_path / "pipe.zip"):
        pass
    for at in range(0, len(packed.getvalue()), 3):  # whatever is broken, it is said
        broken = bytearray(packed.getvalue())
        broken[at] ^= 0xFF
        (tmp_path / "broken.zip").write_bytes(broken)
        try:
            held(tmp_path / "broken.zip")
        except LibraryError:
            continue

    def refused(*_: object) -> int:
        raise PermissionError(13, "no")

    with monkeypatch.context() as patch:
        patch.setattr(durable.System, "open", refused)
        with pytest.raises(LibraryError, match="may not read it"), arrivals(tmp_path / "words.zip"):
            pass
