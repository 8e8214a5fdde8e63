"""`close`, `return`, `reopen`, `confirm`: sign-offs, one step after another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.ui import ask
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import (
    acts,
    field,
    key_of,
    last,
    ready,
    record,
    refused,
    rewrite,
    status,
    statuses,
    typed,
    unchanged,
)

#: Five bodies, each of which signs one step; the third wants evidence, the last a meeting.
STEPS = """\
[[closeout.steps]]
code = "unit"
label = "责任单位"
requires = ["result", "note"]

[[closeout.steps]]
code = "office"
label = "整改办"
signers = ["整改办", "督查室"]
requires = ["evidence"]

[[closeout.steps]]
code = "committee"
label = "党委会"
signers = ["党委"]
requires = ["meeting"]
"""


@pytest.fixture
def simple(run):
    """One sign-off an issue: issue 1 with two measures, issue 2 with none."""
    ready(run, "init t\nadd 文风不实 -m 甲 -m 乙\nadd 会议过多")


@pytest.fixture
def levels(run):
    """Five sign-offs a measure; issue 1 has three measures, all reported done, issue 2 one that is not."""
    ready(
        run,
        """
        init t --preset five-level
        add 文风不实 -m 甲 -m 乙 -m 丙 --leader 张某
        add 会议过多 -m 丁 --leader 张某
        claim 1-2
        plan approve --meeting 党组会
        done 1.1-1.3 --result 成
        """,
    )


@pytest.fixture
def bodies(run):
    """Three steps a measure with bodies of their own and what they require."""
    run.ok("init", "t")
    path = Path("ledgers/t/ledger.toml")
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("[[closeout.steps]]")[0], text.split("[[lights]]", 1)[1]
    head = head.replace('of = "issue"', 'of = "measure"').replace('"off"', '"error"')
    path.write_text(f"{head}{STEPS}\n[[lights]]{tail}", encoding="utf-8")
    typed(run, "add 文风不实 -m 甲")


# --- close, simple --------------------------------------------------------------------------------------


def test_two_lines_are_all_a_small_office_types(run, simple, chinese):  # noqa: F811
    """`add` and `close --result` close an issue: it is reported done and signed in one batch."""
    assert run.ok("close", "2", "--result", "例会合并") == "2  close-out  1/1  closed\n"
    assert (status("2"), field("2", "result"), acts(2)) == ("closed", "例会合并", ["add", "done", "sign"])
    assert len({entry.batch for entry in record(2).entries[1:]}) == 1
    run.ok("add", "三")
    assert run.ok("销号", "3", "--result", "成", lang="zh") == "3  close-out  1/1  已销号\n"


def test_open_measures_are_named(run, simple):
    """Under the issue's own chain open measures are refused by name; --all takes them along with the result."""
    hint = "report them first, or take them along with: ledger close 1 --all"
    refused(run, "close 1 --result 成", 4, "issue 1 has measures that are not done: 1.1 1.2", hint)
    run.ok("done", "1.1", "--result", "甲成")
    refused(run, "close 1 --result 成", 4, "issue 1 has measures that are not done: 1.2", hint)
    assert run.ok("close", "1", "--result", "全成", "--all") == "1  close-out  1/1  closed\n"
    assert [status("1"), field("1.1", "result"), field("1.2", "result"), status("1.2")] == [
        "closed",
        "甲成",
        "全成",
        "done",
    ]


def test_what_is_not_reported_is_not_signed(run, simple):
    """Without a result nothing is signed, and the way there is said; a measure is closed with its issue."""
    hint = "report it first: ledger done 2 --result TEXT, or add --result here"
    refused(run, "close 2", 4, "2 is not reported done yet (pending)", hint)
    hint = "report it with: ledger done 1.1 --result TEXT"
    refused(run, "close 1.1 --result 成", 4, "1.1 is closed with its issue", hint)
    run.ok("close", "2", "--result", "成")
    refused(
        run, "close 2 --result 成", 4, "2 is closed, so close is not possible", "possible now: note, reopen"
    )


def test_a_person_is_asked_for_the_result(run, simple, monkeypatch):
    """`close` asks a person for a result that is missing."""
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "text", lambda _message, *, flag, **_rest: flag)
    run.ok("close", "2")
    assert (status("2"), field("2", "result")) == ("closed", "--result")


