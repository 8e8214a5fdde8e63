"""`ledger report … --redact public`: what leaves the office says nothing that is for the office alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import town

PEOPLE = """\
[[units]]
name = "Office"
[[persons]]
name = "Lin"
[[offices]]
unit = "Office"
person = "Lin"
post = "head"
"""


@pytest.fixture
def ledger(run):
    folder = town.start(run)
    Path("ledgers/2025/people.toml").write_text(PEOPLE, encoding="utf-8")
    return folder


def test_names_become_posts(run, ledger):
    """A leader is named by the post of the day, one without a post as a responsible person."""
    run.ok(
        "edit", "2", "--leader", "Gu Ping", "--title", "Gu Ping left debts, call 13800138000", now=town.JUNE
    )
    document = run.ok("report", "lists", "--redact", "public", now=town.JUNE)
    assert "| 1 | Conduct | Papers are late |  | head of Office |  | - |" in document
    assert "a responsible person left debts, call \\*\\*\\*" in document
    assert [word for word in ("Lin", "Gu Ping", "13800138000") if word in document] == []


def test_what_is_withheld_counts_nowhere(run, ledger):
    """Figures agree with what is shown; the list for the file says what was left out, why, and who agreed."""
    run.ok("withhold", "1", "--kind", "secret", "--why", "a map", "--meeting", "Party group 9", now=town.JUNE)
    run.ok("withhold", "2.1", "--kind", "unrest", "--why", "heated", "--signer", "Lin", now=town.JUNE)
    result = run("report", "status", "--redact", "public", now=town.JUNE)
    document = result.out
    assert "withheld, and left out: 1, 2.1; the list for the file: ledger report withheld" in result.err
    assert "| issues | 2 | 0 | 0 | 0 | 0 | 1 | 0 | 1 | 0 |" in document
    assert "| measures | 2 | 0 | 0 | 0 | 0 | 0 | 1 | 1 | 0 |" in document
    assert "Papers are late" not in document
    own = run.ok("report", "withheld", now=town.JUNE)
    assert "| 1 | Papers are late |  | Party or state secret | a map | Party group 9 | 2025-06-30 |" in own
    assert "| 2.1 | Old debts \\| unpaid | Check each one | might bring mass" in own.replace("&#124;", "\\|")


def test_what_is_withheld_today_is_not_in_a_paper_about_last_month(run, ledger):
    """--as-of goes back in the figures, not in what may be published."""
    run.ok("withhold", "1", "--kind", "secret", "--why", "a map", "--meeting", "Party group 9", now=town.JUNE)
    document = run.ok("report", "status", "--redact", "public", "--as-of", "2025-05-31", now=town.JUNE)
    assert "| issues | 3 |" in document
    assert "Rewrite the rules" not in document


def test_nothing_is_written_when_something_is_found(run, ledger):
    """What is withheld and stands elsewhere word by word, or in a template, is named; no file, exit 4."""
    run.ok("withhold", "1", "--kind", "secret", "--why", "a map", "--meeting", "Party group 9", now=town.JUNE)
    run.ok("edit", "2", "--criterion", "Nobody says: papers  are late", now=town.JUNE)
    run.ok("edit", "2", "--criterion", "Nobody says: Papers\nare late", now=town.JUNE)
    line = ("report", "lists", "--redact", "public")
    result = run(*line, "-o", "lists.md", now=town.JUNE)
    assert (result.code, result.out, Path("lists.md").exists()) == (4, "", False)
    assert result.err == (
        "warning: withheld, and left out: 1; the list for the file: ledger report withheld\n"
        'error: "Papers are late" would have been published (1 is withheld), line 17: Nobody says:Papers are late\n'
        "hint: change the words, or withhold them; a harmless word: allow = [...] under [redact]\n"
    )
    assert run(*line, now=town.JUNE).code == run(*line, "--json", now=town.JUNE).code == 4
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(
        settings.read_text(encoding="utf-8") + '\n[redact]\nallow = ["Papers are late"]\n', encoding="utf-8"
    )
    assert "Nobody says: Papers" in run.ok(*line, now=town.JUNE)


def test_a_template_gives_nothing_away(run, ledger):
    """What the office's own frame says is searched like all else."""
    Path("templates").mkdir(exist_ok=True)
    Path("templates/lists.md").write_text("{{ report.title }}\n\nAsk Lin.\n", encoding="utf-8")
    result = run("report", "lists", "--redact", "public", now=town.JUNE)
    assert (result.code, result.out) == (4, "")
    assert '"Lin" would have been published (a person\'s name), line 3: Ask Lin.' in result.err
    assert run("report", "lists", now=town.JUNE).code == 0


def test_who_gave_a_clue_is_not_even_told_when_it_is_found(run, ledger):
    """The source of a clue is protected, and the message does not tell it either."""
    run.ok("clue", "add", "Debts", "--channel", "letter", "--source", "Old Weaver", now=town.JUNE)
    run.ok("edit", "2", "--criterion", "as Old Weaver says", now=town.JUNE)
    document = run("report", "lists", "--redact", "public", now=town.JUNE)
    assert (document.code, "Weaver" in document.out + document.err) == (0, False)
    assert "as a responsible person says" in document.out


def test_profiles_of_the_office(run, ledger):
    """An office's own profile takes out less; the one that ships stays as it is."""
    settings = Path("ledgers/2025/ledger.toml")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text + '\n[redact]\nwords = ["Train the clerks"]\n[redact.council]\nnames = false\n', encoding="utf-8"
    )
    result = run("report", "lists", "--redact", "council", now=town.JUNE)
    assert (result.code, result.out) == (4, "")
    assert '"Train the clerks" would have been published (listed under [redact])' in result.err
    run.ok("edit", "1.2", "--text", "Teach them", "--erratum", "--why", "a slip", now=town.JUNE)
    assert "| Lin |" in run.ok("report", "lists", "--redact", "council", now=town.JUNE)
    settings.write_text(text + "\n[redact.public]\nnames = false\n", encoding="utf-8")
    result = run("report", "lists", "--redact", "public", now=town.JUNE)
    assert (result.code, "this profile ships, and stays as it is" in result.err) == (7, True)


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (("status", "--redact", "secret"), 2, "there is no profile secret"),
        (("withheld", "--redact", "public"), 4, "the report withheld is for the office alone"),
    ],
)
def test_bad_requests(run, ledger, argv, code, words):
    """A profile there is not, and a paper that never leaves."""
    result = run("report", *argv, now=town.JUNE)
    assert (result.code, result.out) == (code, "")
    assert words in result.err


def test_json_is_masked_too(run, ledger):
    """--json gives the view as it would be published."""
    view = json.loads(run.ok("report", "lists", "--redact", "public", "--json", now=town.JUNE))
    (table,) = view["sections"][0]["blocks"]
    place = [each["key"] for each in table["table"]["columns"]].index("leader")
    assert [row[place] for row in table["table"]["rows"]] == ["head of Office", "", ""]
