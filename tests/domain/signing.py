"""Steps signed at a desk, and what is refused there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledger.domain.acts import closing, working
from ledger.domain.acts.closing import Signed, SignWords
from ledger.domain.closeout import Chain, Distinct, Need, Step
from ledger.errors import RefusedError
from tests.domain.desk import Desk, opened

if TYPE_CHECKING:
    import datetime as dt

#: The five levels of a large office, a measure at a time.
FIVE = Chain(
    "measure",
    (
        Step("unit", "责任单位自评", ("综合科", "财务科"), (Need.RESULT, Need.NOTE)),
        Step("leader", "分管领导审核"),
        Step("office", "整改办复核", ("整改办",), (Need.EVIDENCE,)),
        Step("discipline", "纪检组把关", ("纪检组",)),
        Step("group", "领导小组审定", ("领导小组",), (Need.MEETING,)),
    ),
    Distinct.ERROR,
)
ROW = {"sha256": "cd" * 32, "name": "印章登记表.xlsx", "kind": "document", "proves": "全部登记", "size": 9}


def sign(desk: Desk, key: str, *, by: str = "林某", on: dt.date | None = None, **words) -> Signed:
    return desk.do(closing.sign, key, SignWords(**words), by=by, on=on)


def refused(function, *arguments, **named) -> tuple[str, str]:
    with pytest.raises(RefusedError) as error:
        function(*arguments, **named)
    return error.value.message, error.value.hint


# -- five steps a measure -----------------------------------------------------------------------


def ready() -> tuple[Desk, str]:
    desk = opened(FIVE, measures=2)
    key = desk.key(1)
    desk.do(working.note, key, "清点印章")
    desk.do(working.attach, key, ROW)
    desk.do(working.report_done, key, "全部登记")
    return desk, key
