"""`close`, level by level: in order, under one set of minutes, by whom."""

from __future__ import annotations

import json
from pathlib import Path

from ledger.ui import ask
from tests.cli.books import last, record, refused, rewrite, status, statuses, typed


def test_steps_are_signed_in_order(run, levels):
    """Each close signs the next step and says how far it is; the fifth closes; the steps stand in the history."""
    labels = ["unit meeting", "leader in charge", "rectification office", "leading group", "party committee"]
    for n in range(1, 5):
        out = run.ok("close", "1.1", "--signer", f"第{n}方", "--opinion", "同意")
        assert out == f"1.1  {labels[n - 1]}  signed {n}/5, next: {labels[n]}\n"
        assert status("1.1") == "closing"
    assert run.ok("close", "1.1", "--meeting", "党组会") == "1.1  party committee  5/5  closed\n"
    assert statuses("1.1", "1.2", "1") == ["closed", "done", "done"]
    signs = [entry for entry in record(1).entries if entry.do == "sign"]
    assert [each.data["step"] for each in signs] == ["unit", "leader", "office", "group", "committee"]
    assert signs[0].data["steps"] == ["unit", "leader", "office", "group", "committee"]
    assert [(each.signer, each.meeting) for each in signs][3:] == [("第4方", None), (None, "党组会")]


def test_replay_never_reads_the_settings(run, levels):
    """Steps added to the settings later do not reach an attempt that has begun (docs/contract.md §2)."""
    run.ok("close", "1.1")
    path = Path("ledgers/t/ledger.toml")
    rewrite(
        path,
        '[[closeout.steps]]\ncode = "group"',
        '[[closeout.steps]]\ncode = "extra"\n\n[[closeout.steps]]\ncode = "group"',
    )
    typed(run, "close 1.1\nclose 1.1\nclose 1.1\nclose 1.1")
    assert (status("1.1"), "signed 1/6" in run.ok("close", "1.2")) == ("closed", True)


def test_many_under_one_set_of_minutes(run, levels):
    """Many ids are signed in one batch; an issue means its measures that are done; one that cannot stops all."""
    out = run.ok("close", "1", "--meeting", "第1次会")
    assert [line.split()[0] for line in out.splitlines()] == ["1.1", "1.2", "1.3"]
    assert len({entry.batch for entry in record(1).entries[-3:]}) == 1
    refused(
        run, "close 1.1 2.1 --meeting 第2次会", 4, "2.1 is not reported done yet (pending)",
        "report it first: ledger done 2.1 --result TEXT, or add --result here",
    )  # fmt: skip
    run.ok("close", "1.1", "2.1", "--meeting", "第2次会", "--result", "成")
    assert statuses("1.1", "2.1") == ["closing", "closing"]
    hint = "name one with --step"
    refused(run, "close 1", 4, "the measures of issue 1 wait at different steps: leader, office", hint)
    assert run.ok("close", "1", "--step", "leader").count("signed 2/5") == 2
    document = json.loads(run.ok("close", "2.1", "--json"))
    assert document["signed"] == [
        {"id": "2.1", "step": "leader", "n": 2, "of": 5, "closed": False, "next_step": "office"}
    ]


def test_nothing_is_signed_twice_by_one_command(run, levels):
    """An issue and its measure named together sign one step each, in whatever order they are named."""
    assert run.ok("close", "1.1", "1").count("signed 1/5") == 3
    assert run.ok("close", "1", "1.1", "1.1").count("signed 2/5") == 3


def test_one_meeting_signs_one_step_of_an_attempt(run, levels):
    """The same minutes again are refused, unless the step is named; another attempt may have them."""
    run.ok("close", "1.1", "--meeting", "第1次会")
    hint = "if one meeting really signs two steps, name the step with --step"
    refused(run, "close 1.1 --meeting 第1次会", 4, "第1次会 has signed 1.1 in this attempt already", hint)
    refused(run, "close 1.2 1.1 --meeting 第1次会", 4, "第1次会 has signed 1.1 in this attempt already", hint)
    run.ok("close", "1.1", "--meeting", "第1次会", "--step", "leader")
    typed(run, "return 1.1 --why 材料不全\ndone 1.1")
    run.ok("close", "1.1", "--meeting", "第1次会")


def test_a_step_out_of_order(run, levels):
    """--step names the step that is next, or nothing is signed."""
    hint = "steps are signed in order; leave --step out to sign unit"
    refused(run, "close 1.1 --step office", 4, "1.1 waits at step unit, not at office", hint)
    refused(
        run,
        "close 2",
        4,
        "issue 2 has no measure that is reported done",
        "report them with: ledger done 2.1 --result TEXT",
    )


def test_a_step_goes_by_its_label_too(run, levels):
    """--step and --to take the label of a step as well as its code."""
    run.ok("close", "1.1", "--step", "unit meeting")
    run.ok("return", "1.1", "--to", "unit meeting", "--why", "重审")
    assert last(1).data == {"to": "unit"}


def test_who_signs_must_be_known(run, levels):
    """Nobody is known as recorder: sign-offs, returns and approvals are refused, with the way out."""
    hint = "say who you are with --by NAME, or set TAIZHANG_ACTOR"
    nobody = {"TAIZHANG_ACTOR": None}
    for line in (
        "close 1.1",
        "return 1.1 --why x",
        "reopen 1.1 --why x",
        "confirm 1.1",
        "plan approve",
        "extend 1.1 --to 2025-09-30 --approve --why x",
        "longterm 1.1 --refuse --why x",
    ):
        refused(run, line, 4, "nobody knows who records this sign-off", hint, env=nobody)
    run.ok("note", "1.1", "-t", "x", env=nobody)
    assert last(1).by == "unknown"
    run.ok("close", "1.1", "--by", "王某", env=nobody)
    assert (last(1).by, last(1).signer) == ("王某", None)


def test_the_recorder_is_found_in_order(run, levels):
    """--by, then TAIZHANG_ACTOR, then the user's own settings, then git (docs/contract.md §3)."""
    nobody = {"TAIZHANG_ACTOR": None}
    Path("gitconfig").write_text("[user]\n\tname = 四\n", encoding="utf-8")
    git = {**nobody, "GIT_CONFIG_GLOBAL": str(Path("gitconfig").absolute())}
    run.ok("note", "1.1", "-t", "x", env=git)
    assert last(1).by == "四"
    home = Path("config/taizhang")
    home.mkdir(parents=True)
    (home / "config.toml").write_text('name = "三"\n', encoding="utf-8")
    run.ok("note", "1.1", "-t", "x", env={**git, "XDG_CONFIG_HOME": str(Path("config").absolute())})
    assert last(1).by == "三"
    run.ok("note", "1.1", "-t", "x", by="二", env={"XDG_CONFIG_HOME": str(Path("config").absolute())})
    assert last(1).by == "二"
    run.ok("note", "1.1", "-t", "x", "--by", "一", by="二")
    assert last(1).by == "一"


def test_a_person_is_asked_for_a_name_once(run, levels, monkeypatch):
    """On a terminal the recorder's name is asked for, used, and kept in the user's settings."""
    asked = []
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "text", lambda _message, *, flag, **_rest: asked.append(flag) or "顾某")
    here = {"TAIZHANG_ACTOR": None, "XDG_CONFIG_HOME": str(Path("config").absolute())}
    run.ok("close", "1.1", env=here)
    run.ok("close", "1.2", env=here)
    assert (asked, last(1).by) == (["--by"], "顾某")
