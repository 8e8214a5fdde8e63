"""`ledger freeze` and `ledger verify`: what was sent stays, and can be made again whatever is written down later."""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from pathlib import Path

import pytest

from tests import town

JULY = "2025-07-01T09:00:00+08:00"
LATER = "2025-07-20T09:00:00+08:00"
HOME = Path("ledgers/2025/frozen")


@pytest.fixture
def ledger(run):
    return town.start(run)


@pytest.fixture
def frozen(run, ledger):
    """June is frozen."""
    run.ok("freeze", "2025-06", now=JULY)
    return HOME / "2025-06"


def files() -> dict[str, bytes]:
    found = (path for path in Path("ledgers/2025").rglob("*") if path.is_file())
    return {path.as_posix(): path.read_bytes() for path in found}


def verified(run, *periods: str, now: str = LATER) -> tuple[int, str]:
    result = run("verify", *periods, now=now)
    assert result.err == ""
    return result.code, result.out


def test_what_is_written(run, frozen):
    """The report is what `report` writes of the day, and everything it rests on lies beside it, by its digest."""
    manifest = tomllib.loads((frozen / "manifest.toml").read_text(encoding="utf-8"))
    sizes = {each["path"]: each.pop("size") for each in manifest["files"]}
    digests = {each["path"]: each["sha256"] for each in manifest.pop("files")}
    inside = {path.relative_to(frozen).as_posix() for path in frozen.rglob("*") if path.is_file()}
    assert {*digests, "manifest.toml"} == inside
    assert {"basis/ledger.toml", "basis/people.toml", "checkpoint.txt", "views/status.json", "status.md"} <= {
        *digests
    }
    for path, digest in digests.items():
        data = (frozen / path).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (digest, sizes[path])
    asked = ("report", "status", "--as-of", "2025-06-30", "--known-at", JULY)
    assert (frozen / "status.md").read_text(encoding="utf-8") == run.ok(*asked, now=LATER)
    assert manifest.pop("checkpoint") in (frozen / "checkpoint.txt").read_text(encoding="utf-8")
    assert {**manifest, "reports": manifest["reports"][:1], "as_of": str(manifest["as_of"])} == {
        "format": 1, "period": "2025-06", "issue": 1, "as_of": "2025-06-30", "known_at": JULY, "by": "林某",
        "version": manifest["version"], "language": "en", "reports": ["status.md"], "entries": 12,
    }  # fmt: skip
    assert hashlib.sha256((frozen / "manifest.toml").read_bytes()).hexdigest() in run.ok("show", "freezes:1")


def test_the_second_time_is_refused(run, frozen):
    """What is frozen stays; a reissue needs a reason, lies beside it and names what it replaces."""
    before = files()
    assert run("freeze", "2025年6月", now=LATER) == (
        4,
        "",
        "error: 2025-06 is frozen already, as 2025-06\n"
        "hint: what is frozen stays; a further issue: --reissue --why REASON\n",
    )
    assert run("freeze", "2025-06", "--reissue", now=LATER).code == 4
    assert run("freeze", "2025-05", "--reissue", "--why", "x", now=LATER).code == 4
    assert files() == before
    run.ok("note", "2.2", "-t", "found later", "--on", "2025-06-20", now=LATER)
    run.ok("freeze", "2025-06", "--reissue", "--why", "an entry was late", now=LATER)
    again = tomllib.loads((HOME / "2025-06-r2/manifest.toml").read_text(encoding="utf-8"))
    assert (again["issue"], again["replaces"], again["why"]) == (2, "2025-06", "an entry was late")
    assert {path: data for path, data in files().items() if "frozen/2025-06/" in path} == {
        path: data for path, data in before.items() if "frozen/2025-06/" in path
    }
    assert (HOME / "2025-06/status.md").read_bytes() != (HOME / "2025-06-r2/status.md").read_bytes()
    rows = json.loads(run.ok("freeze", "--json", now=LATER))["periods"]
    assert [(each["name"], each["replaces"], each["why"]) for each in rows] == [
        ("2025-06", None, None),
        ("2025-06-r2", "2025-06", "an entry was late"),
    ]
    assert verified(run)[0] == 0


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (("2025-07",), 4, "2025-07 is not over: its last day is 2025-07-31"),
        (("2025-W27",), 4, "2025-W27 is not over"),
        (("2025-07", "--as-of", "2025-07-02"), 4, "2025-07-02 has not come yet"),
        (("2025-06", "--as-of", "2025-07-01"), 2, "2025-07-01 does not lie in 2025-06"),
        (("June",), 2, '"June" is not a period'),
        (("2025-06", "--report", "nothing.md"), 2, "there is no report nothing"),
        (("2025-06", "--report", "status.pdf"), 2, "reports cannot be written as pdf"),
        (("--reissue",), 2, "which period is to be frozen is not said"),
    ],
)
def test_what_cannot_be_frozen(run, ledger, argv, code, words):
    """A period that is not over, or a report there is not: one message, nothing written."""
    before = files()
    result = run("freeze", *argv, now=JULY)
    assert (result.code, result.out, files()) == (code, "", before)
    assert words in result.err


