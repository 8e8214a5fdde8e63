"""What the papers of single cases are made from, in the fictional office of `tests.office`."""

from __future__ import annotations

from ledger.domain.casefile import Extension, Said, Setback, Terms
from ledger.domain.entered import Entered, in_order
from ledger.domain.entry import parse
from ledger.domain.issue import Evidence
from ledger.domain.letter import Letter
from ledger.domain.registerfigures import Question, Units, counted
from ledger.domain.review import Item, Review
from ledger.reports.material import Case, Content, Filed, Listed, LookedBack, Registered
from ledger.reports.prose import passages, place
from ledger.store import registers
from tests.office import day

#: The entry that planned the look-back.
PLANNED = '{"at":"2025-06-20T09:00:00+08:00","batch":"b","by":"陆某","do":"add","id":"e","on":"2025-06-20","prev":[]}'
#: No unit has a group.
NOBODY = Units(lambda _unit: "", {})
#: How many issues the fictional office has.
OFFICE = 6


def of(kind: str, issues) -> dict:
    """The parts of a report's material that only some kinds need; cases of the fictional office alone."""
    match kind:
        case "closeout" if len(issues) == OFFICE:
            return {"cases": cases(issues), "registers": registered()}
        case "extension" if len(issues) == OFFICE:
            waits = asked()._replace(answer="pending", granted=None, decision=None)
            first = Case(issues[1], issues[1].measures[0], None, (asked(), waits))
            return {"cases": (first, longterm(issues))}
        case "dossier":
            return {"contents": contents() if issues else ()}
        case "evidence" if len(issues) == OFFICE:
            every = [Case(issue, each) for issue in issues for each in (issue, *issue.measures)]
            return {"cases": tuple(every), "filed": filed(issues)}
        case "letter":
            return {"letters": (letter(),)}
        case "lookback":
            return {"lookback": lookback() if issues else planned()}
        case "notice":
            return {"prose": prose()}
        case "register":
            return {"listed": listed("accountability", kept() if issues else ())}
        case "progress":
            looked = lookback().review
            return {"prose": prose(), "registers": told(), "letters": (letter(),), "reviews": (looked,)}
    return {}


def prose() -> dict:
    """What the office wrote itself, with figures."""
    texts = {
        "organisation": "# 履行主体责任情况\n\n召开会议研究，制定措施{{ measures.total }}条。\n\n## 销号机制\n\n逐项销号。",
        "next_steps": "继续推进未完成的{{ issues.active }}个问题。",
    }
    return {name: passages(text, place("2025", name)) for name, text in texts.items()}


def told() -> tuple[Registered, ...]:
    """Two persons held to account, a rule that was made; nobody excused, nothing reported upward."""
    on = day("2025-05-10")
    kept = {
        "accountability": {
            "on": on,
            "form": "talk",
            "persons": 2,
            "unit": "财政所",
            "title": "往来款|清理不力",
            "amount": "35000",
        },
        "tolerance": {},
        "regulations": {"on": on, "change": "new", "title": "公文办理办法", "unit": "党政办"},
        "reports": {},
    }
    return tuple(
        Registered(
            registers.shipped(kind), (Entered(f"{kind}/1", f"{kind}1", 1, on, values),) if values else ()
        )
        for kind, values in kept.items()
    )


def letter() -> Letter:
    """A supervision letter about measures 2.1 and 2.2, signed and not answered."""
    return Letter(
        id="L3",
        uid="letter3",
        number=3,
        stage="signed",
        rung="supervise",
        form="整改督办函",
        reference="柳整督〔2025〕3号",
        drafted_on=day("2025-06-20"),
        signed_on=day("2025-06-21"),
        signer="林某",
        title="关于“往来款|长期挂账”问题整改的督办函",
        addressee="财政所",
        copies=("派驻纪检监察组", "党政办"),
        items=("i2m1", "i2m2"),
        grounds=(),
        text="一、措施2.1已逾期10天。\n二、措施2.2未启动。",
        demands="请于2025年7月5日前完成，并书面回复。",
        consequence="逾期不改的，将予以约谈。",
        finish_workdays=None,
        finish_by=day("2025-07-05"),
        reply_workdays=5,
        reply_by=day("2025-06-30"),
        contact="严某，0000-1234567",
        signature="柳河镇巡察整改办",
        remark="",
        receipt=None,
        replies=(),
        withdrawn_on=None,
        withdrawn_why="",
        head="c" * 64,
        entries=2,
    )


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


def item(number: int, about: str, stratum: str, outcome: str = "", **given) -> Item:
    """One thing looked at, of the fictional office; with nothing said but what the test says."""
    issue, measure = about.split(".")
    fields = {
        "reasons": (),
        "seen_on": None,
        "methods": (),
        "reviewer": "",
        "text": "",
        "satisfaction": "",
        "variant": "",
        "redo_by": "",
        "redo_due": None,
        "evidence": (),
        **given,
    }
    subject = f"i{issue}m{measure}"
    return Item(
        uid=f"item{number}",
        number=number,
        about=about,
        subject=subject,
        stratum=stratum,
        outcome=outcome,
        **fields,
    )


