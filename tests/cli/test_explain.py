"""`explain`: why something counts as it does, and what is missing before it can be closed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("ledger")


def test_an_issue_and_its_measures(run, terminal):
    """Status with the entry that gave it, deadline, light with the line of its rule, and what is missing."""
    assert run("explain", "1") == (
        0,
        """\
1  文风不实                                                                              in progress
   in progress since 2025-03-01: points, recorded by 林某
   overdue: 1.2 was due on 2025-06-30, 2 days overdue
   red: shows once it is 1 day overdue  ledgers/2025/ledger.toml:31
   closed with its measures; not closed yet: 1.2
1.1  Rewrite the rules                                                                        closed
   closed since 2025-05-20: signed, recorded by 林某
   not overdue: it is closed
   sign-offs 3/3 hold, the last on 2025-05-20 by Party group 9: nothing they saw has changed
1.2  Train the clerks                                                                    in progress
   in progress since 2025-03-01: points, recorded by 林某
   overdue: 1.2 was due on 2025-06-30, 2 days overdue
   red: shows once it is 1 day overdue  ledgers/2025/ledger.toml:31
   cannot be closed: it is not reported done
   what was achieved is not written yet: ledger done 1.2 --result TEXT
   open points: 1.2.2
   next step 1/3: Unit; requires result (missing)  ledgers/2025/ledger.toml:14
""",
        "",
    )


def test_in_chinese(run, terminal, chinese):
    """A suspect sign-off says which step, who signed, and what was changed after it, by whom."""
    assert (
        run.ok("explain", "3", lang="zh")
        == """\
3  Too many meetings                                                                      阶段性完成
   2025-06-20 起阶段性完成：阶段性完成，记录人 林某
   未逾期：3.2 应于 2025-09-30 复核，还有 90 天
   绿灯：其他灯都不亮时亮  ledgers/2025/ledger.toml:39
   随措施一并销号；尚未销号：3.1 3.2
3.1  Merge meetings                                                                   销号审核中 1/3
   2025-06-10 起销号审核中：审签，记录人 林某
   未逾期：已报完成，等待期间不计时限
   下一环节 2/3：Office check；须有佐证材料（缺）；由Rectification office审签
   ledgers/2025/ledger.toml:19
   审签存疑：Unit，2025-06-10 Lin 审签；此后的改动：
   2025-06-20 林某 修改：检验标准
   确认：ledger confirm 3.1
3.2  Halve the rest                                                                       阶段性完成
   2025-06-20 起阶段性完成：阶段性完成，记录人 林某
   未逾期：3.2 应于 2025-09-30 复核，还有 90 天
   绿灯：其他灯都不亮时亮  ledgers/2025/ledger.toml:39
   不能销号：尚未报完成
   下一环节 1/3：Unit；须有整改成效  ledgers/2025/ledger.toml:14