def test_a_dry_run_tells_all_and_writes_nothing(run, ledger):
    """Every file with its size and digest; those that are written then are the same."""
    before = files()
    planned = run.ok("freeze", "2025-Q2", "--dry-run", now=JULY)
    assert files() == before
    run.ok("freeze", "2025-Q2", now=JULY)
    rows = [line.split("\t") for line in planned.splitlines()[1:]]
    assert {path: digest for path, _size, digest in rows} == {
        path: hashlib.sha256(data).hexdigest()
        for path, data in files().items()
        if "/frozen/" in path and not path.endswith("manifest.toml")
    }


def test_a_ledger_with_faults_is_not_frozen(run, ledger):
    """Neither while a record is damaged nor while it says in its file what no report of a day says."""
    (path,) = Path("ledgers/2025/issues").glob("0002-*")
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace("Old debts", "New debts"), encoding="utf-8")
    result = run("freeze", "2025-06", now=JULY)
    assert (result.code, "ledger check names them" in result.err) == (4, True)
    path.write_text(sound.replace('"do":"add"', '"do":"ad"'), encoding="utf-8")
    assert run("freeze", "2025-06", now=JULY).code in (4, 7)
    assert not HOME.exists()


def test_a_broken_template_freezes_nothing(run, ledger):
    """A report that fails leaves no half folder, and no record that says it was frozen."""
    Path("templates").mkdir()
    Path("templates/status.md").write_text("{{ report.nope }}\n", encoding="utf-8")
    before = files()
    assert run("freeze", "2025-06", now=JULY).code == 9
    assert files() == before


def test_the_settings_name_the_reports(run, ledger):
    """[freeze] reports says what is frozen where nobody names any; --report goes first."""
    with Path("ledgers/2025/ledger.toml").open("a", encoding="utf-8") as file:
        file.write('\n[freeze]\nreports = ["lists.md"]\n')
    run.ok("freeze", "2025-05", now=JULY)
    run.ok("freeze", "2025-06", "--report", "book.md", "--report", "status.md", now=JULY)
    assert [path.name for path in sorted((HOME / "2025-05").glob("*.md"))] == ["lists.md"]
    assert [path.name for path in sorted((HOME / "2025-06").glob("*.md"))] == ["book.md", "status.md"]
    assert verified(run)[0] == 0


def test_nothing_later_changes_it(run, frozen):
    """Back-dated entries, other settings, people, templates and numbers: what was sent is made again."""
    run.ok("note", "2.2", "-t", "found later", "--on", "2025-06-20", now=LATER)
    run.ok("close", "2.1", "--result", "paid", "--on", "2025-06-28", now=LATER)
    run.ok("add", "A new one", "--category", "Conduct", "--on", "2025-06-02", now=LATER)
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("Willow Town", "Poplar Town"), encoding="utf-8"
    )
    Path("ledgers/2025/people.toml").unlink()
    Path("templates").mkdir()
    Path("templates/status.md").write_text("{{ report.title }}\n", encoding="utf-8")
    Path("workdays.toml").write_text("2025-06-02 = true\n", encoding="utf-8")
    there = len(files())
    code, said = verified(run, "2025-06")
    assert (code, said.startswith("2025-06 holds: "), said.endswith("byte for byte\n")) == (0, True, True)
    assert len(files()) == there
    assert "Poplar Town" in run.ok("report", "status", "--as-of", "2025-06-30", now=LATER)


