"""What a shell may offer, read from a real ledger."""

from __future__ import annotations

import pytest

from ledger.errors import NotFoundError
from ledger.usecases import completing

PEOPLE = """\
[[units]]
name = "办公室"
leader = "张某"

[[persons]]
name = "王某"
"""


@pytest.fixture
def _ledger(run, tmp_path):
    run.ok("init", "2025")
    for title in ("文风不实", "档案不全"):
        run.ok("add", title)
    run.ok("measure", "1", "-t", "修订公文管理办法")
    (tmp_path / "ledgers/2025/people.toml").write_text(PEOPLE, encoding="utf-8")


@pytest.mark.usefixtures("_ledger")
def test_ids_are_offered_as_far_as_they_are_typed():
    """Issues first; behind a dot the measures of that issue; every one with its words."""
    assert list(completing.ids(None, None, "")) == [("1", "文风不实"), ("2", "档案不全")]
    assert list(completing.ids(None, "2025", "2")) == [("2", "档案不全")]
    assert list(completing.ids(None, None, "1.")) == [("1.1", "修订公文管理办法")]
    assert list(completing.ids(None, None, "1.1.")) == []
    assert list(completing.ids(None, None, "9")) == []


@pytest.mark.usefixtures("_ledger")
def test_names_and_ledgers_are_offered():
    """Units come with their leader, persons alone; ledgers with their title."""
    assert list(completing.names(None, None)) == [("办公室", "张某"), ("王某", "")]
    assert [name for name, _title in completing.ledgers(None)] == ["2025"]


def test_no_ledger_is_an_error_for_the_caller_to_keep_quiet(tmp_path):
    """Outside a workspace there is nothing to offer; the shell is told so by silence (tests/cli)."""
    with pytest.raises(NotFoundError):
        list(completing.ids(tmp_path, None, ""))
