"""`ledger report dossier`: everything about an issue in one archive, which an auditor opens without this program."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from ledger.domain.entry import TAG
from tests.cli.books import refused, typed
from tests.forged import forge


@pytest.fixture
def book(run):
    """Issue 1 with two files of one name, a meeting, a letter that was answered and a clue; issue 2 beside it."""
    for folder, text in (("a", "first"), ("b", "second")):
        Path(folder).mkdir()
        Path(folder, "签到表.txt").write_text(text, encoding="utf-8")
    Path("reply.txt").write_text("done", encoding="utf-8")
    typed(
        run,
        """
        init t --preset five-level --lang zh --title 柳河镇
        clue add 公文拖延 --channel letter --source 举报人甲某
        clue route C1 --to 办公室
        clue verify C1 --outcome founded
        clue issue C1 --title 公文办理拖延 --category 作风
        measure 1 -t 修订办法 -t 组织培训 --leader 张某 --unit 办公室 --due 2025-03-10
        add 旧账未清 -m 逐笔核对 --leader 顾某 --due 2025-06-10
        claim 1 --leader 张某
        claim 2
        plan approve --meeting 党组会
        extend 1.2 --due 2025-04-30 --request --why 讲师出差
        evidence add 1.1 a/签到表.txt --proves 全员参训
        evidence add 1.1 b/签到表.txt
        register meetings add --type committee --title 第三次党组会 --links 1
        letter draft 1.1 --rung supervise --to 办公室
        letter sign L1
        letter reply L1 -t 已办 --file reply.txt
        done 1.1 --result 办法已印发
        close 1.1 --meeting 办公会
        """,
    )


def opened(path: str | Path) -> dict[str, bytes]:
    """The files of an archive by their names."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {each.filename: archive.read(each) for each in archive.infolist()}


def test_an_auditor_finds_everything(run, book):
    """Forms, letters, history, originals under their own names, catalogue, record, checkpoint, sums, read-me."""
    result = run("report", "dossier", "1", "-o", "1.zip")
    assert (result.code, result.out) == (0, "")
    found = opened("1.zip")
    assert list(found) == [
        "README.txt", "目录.html", "目录.xlsx",
        "问题1/销号审批表.docx", "问题1/销号审批表.html", "问题1/延期审批表.docx", "问题1/延期审批表.html",
        "问题1/督办函 L1.docx", "问题1/督办函 L1.html", "问题1/履历.docx", "问题1/履历.html",
        "问题1/佐证材料/1.1/签到表.txt", "问题1/佐证材料/1.1/签到表-2.txt", "问题1/佐证材料/L1/reply.txt",
        "问题1/历史记录.jsonl", "问题1/台账记录.toml", "校验点.txt", "SHA256SUMS",
    ]  # fmt: skip
    assert found["问题1/佐证材料/1.1/签到表.txt"] == b"first"
    assert found["问题1/佐证材料/1.1/签到表-2.txt"] == b"second"
    assert found["问题1/佐证材料/L1/reply.txt"] == b"done"
    (record,) = Path("ledgers/t/issues").glob("0001-*.toml")
    assert found["问题1/台账记录.toml"] == record.read_bytes()
    course = found["问题1/履历.html"].decode()
    assert all(words in course for words in ("办公会", "第三次党组会", "讲师出差", "全员参训"))
    assert "一案一档：1 公文办理拖延" in found["README.txt"].decode()


def test_every_digest_holds(run, book):
    """SHA256SUMS names every file but itself, and the catalogue what lies in the folders."""
    run.ok("report", "dossier", "1", "2", "-o", "all.zip")
    found = opened("all.zip")
    sums = dict(reversed(line.split("  ", 1)) for line in found["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(data).hexdigest() for name, data in found.items() if name != "SHA256SUMS"
    }
    view = json.loads(run.ok("report", "dossier", "1", "2", "--json"))
    rows = view["sections"][0]["blocks"][0]["table"]["rows"]
    assert {row[3]: row[5] for row in rows}.items() <= sums.items()
    assert {row[3] for row in rows} == {name for name in found if "/" in name or name == "校验点.txt"}


def test_it_is_verified_without_this_program(run, book, tmp_path):
    """As the read-me says: sha256sum -c, and the hash of an entry under prev of the next."""
    run.ok("report", "dossier", "1", "-o", "1.zip")
    folder = tmp_path / "unpacked"
    zipfile.ZipFile("1.zip").extractall(folder)
    try:
        done = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, capture_output=True)  # noqa: S607 - whatever there is
    except FileNotFoundError:
        pytest.skip("no sha256sum here")
    assert (done.returncode, done.stdout) == (0, b"")
    lines = (folder / "问题1/历史记录.jsonl").read_text(encoding="utf-8").splitlines()
    hashes = [hashlib.sha256(TAG + line.encode()).hexdigest() for line in lines]
    assert [json.loads(line)["prev"] for line in lines] == [[], *([each] for each in hashes[:-1])]


def test_the_checkpoint_holds_against_the_ledger(run, book):
    """`check --against` takes the checkpoint of a dossier, and names a history that was rewritten since."""
    run.ok("report", "dossier", "1", "-o", "1.zip")
    Path("mark.txt").write_bytes(opened("1.zip")["校验点.txt"])
    assert run("check", "--against", "mark.txt").code == 0