def test_the_office_s_own_template_is_kept(run, ledger):
    """A report made by a template of the workspace is made again by the copy of it."""
    Path("templates").mkdir()
    own = Path("templates/status.md")
    own.write_text("{{ report.title }} as sent\n", encoding="utf-8")
    run.ok("freeze", "2025-06", "--report", "status.md", now=JULY)
    own.unlink()
    assert (HOME / "2025-06/status.md").read_text(encoding="utf-8") == "Willow Town: monthly status as sent\n"
    assert verified(run)[0] == 0


def _append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b" ")


CHANGES = {
    "a report": (
        lambda home: _append(home / "status.md"),
        "ledgers/2025/frozen/2025-06/status.md: the file was changed after the period was frozen",
    ),
    "a view": (
        lambda home: _append(home / "views/status.json"),
        "ledgers/2025/frozen/2025-06/views/status.json: the file was changed after the period was frozen",
    ),
    "settings": (
        lambda home: _append(home / "basis/ledger.toml"),
        "ledgers/2025/frozen/2025-06/basis/ledger.toml: the file was changed after the period was frozen",
    ),
    "a file gone": (
        lambda home: (home / "checkpoint.txt").unlink(),
        "ledgers/2025/frozen/2025-06/checkpoint.txt: the file is gone",
    ),
    "a file more": (
        lambda home: (home / "annex.md").write_bytes(b"x"),
        "ledgers/2025/frozen/2025-06/annex.md: the file was put in after the period was frozen",
    ),
    "the manifest": (
        lambda home: (home / "manifest.toml").write_bytes(
            (home / "manifest.toml").read_bytes().replace(b"issue = 1\n", b'issue = 1\nwhy = "x"\n')
        ),
        "ledgers/2025/frozen/2025-06/manifest.toml: this is not the manifest that was written: "
        "the books have another digest",
    ),
    "no manifest": (
        lambda home: (home / "manifest.toml").unlink(),
        "ledgers/2025/frozen/2025-06/manifest.toml: the file is gone",
    ),
    "no toml": (
        lambda home: (home / "manifest.toml").write_bytes(b"= 1\n"),
        "ledgers/2025/frozen/2025-06/manifest.toml: ",
    ),
    "another folder": (
        lambda home: home.rename(home.with_name("2025-05")),
        "ledgers/2025/frozen/2025-05/manifest.toml: this is of 2025-06: the folder was given another name",
    ),
    "a record gone": (
        lambda _home: next(Path("ledgers/2025/issues").glob("0004-*")).unlink(),
        "ledgers/2025/frozen/2025-06: 4 is gone, on which 2025-06 rests",
    ),
    "the record of it": (
        lambda _home: shutil.rmtree("ledgers/2025/registers/freezes"),
        "ledgers/2025/frozen/2025-06/manifest.toml: no record of registers/freezes says that 2025-06 was frozen",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_altered_is_named(run, frozen, change):
    """File and cause, what to do, and exit code 7."""
    alter, words = CHANGES[change]
    alter(frozen)
    code, said = verified(run)
    lines = said.splitlines()
    assert (code, lines[0].startswith(words)) == (7, True), said
    assert lines[1].startswith("  ")
    assert lines[-1].endswith(" does not hold")
    document = json.loads(run("verify", "--json", now=LATER).out)
    assert (document["ok"], document["periods"][0]["ok"]) == (False, False)
    assert document["periods"][0]["faults"][0]["message"] == lines[0].partition(": ")[2]


def test_a_history_written_anew_is_named(run, frozen):
    """A record whose file was made again with another history holds in itself, but not against what was sent."""
    (path,) = Path("ledgers/2025/issues").glob("0004-*")
    other = path.read_bytes()
    run.ok("note", "4.1", "-t", "one", now=LATER)
    path.write_bytes(other)
    run.ok("note", "4.1", "-t", "another", now=LATER)
    assert verified(run)[0] == 0
    first = path.read_text(encoding="utf-8").splitlines()
    cut = [line for line in first if '"do":"longterm"' not in line]
    assert len(cut) == len(first) - 1
    path.write_text("\n".join(cut) + "\n", encoding="utf-8")
    code, said = verified(run)
    assert (code, "the history was rewritten: what 2025-06 rests on is not in it any more" in said) == (
        7,
        True,
    )


def test_another_version_compares_views_and_digests(run, frozen, monkeypatch):
    """A later program says whose bytes they are, and compares what the report says."""
    monkeypatch.setattr("ledger.commands.freezing.__version__", "9.9.9")
    document = json.loads(run.ok("verify", "--json", now=LATER))
    (period,) = document["periods"]
    assert {each["what"] for each in period["compared"]} == {"view", "hash"}
    assert "as written by version 0.1.0, the reports say the same made again" in run.ok("verify", now=LATER)


def test_nothing_frozen(run, ledger):
    """Asked for what there is not, the answer says how to make it."""
    assert run("verify", now=JULY) == (
        3, "", "error: nothing is frozen yet\nhint: freeze a period with: ledger freeze PERIOD\n",
    )  # fmt: skip
    assert run("verify", "2025-06", now=JULY).code == 3
    assert run.ok("freeze", now=JULY) == "Period\tAs of\tFrozen at\tBy\tReports\tReason\n"


def test_two_clocks(run, ledger):
    """A period may be frozen as of a day in it before it is over."""
    run.ok("freeze", "2025-07", "--as-of", "2025-07-01", now=JULY)
    (row,) = json.loads(run.ok("freeze", "--json", now=JULY))["periods"]
    assert (row["as_of"], row["known_at"]) == ("2025-07-01", JULY)


def test_what_is_frozen_is_not_taken_back(run, ledger):
    """An undo is refused whole where a report that was sent rests on it; what came later, or of later days, may go."""
    run.ok("note", "2.1", "-t", "of July", now="2025-07-01T08:00:00+08:00")
    run.ok("freeze", "2025-06", now=JULY)
    rows = json.loads(run.ok("history", "2.1", "--json", now=LATER))["entries"]
    june, july = [each["batch"] for each in rows if each["act"] == "note"]
    before = files()
    refused = run("undo", june, "--yes", now=LATER)
    assert (refused.code, files()) == (4, before)
    assert refused.err == (
        "error: 2 stands in the reports of 2025-06 with it, which are frozen\n"
        "hint: say what is right with a new entry: the next report tells it as a correction\n"
    )
    assert run("undo", "--yes", now=LATER).err.startswith(
        "error: what is frozen is not taken back: 2025-06\n"
    )
    run.ok("undo", july, "--yes", now=LATER)
    run.ok("note", "2.2", "-t", "late", "--on", "2025-06-20", now=LATER)
    run.ok("undo", "--yes", now=LATER)
    assert verified(run)[0] == 0


def test_a_frozen_number_stays(run, ledger):
    """Of two records with one number that which a report was sent with keeps it, whatever its uid."""
    issues = Path("ledgers/2025/issues")
    run.ok("add", "Theirs", now=JULY)
    (theirs,) = issues.glob("0005-*")
    kept = theirs.read_bytes()
    theirs.unlink()
    run.ok("add", "Mine", now=JULY)
    run.ok("freeze", "2025-07", "--as-of", "2025-07-01", now=JULY)
    theirs.write_bytes(kept)
    (mine,) = (path for path in issues.glob("0005-*") if path != theirs)
    assert theirs.name.partition("-")[2] != mine.name.partition("-")[2]
    run.ok("renumber", now=LATER)
    assert [path.name[:4] for path in sorted(issues.iterdir())] == [
        "0001",
        "0002",
        "0003",
        "0004",
        "0005",
        "0006",
    ]
    assert "Mine" in mine.read_text(encoding="utf-8")
    assert verified(run)[0] == 0