# --- close, level by level --------------------------------------------------------------------------------


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


# --- what a step requires ---------------------------------------------------------------------------------


def test_a_step_has_requirements(run, bodies):
    """Result, note, evidence and meeting are asked for by the step that requires them, each with the way out."""
    refused(
        run,
        "close 1.1 --result 成",
        4,
        "step unit of 1.1 requires note",
        "write it with: ledger note 1.1 --text TEXT",
    )
    typed(run, "note 1.1 -t 抽查\nclose 1.1 --result 成")
    refused(
        run, "close 1.1 --signer 整改办", 4, "step office of 1.1 requires evidence",
        "attach it with: ledger evidence add 1.1 FILE",
    )  # fmt: skip
    Path("a.txt").write_text("a", encoding="utf-8")
    run.ok("evidence", "add", "1.1", "a.txt")
    hint = "look at it with: ledger history 1.1; then confirm the sign-off: ledger confirm 1.1"
    refused(run, "close 1.1 --signer 整改办", 4, "1.1 has changed since step unit was signed", hint)
    run.ok("confirm", "1.1", "--signer", "责任单位")
    hint = "say who signed with --signer, or under which meeting with --meeting"
    refused(run, "close 1.1", 4, "step office of 1.1 names who signs: 整改办, 督查室", hint)
    refused(
        run,
        "close 1.1 --signer 王某",
        4,
        "王某 does not sign step office of 1.1",
        "it is signed by: 整改办, 督查室",
    )
    run.ok("close", "1.1", "--signer", "督查室")
    refused(
        run,
        "close 1.1 --signer 党委",
        4,
        "step committee of 1.1 requires meeting",
        "name the meeting with --meeting",
    )
    assert run.ok("close", "1.1", "--meeting", "党委会第3次").endswith("closed\n")
    assert (last(1).signer, last(1).meeting) == ("党委", "党委会第3次")


def test_a_person_is_asked_who_signed(run, bodies, monkeypatch):
    """`close` asks for result and signer, one after the other, when both are missing."""
    rewrite(Path("ledgers/t/ledger.toml"), 'requires = ["result", "note"]', 'signers = ["责任单位"]')
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(
        ask, "text", lambda _message, *, flag, **_rest: {"--result": "成", "--signer": "责任单位"}[flag]
    )
    run.ok("close", "1.1")
    assert (last(1).signer, field("1.1", "result")) == ("责任单位", "成")


def test_distinct_signers(run, levels):
    """`distinct` looks at who signed, never at who typed: warn says so, error refuses, off is silent."""
    run.ok("close", "1.1", "--signer", "甲方")
    assert run.ok("close", "1.1", "--signer", "乙方").count("signed 2/5") == 1
    assert run("close", "1.1", "--signer", "甲方").err == "warning: 甲方 has signed an earlier step of 1.1\n"
    path = Path("ledgers/t/ledger.toml")
    rewrite(path, 'distinct = "warn"', 'distinct = "error"')
    hint = "another signer is needed: the ledger asks for distinct signers"
    refused(run, "close 1.1 --signer 乙方", 4, "乙方 has signed an earlier step of 1.1", hint)
    rewrite(path, 'distinct = "error"', 'distinct = "off"')
    assert run("close", "1.1", "--signer", "乙方").err == ""


# --- return, reopen, confirm --------------------------------------------------------------------------------


def test_a_return_keeps_the_rejected_attempt(run, levels):
    """A return makes a measure active again; its sign-offs lapse and are kept as a rejected attempt."""
    typed(run, "close 1.1 --signer 甲方\nclose 1.1 --signer 乙方")
    refused(run, "return 1.1", 4, "1.1: a return says what is still to be done", "give it with --why")
    assert run.ok("return", "1.1", "--why", "材料不全", "--signer", "整改办") == "returned: 1.1\n"
    assert (status("1.1"), last(1).why, last(1).signer) == ("active", "材料不全", "整改办")
    measure = record(1).issue.measures[0]
    assert (measure.rejected, measure.signed, [str(each.outcome) for each in measure.closeouts]) == (
        1,
        0,
        ["returned"],
    )
    refused(run, "return 1.1 --why x", 4, "1.1 is active, so return is not possible",
            "possible now: note, interim, done, longterm")  # fmt: skip
    run.ok("close", "1.1", "--result", "补齐")
    assert record(1).issue.measures[0].signed == 1


