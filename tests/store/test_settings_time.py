"""What the settings say of time: working days, default deadlines, limits of steps, milestones."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledger.domain.defaults import Defaults
from ledger.domain.limits import Limit
from ledger.domain.milestones import Milestone
from ledger.domain.workdays import OfficeDays
from ledger.errors import DamageError
from ledger.store import settings

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.domain.settings import Settings

#: Thirteen days off from Monday to Friday in 2027, which a whole year has at least; made up.
WHOLE = "whole = [2027]\n" + "".join(
    f"2027-{day} = false\n"
    for day in (
        "01-01", "02-08", "02-09", "02-10", "02-11", "02-12", "04-05", "05-03", "05-04", "06-09", "09-15",
        "10-01", "10-04",
    )
)  # fmt: skip


def load(folder: Path, text: str, shared: str | None = None) -> Settings:
    """The settings of a ledger with this text, in a workspace with this file of working days."""
    path = folder / "ledger.toml"
    path.write_text(text, encoding="utf-8")
    if shared is not None:
        (folder / "workdays.toml").write_text(shared, encoding="utf-8")
    return settings.load(path, folder)


def test_an_office_that_says_nothing(tmp_path: Path) -> None:
    """No rule makes a date, no step has a limit, nothing is owed, the public calendar holds."""
    found = load(tmp_path, "")
    assert found.deadlines == Defaults()
    assert found.milestones == ()
    assert found.workdays == OfficeDays()
    assert [step.limit for step in found.chain.steps] == [None]


def test_the_file_of_the_workspace_holds_for_every_ledger_and_the_ledger_wins(tmp_path: Path) -> None:
    """The days of workdays.toml and of [workdays] together; where they differ the ledger's own count."""
    shared = WHOLE + "2026-06-01 = false\n2026-06-02 = false\n"
    found = load(tmp_path, "[workdays]\n2026-06-02 = true\n", shared).workdays
    assert found.whole == {2027}
    days = [dt.date(2026, 6, day) for day in (1, 2)] + [dt.date(2027, 2, day) for day in (8, 13, 15)]
    assert [found.is_workday(day) for day in days] == [False, True, False, False, True]
    assert found.is_workday(dt.date(2026, 6, 3)) is None


def test_every_rule_about_deadlines(tmp_path: Path) -> None:
    """Days, working days or months under the name of the rule."""
    text = """[deadlines]
immediate_workdays = 10
phased_months = 3
interim_review_days = 30
longterm_review_months = 6
continuing_review_months = 12
"""
    assert load(tmp_path, text).deadlines == Defaults(
        Limit(10, "workday"), Limit(3, "month"), Limit(30, "day"), Limit(6, "month"), Limit(12, "month")
    )


def test_steps_and_milestones_with_their_limits(tmp_path: Path) -> None:
    """A milestone counts from the feedback unless it says from what; its place in the file is kept."""
    text = """[[closeout.steps]]
code = "unit"
within_workdays = 5

[[milestones]]
code = "plan"
label = "the plan"
within_workdays = 15

[[milestones]]
code = "report"
after = "plan"
within_months = 2

[[milestones]]
code = "public"
"""
    found = load(tmp_path, text)
    assert [step.limit for step in found.chain.steps] == [Limit(5, "workday")]
    assert found.milestones == (
        Milestone("plan", "the plan", Limit(15, "workday"), "feedback", "ledger.toml:6"),
        Milestone("report", "", Limit(2, "month"), "plan", "ledger.toml:11"),
        Milestone("public", "", None, "feedback", "ledger.toml:16"),
    )


WRONG = {
    "[window]\nfrom = 2025-03-01\nto = 2025-02-28\n": (
        "ledger.toml:3: window.to: it lies before the first day, 2025-03-01"
    ),
    "[workdays]\nmonday = false\n": "ledger.toml:2: workdays.monday: a date such as 2027-02-08 is expected",
    "[workdays]\n2027-02-08 = 1\n": "ledger.toml:2: workdays.2027-02-08: true / false is expected",
    "[workdays]\nwhole = 2027\n": "ledger.toml:2: workdays.whole: a list is expected",
    '[workdays]\nwhole = ["2027"]\n': "ledger.toml:2: workdays.whole: a list of years such as [2027] is expected",
    "[workdays]\nwhole = [2027]\n2027-01-01 = false\n2027-01-02 = false\n": (
        "ledger.toml:2: workdays.whole: 2027 has 1 days off from Monday to Friday; a whole year has at least 13"
    ),
    "[deadlines]\nimmediate_days = 0\n": (
        "ledger.toml:2: deadlines.immediate_days: a whole number from 1 to 3660 is expected"
    ),
    "[deadlines]\nphased_days = 3\nphased_months = 1\n": (
        "ledger.toml:3: deadlines.phased_months: "
        "only one of phased_days, phased_workdays, phased_months is expected"
    ),
    '[[closeout.steps]]\ncode = "a"\nwithin_days = "3"\n': (
        "ledger.toml:3: closeout.steps[1].within_days: a whole number is expected"
    ),
    "[[milestones]]\nwithin_days = 3\n": (
        'ledger.toml:1: milestones[1].code: a short ASCII name such as "plan" is expected'
    ),
    '[[milestones]]\ncode = "feedback"\n': (
        'ledger.toml:2: milestones[1].code: a short ASCII name such as "plan" is expected'
    ),
    '[[milestones]]\ncode = "a"\n[[milestones]]\ncode = "a"\n': (
        "ledger.toml:4: milestones[2].code: a is given twice"
    ),
    '[[milestones]]\ncode = "a"\nafter = "b"\n': (
        "ledger.toml:3: milestones[1].after: one of feedback, window is expected"
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.items())
def test_what_cannot_be_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    """A wrong value in the settings is damage (7), named by file, line and key."""
    with pytest.raises(DamageError) as caught:
        load(tmp_path, text)
    assert caught.value.message.removeprefix(tmp_path.as_posix() + "/") == message


def test_the_shared_file_is_held_to_the_same(tmp_path: Path) -> None:
    """Its own name stands in the refusal."""
    with pytest.raises(DamageError) as caught:
        load(tmp_path, "", "whole = [2028]\n")
    assert "workdays.toml:1: whole: 2028 has 0 days off" in caught.value.message
