"""Files of evidence: where each is kept, what is opened at all, and what lies in their folder."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from ledger.errors import NotFoundError, RejectedInputError, UsageError
from ledger.store import evidence, platform
from ledger.store.evidence import Part, Received, Shelf, digest, is_kept, kept, look_at, take_in

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = "ab" * 32


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("台账.pdf", ".pdf"),
        ("台账.PDF", ".pdf"),
        ("台账", ""),
        ("台账.文件", ""),
        ("a.tar.gz", ".gz"),
        ("a.abcdefgh", ".abcdefgh"),
        ("a.abcdefghi", ""),
    ],
)
def test_where_a_file_is_kept(tmp_path: Path, name: str, suffix: str) -> None:
    """Under its digest, and with its ending where that is a plain one."""
    received = Received(tmp_path / "x", name, DIGEST, 1)
    assert received.place == PurePosixPath("evidence", "ab", DIGEST + suffix)


def test_what_is_no_file_is_told_apart(tmp_path: Path) -> None:
    """A folder and a name that nothing has are answered as what they are."""
    with pytest.raises(UsageError, match="is a folder"):
        look_at(tmp_path)
    with pytest.raises(NotFoundError, match="there is no file"):
        look_at(tmp_path / "gone")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_what_is_no_plain_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To open a device may be to do something."""
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(platform, "open_regular", lambda *_given, **_named: pytest.fail("opened"))
    with pytest.raises(RejectedInputError):
        look_at(tmp_path / "pipe")


@pytest.mark.parametrize(
    ("number", "refusal"), [(errno.ELOOP, RejectedInputError), (errno.EACCES, PermissionError)]
)
def test_what_changed_before_it_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, refusal: type[Exception]
) -> None:
    """A link put in the place of a file is rejected like any other; what the system forbids stays that."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"a")

    def opened(*_given: object, **_named: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(platform, "open_regular", opened)
    with pytest.raises(refusal):
        look_at(path)


@pytest.mark.parametrize("size", [0, 1, 10, 11, 25])
def test_the_digest_of_a_file_is_of_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """However many pieces it is read in."""
    monkeypatch.setattr(evidence, "_PIECE", 10)
    path = tmp_path / "a"
    path.write_bytes(bytes(range(size)))
    assert digest(path) == look_at(path).sha256 == hashlib.sha256(bytes(range(size))).hexdigest()


def test_what_lies_in_the_folder(tmp_path: Path) -> None:
    """Files under their digests, links and devices, and whatever else somebody put there; nothing hidden."""
    root = tmp_path / "evidence"
    names = [
        f"ab/{DIGEST}",
        f"ab/{DIGEST}.pdf",
        f"ab/{DIGEST}.PDF",
        f"ab/{'cd' * 32}",
        f"cd/{'cd' * 32}.txt",
        "ab/notes.txt",
        "ab/.hidden",
        ".hidden",
        "readme.txt",
        DIGEST,
        "abc/x",
        "AB/x",
        "ef",
    ]
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    (root / "ab" / "folder").mkdir()
    (root / "ab" / ("ab" * 31 + "00")).mkdir()
    (root / "cd" / "link").symlink_to(root / "ab" / DIGEST)
    (root / "link").symlink_to(root / "ab")
    shelf = kept(tmp_path)
    shown = {name: [path.name for path in paths] for name, paths in shelf.files.items()}
    assert shown == {DIGEST: [DIGEST, f"{DIGEST}.pdf"], "cd" * 32: [f"{'cd' * 32}.txt"]}
    assert [path.relative_to(root).as_posix() for path in shelf.links] == ["cd/link", "link"]
    assert sorted(path.relative_to(root).as_posix() for path in shelf.others) == sorted(
        [
            "AB",
            f"ab/{'cd' * 32}",
            f"ab/{DIGEST}.PDF",
            "ab/folder",
            "ab/" + "ab" * 31 + "00",
            "ab/notes.txt",
            DIGEST,
            "abc",
            "ef",
            "readme.txt",
        ]
    )


def test_a_ledger_without_a_folder_of_evidence(tmp_path: Path) -> None:
    """Nothing is there, and that is no error; nor is a file in the folder's place."""
    assert kept(tmp_path) == Shelf()
    (tmp_path / "evidence").touch()
    assert kept(tmp_path) == Shelf()


def test_what_is_kept_already_is_left_as_it_is(tmp_path: Path) -> None:
    """The same file given twice is there once, and is not written again; a damaged copy is."""
    source = tmp_path / "a.txt"
    source.write_bytes(b"evidence")
    received = look_at(source)
    take_in(tmp_path, received)
    goal = tmp_path / received.place
    before = goal.stat().st_ino
    take_in(tmp_path, received)
    assert (goal.stat().st_ino, is_kept(tmp_path, received)) == (before, True)
    goal.write_bytes(b"evidense")
    assert not is_kept(tmp_path, received)
    take_in(tmp_path, received)
    assert goal.read_bytes() == b"evidence"


def test_every_file_is_in_one_part() -> None:
    """Of three parts each digest is in exactly one, the first of them counted from one."""
    digests = [f"{number:064x}" for number in range(7)]
    parts = [[digest for digest in digests if Part(number, 3).holds(digest)] for number in (1, 2, 3)]
    assert parts == [digests[0::3], digests[1::3], digests[2::3]]
