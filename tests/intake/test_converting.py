"""Old kinds of files: converted by LibreOffice where it is there, refused with what to do where it is not."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import time
import zipfile

import pytest

from ledger.errors import RejectedInputError
from ledger.intake import converting, kinds, read
from tests.intake.packages import book, word, zipped

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script in the place of LibreOffice")
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
RTF = b"{\\rtf1\\ansi x}"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00")


def open_document(kind, **more):
    parts = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<a/>"} | more
    return zipped(parts, zipfile.ZIP_STORED)


@pytest.fixture
def libreoffice(tmp_path, monkeypatch):
    """Put a script in the place of LibreOffice; it finds what it was told in $@, and where to write in $out."""

    def install(script):
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / "soffice"
        find = 'while [ $# -gt 0 ]; do [ "$1" = --outdir ] && out=$2; last=$1; shift; done\n'
        program.write_text(f'#!/bin/sh\nall="$*"\n{find}{script}\n', encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        return program

    return install


def put(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def imported(path):
    return read(path, stdin=io.BytesIO())


@pytest.mark.parametrize(
    ("name", "data", "hint"),
    [
        ("a.doc", COMPOUND, "save it as .docx"),
        ("a.rtf", RTF, "save it as .docx"),
        ("a.et", COMPOUND, "save it as .xlsx"),
    ],
)
def test_without_libreoffice_it_is_said_what_to_do(tmp_path, monkeypatch, name, data, hint):
    """Where LibreOffice is missing, an old file is refused by its kind, with the kind to save it as."""
    monkeypatch.setattr(converting, "program", lambda: None)
    with pytest.raises(
        RejectedInputError, match="LibreOffice, which could convert it, is not installed"
    ) as caught:
        imported(put(tmp_path, name, data))
    assert hint in caught.value.hint


def test_a_program_beside_one_is_not_libreoffice(tmp_path, monkeypatch):
    """A file named soffice in the folder one stands in is not run."""
    put(tmp_path, "soffice", b"#!/bin/sh\n").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", ".")
    assert converting.program() in (None, *converting._PLACES)


def test_what_is_made_is_read_and_said(tmp_path, libreoffice):
    """What comes out is read like a received file, under the received name, with a remark that it was converted."""
    made = put(tmp_path, "made", word())
    libreoffice(f'cp {made} "$out/received.docx"')
    path = put(tmp_path, "notice.doc", COMPOUND)
    found = imported(path)
    assert (found.file, [issue.title for issue in found.issues]) == (str(path), ["台账不全"])
    assert [remark.code for remark in found.warnings][:1] == ["converted"]


def test_the_bytes_that_were_received_are_named(tmp_path, libreoffice):
    """The digest is that of the received file, not of what was made of it."""
    import hashlib

    made = put(tmp_path, "made", word())
    libreoffice(f'cp {made} "$out/received.docx"')
    assert imported(put(tmp_path, "a.doc", COMPOUND)).sha256 == hashlib.sha256(COMPOUND).hexdigest()


def test_it_runs_apart_from_ours(tmp_path, libreoffice):
    """A profile of its own, macros off, no way to the network, the file under a plain name; nothing is left."""
    made = put(tmp_path, "made", word())
    seen = tmp_path / "seen"
    libreoffice(
        f'{{ echo "$all"; env; cat "$HOME/profile/user/registrymodifications.xcu"; pwd; ls; ulimit -t; }} > {seen}\n'
        f'cp {made} "$out/received.docx"'
    )
    imported(put(tmp_path, "--evil name;.doc", COMPOUND))
    told = seen.read_text(encoding="utf-8")
    assert "-env:UserInstallation=file:///" in told
    assert "received.doc" in told
    assert "evil" not in told
    for setting in ("DisableMacrosExecution", "MacroSecurityLevel", "BlockUntrustedRefererLinks"):
        assert setting in told
    assert "http_proxy=http://127.0.0.1:9" in told
    assert "TAIZHANG_ACTOR" not in told
    assert told.rstrip().endswith("120")
    folder = next(line.removeprefix("HOME=") for line in told.splitlines() if line.startswith("HOME="))
    assert not os.path.exists(folder)  # noqa: PTH110


WRONG = {
    "fails": "exit 1",
    "says it is well": "exit 0",
    "nothing": ': > "$out/received.docx"',
    "garbage": 'echo garbage > "$out/received.docx"',
    "a program": 'printf "MZ\\0" > "$out/received.docx"',
    "another kind": 'printf "{\\\\\\\\rtf1" > "$out/received.docx"',
    "a link": 'ln -s /etc/passwd "$out/received.docx"',
    "a folder": 'mkdir "$out/received.docx"',
    "killed": "kill -9 $$",
}


@pytest.mark.parametrize("script", WRONG.values(), ids=WRONG)
def test_what_does_not_convert_is_refused(tmp_path, libreoffice, script, capfd):
    """LibreOffice fails, or makes nothing, or something else: refused, with what to do; nothing is printed."""
    libreoffice(f"echo noise; echo noise >&2\n{script}")
    with pytest.raises(RejectedInputError) as caught:
        imported(put(tmp_path, "notice.doc", COMPOUND))
    assert caught.value.hint
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (word(**{"word/vbaProject.bin": b"\xd0"}), "holds macros"),
        (word(**{"word/document.xml": (b" " * (1 << 20), 150)}), "larger than 100 MB"),
    ],
    ids=["macros", "bomb"],
)
def test_what_is_made_is_looked_over(tmp_path, libreoffice, data, words):
    """What comes out goes through the same checks as anything received."""
    made = put(tmp_path, "made", data)
    libreoffice(f'cp {made} "$out/received.docx"')
    with pytest.raises(RejectedInputError, match=words):
        imported(put(tmp_path, "notice.doc", COMPOUND))


def test_it_is_ended_when_it_takes_too_long(tmp_path, libreoffice, monkeypatch):
    """After its time it is ended with all it has started, and nothing is left."""
    monkeypatch.setattr(converting, "PATIENCE", 0.5)
    pids = tmp_path / "pids"
    libreoffice(f"sleep 77 & echo $! > {pids}; wait")
    start = time.monotonic()
    with pytest.raises(RejectedInputError, match="took more than"):
        imported(put(tmp_path, "notice.doc", COMPOUND))
    assert time.monotonic() - start < 10
    time.sleep(0.1)
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", pids.read_text().strip()], capture_output=True, text=True, check=False
    )
    assert state.stdout.strip() in ("", "Z")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (open_document("text", **{"Basic/Standard/a.xml": "<a/>"}), "holds macros"),
        (open_document("text", **{"META-INF/manifest.xml": "<m:encryption-data/>"}), "password"),
        (open_document("text", **{"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "document type"),
        (open_document("presentation"), "of the kind zip"),
    ],
    ids=["macros", "password", "entities", "slides"],
)
def test_an_open_document_is_looked_over_first(tmp_path, libreoffice, data, words):
    """Macros, passwords and entities of OpenDocument files are refused before LibreOffice sees them."""
    started = tmp_path / "started"
    libreoffice(f"touch {started}")
    with pytest.raises(RejectedInputError, match=words):
        imported(put(tmp_path, "notice.odt", data))
    assert not started.exists()


def test_an_old_bomb_is_looked_over_first(tmp_path, libreoffice):
    """An OpenDocument file that unfolds beyond measure never reaches LibreOffice."""
    started = tmp_path / "started"
    libreoffice(f"touch {started}")
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": (b" " * (1 << 20), 300)}
    data = zipped(parts)
    at = data.index(b"mimetype")
    with pytest.raises(RejectedInputError, match="larger than 100 MB"):
        imported(put(tmp_path, "notice.odt", data))
    assert at == 30
    assert not started.exists()


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "into", "name"),
    [
        ("docx", "doc", "n.doc"),
        ("docx", "rtf", "n.wps"),
        ("docx", "odt", "n.odt"),
        ("xlsx", "xls", "l.et"),
        ("xlsx", "ods", "l.ods"),
    ],
)
def test_the_real_one_converts(tmp_path, source, into, name):
    """What LibreOffice itself wrote in an old kind comes in with its issue, and says that it was converted."""
    made = put(tmp_path, f"made.{source}", word() if source == "docx" else book())
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", into, "--outdir", str(tmp_path), str(made)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    path = put(tmp_path, name, (tmp_path / f"made.{into}").read_bytes())
    found = imported(path)
    assert [issue.title for issue in found.issues] == ["台账不全"]
    assert "converted" in [remark.code for remark in found.warnings]


def test_every_old_kind_has_a_way_out():
    """Each kind that is converted has what it is made into, and a limit of size."""
    from ledger.intake.reading import LIMITS

    assert set(converting._INTO) == set(converting._ENDINGS) == {kinds.Kind.WRITING, kinds.Kind.SHEETS}
    assert set(converting._INTO) <= set(LIMITS)
