"""Issues and measures made up for a test, with nothing said but what the test says."""

from __future__ import annotations

from ledger.domain.issue import Issue, Measure
from ledger.domain.moves import Status, combined

_TARGET = {
    "status": Status.PENDING,
    "unit": "",
    "co_units": (),
    "leader": "",
    "owner": "",
    "criterion": "",
    "deliverable": "",
    "result": "",
    "term": "",
    "continuing": False,
    "due": None,
    "due_original": None,
    "due_text": "",
    "interim_goal": "",
    "review_on": None,
    "remark": "",
    "evidence": (),
    "notes": (),
    "signed": 0,
    "steps": 0,
    "next_step": None,
    "since": None,
    "closed_on": None,
    "suspect": False,
    "reopened": 0,
    "rebounds": 0,
    "rejected": 0,
    "requested": "",
    "closeouts": (),
    "void_why": "",
    "withheld": None,
}
_MEASURE = {"points": (), "recurrence": None, "occurrences": (), "roster": (), "serves": ()}
_ISSUE = {
    "title": "",
    "category": "",
    "kind": "finding",
    "flags": (),
    "formerly": (),
    "variant_of": "",
    "claimed_by": "",
    "claimed_on": None,
    "plan": 0,
    "head": "",
    "entries": 0,
}


def measure(number: int, status: str = "pending", **fields) -> Measure:
    """A measure without an issue yet; `issue` gives it its id."""
    given = {**_TARGET, "text": "", **_MEASURE, **fields}
    return Measure(id="", uid="", number=number, issue_uid="", **{**given, "status": Status(status)})


def issue(number: int, *measures: Measure, status: str | None = None, **fields) -> Issue:
    """An issue; its uid is `i<number>`, those of its measures `i<number>m<number>`.

    Its status is that of its measures unless given; measures take unit, leader, term,
    criterion and deadline from it where they have none.
    """
    uid = f"i{number}"
    passed = {name: fields[name] for name in ("unit", "leader", "term", "criterion") if name in fields}
    dates = {name: fields[name] for name in ("due", "due_original", "due_text") if name in fields}
    own = tuple(_placed(each, number, passed, dates) for each in measures)
    derived = Status(status) if status else combined(each.status for each in own)
    given = {**_TARGET, **_ISSUE, **fields, "status": derived}
    return Issue(id=str(number), uid=uid, number=number, measures=own, **given)


def _placed(each: Measure, number: int, passed: dict, dates: dict) -> Measure:
    values = {name: getattr(each, name) for name in Measure.__dataclass_fields__}
    if not any(values[name] for name in ("due", "due_original", "due_text")):
        values.update(dates)
    values.update({name: value for name, value in passed.items() if not values[name]})
    uid = f"i{number}m{each.number}"
    return Measure(**{**values, "id": f"{number}.{each.number}", "uid": uid, "issue_uid": f"i{number}"})
