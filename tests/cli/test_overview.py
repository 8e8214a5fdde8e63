"""Bare `ledger`: the view of the day; and, the first time, three questions and a ledger."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.conftest import isolated

UNIX = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a Unix thing")


def test_the_morning(run, ledger, terminal):
    """Counts with the closed rate, what is overdue, what is due this week, what waits, and what could be done next."""
    assert run() == (
        0,
        """\
Willow Town Round 5                                                       as of 2025-07-02   plan v1

  issues 3   interim 1   in progress 2   overdue 1   closed rate 0.0% (0/3)
  measures 5   closed 1   in close-out 1   interim 1   in progress 2   overdue 1
  closed rate 20.0% (1/5)

overdue
  1.2  Train the clerks   Office   2025-06-30  2 days overdue  extension asked for
due this week
  2.1  Set up an archive  Archive  2025-07-04  2 days left
waiting for a sign-off
  step 2/3 Office check   longest 22 days   3.1 (suspect)
""",
        "next: ledger explain 1.2    ledger list --open\n",
    )


def test_in_chinese(run, ledger, terminal, chinese):
    """The same in Chinese; what waits and is not in doubt can be signed next."""
    run.ok("confirm", "3.1", "--signer", "Lin")
    assert run("--lang", "zh") == (
        0,
        """\
Willow Town Round 5                                                        截至 2025-07-02   方案 v1

  问题 3   阶段性完成 1   正在推进 2   逾期 1   完成率 0.0% (0/3)
  措施 5   已销号 1   销号审核中 1   阶段性完成 1   正在推进 2   逾期 1   完成率 20.0% (1/5)

逾期
  1.2  Train the clerks   Office   2025-06-30  逾期 2 天  已申请延期
本周到期
  2.1  Set up an archive  Archive  2025-07-04  还有 2 天
等待审签
  第 2/3 步 Office check   最久 22 天   3.1
