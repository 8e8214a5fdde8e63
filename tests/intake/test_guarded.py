"""The process that reads strangers' files: its limits hold, and whatever becomes of it, a person reads one message."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger import language
from ledger.errors import ConflictError, RejectedInputError, StorageError, UsageError
from ledger.intake import guarded, read
from ledger.intake.child import KEPT
from ledger.intake.kinds import Kind
from ledger.intake.proposal import Proposal, Remark
from ledger.intake.reading import Received

TEXT = "一、整改情况\n1.关于“台账不全”的问题\n整改情况:一是补齐台账。\n"
FILE = Received("notice.txt", TEXT.encode(), Kind.TEXT)
posix = pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX")


def ask(received=FILE, **options):
    return guarded.ask("import", received, answers=(Proposal,), **options)


def child(monkeypatch, program):
    """Let the child do `program` where it would read the file; `received` and `tell` are there."""
    monkeypatch.setattr(
        guarded,
        "_START",
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from ledger.intake import child\n"
        "from ledger.intake.proposal import Proposal\n"
        "def task(received, arguments, tell):\n"
        + "".join(f"    {line}\n" for line in program.splitlines())
        + "    return Proposal(received.name, 'narrative', None)\n"
        "child.TASKS = {'import': task}\n"
        "child.main()\n",
    )


def test_a_file_is_read_in_another_process(monkeypatch):
    """The answer comes from a process that is gone afterwards; this one loads nothing of the readers."""
    child(monkeypatch, "import os\nreturn Proposal(str(os.getpid()), 'narrative', None)")
    answer = ask()
    assert answer.file != str(os.getpid())
    if sys.platform != "win32":
        with pytest.raises(ProcessLookupError):
            os.kill(int(answer.file), 0)


def test_what_was_done_before_is_said_in_the_answer():
    """Remarks of the way to the child come back with those of the child."""
    received = Received("x.doc", TEXT.encode("gb18030"), Kind.TEXT, (Remark("converted", "by hand"),))
    assert [remark.code for remark in ask(received).warnings][:2] == ["converted", "encoding"]


@pytest.mark.parametrize("wish", ["zh", "en"])
def test_the_child_speaks_our_language(wish):
    """Remarks and refusals of the child are in the language spoken here."""
    with language.speaking(wish):
        remark = ask(Received("a", "没有内容。".encode(), Kind.TEXT)).warnings[0].message
        with pytest.raises(RejectedInputError) as caught:
            ask(Received("a", b"\x00", Kind.TEXT))
    chinese = wish == "zh"
    assert (remark.isascii(), caught.value.message.isascii()) == (not chinese, not chinese)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("RejectedInputError", RejectedInputError),
        ("UsageError", UsageError),
        ("ConflictError", ConflictError),
    ],
)
def test_an_error_of_the_child_is_raised_here(monkeypatch, error, kind):
    """What a reader raises is raised here: the same class, message and hint."""
    child(monkeypatch, f"from ledger import errors\nraise errors.{error}('what', 'do this')")
    with pytest.raises(kind) as caught:
        ask()
    assert (type(caught.value), caught.value.message, caught.value.hint) == (kind, "what", "do this")


PROGRAMS = {
    "exception": "raise KeyError('x')",
    "recursion": "def f(): f()\nf()",
    "exit": "import os; os._exit(0)",
    "exit code": "import os; os._exit(7)",
    "system exit": "raise SystemExit(3)",
    "interrupted": "raise KeyboardInterrupt",
    "abort": "import os; os.abort()",
    "segfault": "import ctypes; ctypes.string_at(0)",
    "no dataclass": "return 3",
    "other dataclass": "from ledger.intake.proposal import Contact\nreturn Contact()",
    "wrong values": "return Proposal(3, 'narrative', None)",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_a_child_that_breaks_is_a_refusal(monkeypatch, capfd, program):
    """However the child ends without an answer that makes sense: refused by name with a hint, nothing printed."""
    child(monkeypatch, program)
    with pytest.raises(RejectedInputError, match="notice.txt cannot be read") as caught:
        ask()
    assert caught.value.hint
    assert capfd.readouterr() == ("", "")


def test_where_a_reader_broke_is_shown_to_whoever_asks(monkeypatch, run, tmp_path):
    """TAIZHANG_DEBUG=1 shows where in the child it broke; without it there is one message and its hint."""
    (tmp_path / "notice.txt").write_text(TEXT, encoding="utf-8")
    child(monkeypatch, "raise KeyError('somewhere')")
    told = run("import", "notice.txt", "--dry-run")
    assert (told.code, told.out, "somewhere" in told.err, len(told.err.splitlines())) == (9, "", False, 2)
    assert (
        "KeyError: 'somewhere'" in run("import", "notice.txt", "--dry-run", env={"TAIZHANG_DEBUG": "1"}).err
    )


@pytest.mark.parametrize(
    "said",
    [b"", b"garbage\n", b"[1, 2]\n", b"null\n", b"{}\n", b'{"answer": "Proposal", "value": [1]}\n', b"\xff\xfe\n",
     b"[" * 100_000 + b"\n", b'{"progress": "x"}\n', b'{"answer": ["Proposal"]}\n', b'{"error": "SystemExit"}\n',
     b'{"error": "LedgerErrors", "message": 1}\n', b'{"answer": "Proposal", "value"'],
)  # fmt: skip
def test_nonsense_is_a_refusal(monkeypatch, said):
    """Whatever a child says instead of an answer: refused by name."""
    monkeypatch.setattr(guarded, "_START", f"import sys; sys.stdout.buffer.write({said!r})")
    with pytest.raises(RejectedInputError, match="notice.txt cannot be read"):
        ask()


def test_what_a_library_prints_is_not_seen(monkeypatch, capfd):
    """Whatever is printed in the child, to either stream, reaches neither the answer nor the terminal."""
    child(
        monkeypatch,
        "import os, sys\nprint('noise')\nprint('{\"answer\": 1}', flush=True)\nsys.stderr.write('warning')\n"
        "os.write(1, b'bytes')\nos.write(2, b'bytes')\nimport warnings; warnings.warn('x')",
    )
    assert ask().layout == "narrative"
    assert capfd.readouterr() == ("", "")


@posix
def test_memory_has_a_limit(monkeypatch):
    """A reader that wants a gigabyte is told no, at once or bit by bit; the message says so."""
    for program in ("x = bytearray(1 << 30)", "x = []\nwhile True: x.append(bytearray(1 << 20))"):
        child(monkeypatch, program)
        with pytest.raises(RejectedInputError, match="more memory than it may have"):
            ask()


@posix
def test_time_has_a_limit(monkeypatch):
    """A reader that computes for ever is ended, and so is one that only waits."""
    child(monkeypatch, "while True: pass")
    monkeypatch.setattr(
        guarded, "_START", "from ledger.intake import child; child.SECONDS = 1\n" + guarded._START
    )
    with pytest.raises(RejectedInputError, match="takes more than"):
        ask()
    child(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(guarded, "PATIENCE", 0.5)
    start = time.monotonic()
    with pytest.raises(RejectedInputError, match="takes more than"):
        ask()
    assert time.monotonic() - start < 10


@posix
def test_the_child_writes_no_file(monkeypatch, tmp_path):
    """A reader that would write a file cannot."""
    place = str(tmp_path / "x")
    child(monkeypatch, f"import os\nos.write(os.open({place!r}, os.O_CREAT | os.O_WRONLY), b'x')")
    with pytest.raises(RejectedInputError):
        ask()
    assert (tmp_path / "x").read_bytes() == b""


def test_the_child_sees_no_environment(monkeypatch, tmp_path):
    """Neither variables nor the folder one stands in reach the child: a module that lies there is not loaded."""
    (tmp_path / "json.py").write_text("raise SystemExit('loaded')")
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "__init__.py").write_text("raise SystemExit('loaded')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("SECRET", "1")
    child(monkeypatch, "import os\nreturn Proposal(','.join(sorted(os.environ)), 'narrative', None)")
    assert set(ask().file.split(",")) <= {*KEPT, "LANGUAGE", "LC_CTYPE"}


def test_progress_is_told_and_only_when_it_makes_sense(monkeypatch):
    """Each thing the child says of its progress reaches who asked; what is no progress does not."""
    child(
        monkeypatch,
        "import time\nfor n in range(3): tell(n, 3, 'rows'); time.sleep(0.15)\ntell(4, None, '行')",
    )
    told = []
    ask(on_progress=lambda *said: told.append(said))
    assert told == [(0, 3, "rows"), (1, 3, "rows"), (2, 3, "rows"), (4, None, "行")]
    child(monkeypatch, "for n in range(100000): tell(n, None, 'rows')")
    told.clear()
    ask(on_progress=lambda *said: told.append(said))
    assert 1 <= len(told) <= 40
    child(monkeypatch, "child._RHYTHM = 0\ntell('x', None, 3)\ntell(1, 2, 'rows')")
    told.clear()
    ask(on_progress=lambda *said: told.append(said))
    assert told == [(1, 2, "rows")]


def test_nothing_is_left_when_the_command_is_interrupted(monkeypatch):
    """A Ctrl-C while the child works ends the child too."""
    child(monkeypatch, "import os, time\ntell(os.getpid(), None, '')\ntime.sleep(60)")
    started = []

    def interrupt(done, _total, _what):
        started.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(on_progress=interrupt)
    if sys.platform != "win32":
        with pytest.raises(ProcessLookupError):
            os.kill(started[0], 0)


def test_a_large_file_is_handed_over_whole(monkeypatch):
    """What is larger than any pipe reaches the child byte for byte; a child that does not listen is no hang."""
    import hashlib

    data = os.urandom(1 << 20) * 20
    child(
        monkeypatch,
        "import hashlib\nreturn Proposal(hashlib.sha256(received.data).hexdigest(), 'narrative', None)",
    )
    assert ask(Received("x", data, Kind.TEXT)).file == hashlib.sha256(data).hexdigest()
    monkeypatch.setattr(guarded, "_START", "pass")
    with pytest.raises(RejectedInputError):
        ask(Received("x", data, Kind.TEXT))


def test_no_other_process_is_an_error_of_the_system(monkeypatch):
    """Where the system starts no process the error is 8, and says what to do."""

    def refused(*_arguments, **_options):
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refused)
    with pytest.raises(StorageError, match="starts no process") as caught:
        ask()
    assert caught.value.hint


def test_the_bytes_are_named_in_the_answer(tmp_path):
    """A proposal carries the digest of the file as it was received."""
    import hashlib

    path = tmp_path / "notice.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    assert read(path, stdin=io.BytesIO()).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_starting_the_child_loads_little(monkeypatch):
    """Before it has looked at the file, the child has loaded no library for documents and nothing of our store."""
    child(monkeypatch, "import sys\nreturn Proposal(' '.join(sys.modules), 'narrative', None)")
    loaded = set(ask().file.split())
    heavy = {
        "lxml",
        "openpyxl",
        "docx",
        "subprocess",
        "asyncio",
        "typer",
        "sqlite3",
        "ledger.store",
        "ledger.intake.notice",
    }
    assert loaded & heavy == set()
    assert Path(guarded.__file__).parents[2].is_dir()
