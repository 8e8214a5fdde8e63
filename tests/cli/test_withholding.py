"""`ledger withhold`: what is kept out of the public edition, why, and who agreed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import town

GIVEN = ("--kind", "unrest", "--why", "petitioners are on their way", "--meeting", "Party group 9")


@pytest.fixture
def ledger(run):
    return town.start(run)


def exported(run) -> dict[str, object]:
    """What the export says of every issue and measure, by id."""
    issues = json.loads(run.ok("export", "json", now=town.JUNE))["issues"]
    return {each["id"]: each["withheld"] for issue in issues for each in (issue, *issue["measures"])}


def test_an_issue_takes_its_measures_along(run, ledger):
    """Kind, reason, who agreed and when are kept; measures of a withheld issue are withheld with it."""
    assert run.ok("withhold", "1", "2.1", *GIVEN, now=town.JUNE) == "withheld: 1 2.1\n"
    said = {
        "kind": "unrest",
        "why": "petitioners are on their way",
        "by": "Party group 9",
        "on": "2025-06-30",
    }
    found = exported(run)
    assert {id_: each for id_, each in found.items() if each} == dict.fromkeys(
        ["1", "1.1", "1.2", "2.1"], said
    )
    said = "unrest petitioners are on their way Party group 9 2025-06-30"
    assert f"2.1\twithheld\t{said}\n" in run.ok("show", "2.1", now=town.JUNE)
    page = " ".join(run.ok("show", "2.1", now=town.JUNE, terminal=True).split())
    assert "incidents; petitioners are on their way; agreed by Party group 9 on 2025-06-30" in page
    assert run.ok("list", "withheld:unrest", "--plain", now=town.JUNE).splitlines()[1].split("\t")[0] == "1"


def test_what_was_withheld_is_released(run, ledger):
    """--release needs a reason and consent too; undo takes either back."""
    run.ok("withhold", "1", *GIVEN, now=town.JUNE)
    line = ("withhold", "1", "--release", "--why", "it is over", "--signer", "Lin")
    assert run.ok(*line, now=town.JUNE) == "may be published: 1\n"
    assert set(exported(run).values()) == {None}
    run.ok("undo", "--yes", now=town.JUNE)
    assert exported(run)["1.2"]["kind"] == "unrest"


def test_what_is_closed_may_still_be_withheld(run, ledger):
    """A sign-off stays as it is: what is published is another matter than what was done."""
    before = run.ok("show", "1.1", now=town.JUNE)
    assert "1.1\tstatus\tclosed\n" in before
    run.ok("withhold", "1.1", *GIVEN, now=town.JUNE)
    after = run.ok("show", "1.1", now=town.JUNE)
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        "1.1\twithheld\tunrest petitioners are on their way Party group 9 2025-06-30",
        "1.1\tentries\t6",
    ]


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("withhold 1 --why x --signer Lin", 2, "say which of the five kinds it is"),
        ("withhold 1 --kind secret --release --why x --signer Lin", 2, "say which of the five kinds it is"),
        ("withhold 1 --kind dull --why x --signer Lin", 2, "dull is none of: secret"),
        ("withhold 1 --kind secret --signer Lin", 4, "needs a reason"),
        ("withhold 1 --kind secret --why x", 4, "needs somebody's consent"),
        ("withhold 1 --release --why x --signer Lin", 2, "1 is not withheld"),
        ("withhold 99 --kind secret --why x --signer Lin", 3, "99"),
        ("withhold 1 99 --kind secret --why x --signer Lin", 3, "99"),
    ],
)
def test_bad_requests(run, ledger, line, code, words):
    """Without kind, reason and consent nothing is withheld; one missing id changes nothing."""
    before = {path: path.read_bytes() for path in Path("ledgers").rglob("*.toml")}
    result = run(*line.split(), now=town.JUNE)
    assert (result.code, result.out) == (code, "")
    assert words in result.err
    assert {path: path.read_bytes() for path in Path("ledgers").rglob("*.toml")} == before


def test_a_hand_edit_is_adopted(run, ledger):
    """The field may be written into the file; an unknown kind is named by check."""
    (path,) = Path("ledgers/2025/issues").glob("0002-*.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("status =", 'withheld = "sensitive"\nstatus =', 1), encoding="utf-8")
    run.ok("adopt", now=town.JUNE)
    assert exported(run)["2"] == {"kind": "sensitive", "why": "", "by": "", "on": None}
    path.write_text(path.read_text(encoding="utf-8").replace('"sensitive"', '"dull"', 1), encoding="utf-8")
    assert "withheld" in run("check", now=town.JUNE).out
