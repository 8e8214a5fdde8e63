"""`ledger handover`: who holds what, and all of it given to somebody else in every ledger at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.ui import ask
from tests.cli.repository import git, somebody

PEOPLE = """\
[[units]]
name = "Office"
aliases = ["General Office"]
[[units]]
name = "Toll Station"
to = 2025-06-30
successor = "Road Centre"
[[units]]
name = "Road Centre"
[[persons]]
name = "Gu"
aliases = ["Old Gu"]
[[persons]]
name = "Lin"
[[persons]]
name = "Yan"
[[offices]]
unit = "Office"
person = "Yan"
to = 2025-05-31
"""
DAY = {"now": "2025-07-10T09:00:00+08:00"}


@pytest.fixture
def two(run):
    """Two ledgers in which the same people work; the first knows them by name."""
    march = {"now": "2025-03-01T09:00:00+08:00"}
    run.ok("init", "a", "--lang", "en", **march)
    run.ok("init", "b", "--lang", "en", **march)
    Path("ledgers/a/people.toml").write_text(PEOPLE, encoding="utf-8")
    run.ok(
        "-L", "a", "add", "Late", "-m", "Rewrite", "-m", "Train", "--leader", "Gu", "--owner", "Yan", **march
    )
    run.ok(
        "-L", "a", "add", "Lost", "--leader", "Lin", "--owner", "Old Gu", "--unit", "Toll Station", **march
    )
    run.ok("-L", "b", "add", "Dust", "--leader", "Lin", "--owner", "Gu", "--co-unit", "Toll Station", **march)
    return run


def held(run, *words: str) -> list[str]:
    """Rows of the list, short: Gu leader a 1."""
    rows = run.ok("handover", *words, **DAY).splitlines()[1:]
    return [" ".join(row.split("\t")[:4]) for row in rows]


def files() -> dict[str, bytes]:
    """Every record there is."""
    return {path.as_posix(): path.read_bytes() for path in Path("ledgers").rglob("*-*.toml")}


def refused(run, *words: str) -> tuple[int, str, str]:
    """Exit code, message and hint of a handover that is refused; nothing was written."""
    before = files()
    result = run("handover", *words, **DAY)
    assert files() == before
    assert result.out == ""
    message, hint = result.err.rstrip("\n").split("\n")
    return result.code, message.removeprefix("error: "), hint.removeprefix("hint: ")


def test_who_holds_what(two):
    """Of everybody or of one, under every spelling, as it is or as it was."""
    everybody = [
        "Gu leader a 1",
        "Gu owner a 2",
        "Gu owner b 1",
        "Lin leader a 2",
        "Lin leader b 1",
        "Yan owner a 1",
    ]
    assert held(two) == everybody
    assert held(two, "--from", "Old Gu") == ["Gu leader a 1", "Gu owner a 2", "Gu owner b 1"]
    assert held(two, "--from", "Gu", "--role", "owner") == ["Gu owner a 2", "Gu owner b 1"]
    assert held(two, "--from", "Gu", "--in", "b") == ["Gu owner b 1"]
    assert held(two, "--unit") == ["Toll Station unit a 2", "Toll Station co_unit b 1"]
    assert held(two, "--as-of", "2025-02-28") == []
    assert two.ok("-L", "b", "handover", **DAY).count("\n") == 3


def test_all_of_it_goes_over_in_every_ledger(two):
    """One batch, entries of its own in each ledger, every earlier day as it was, checks silent."""
    done = json.loads(
        two.ok("handover", "--from", "Old Gu", "--to", "Lin", "--on", "2025-07-01", "--json", **DAY)
    )
    assert [(each["ledger"], each["role"], each["id"]) for each in done["held"]] == [
        ("a", "leader", "1"), ("a", "owner", "2"), ("b", "owner", "1")
    ]  # fmt: skip
    entries = [entry for each in done["changed"] for entry in each["entries"]]
    assert {entry["batch"] for entry in entries} == {done["batch"]}
    assert [entry["do"] for entry in entries] == ["handover", "handover", "add", "handover", "add"]
    assert held(two, "--from", "Gu") == []
    assert held(two, "--from", "Lin") == [
        "Lin leader a 1",
        "Lin leader a 2",
        "Lin owner a 2",
        "Lin leader b 1",
        "Lin owner b 1",
    ]
    assert held(two, "--from", "Gu", "--as-of", "2025-06-30") == [
        "Gu leader a 1",
        "Gu owner a 2",
        "Gu owner b 1",
    ]
    assert "leader\tGu" in two.ok("-L", "a", "show", "1", "--as-of", "2025-06-30", **DAY)
    for ledger in "ab":
        assert two("-L", ledger, "check", "--strict", **DAY) == (0, "", "")
    assert two.ok("-L", "a", "show", "handovers:1", **DAY).splitlines()[1:] == [
        "handovers:1\tstage\tkept",
        "handovers:1\tgiver\tGu",
        "handovers:1\ton\t2025-07-01",
        "handovers:1\troles\tleader, owner",
        "handovers:1\ttaker\tLin",
    ]


def test_it_is_taken_back_in_every_ledger(two, monkeypatch):
    """From whichever of them, and the taking back too; what it held before is held again."""
    before = held(two)
    two.ok("handover", "--from", "Gu", "--to", "Lin", **DAY)
    after = held(two)
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "confirm", lambda _message: True)
    asked = two("-L", "b", "undo", **DAY)
    assert "and in ledger a" in asked.out + asked.err
    assert held(two) == before
    batch = two.ok("-L", "a", "history", "1", **DAY).splitlines()[-1].split("\t")[10]
    two.ok("-L", "a", "undo", batch, "--yes", **DAY)
    assert held(two) == after


def test_what_builds_on_it_elsewhere_keeps_all_of_it(two):
    """The refusal says in which ledger; nothing is taken back in any."""
    two.ok("handover", "--from", "Gu", "--to", "Lin", **DAY)
    two.ok("-L", "b", "assign", "1", "--owner", "Yan", **DAY)
    before = files()
    result = two("-L", "a", "undo", "--yes", **DAY)
    assert result.code == 4
    assert "ledger b: issue 1 has changed since: assign" in result.err
    assert "nothing was taken back in any ledger" in result.err
    assert files() == before


def test_nothing_is_written_anywhere_when_one_ledger_cannot_be_read(two):
    """The record is named (7); with --in it goes over where it can."""
    path = next(Path("ledgers/b/issues").iterdir())
    path.write_text(path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n", encoding="utf-8")
    code, message, _hint = refused(two, "--from", "Gu", "--to", "Lin")
    assert (code, "ledgers/b/issues" in message) == (7, True)
    two.ok("handover", "--from", "Gu", "--to", "Lin", "--in", "a", **DAY)
    assert held(two, "--from", "Gu", "--in", "a") == []


def test_what_has_ended_keeps_its_names(two):
    """Closed and void ones, and closed measures that had the name from their issue."""
    two.ok("init", "c", "--preset", "five-level", "--lang", "en", **DAY)
    Path("ledgers/c/ledger.toml").write_text(
        Path("ledgers/c/ledger.toml")
        .read_text(encoding="utf-8")
        .split("[closeout]")[0]
        .replace("required = true", "required = false")
        + '[closeout]\nof = "measure"\n[[closeout.steps]]\ncode = "office"\n',
        encoding="utf-8",
    )
    two.ok("-L", "c", "add", "Open", "-m", "one", "-m", "two", "--leader", "Gu", **DAY)
    two.ok("-L", "c", "add", "Closed", "-m", "one", "--leader", "Gu", **DAY)
    two.ok("-L", "c", "add", "Void", "--leader", "Gu", **DAY)
    two.ok("-L", "c", "close", "1.1", "2.1", "--result", "done", **DAY)
    two.ok("-L", "c", "void", "3", "--why", "twice", **DAY)
    two.ok("handover", "--from", "Gu", "--to", "Lin", "--in", "c", **DAY)
    listed = json.loads(
        two.ok("-L", "c", "list", "--measures", "--status", "closed", "--status", "pending", "--json", **DAY)
    )
    assert [(row["id"], row["leader"]) for row in listed["rows"]] == [
        ("1.1", "Gu"),
        ("1.2", "Lin"),
        ("2.1", "Gu"),
    ]
    assert "leader\tGu" in two.ok("-L", "c", "show", "3", **DAY)
    assert two("-L", "c", "check", **DAY).code == 0


def test_what_came_later_goes_on_the_day_it_came(two):
    """Entered, or assigned, after the day of the handover: before that day it was not there."""
    two.ok("-L", "b", "add", "Mould", "--owner", "Gu", "--on", "2025-07-05", **DAY)
    two.ok("-L", "b", "assign", "1", "--leader", "Gu", "--on", "2025-07-03", **DAY)
    two.ok("handover", "--from", "Gu", "--to", "Lin", "--on", "2025-07-01", **DAY)
    assert held(two, "--from", "Gu") == []
    assert held(two, "--in", "b", "--as-of", "2025-07-02") == ["Lin leader b 1", "Lin owner b 1"]
    assert held(two, "--in", "b", "--as-of", "2025-07-04") == ["Lin leader b 1", "Lin owner b 1"]
    assert held(two, "--in", "b", "--as-of", "2025-07-05") == [
        "Lin leader b 1",
        "Lin owner b 1",
        "Lin owner b 2",
    ]
    assert two("-L", "b", "check", **DAY) == (0, "", "")


def test_whoever_takes_over_signs(two):
    """The settings stay as they are; before the day the one signs, from it on the other; undone, the first again."""
    settings = Path("ledgers/b/ledger.toml")
    text = settings.read_text(encoding="utf-8").split("[closeout]")[0]
    settings.write_text(
        text
        + '[closeout]\nof = "issue"\n[[closeout.steps]]\ncode = "office"\nsigners = ["Gu"]\n[[closeout.steps]]\ncode = "group"\nsigners = ["Gu", "Yan"]\n',
        encoding="utf-8",
    )
    kept = settings.read_bytes()
    assert held(two, "--from", "Gu", "--role", "signer") == ["Gu signer b office", "Gu signer b group"]
    two.ok("handover", "--from", "Gu", "--to", "Lin", "--on", "2025-07-01", **DAY)
    assert settings.read_bytes() == kept
    assert held(two, "--role", "signer") == [
        "Lin signer b office",
        "Lin signer b group",
        "Yan signer b group",
    ]
    assert held(two, "--role", "signer", "--as-of", "2025-06-30")[0] == "Gu signer b office"
    two.ok("-L", "b", "done", "1", "--result", "swept", "--on", "2025-06-20", **DAY)
    assert "Lin" in two.ok("-L", "b", "explain", "1", **DAY)
    result = two("-L", "b", "close", "1", "--signer", "Gu", **DAY)
    assert (result.code, "it is signed by: Lin" in result.err) == (4, True)
    two.ok("-L", "b", "close", "1", "--signer", "Gu", "--on", "2025-06-30", **DAY)
    two.ok("-L", "b", "close", "1", "--signer", "Lin", **DAY)
    assert two("-L", "b", "check", **DAY) == (0, "", "")
    assert held(two, "--from", "Lin", "--in", "b") == ["Lin signer b office", "Lin signer b group"]


def test_a_handover_of_a_signature_alone_is_taken_back_everywhere(two):
    """A ledger in which nothing else went over has its part as well."""
    settings = Path("ledgers/b/ledger.toml")
    text = settings.read_text(encoding="utf-8").split("[closeout]")[0]
    settings.write_text(
        text + '[closeout]\n[[closeout.steps]]\ncode = "office"\nsigners = ["Yan"]\n', encoding="utf-8"
    )
    two.ok("handover", "--from", "Yan", "--to", "Lin", **DAY)
    assert held(two, "--role", "signer") == ["Lin signer b office"]
    two.ok("-L", "b", "undo", "--yes", **DAY)
    assert held(two, "--from", "Yan") == ["Yan owner a 1", "Yan signer b office"]


def test_a_unit_renamed(two):
    """Open ones have the new name, closed ones the old, and the new name finds both."""
    two.ok("-L", "a", "add", "Old", "--unit", "Toll Station", **DAY)
    two.ok("-L", "a", "close", "3", "--result", "done", **DAY)
    two.ok("handover", "--unit", "--from", "Toll Station", "--to", "Road Centre", "--on", "2025-07-01", **DAY)
    assert held(two, "--unit") == ["Road Centre unit a 2", "Road Centre co_unit b 1"]

    def found(*words: str) -> list[tuple[str, str]]:
        rows = json.loads(two.ok("-L", "a", "list", *words, "--json", **DAY))["rows"]
        return [(row["id"], row["unit"]) for row in rows]

    assert found("--unit", "Road Centre") == [("2", "Road Centre"), ("3", "Toll Station")]
    assert found("unit:Road Centre") == [("2", "Road Centre"), ("3", "Toll Station")]
    assert found("--unit", "Toll Station") == [("3", "Toll Station")]
    assert [row[0] for row in found("--owner", "Old Gu")] == ["2"]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["--from", "Gu", "--to", "Linn"], (4, "Linn is not in people.toml of ledger a", "did you mean Lin?")),
        (["--from", "Gu", "--to", "Zhao"], (4, "Zhao is not in people.toml of ledger a", "list whoever takes over first")),
        (["--from", "Guu", "--to", "Lin"], (3, "nobody called Guu holds anything", "did you mean Gu?")),
        (["--from", "Gu", "--to", "Old Gu"], (2, "Gu and Old Gu are one and the same", "name somebody else with --to")),
        (["--to", "Lin"], (2, "a handover needs two names", "give them with --from and --to")),
        (["--from", "Toll Station", "--to", "Lin"], (2, "Toll Station is a unit", "add --unit: units hand over to units")),
        (["--from", "Gu", "--to", "Office"], (2, "Office is a unit", "add --unit: units hand over to units")),
        (["--unit", "--from", "Office", "--to", "Lin"], (2, "Lin is no unit", "leave --unit out: persons hand over to persons")),
        (["--from", "Gu", "--to", "Lin", "--role", "unit"], (2, "unit is nothing that is handed over here", "there are: leader, owner, letter, clue, signer")),
        (["--from", "Gu", "--to", "Lin", "--in", "z"], (3, "there is no ledger z", "there are: a, b")),
        (["--from", "Gu", "--to", "Lin", "--on", "2025-07-11"], (2, "2025-07-11 has not come yet; today is 2025-07-10", "a business date is today or earlier")),
    ],
)  # fmt: skip
def test_what_is_refused(two, words, answer):
    """By rule, with the next step, and nothing is written."""
    assert refused(two, *words) == answer


def test_who_holds_nothing(two):
    """Said, and no error: the same handover twice does nothing the second time."""
    two.ok("handover", "--from", "Gu", "--to", "Lin", **DAY)
    before = files()
    result = two("handover", "--from", "Gu", "--to", "Lin", **DAY)
    assert (result.code, result.out, result.err) == (0, "", "Gu holds nothing that is open\n")
    assert files() == before


def test_who_has_left_office_takes_over_with_a_remark(two):
    """People come back, and lists are behind; so it is said, not refused."""
    result = two("handover", "--from", "Gu", "--to", "Yan", "--in", "a", **DAY)
    assert (result.code, result.err) == (0, "warning: Yan left office on 2025-05-31\n")
    assert result.out.splitlines()[1:] == ["Gu\tleader\ta\t1\tLate", "Gu\towner\ta\t2\tLost"]


def test_a_dry_run_writes_nothing(two):
    """It shows the entries and the diffs of every ledger."""
    before = files()
    shown = two.ok("handover", "--from", "Gu", "--to", "Lin", "--dry-run", **DAY)
    assert files() == before
    assert {line[4:] for line in shown.splitlines() if line.startswith("--- ledgers/")} == {
        path for path in before if "0001" in path or ("0002" in path and "/a/" in path)
    }


def test_one_commit_for_all_of_it(two):
    """With --commit git has one commit, which names both ledgers."""
    import subprocess

    two.ok("git", "setup", "--init", "-L", "a", **DAY)
    for name, value in (("user.name", "Lin"), ("user.email", "lin@example.org")):
        subprocess.run(["git", "config", name, value], check=True)
    subprocess.run(["git", "add", "."], check=True)
    subprocess.run(["git", "commit", "-qm", "begun"], check=True)
    two.ok("handover", "--from", "Gu", "--to", "Lin", "--commit", **DAY)
    log = subprocess.run(
        ["git", "log", "-1", "--format=%B"], capture_output=True, text=True, check=True
    ).stdout
    assert log.splitlines()[2:4] == ["Ledger: a", "Ledger: b"]
    status = subprocess.run(
        ["git", "status", "--porcelain"], capture_output=True, text=True, check=True
    ).stdout
    assert status == ""


def test_a_clue_waits_for_somebody_else(two):
    """What was routed to the one is verified by the other."""
    two.ok("-L", "b", "clue", "add", "Noise", "--channel", "phone", **DAY)
    two.ok("-L", "b", "clue", "route", "C1", "--to", "Gu", **DAY)
    assert held(two, "--from", "Gu", "--role", "clue") == ["Gu clue b C1"]
    two.ok("handover", "--from", "Gu", "--to", "Lin", **DAY)
    assert held(two, "--role", "clue") == ["Lin clue b C1"]
    assert two("-L", "b", "check", **DAY) == (0, "", "")
    two.ok("-L", "b", "undo", "--yes", **DAY)
    assert held(two, "--role", "clue") == ["Gu clue b C1"]


def test_names_of_letters_and_clues_are_checked_too(two):
    """A warning for every name nobody listed, of a clue that is not void."""
    two.ok("-L", "a", "clue", "add", "Noise", "--channel", "phone", "--unit", "Depot", **DAY)
    two.ok("-L", "a", "clue", "route", "C1", "--to", "Linn", **DAY)
    said = two.ok("-L", "a", "check", "people", **DAY)
    assert "warning: Depot is not in people.toml" in said
    assert "warning: Linn is not in people.toml" in said
    two.ok("-L", "a", "void", "C1", "--why", "twice", **DAY)
    assert two("-L", "a", "check", "people", **DAY).out == ""


def test_a_letter_without_an_answer_waits_for_somebody_else(two):
    """What it said when it was signed stays in its history; one that was answered stays as it is."""
    two.ok(
        "-L",
        "b",
        "add",
        "Mould",
        "--unit",
        "Toll Station",
        "--due",
        "2025-03-31",
        "--on",
        "2025-03-01",
        **DAY,
    )
    two.ok("-L", "b", "letter", "draft", "2", "--rung", "supervise", "--to", "Gu", **DAY)
    two.ok("-L", "b", "letter", "draft", "2", "--rung", "prompt", "--to", "Gu", **DAY)
    two.ok("-L", "b", "letter", "sign", "L1", "--signer", "Lin", **DAY)
    assert held(two, "--from", "Gu", "--role", "letter") == ["Gu letter b L1", "Gu letter b L2"]
    two.ok("-L", "b", "letter", "sign", "L2", "--signer", "Lin", **DAY)
    two.ok("-L", "b", "letter", "reply", "L2", "-t", "in hand", **DAY)
    assert held(two, "--from", "Gu", "--role", "letter") == ["Gu letter b L1"]
    two.ok("handover", "--from", "Gu", "--to", "Lin", **DAY)
    assert held(two, "--role", "letter") == ["Lin letter b L1"]
    assert "addressee\tGu" in two.ok("-L", "b", "show", "L2", **DAY)
    assert two("-L", "b", "check", **DAY) == (0, "", "")
    two.ok("-L", "a", "undo", "--yes", **DAY)
    assert held(two, "--role", "letter") == ["Gu letter b L1"]


def test_two_copies_that_handed_over_are_put_together(two):
    """Each took note of a handover of its own: records merge, both handovers stay, one of them gets another number."""
    somebody()
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "begun")
    git("checkout", "-qb", "theirs")
    two.ok("handover", "--from", "Yan", "--to", "Lin", "--on", "2025-07-02", **DAY)
    git("add", ".")
    git("commit", "-qm", "theirs")
    git("checkout", "-q", "main")
    two.ok("-L", "a", "note", "1", "-t", "begun", **DAY)
    two.ok("handover", "--from", "Gu", "--to", "Lin", "--on", "2025-07-01", **DAY)
    git("add", ".")
    git("commit", "-qm", "mine")
    git("merge", "-q", "theirs", fine=True)
    two.ok("-L", "a", "resolve", **DAY)
    two.ok("-L", "a", "renumber", **DAY)
    assert held(two, "--in", "a") == ["Lin leader a 1", "Lin owner a 1", "Lin leader a 2", "Lin owner a 2"]
    assert held(two, "--from", "Yan", "--as-of", "2025-07-01") == ["Yan owner a 1"]
    givers = [
        two.ok("-L", "a", "show", f"handovers:{n}", **DAY).split("giver\t")[1].split("\n")[0] for n in (1, 2)
    ]
    assert sorted(givers) == ["Gu", "Yan"]
    assert two("-L", "a", "check", **DAY).code == 0


def test_the_handovers_there_were(two):
    """Of every ledger or of one name, as they were; one that was taken back is not among them."""
    assert two("handover", "--past", **DAY).out == "ledger\tid\ton\tgiver\ttaker\troles\n"
    two.ok("handover", "--from", "Gu", "--to", "Lin", "--on", "2025-07-01", **DAY)
    two.ok("handover", "--from", "Yan", "--to", "Gu", **DAY)
    rows = two.ok("handover", "--past", **DAY).splitlines()[1:]
    assert rows == [
        "a\thandovers:1\t2025-07-01\tGu\tLin\tleader,owner",
        "a\thandovers:2\t2025-07-10\tYan\tGu\towner",
        "b\thandovers:1\t2025-07-01\tGu\tLin\towner",
    ]
    assert two.ok("handover", "--past", "--from", "Yan", **DAY).splitlines()[1:] == rows[1:2]
    assert (
        two.ok("handover", "--past", "--as-of", "2025-07-09", "--in", "a", **DAY).splitlines()[1:] == rows[:1]
    )
    two.ok("-L", "a", "undo", "--yes", **DAY)
    assert two.ok("handover", "--past", **DAY).splitlines()[1:] == [rows[0], rows[2]]