def test_a_return_to_a_step_keeps_the_earlier_ones(run, levels):
    """`--to STEP` stays in close-out: the steps before it stand, it and the later ones are to be signed again."""
    typed(run, "close 1.1 --meeting a\nclose 1.1 --meeting b\nclose 1.1 --meeting c")
    hint = "signed so far: unit, leader, office"
    refused(
        run,
        "return 1.1 --to group --why x",
        4,
        "step group of 1.1 is not signed, so nothing can go back to it",
        hint,
    )
    run.ok("return", "1.1", "--to", "leader", "--why", "重审")
    assert (status("1.1"), record(1).issue.measures[0].signed) == ("closing", 1)
    run.ok("return", "1.1", "--to", "unit", "--why", "重审")
    assert (status("1.1"), record(1).issue.measures[0].signed) == ("closing", 0)
    assert run.ok("close", "1.1").count("signed 1/5") == 1
    what = "1.2 has no sign-off yet, so nothing can go back to step unit"
    refused(run, "return 1.2 --to unit --why x", 4, what, "leave --to out to return all of it")


def test_a_whole_issue_is_returned(run, levels):
    """The id of an issue means those of its measures that can be returned; named twice, once."""
    run.ok("close", "1.1")
    assert run.ok("return", "1", "1.1", "--why", "材料不全") == "returned: 1.1 1.2 1.3\n"
    hint = "see where they stand: ledger show 1"
    refused(run, "return 1 --why x", 4, "no measure of issue 1 allows that", hint)


def test_reopen_keeps_the_close_outs(run, simple):
    """Reopening makes active again, needs a reason, and keeps the earlier close-out."""
    run.ok("close", "2", "--result", "成")
    refused(run, "reopen 2", 4, "2: a reason is needed", "give it with --why")
    assert run.ok("reopen", "2", "--why", "又超了") == "reopened: 2\n"
    found = record(2).issue
    assert (found.status, found.reopened, [str(each.outcome) for each in found.closeouts]) == (
        "active",
        1,
        ["reopened"],
    )
    hint = "possible now: note, interim, done, longterm"
    refused(run, "reopen 2 --why x", 4, "2 is active, so reopen is not possible", hint)
    assert run.ok("close", "2", "--result", "再成") == "2  close-out  1/1  closed\n"


def test_a_suspect_sign_off_blocks_the_next(run, levels):
    """What was signed and changed since has to be confirmed; the status stays; an erratum is no change."""
    run.ok("close", "1.1", "--signer", "甲方")
    result = run("edit", "1.1", "--result", "另成", "--why", "补充")
    assert "the sign-offs on 1.1 were given before this change" in result.err
    hint = "look at it with: ledger history 1.1; then confirm the sign-off: ledger confirm 1.1"
    refused(run, "close 1.1", 4, "1.1 has changed since step unit was signed", hint)
    assert status("1.1") == "closing"
    assert run.ok("confirm", "1", "--signer", "甲方", "--meeting", "会") == "confirmed: 1.1\n"
    assert (last(1).signer, last(1).meeting) == ("甲方", "会")
    refused(
        run,
        "confirm 1.1",
        4,
        "no sign-off on 1.1 is suspect",
        "there is nothing to confirm; see: ledger show 1.1",
    )
    assert run.ok("close", "1.1", "--signer", "乙方").count("signed 2/5") == 1


def test_what_would_be_signed_is_shown(run, levels):
    """--dry-run shows the entries of a sign-off, a return and a reopening, and writes nothing."""
    out = unchanged(run, "close 1.1 1.2 --meeting 会").out
    entries = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    assert [(each["do"], each["meeting"], each["target"]) for each in entries] == [
        ("sign", "会", key_of("1.1")[1]),
        ("sign", "会", key_of("1.2")[1]),
    ]
    assert '"do":"return"' in unchanged(run, "return 1.1 --why x").out