""",
        "下一步: ledger explain 1.2    ledger close 3.1    ledger list --open\n",
    )


def test_at_most_ten_lines_of_overdue_work(run, ledger, terminal):
    """The eleventh is counted, and the command that shows it is named."""
    for number in range(11):
        run.ok("add", f"Late {number}", "--due", "2025-06-01", "--unit", "Office")
    lines = run.ok().splitlines()
    start = lines.index("overdue")
    assert lines[start + 11 : start + 13] == ["  2 more overdue: ledger due", "due this week"]


def test_as_it_was(run, ledger, terminal):
    """On an earlier day the counts are those of the day; a draft has no version."""
    assert run.ok("--as-of", "2025-03-20").splitlines() == [
        "Willow Town Round 5                                                                 as of 2025-03-20",
        "",
        "  issues 4   in progress 1   not started 3   closed rate 0.0% (0/4)",
        "  measures 5   in progress 1   not started 4   closed rate 0.0% (0/5)",
    ]


def test_a_pipe_gets_rows(run, ledger):
    """Tab-separated rows: what is overdue, due this week, waiting."""
    assert run.ok(lang="zh") == (
        "section	id	text	unit	leader	status	on	days	light	step	until\n"
        "overdue	1.2	Train the clerks	Office	Lin	active	2025-06-30	2	red		\n"
        "week	2.1	Set up an archive	Archive	Shen	active	2025-07-04	-2	yellow		\n"
        "waiting	3.1	Merge meetings	Office		closing	2025-06-10			office	\n"
    )


def test_as_json(run, ledger):
    """Counts by status with the closed rate, and the lists of the day."""
    document = json.loads(run.ok("--json"))
    assert {name: document[name] for name in ("schema", "ledger", "as_of", "org", "title", "plan", "measures")} == {
        "schema": "ledger/overview@1",
        "ledger": "2025",
        "as_of": "2025-07-02",
        "org": "Willow Town",
        "title": "Round 5",
        "plan": 1,
        "measures": {
            "total": 5,
            "by_status": {
                "pending": 0, "active": 2, "interim": 1, "done": 0, "closing": 1, "closed": 1, "longterm": 0,
            },
            "overdue": 1,
            "closed_rate": {"numerator": 1, "denominator": 5, "percent": 20.0},
        },
    }  # fmt: skip
    assert [[each["id"] for each in document[name]] for name in ("overdue", "due")] == [["1.2"], ["2.1"]]


def test_an_empty_ledger_says_how_to_begin(run, terminal):
    """Nothing is counted, nothing divided by nothing; the next command enters something."""
    run.ok("init", "2025", "--no-input", "--lang", "en")
    assert run() == (
        0,
        "2025                                                                                as of 2025-03-01\n\n"
        "  issues 0\n",
        "next: ledger add ...    ledger import ...    ledger --help\n",
    )


@pytest.mark.parametrize("columns", [20, 40, 60])
def test_it_fits_any_terminal(run, ledger, terminal, chinese, columns):
    """No line is wider than the terminal."""
    from ledger.domain.text import width

    for lang in ("en", "zh"):
        out = run.ok("--lang", lang, env={"COLUMNS": str(columns)})
        assert [line for line in out.splitlines() if width(line) > columns] == []


# --- the first time ----------------------------------------------------------------------------------------


def test_outside_any_workspace_without_a_person(run):
    """One sentence on what it is, and the next command; nothing is made and nothing is wrong."""
    assert run() == (
        0,
        "ledger keeps rectification ledgers: from the findings of an inspection to their close-out.\n"
        "there is no ledger here yet\n",
        "next: ledger init    ledger demo    ledger --help\n",
    )
    assert list(Path().iterdir()) == []


def test_outside_any_workspace_as_json(run):
    """The document has the keys it always has, and no ledger."""
    document = json.loads(run.ok("--json"))
    assert (document["ledger"], document["issues"]["total"], document["overdue"]) == (None, 0, [])


def test_a_folder_without_ledgers_is_a_first_time_too(run):
    """An empty `ledgers/` is no workspace anybody works in."""
    Path("ledgers").mkdir()
    assert run().out.endswith("there is no ledger here yet\n")


def test_several_ledgers_are_no_first_time(run):
    """Where there are ledgers and none is chosen, they are named (2); a folder that is not there is not found (3)."""
    run.ok("init", "a", "--no-input")
    run.ok("init", "b", "--no-input")
    assert run() == (
        2,
        "",
        "error: there are several ledgers: a, b\nhint: name one with -L NAME, or keep to one with: ledger use NAME\n",
    )
    assert run("-C", "nowhere").code == 3


@UNIX
@pytest.mark.parametrize(
    ("lang", "questions"),
    [
        ("en", ("Your name", "The office", "How are issues closed", "The language of the ledger")),
        ("zh", ("姓名", "单位", "销号", "语言")),
    ],
)
def test_a_person_answers_and_has_a_ledger(tmp_path, lang, questions):
    """On a terminal: name, office, how issues are closed, language; then the ledger is ready, and the name kept."""
    pexpect = pytest.importorskip("pexpect")
    home = tmp_path / "home"
    home.mkdir()
    settings = {
        **isolated(home),
        "TERM": "xterm",
        "TAIZHANG_LANG": lang,
        "TAIZHANG_ACTOR": None,
        "COLUMNS": None,
    }
    variables = {name: value for name, value in {**os.environ, **settings}.items() if value is not None}
    place = tmp_path / "work"
    place.mkdir()
    person = pexpect.spawn(
        sys.executable,
        ["-m", "ledger"],
        env=variables,
        encoding="utf-8",
        timeout=30,
        dimensions=(30, 90),
        cwd=str(place),
    )
    for question, answer in zip(questions, ("林某", "柳镇", "", ""), strict=True):
        person.expect(question)
        person.send(answer + "\r")
    person.expect("ledgers/2025/")
    person.expect(pexpect.EOF)
    person.close()
    assert person.exitstatus == 0
    text = (place / "ledgers/2025/ledger.toml").read_text(encoding="utf-8")
    assert 'org = "柳镇"\n' in text
    assert f'language = "{lang}"\n' in text
    assert (home / "config/taizhang/config.toml").read_text(encoding="utf-8") == 'name = "林某"\n'
