import os
import sys
from pathlib import Path

import pytest

from promote_tui.store.own_files import is_id, read_own

ID = "0a6f4e0e-1c2d-4b7a-9a51-3f2f8f0f7d11"


def test_only_the_id_of_a_session_may_become_a_path() -> None:
    assert is_id(ID)
    assert is_id(ID.upper())
    for hostile in ("", "..", "../x", f"{ID}\n", f"../{ID}", f"{ID}/..", ID[:-1], ID.replace("0", "٠")):
        assert not is_id(hostile), hostile


def test_a_file_is_read_up_to_one_byte_more_than_asked(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"12345")
    assert [read_own(file, most) for most in (3, 4, 5)] == [b"1234", b"12345", b"12345"]


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    others = [tmp_path / "none", tmp_path]
    if sys.platform != "win32":
        others += [tmp_path / "pipe", tmp_path / "link"]
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "a").write_bytes(b"1")
        (tmp_path / "link").symlink_to(tmp_path / "a")
    for other in others:
        with pytest.raises(OSError, match=r".+"):
            read_own(other, 10)