"""
    )


def test_what_can_be_signed_says_so(run, terminal):
    """When nothing is missing the page names the command; the one who signs is named where the step names one."""
    run.ok("evidence", "add", "3.1", "rules.txt")
    run.ok("confirm", "3.1", "--signer", "Lin")
    assert run.ok("explain", "3.1").splitlines()[-2:] == [
        "   next step 2/3: Office check; requires evidence; signed by Rectification office; can be signed",
        "   now: ledger close 3.1  ledgers/2025/ledger.toml:19",
    ]


def test_a_chain_for_issues(run, terminal):
    """Under a chain for issues the issue itself is what is closed; its open measures are named."""
    run.ok("init", "small", "--preset", "simple", "--lang", "en", "--no-input")
    run.ok("add", "Late papers", "-m", "Rules", "-m", "Clerks", "-L", "small")
    run.ok("done", "1.1", "--result", "in force", "-L", "small")
    lines = run.ok("explain", "1", "-L", "small").splitlines()
    assert lines[1:6] == [
        "   in progress since 2025-07-02: reported done, recorded by 林某",
        "   not overdue: there is no date it could be late from",
        "   cannot be closed: it is not reported done",
        "   what was achieved is not written yet: ledger done 1 --result TEXT",
        "   measures that are not done: 1.2",
    ]
    assert lines[6].startswith("   next step 1/1: close-out  ledgers/small/ledger.toml:")


def test_a_plan_that_is_a_draft(run, terminal):
    """Before the plan is approved nothing can be closed, and that is the first thing said."""
    run.ok("init", "draft", "--preset", "single-level", "--lang", "en", "--no-input")
    run.ok("add", "Late papers", "-L", "draft")
    assert (
        run.ok("explain", "1", "-L", "draft").splitlines()[3]
        == "   cannot be closed: it is in no approved plan yet"
    )


@pytest.mark.parametrize(
    ("word", "day", "deadline"),
    [
        ("1.1", "2025-07-02", "not overdue: it is closed"),
        ("1.2", "2025-06-30", "not overdue: 1.2 is due on 2025-06-30, due today"),
        ("1.2", "2025-07-01", "overdue: 1.2 was due on 2025-06-30, 1 day overdue"),
        ("2.1", "2025-07-03", "not overdue: 2.1 is due on 2025-07-04, 1 day left"),
        (
            "3.1",
            "2025-12-31",
            "not overdue: it was reported done, and its deadline does not count while it waits",
        ),
        ("3.2", "2025-09-30", "not overdue: 3.2 is to be reviewed on 2025-09-30, due today"),
        ("3.2", "2025-10-02", "overdue: 3.2 was to be reviewed on 2025-09-30, 2 days overdue"),
        ("4", "2025-12-31", "not overdue: what is void counts nowhere"),
    ],
)
def test_why_it_counts_as_overdue_or_not(run, word, day, deadline):
    """Each status has its own rule about deadlines, and the reason says which one holds."""
    rows = [line.split("\t") for line in run.ok("explain", word, "--today", day).splitlines()]
    assert [row[2] for row in rows if row[1] == "deadline"] == [deadline]


def test_a_pipe_gets_rows(run):
    """Tab-separated id, topic, reason and the place of the rule."""
    lines = run.ok("explain", "2.1").splitlines()
    assert lines[0] == "id\ttopic\ttext\tplace"
    assert (
        lines[4] == "2.1\tlight\tyellow: shows once no more than 7 days are left\tledgers/2025/ledger.toml:35"
    )
    assert {line.count("\t") for line in lines} == {3}


def test_as_json(run):
    """Reasons as data: no sentence, only codes, dates, days and places."""
    document = json.loads(run.ok("explain", "3.1", "--json"))
    (reason,) = document.pop("reasons")
    assert document == {
        "schema": "ledger/explain@1",
        "ledger": "2025",
        "as_of": "2025-07-02",
        "known_at": None,
        "records": [],
    }
    assert [
        len(reason.pop("uid")),
        len(reason["since"].pop("batch")),
        len(reason["suspect"][0]["since"][0].pop("batch")),
    ] == [26] * 3
    assert reason == {
        "id": "3.1",
        "status": "closing",
        "since": {"act": "sign", "on": "2025-06-10", "at": "2025-06-10T09:00:00+08:00", "by": "林某", "why": None},
        "overdue": False,
        "deadline": "awaiting",
        "by_review": False,
        "period": None,
        "late_from": None,
        "days": None,
        "decided_by": "3.1",
        "light": None,
        "rule": None,
        "closeout": {
            "signed": 1, "steps": 3, "next_step": "office", "requires": ["evidence"], "lacks": ["evidence"],
            "signers": ["Rectification office"], "place": "ledgers/2025/ledger.toml:19", "reported": True,
            "result": True, "approved": True, "open_points": [], "open_names": [],
            "missed": [], "open_measures": [],
        },
        "waits_for": [],
        "suspect": [
            {
                "step": "unit", "on": "2025-06-10", "by": "林某", "who": "Lin",
                "since": [{"act": "edit", "on": "2025-06-20", "by": "林某", "fields": ["criterion"]}],
            }
        ],
    }  # fmt: skip


def test_as_it_was(run, terminal):
    """On an earlier day the sign-off was not in doubt yet."""
    page = run.ok("explain", "3.1", "--as-of", "2025-06-12")
    assert page.startswith("as of 2025-06-12\n3.1  Merge meetings ")
    assert "suspect" not in page


def test_a_hand_edit_puts_a_sign_off_in_doubt(run):
    """What somebody wrote into the file counts as a change since the sign-off, by whoever recorded last."""
    path = Path("ledgers/2025/issues/0001-00000002.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('criterion = "rules adopted"', 'criterion = "rules posted"', 1), encoding="utf-8"
    )
    rows = [line.split("\t") for line in run.ok("explain", "1.1").splitlines()]
    assert [row[2] for row in rows if row[1] == "suspect"][
        1
    ] == "2025-06-10 林某, hand edit adopted: criterion"


@pytest.mark.parametrize("columns", [20, 40, 60])
def test_it_fits_any_terminal(run, terminal, chinese, columns):
    """No line is wider than the terminal."""
    from ledger.domain.text import width

    for lang in ("en", "zh"):
        for word in ("1", "3"):
            out = run.ok("explain", word, lang=lang, env={"COLUMNS": str(columns)})
            assert [line for line in out.splitlines() if width(line) > columns] == []
