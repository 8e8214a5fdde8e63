"""What the papers of single cases are made from, in the fictional office of `tests.office`."""

from __future__ import annotations

from ledger.domain.casefile import Extension, Said, Setback, Terms
from ledger.domain.entered import Entered
from ledger.reports.material import Case, Registered
from ledger.store import registers
from tests.office import day


def of(kind: str, issues) -> dict:
    """The parts of a report's material that only some kinds need."""
    if kind == "closeout":
        return {"cases": cases(issues), "registers": registered()}
    return {}


def said(on: str, **given) -> Said:
    return Said(day(on), given.pop("by", "林某"), **given)


def asked() -> Extension:
    """Asked for and approved."""
    return Extension(
        "extend",
        "approved",
        day("2025-05-31"),
        Terms(day("2025-06-15"), "6月中旬"),
        said("2025-05-20", why="讲师出差"),
        Terms(day("2025-06-15")),
        said("2025-05-22", meeting="领导小组第4次会议", why="同意"),
    )


def cases(issues) -> tuple[Case, ...]:
    """One that was sent back and closed, one half signed, one that is done and nothing is signed of."""
    first, second, fifth = issues[0], issues[1], issues[4]
    back = Setback("return", said("2025-05-20", signer="顾某", why="缺培训签到表"), "")
    return (
        Case(first, first.measures[1], day("2025-06-01"), (asked(),), (back,)),
        Case(second, second.measures[2], day("2025-06-20")),
        Case(fifth, fifth.measures[0], None),
    )


def registered() -> tuple[Registered, ...]:
    """One regulation that came of issue 1, and who was held to account for it."""
    rule = {
        "change": "new",
        "title": "《公文办理|办法》",
        "doc_number": "柳政发〔2025〕9号",
        "unit": "党政办",
    }
    talk = {"form": "reminder", "person": "严某", "unit": "党政办", "persons": 1, "title": "办文超期"}
    return (
        Registered(
            registers.shipped("regulations"),
            (entered("regulations", 1, "2025-05-28", {**rule, "links": ["i1m2"]}),),
        ),
        Registered(
            registers.shipped("accountability"),
            (entered("accountability", 1, "2025-04-11", {**talk, "links": ["i1"]}),),
        ),
    )


def entered(kind: str, number: int, on: str, values: dict) -> Entered:
    return Entered(f"{kind}:{number}", f"{kind}{number}", number, day(on), {"on": on, **values})
