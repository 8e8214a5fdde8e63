"""`interim` and `done`: what is achieved for now, and what is reported done."""

from __future__ import annotations

from ledger.ui import ask
from tests.cli.books import day, field, refused, status, statuses


def test_interim_keeps_a_measure_in_dispatch(run, simple):
    """An interim completion has a result and a review date, and can be reported done later."""
    assert (
        run.ok("interim", "1.1", "--result", "17处完成12处", "--review-on", "2025-09-30") == "interim: 1.1\n"
    )
    assert (status("1.1"), field("1.1", "result"), field("1.1", "review_on")) == (
        "interim",
        "17处完成12处",
        day("2025-09-30"),
    )
    refused(
        run,
        "interim 1.1",
        4,
        "1.1 is interim, so interim is not possible",
        "possible now: note, done, longterm",
    )
    run.ok("done", "1.1")
    assert (status("1.1"), field("1.1", "result")) == ("done", "17处完成12处")


def test_done_needs_a_result(run, simple, chinese):  # noqa: F811
    """Whatever is reported done says what was achieved; said in Chinese too."""
    hint = "say what was achieved: ledger done 1.1 --result TEXT"
    refused(run, "done 1.1", 4, "1.1 has no result", hint)
    result = run("报完成", "1.1", lang="zh")
    assert (result.code, result.err) == (
        4,
        "错误: 1.1 没有填写整改成效\n提示: 请写明整改成效：ledger done 1.1 --result 文字\n",
    )
    assert run("done", "1.1", "1.2", "--result", "成") == (
        0,
        "done, awaiting close-out: 1.1 1.2\n",
        "next: ledger close 1.1 1.2\n",
    )
    assert statuses("1.1", "1.2", "1") == ["done", "done", "done"]
    refused(
        run,
        "done 1.1 --result 成",
        4,
        "1.1 is done, so done is not possible",
        "possible now: note, close, return, longterm",
    )


def test_an_issue_is_done_after_its_measures(run, simple):
    """Under the issue's own chain, open measures are named; long-term and void ones do not stand in the way."""
    run.ok("done", "1.1", "--result", "成")
    hint = "report them first, or take them along with: ledger close 1 --all"
    refused(run, "done 1 --result 成", 4, "issue 1 has measures that are not done: 1.2", hint)
    run.ok("longterm", "1.2", "--interim-goal", "一半", "--review-on", "2025-12-31", "--why", "存量大")
    run.ok("done", "1", "--result", "成")
    assert status("1") == "done"


def test_a_person_is_asked_what_was_achieved(run, simple, monkeypatch):
    """`done` asks a person for the result when there is none, and only then."""
    asked = []
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "text", lambda message, *, flag, **_rest: asked.append(flag) or "成")
    run.ok("done", "1.1")
    run.ok("edit", "1.2", "--result", "已有")
    run.ok("done", "1.2")
    assert (asked, field("1.1", "result"), field("1.2", "result")) == (["--result"], "成", "已有")
