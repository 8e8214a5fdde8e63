"""Files that come in as evidence: only plain ones, whatever they are called, never through a link, whole or not at all."""

from __future__ import annotations

import os
import socket
import stat
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.filenames import harmless, is_reserved
from ledger.store import evidence, platform
from tests.cli.books import field, files, ready

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="a thing of Unix")
NOT_PLAIN = "give the file itself, not a link to it"


@pytest.fixture
def ledger(run):
    """An issue with a measure, and a file."""
    ready(run, "init t\nadd 文风不实 -m 甲")
    Path("a.txt").write_text("a", encoding="utf-8")


def kept() -> list[Path]:
    return [path for path in Path("ledgers/t/evidence").rglob("*") if path.is_file()]


@UNIX
@pytest.mark.parametrize("kind", ["link", "dangling", "folder link", "pipe", "socket", "device", "loop"])
def test_what_is_no_plain_file(run, ledger, kind):
    """A link, a pipe, a socket, a device is rejected (9) by name, without waiting and without following it."""
    path = Path("x.txt")
    match kind:
        case "link":
            path.symlink_to("a.txt")
        case "dangling":
            path.symlink_to("gone")
        case "folder link":
            path.symlink_to("ledgers")
        case "pipe":
            os.mkfifo(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind("x.txt")
        case "device":
            path = Path("/dev/zero")
        case "loop":
            path.symlink_to(path)
    before = files() if kind not in ("pipe", "socket") else None
    result = run("evidence", "add", "1.1", path)
    assert result == (9, "", f"error: {path} is not an ordinary file\nhint: {NOT_PLAIN}\n")
    assert kept() == []
    assert before is None or files() == before


@pytest.mark.parametrize(("more", "code"), [(-1, 0), (0, 0), (1, 9)])
def test_the_largest_file(run, ledger, monkeypatch, more, code):
    """A file may be as large as is written down, and not one byte larger; the refusal says both sizes."""
    monkeypatch.setattr(evidence, "LARGEST_BYTES", 1000)
    Path("b.txt").write_bytes(b"x" * (1000 + more))
    result = run("evidence", "add", "1.1", "b.txt")
    assert (result.code, len(kept())) == (code, 1 if code == 0 else 0)
    if code:
        assert result.err.startswith("error: b.txt has 1001 bytes; evidence may have 1000\n")


@UNIX
def test_a_huge_sparse_file(run, ledger):
    """A file that says it has a terabyte is rejected before a byte is read."""
    with Path("b.bin").open("wb") as file:
        file.truncate(1 << 40)
    size, most = 1 << 40, evidence.LARGEST_BYTES
    refused_at_once = run("evidence", "add", "1.1", "b.bin")
    Path("b.bin").unlink()
    assert refused_at_once[:2] == (9, "")
    assert refused_at_once.err.startswith(f"error: b.bin has {size} bytes; evidence may have {most}\n")


def test_a_file_that_grows_while_it_is_read(tmp_path, monkeypatch):
    """The limit holds for what is read, not only for what the file said it had."""
    monkeypatch.setattr(evidence, "LARGEST_BYTES", 10)
    monkeypatch.setattr(evidence, "_PIECE", 4)
    path = tmp_path / "log.txt"
    path.write_bytes(b"x" * 10)
    opened = evidence._opened(path)
    path.write_bytes(b"x" * 11)
    with opened, pytest.raises(evidence.RejectedInputError, match="has 11 bytes"):
        list(evidence._pieces(opened, path))


@pytest.mark.parametrize("swap", ["content", "link", "gone"])
def test_a_file_swapped_while_it_is_copied(run, ledger, monkeypatch, swap):
    """What the record says is the digest of what is kept: a file that became another one is not kept at all."""
    take_in = evidence.take_in

    def swapped(folder, received):
        Path("a.txt").unlink()
        if swap == "content":
            Path("a.txt").write_text("b", encoding="utf-8")
        elif swap == "link":
            Path("a.txt").symlink_to("ledgers/t/ledger.toml")
        return take_in(folder, received)

    monkeypatch.setattr(evidence, "take_in", swapped)
    result = run("evidence", "add", "1.1", "a.txt")
    assert (result.code, kept(), field("1.1", "evidence")) == ({"gone": 3}.get(swap, 9), [], None)


@UNIX
@pytest.mark.parametrize(("mask", "mode"), [(0o000, 0o666), (0o022, 0o644), (0o077, 0o600)])
def test_rights_follow_the_umask(run, ledger, mask, mode):
    """What is kept has the rights the umask leaves, and can never be run, even if the file given could."""
    Path("a.txt").chmod(0o777)
    before = os.umask(mask)
    try:
        run.ok("evidence", "add", "1.1", "a.txt")
        run.ok("add", "三")
        run.ok("init", "u")
    finally:
        os.umask(before)
    (file,) = kept()
    assert stat.S_IMODE(file.stat().st_mode) == mode
    written = [*Path("ledgers/t/issues").glob("0002-*"), Path("ledgers/u/ledger.toml")]
    assert [stat.S_IMODE(each.stat().st_mode) for each in written] == [mode, mode]


def test_a_damaged_copy_is_made_whole(run, ledger):
    """Giving the file again mends what is kept under its digest: changed, cut, or a link to something else."""
    run.ok("evidence", "add", "1.1", "a.txt")
    (file,) = kept()
    for damage in ("b", "", None):
        file.unlink()
        if damage is None:
            file.symlink_to(Path("a.txt").absolute())
        else:
            file.write_text(damage, encoding="utf-8")
        run.ok("evidence", "add", "1.1", "a.txt")
        assert len(field("1.1", "evidence")) == 1
        assert (file.is_symlink(), sha256(file.read_bytes()).hexdigest()) == (False, file.name[:64])


@UNIX
def test_a_link_in_the_place_of_a_folder(run, ledger):
    """What is kept never lands outside the ledger, wherever a link there leads (7)."""
    digest = sha256(b"a").hexdigest()
    Path("outside").mkdir()
    Path("ledgers/t/evidence").mkdir(exist_ok=True)
    Path("ledgers/t/evidence", digest[:2]).symlink_to(Path("outside").absolute())
    result = run("evidence", "add", "1.1", "a.txt")
    assert (result.code, list(Path("outside").iterdir())) == (7, [])
    assert "is a link, and may lead out of the ledger" in result.err


@UNIX
def test_a_folder_of_files_is_not_left(run, ledger):
    """Links in a folder that is taken in are named and left; nothing outside the folder is read."""
    Path("papers").mkdir()
    Path("papers/1.1 a.txt").write_text("a", encoding="utf-8")
    Path("papers/1.1 b.txt").symlink_to(Path("ledgers/t/ledger.toml").absolute())
    Path("papers/1.1 c").symlink_to(Path("/etc"))
    result = run("evidence", "add", "papers", "--yes")
    assert (result.code, [each["name"] for each in field("1.1", "evidence")]) == (0, ["1.1 a.txt"])
    assert ("1.1 b.txt" in result.out + result.err, "1.1 c" in result.out + result.err) == (True, True)


NAMES = {
    "../../etc/passwd": "passwd",
    "..\\..\\etc\\passwd": "passwd",
    "/etc/passwd": "passwd",
    "C:\\Windows\\x.txt": "x.txt",
    "C:x.txt": "x.txt",
    "\\\\server\\share\\x.txt": "x.txt",
    "//server/share/x.txt": "x.txt",
    "x.txt:stream": "x.txt_stream",
    "x.txt::$DATA": "x.txt__$DATA",
    "CON": "_CON",
    "nul.txt": "_nul.txt",
    "COM1.tar.gz": "_COM1.tar.gz",
    "com¹": "_com¹",
    "console.txt": "console.txt",
    "x.txt. . ": "x.txt",
    " x.txt": "x.txt",
    "..": "evidence",
    ".": "evidence",
    " . ": "evidence",
    "a/": "evidence",
    "\u202etxt.exe": "txt.exe",
    "a\x1b[31m\n.txt": "a[31m.txt",
    'a<b>|"?*.txt': "a_b_____.txt",
    "caf\u0065\u0301.pdf": "caf\u00e9.pdf",
    ".hidden": ".hidden",
    "整" * 100 + ".docx": "整" * 65 + ".docx",
    "x" * 300 + ".pdf": "x" * 116 + ".pdf",
    "\udc80.txt": ".txt",
    "例会纪要（3月）.pdf": "例会纪要（3月）.pdf",
}


@pytest.mark.parametrize(("given_name", "shown"), NAMES.items(), ids=range(len(NAMES)))
def test_names_are_cleaned(given_name, shown):
    """Traversal, drives, shares, streams, devices, hidden characters, trailing dots, length: none of it stays."""
    assert harmless(given_name, "evidence") == shown


@given(
    st.text(st.characters(exclude_categories=()), max_size=300),
    st.sampled_from(["", ".pdf", ".tar.gz", " .", "\\", "/x"]),
)
def test_any_name_can_be_used_anywhere(text, ending):
    """Whatever a file was called, its name is one part of a path, on any system, and is cleaned only once."""
    name = harmless(text + ending, "evidence")
    assert name
    assert not set(name) & set('/\\<>:"|?*\0')
    assert name.isprintable()
    assert not name.endswith((".", " "))
    assert not is_reserved(name)
    assert len(name.encode()) <= 200
    assert harmless(name, "x") == name


@UNIX
@pytest.mark.parametrize(
    "name", ["..\\..\\x.txt", "CON", "x.txt:s", "a\nb.txt", "\u202egpj.exe", "-rf", " x ", "整" * 80 + ".pdf"]
)
def test_a_strange_name_comes_in(run, ledger, name):
    """A file of any name can be given; what is shown of it is harmless, what is kept is named by its digest."""
    Path(name).write_text("x", encoding="utf-8")
    run.ok("evidence", "add", "1.1", "--", name)
    ((row,), (file,)) = field("1.1", "evidence"), kept()
    assert (row["name"], file.name[:64]) == (harmless(name, ""), sha256(b"x").hexdigest())


@pytest.mark.parametrize(
    "name",
    [
        "..",
        ".",
        "../x",
        "a/b",
        "/x",
        ".x",
        "CON",
        "com1.2025",
        "nul",
        "x.",
        "C:x",
        "a\\b",
        "a|b",
        '"',
        "x" * 61,
    ],
)
def test_names_of_ledgers(run, name):
    """A ledger's name is one folder below `ledgers/` on every system, or it is refused (2)."""
    result = run("init", name)
    assert (result.code, result.out, files()) == (2, "", {})


@pytest.mark.parametrize(
    "name", ["..", ".", "../t", "/etc", "t/../t", "t/", ".state", "x" * 300, "\udc80", "t\x00"]
)
def test_no_ledger_outside_its_folder(run, ledger, name):
    """-L, TAIZHANG_LEDGER, `use` and what `use` kept never lead out of `ledgers/`, even to a real ledger."""
    Path("ledger.toml").write_bytes(Path("ledgers/t/ledger.toml").read_bytes())
    Path("ledgers/.state").mkdir(exist_ok=True)
    Path("ledgers/.state/ledger.toml").write_bytes(Path("ledgers/t/ledger.toml").read_bytes())
    assert run("-L", name, "list").code == 3
    assert run("use", name).code == 3
    if name.isprintable():
        assert run("list", env={"TAIZHANG_LEDGER": name}).code == 3
    Path("ledgers/.state/current").write_bytes(os.fsencode(name))
    assert run("list")[:2] == run("-L", "t", "list")[:2]


def test_a_plain_file_is_opened_without_waiting(tmp_path):
    """The opened file is the one that was looked at: what became a link in between is refused."""
    path = tmp_path / "x"
    path.write_text("x", encoding="utf-8")
    os.close(platform.open_regular(path, follow=False))
    (tmp_path / "y").symlink_to(path)
    with pytest.raises(OSError, match="x|y|symbolic"):
        platform.open_regular(tmp_path / "y", follow=False)
