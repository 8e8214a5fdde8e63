"""`ledger handover`: who holds what, and all of it given to somebody else in every ledger at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.handover.held import DAY, files, held, refused


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


def test_an_empty_name_is_no_wish_to_look(two):
    """`--to ""` names nobody: it is refused, not taken for a question of who holds what."""
    result = two("handover", "--from", "Gu", "--to", "", **DAY)
    assert result == (
        2,
        "",
        "error: it is not said who takes over\nhint: say: ledger handover --from NAME --to NAME\n",
    )