def test_the_same_bytes_again(run, book):
    """Neither the moment nor the zone nor the language of the screen changes the archive."""
    run.ok("report", "dossier", "1", "-o", "one.zip", "--as-of", "2025-03-01")
    other = {"LANG": "en_US.UTF-8", "TZ": "America/New_York"}
    later = {"now": "2026-01-01T00:00:00Z", "lang": "en", "env": other}
    run.ok("report", "dossier", "1", "-o", "two.zip", "--as-of", "2025-03-01", **later)
    assert Path("one.zip").read_bytes() == Path("two.zip").read_bytes()


def test_who_gave_a_clue_is_in_no_file(run, book):
    """The source of the clue an issue came of stands in no part of the archive, packed formats included."""
    run.ok("report", "dossier", "1", "-o", "1.zip")
    secret = "举报人甲某".encode()
    (clue,) = Path("ledgers/t/clues").glob("*.toml")
    assert secret in clue.read_bytes()
    for name, data in opened("1.zip").items():
        inside = opened(io.BytesIO(data)).values() if name.endswith((".docx", ".xlsx")) else (data,)
        assert not any(secret in each for each in inside), name


def test_as_it_was(run, book):
    """A dossier of an earlier moment has the history as it was, and no record of today."""
    run.ok("note", "1.2", "-t", "后来的事", now="2025-04-01T09:00:00+08:00")
    run.ok(
        "report", "dossier", "1", "-o", "1.zip", "--known-at", "2025-03-15", now="2025-04-02T09:00:00+08:00"
    )
    found = opened("1.zip")
    assert "问题1/台账记录.toml" not in found
    assert "后来的事" not in found["问题1/历史记录.jsonl"].decode()
    assert "后来的事" not in found["问题1/履历.html"].decode()


@pytest.mark.parametrize("name", ["../../x.txt", "/etc/x.txt", "C:\\x.txt", "con.txt", "a\u202eb.txt"])
def test_names_lead_nowhere(run, book, name):
    """Whatever a forged record calls a file, in the archive it is a plain name in the folder of its measure."""
    (record,) = Path("ledgers/t/issues").glob("0001-*.toml")

    def rename(raw) -> None:
        for entry in raw:
            if entry["do"] == "evidence":
                entry["data"]["name"] = name

    forge(record, rename)
    run.ok("report", "dossier", "1", "-o", "1.zip")
    inside = [each for each in opened("1.zip") if each.startswith("问题1/佐证材料/1.1/")]
    assert len(inside) == 2
    assert all(re.fullmatch(r"问题1/佐证材料/1\.1/[a-z_-]+(-2)?\.txt", each) for each in inside), inside


def test_evidence_that_is_gone_is_named(run, book):
    """Nothing is left out in silence: a missing or changed file stops the dossier, and no archive is written."""
    digest = hashlib.sha256(b"first").hexdigest()
    (path,) = Path("ledgers/t/evidence").rglob(f"{digest}*")
    hint = "put the file back from a copy; ledger check --read-data names every one that is not right"
    path.write_bytes(b"other")
    message = f"1.1: the evidence 签到表.txt is not what was taken in ({digest})"
    refused(run, "report dossier 1 -o 1.zip", 7, message, hint, lang="en")
    path.unlink()
    message = f"1.1: the evidence 签到表.txt is missing ({digest})"
    refused(run, "report dossier 1 -o 1.zip", 7, message, hint, lang="en")
    assert not Path("1.zip").exists()


def test_a_void_issue_has_its_file_too(run, book):
    """Without forms, with everything else."""
    typed(run, "void 2 --why 重复")
    run.ok("report", "dossier", "2", "-o", "2.zip")
    names = list(opened("2.zip"))
    assert "问题2/履历.html" in names
    assert not any("审批表" in name for name in names)


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("", 2, "a dossier is of an issue", "name it: ledger report dossier 7 -o 7.zip"),
        ("1.1 -o 1.zip", 2, "a dossier is of an issue, and 1.1 is a measure", "name the issue: 1"),
        ("9 -o 9.zip", 3, "there is no issue 9 (there are 1-2)", "ledger list shows them all"),
        ("L1 -o 9.zip", 2, "L1 is not an issue, a measure or a point", "write 7, 7.2 or 7.2.1"),
        ("1 -o nowhere/1.zip", 3, "there is no folder nowhere", "make it first, or choose another place with -o"),
        ("1 --redact public -o 1.zip", 4, "the report dossier is for the office alone, and never published",
         "leave it out: ledger report dossier"),
    ],
)  # fmt: skip
def test_bad_requests(run, book, line, code, message, hint):
    """What has no dossier is refused, and nothing is written."""
    refused(run, f"report dossier {line}", code, message, hint, lang="en")


def test_no_other_report_is_an_archive(run, book):
    """A zip is the format of a dossier alone; to a terminal it is refused, into a pipe its bytes go."""
    assert run("report", "status", "-o", "x.zip").code == 2
    result = run("report", "dossier", "1", "--format", "zip", terminal=True, lang="en")
    assert (result.code, "a terminal cannot show it" in result.err) == (2, True)
    assert run.ok("report", "dossier", "1").startswith("# 柳河镇 一案一档\n")
