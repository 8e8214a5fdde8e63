"""Letters in the monthly status: who was written to, who has answered, and when."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ledger import reports
from ledger.domain.cadence import Span
from ledger.domain.letter import Reply
from tests.cases import letter
from tests.office import AS_OF, day, material

NOBODY = (0, 0, 0, 0, 0, 0, None)


def sent(number, signed_on, reply_by, answered_on=None, **changes):
    """A letter that was signed, and answered when it says so."""
    replies = ()
    if answered_on:
        replies = (Reply(1, day(answered_on), "已办结。", (), None, None, "", ""),)
    given = {
        "id": f"L{number}",
        "number": number,
        "stage": "answered" if replies else "signed",
        "reference": f"柳整督〔2025〕{number}号",
        "signed_on": day(signed_on),
        "reply_by": reply_by and day(reply_by),
        "replies": replies,
    }
    return letter()._replace(**{**given, **changes})


def section(*letters, period=None):
    return reports.build(material("status", letters=letters, period=period)).section("letters")


def test_letters_of_the_period_are_counted():
    """Signed in the month: answered in time, answered late, waited for, late; one asked for no answer."""
    counted, listed = section(
        sent(1, "2025-06-02", "2025-06-09", "2025-06-09"),
        sent(2, "2025-06-02", "2025-06-09", "2025-06-12"),
        sent(3, "2025-06-23", "2025-07-01"),
        sent(4, "2025-06-10", "2025-06-17"),
        sent(5, "2025-06-11", None),
    ).blocks
    assert [each.key for each in counted.columns] == [
        "sent", "answered", "awaited", "late", "in_time", "denominator", "percent",
    ]  # fmt: skip
    assert counted.rows == ((5, 2, 1, 1, 1, 3, Decimal("33.3")),)
    assert [each.key for each in listed.columns] == [
        "reference", "addressee", "signed_on", "reply_by", "answered_on", "days_late",
    ]  # fmt: skip
    on = day
    assert listed.rows == (
        ("L1 柳整督〔2025〕1号", "财政所", on("2025-06-02"), on("2025-06-09"), on("2025-06-09"), 0),
        ("L2 柳整督〔2025〕2号", "财政所", on("2025-06-02"), on("2025-06-09"), on("2025-06-12"), 3),
        ("L3 柳整督〔2025〕3号", "财政所", on("2025-06-23"), on("2025-07-01"), None, 0),
        ("L4 柳整督〔2025〕4号", "财政所", on("2025-06-10"), on("2025-06-17"), None, 13),
        ("L5 柳整督〔2025〕5号", "财政所", on("2025-06-11"), None, None, None),
    )


@pytest.mark.parametrize(
    ("given", "counts", "listed"),
    [
        # still waited for: listed, but counted in the month it was signed in
        (sent(1, "2025-05-20", "2025-05-27"), NOBODY, 1),
        # answered in this month
        (sent(1, "2025-05-20", "2025-05-27", "2025-06-01"), NOBODY, 1),
        # over before this month
        (sent(1, "2025-05-20", "2025-05-27", "2025-05-31"), NOBODY, 0),
        # asked for no answer, in another month
        (sent(1, "2025-05-20", None), NOBODY, 0),
        # the first and the last day belong to the month
        (sent(1, "2025-06-01", None), (1, 0, 0, 0, 0, 0, None), 1),
        (sent(1, "2025-06-30", None), (1, 0, 0, 0, 0, 0, None), 1),
        # an answer may come until the end of its last day
        (sent(1, "2025-06-20", "2025-06-30"), (1, 0, 1, 0, 0, 0, None), 1),
        (sent(1, "2025-06-20", "2025-06-29"), (1, 0, 0, 1, 0, 1, Decimal("0.0")), 1),
    ],
)
def test_which_letters_belong_to_a_period(given, counts, listed):
    """By the day of signing they are counted; listed is also what was answered now, or still waits."""
    first, second = section(given).blocks
    assert first.rows == (counts,)
    assert len(second.rows) == listed


@pytest.mark.parametrize("stage", ["draft", "withdrawn", "void"])
def test_letters_that_do_not_stand(stage):
    """Where nothing was sent, or nothing stands, there is no such section; beside others they count nowhere."""
    given = sent(1, "2025-06-02", "2025-06-09", stage=stage)
    assert section() is None
    assert section(given) is None
    counted, listed = section(given, sent(2, "2025-06-25", None)).blocks
    assert counted.rows == ((1, 0, 0, 0, 0, 0, None),)
    assert [row[0] for row in listed.rows] == ["L2 柳整督〔2025〕2号"]


def test_a_quarter_has_its_letters():
    """What belongs to the report is what belongs to its period, whatever its length."""
    quarter = Span("quarter", day("2025-04-01"), AS_OF)
    counted, listed = section(
        sent(1, "2025-04-01", "2025-04-08", "2025-04-07"),
        sent(2, "2025-03-31", "2025-04-08", "2025-04-07"),
        period=quarter,
    ).blocks
    assert counted.rows == ((1, 1, 0, 0, 1, 1, Decimal("100.0")),)
    assert [row[0] for row in listed.rows] == ["L1 柳整督〔2025〕1号", "L2 柳整督〔2025〕2号"]
