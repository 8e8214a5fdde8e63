"""`ledger report closeout`: a form to sign for each measure or issue, with what the ledger has of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import ready, refused, typed

#: Five levels; 1.1 was sent back and is at the third, 1.2 is done, 2.1 is not, issue 3 has no measures.
BOOK = """
init t --preset five-level --lang en
add "Papers are late" -m "Rewrite the rules" -m "Train the clerks" --leader Zhang --unit Office --due 2025-05-31
add "Old debts" -m "Check each" --leader Zhang
add "Lights left on" --leader Zhang
claim 1-3
plan approve --meeting "Party group 1"
extend 1.1 --due 2025-06-30 --request --why "the printer is late"
extend 1.1 --approve --meeting "Party group 2" --why "until June"
register regulations add --on 2025-03-01 --change new --title "Rules on papers" --links 1.1
done 1.1-1.2 --result "in force"
close 1.1 --meeting "Office meeting 1" --opinion agreed
return 1.1 --why "minutes are missing" --signer Gu
done 1.1 --result "in force since May"
close 1.1 --meeting "Office meeting 2" --opinion agreed
close 1.1 --signer Gu
"""

ONE = """\
**Close-out form 1.1**

|  |  |
| --- | --- |
| no. | 1.1 |
| inspection |  |
| issue | 1 Papers are late |
| measure | Rewrite the rules |
| term |  |
| leader | Zhang |
| unit | Office |
| owner |  |
| original due date | 2025-05-31 |
| due | 2025-06-30 |
| extensions | 2025-03-01; extension approved; 2025-05-31 to 2025-06-30; Party group 2; the printer is late; until June |
| completed on | 2025-03-01 |
| status | in close-out 2/5 |
| result | in force since May |
| criterion |  |
| how it is met |  |
| evidence | none |
| regulations made | 2025-03-01, new, Rules on papers |
| accountability | none |
| sent back | 2025-03-01 returned; Gu; minutes are missing |
| unit meeting: opinion | agreed<br>signed: Office meeting 2　　　　　　date: 2025-03-01 |
| leader in charge: opinion | signed: Gu　　　　　　date: 2025-03-01 |
| rectification office: opinion | signed:　　　　　　date: |
| leading group: opinion | signed:　　　　　　date: |
| party committee: opinion | signed:　　　　　　date: |
| archive number |  |
"""


@pytest.fixture
def book(run):
    ready(run, BOOK)


def forms(out: str) -> list[str]:
    """The titles of the forms of a document, in order."""
    return [line for line in out.splitlines() if line.startswith("**Close-out form")]


def test_the_form_says_what_the_ledger_has(run, book):
    """Every box of a form: dates with their extensions, what was sent back, levels signed and blank."""
    assert ONE in run.ok("report", "closeout", "1.1")


def test_everything_that_waits_in_one_file(run, book):
    """Without ids every measure that is done or in close-out has a form, in order, one a page."""
    assert forms(run.ok("report", "closeout")) == ["**Close-out form 1.1**", "**Close-out form 1.2**"]
    assert forms(run.ok("report", "closeout", "--as-of", "2025-02-28")) == []
    assert run("report", "closeout", "-o", "forms.md").code == 0
    assert forms(Path("forms.md").read_text(encoding="utf-8")) == forms(run.ok("report", "closeout"))


def test_an_issue_stands_for_its_measures(run, book):
    """Under a chain for measures an issue means all of them, void ones apart; one without any is itself."""
    typed(run, 'void 1.2 --why "the same"')
    assert forms(run.ok("report", "closeout", "1", "3")) == ["**Close-out form 1.1**", "**Close-out form 3**"]


def test_an_issue_that_is_closed_as_a_whole(run):
    """Under a chain for issues its form has every measure with its result, and the evidence of all."""
    Path("roll.txt").write_text("Lin, Gu", encoding="utf-8")
    ready(
        run,
        """
        init t --lang en
        add "Papers are late" -m "Rewrite the rules" -m "Train the clerks"
        evidence add 1.2 roll.txt --proves "all were there"
        close 1 --all --result "in force"
        """,
    )
    out = run.ok("report", "closeout", "1")
    assert "| measure 1.1 | Rewrite the rules<br>Result: in force |\n| measure 1.2 | Train the clerks" in out
    assert "| evidence | 1\\. roll.txt; 1.2; all were there; " in out
    assert "| close-out: opinion | signed: 林某　　　　　　date: 2025-03-01 |" in out
    refused(run, "report closeout 1.2", 4, "1.2 is closed with its issue", "name the issue: 1")


def test_a_sign_off_in_doubt_is_marked(run, book):
    """What was signed and changed later is marked on the form, and the mark is explained."""
    typed(run, 'edit 1.1 --criterion "on the wall" --why "as agreed"')
    out = run.ok("report", "closeout", "1.1")
    assert out.count("suspect: changed since it was signed") == 2
    assert "1. suspect: What was signed was changed since" in out


def test_a_form_as_it_was(run, book):
    """With --known-at a form shows only what was recorded by then."""
    now = {"now": "2025-04-01T09:00:00+08:00"}
    run.ok("close", "1.1", "--signer", "Wang", "--opinion", "seen on site", **now)
    assert "seen on site" in run.ok("report", "closeout", "1.1", **now)
    then = run.ok("report", "closeout", "1.1", "--known-at", "2025-03-31T00:00:00+08:00", **now)
    assert ("seen on site" in then, "in close-out 2/5" in then) == (False, True)


@pytest.mark.parametrize(
    ("ids", "code", "message", "hint"),
    [
        ("9", 3, "there is no issue 9 (there are 1-3)", "ledger list shows them all"),
        ("1.7", 3, "issue 1 has no measure 7", "it has 1-2"),
        ("L1", 2, "L1 is not an issue, a measure or a point", "write 7, 7.2 or 7.2.1"),
        ("x", 2, '"x" is not a number of this ledger', "write 7, 7.2, 7.2.1, 3-9, 7.1-7.3, L3, C12, R2025-1 or meetings:5"),
        ("1.2.1", 2, "1.2.1 is a point, which is not closed by itself", "name its measure: 1.2"),
        ("2.1", 4, "2.1 is void", "ledger show 2.1 says why"),
    ],
)  # fmt: skip
def test_bad_requests(run, book, ids, code, message, hint):
    """What cannot have a form is one message, and no file."""
    typed(run, 'point 1.2 --add "Invite"\nvoid 2.1 --why "the same"')
    refused(run, f"report closeout {ids} -o forms.md", code, message, hint)
    assert not Path("forms.md").exists()


def test_nothing_to_close(run):
    """A ledger without anything done has a document that says so."""
    ready(run, "init t --lang en")
    out = run.ok("report", "closeout")
    assert out.startswith("# t: close-out forms\n\nNothing is reported done or in close-out.\n\n---\n")


def test_two_hundred_measures_and_a_long_title(run):
    """Nothing of an issue with 200 measures and a title of 2,000 characters is left out."""
    title = "长" * 2000
    ready(run, "init t --lang en")
    run.ok("add", title, *(word for n in range(200) for word in ("-m", f"Measure number {n}")))
    run.ok("close", "1", "--all", "--result", "done")
    out = run.ok("report", "closeout", "1")
    assert f"| issue | 1 {title} |" in out
    assert [f"| Measure number {n}<br>" in out for n in range(200)] == [True] * 200