def planned() -> LookedBack:
    """A look-back of which nothing was drawn yet."""
    review = lookback().review._replace(stage="planned", drawn_on=None, finished_on=None, items=(), entries=0)
    return LookedBack(review, {})


def lookback() -> LookedBack:
    """Of four closed measures one came back, one is there in another shape, one holds, one is not looked at yet."""
    looked = {"seen_on": day("2025-06-26"), "methods": ("look", "check"), "reviewer": "陆某"}
    items = (
        item(1, "1.1", "flagged", "held", reasons=("flag:rebound_prone",), satisfaction="96%", **looked),
        item(
            2,
            "1.2",
            "flagged",
            "rebound",
            reasons=("flag:rebound_prone", "suspect"),
            text="又有|3件超期",
            redo_by="严某",
            redo_due=day("2025-08-31"),
            evidence=({"name": "抽查表.xlsx", "sha256": "cd" * 32},),
            **looked,
        ),
        item(3, "2.3", "random", "variant", text="改由下属单位收费", variant="i4", **looked),
        item(4, "5.1", "random"),
    )
    review = Review(
        id="R2025-1",
        uid="review1",
        number=2025001,
        stage="drawn",
        title="",
        as_of=day("2025-06-20"),
        of="measure",
        statuses=("closed",),
        unit="",
        category="",
        flags=("rebound_prone",),
        rate="10%",
        confidence="90%",
        seed="1f2e",
        population=30,
        rest=28,
        size=2,
        frame="sha256:" + "ef" * 32,
        whole=False,
        remark="",
        plan=parse(PLANNED),
        drawn_on=day("2025-06-21"),
        finished_on=None,
        items=items,
        head="d" * 64,
        entries=5,
    )
    called = {
        "i1m1": ("1.1", "修订公文办理办法。"),
        "i1m2": ("1.2", "组织公文培训。"),
        "i2m3": ("2.3", "退还多收费用。"),
        "i5m1": ("5.1", "公开财务收支。"),
        "i4": ("4", "会议记录不全"),
    }
    return LookedBack(review, called, (letter()._replace(items=("i1m2",)),))


def contents() -> tuple[Content, ...]:
    """Two files of a dossier."""
    return (
        Content("问题1/销号审批表.docx", "销号审批表", "1", 30480, "ab" * 32),
        Content("问题1/佐证材料/1.2/签到表|6月.xlsx", "原件", "1.2", 20480, "cd" * 32),
    )


def filed(issues) -> tuple[Filed, ...]:
    """Three files: one is kept, one stands beside two issues and was changed, one is gone."""
    first, second = (Case(issues[at], issues[at].measures[1]) for at in (0, 1))
    kept = first.target.evidence[0]
    shared = Evidence("cd" * 32, "收款单.pdf", "", "已退还", 5)
    gone = Evidence("ef" * 32, "=台账.xlsx", "record", "", 1024)
    return (
        Filed(first, kept, day("2025-05-06"), "kept"),
        Filed(first, shared, day("2025-05-07"), "changed"),
        Filed(second, shared, None, "changed"),
        Filed(second, gone, day("2025-06-01"), "missing"),
    )


def longterm(issues) -> Case:
    """Measure 3.1, which may go on as long-term work; nobody was asked yet."""
    wish = Terms(interim_goal="完成三成", review_on=day("2025-07-15"))
    asking = Extension(
        "longterm", "pending", None, wish, said("2025-06-01", why="资金分三年到位"), None, None
    )
    return Case(issues[2], issues[2].measures[0], None, (asking,))


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


def kept() -> tuple[Entered, ...]:
    """Three that were held to account, the later one entered first; one that was void from the start."""
    talk = {"form": "reminder", "person": "严某", "unit": "党政办", "persons": 1, "title": "办文|超期"}
    fine = {"form": "talk", "unit": "财政所", "persons": 2, "title": "=清理不力", "amount": "35000.5"}
    void = entered("accountability", 3, "2025-05-11", talk)
    return (
        entered("accountability", 1, "2025-05-10", {**fine, "links": ["i2", "i2m1", "gone"]}),
        entered("accountability", 2, "2025-04-11", {**talk, "links": ["i1"]}),
        void._replace(void=True),
    )


def listed(kind: str, every: tuple[Entered, ...], units: Units = NOBODY) -> Listed:
    """A register with these records, in which all of them are meant."""
    declaration = registers.shipped(kind)
    figures = (counted(declaration, each, every, Question(), units) for each in declaration.figures)
    shown = in_order(each for each in every if not each.void)
    return Listed(declaration, tuple(shown), every, {"i1": "1", "i2": "2", "i2m1": "2.1"}, tuple(figures))


def entered(kind: str, number: int, on: str, values: dict) -> Entered:
    return Entered(
        f"{kind}:{number}",
        f"{kind}{number}",
        number,
        day(on),
        {"on": on, **values},
        head=f"h{number}",
        entries=2,
    )
