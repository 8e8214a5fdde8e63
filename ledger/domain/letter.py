"""A letter about measures that are late, as its history makes it (提示函, 督办函, 约谈通知)."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

from ledger.domain.replay import undone_batches
from ledger.domain.schema import VOID, Field, Kind, Lifecycle, Schema, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ledger.domain.entry import Entry
    from ledger.domain.ladder import Standing
    from ledger.domain.state import State

#: How an answer was found: it will do; only in part; it will not.
Verdict: TypeAlias = Literal["adequate", "partial", "inadequate"]
VERDICTS: Final[tuple[Verdict, ...]] = ("adequate", "partial", "inadequate")

#: What the letter itself says; after signing it stands as it was signed.
CONTENT: Final = (
    "title", "addressee", "copies", "text", "demands", "consequence", "contact", "signature", "finish_by",
)  # fmt: skip

LETTER = Schema(
    kind="letter",
    folder="letters",
    letter="L",
    by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("formerly", Kind.LIST, kept=True),
        Field("rung", Kind.LINE, kept=True),
        Field("form", Kind.LINE, kept=True),
        Field("reference", Kind.LINE, kept=True),
        Field("signed_on", Kind.DATE, kept=True),
        Field("title", Kind.LINE),
        Field("addressee", Kind.LINE),
        Field("copies", Kind.LIST),
        Field("items", Kind.LIST, kept=True),
        Field("text", Kind.TEXT),
        Field("demands", Kind.TEXT),
        Field("consequence", Kind.TEXT),
        Field("finish_workdays", Kind.NUMBER, kept=True),
        Field("finish_by", Kind.DATE),
        Field("reply_workdays", Kind.NUMBER, kept=True),
        Field("reply_by", Kind.DATE, kept=True),
        Field("contact", Kind.LINE),
        Field("signature", Kind.LINE),
        Field("remark", Kind.TEXT),
    ),
    lifecycle=Lifecycle(
        "draft",
        MappingProxyType(
            {
                ("draft", "sign"): "signed",
                ("draft", "withdraw"): "withdrawn",
                ("draft", "void"): VOID,
                ("signed", "receipt"): "signed",
                ("signed", "reply"): "answered",
                ("signed", "withdraw"): "withdrawn",
                ("answered", "reply"): "answered",
                ("answered", "judge"): "answered",
                ("answered", "withdraw"): "withdrawn",
            }
        ),
        drafts=frozenset({"draft"}),
    ),
)
"""Which fields a record has, in which order, and what kind each is.

Shape: `rung` is the code of the ladder and `form` what it was called when the letter was drafted; `reference`
    is the number that stands on paper (文号); `items` are the uids of the measures, and of issues without
    any, that it is about.
Units: `finish_workdays` and `reply_workdays` working days from signing.
"""


class Ground(NamedTuple):
    """What a letter says of one of its items, as it stood when the letter was drafted.

    Shape: `id` is what it was called then; `due` the date from which it was late; `rule` and `place` the rule
        that called for the letter and where it stands, empty where nobody but the writer did.
    Units: `days` late, negative when days were left, None without a date.
    """

    uid: str
    id: str
    due: dt.date | None
    days: int | None
    rule: str = ""
    place: str = ""


class Receipt(NamedTuple):
    """Who took the letter, and when (签收)."""

    on: dt.date
    by: str


class Reply(NamedTuple):
    """One answer, and what was thought of it.

    Shape: `number` counts them from 1; `files` are the digests of what came with it; `verdict` is None until
        it was judged.
    """

    number: int
    on: dt.date
    text: str
    files: tuple[str, ...]
    verdict: Verdict | None
    judged_on: dt.date | None
    judged_by: str
    opinion: str


class Letter(NamedTuple):
    """A letter, typed; fields as in `LETTER`.

    Shape: `stage` is draft, signed, answered, withdrawn or void; `withdrawn_on` and `withdrawn_why` say when
        and why it was taken back; `head` is the hash of the last of its `entries`.
    """

    id: str
    uid: str
    number: int
    stage: str
    rung: str
    form: str
    reference: str
    drafted_on: dt.date
    signed_on: dt.date | None
    signer: str
    title: str
    addressee: str
    copies: tuple[str, ...]
    items: tuple[str, ...]
    grounds: tuple[Ground, ...]
    text: str
    demands: str
    consequence: str
    finish_workdays: int | None
    finish_by: dt.date | None
    reply_workdays: int | None
    reply_by: dt.date | None
    contact: str
    signature: str
    remark: str
    receipt: Receipt | None
    replies: tuple[Reply, ...]
    withdrawn_on: dt.date | None
    withdrawn_why: str
    head: str
    entries: int

    @property
    def counts(self) -> bool:
        """Whether it was sent and stands: neither a draft, nor taken back."""
        return self.stage in ("signed", "answered")

    @property
    def answered_on(self) -> dt.date | None:
        """The day of the first answer."""
        return self.replies[0].on if self.replies else None

    @property
    def verdict(self) -> Verdict | None:
        """What was thought of the newest answer."""
        return self.replies[-1].verdict if self.replies else None

    @property
    def in_time(self) -> bool:
        """Whether the first answer came by the date it was asked for."""
        first = self.answered_on
        return first is not None and self.reply_by is not None and first <= self.reply_by

    def standing(self, day: dt.date) -> Standing:
        """How it stands on a day, for something it is about that is still open."""
        if self.stage == "draft":
            return "draft"
        if not self.replies and self.reply_by is not None:
            return "unanswered" if self.reply_by < day else "awaiting"
        if self.verdict == "inadequate":
            return "inadequate"
        if self.finish_by is not None and self.finish_by < day:
            return "unfinished"
        return "answered" if self.replies else "sent"

    def about(self, uid: str) -> Ground | None:
        """What it said of one of its items."""
        return next((each for each in self.grounds if each.uid == uid), None)


def letter_of(state: State) -> Letter:
    """The letter a history makes."""
    undone = undone_batches(state.entries)
    overtaken = {entry.hash for entry in state.overtaken}
    entries = [each for each in state.entries if each.batch not in undone and each.hash not in overtaken]
    first, get = state.entries[0], state.fields.get
    signed = next((each for each in entries if each.do == "sign"), None)
    withdrawn = next((each for each in entries if each.do == "withdraw"), None)
    number = int(get("number", 0))
    return Letter(
        id=state.schema.id_of(number),
        uid=str(get("uid", "")),
        number=number,
        stage=state.stage,
        rung=get("rung", ""),
        form=get("form", ""),
        reference=get("reference", ""),
        drafted_on=first.on,
        signed_on=get("signed_on"),
        signer=(signed.signer or signed.by) if signed else "",
        title=get("title", ""),
        addressee=get("addressee", ""),
        copies=tuple(map(str, get("copies", ()))),
        items=tuple(map(str, get("items", ()))),
        grounds=tuple(_grounds(first)),
        text=get("text", ""),
        demands=get("demands", ""),
        consequence=get("consequence", ""),
        finish_workdays=get("finish_workdays"),
        finish_by=get("finish_by"),
        reply_workdays=get("reply_workdays"),
        reply_by=get("reply_by"),
        contact=get("contact", ""),
        signature=get("signature", ""),
        remark=get("remark", ""),
        receipt=_receipt(entries),
        replies=_replies(entries),
        withdrawn_on=withdrawn.on if withdrawn else None,
        withdrawn_why=(withdrawn.why or "") if withdrawn else "",
        head=state.tips[0] if len(state.tips) == 1 else "",
        entries=len(state.entries),
    )


def _grounds(entry: Entry) -> Iterable[Ground]:
    for row in _rows(entry.data.get("grounds")):
        get = row.get
        days = get("days")
        yield Ground(
            uid=str(get("uid", "")),
            id=str(get("id", "")),
            due=_day(get("due")),
            days=days if isinstance(days, int) else None,
            rule=str(get("rule", "")),
            place=str(get("place", "")),
        )


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _rows(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _receipt(entries: Iterable[Entry]) -> Receipt | None:
    taken = [each for each in entries if each.do == "receipt"]
    return Receipt(taken[-1].on, str(taken[-1].data.get("receiver", ""))) if taken else None


def _replies(entries: Iterable[Entry]) -> tuple[Reply, ...]:
    found: list[Reply] = []
    for entry in entries:
        if entry.do == "reply":
            data = entry.data
            judged = _verdict(data) is not None
            found.append(
                Reply(
                    number=len(found) + 1,
                    on=entry.on,
                    text=str(data.get("text", "")),
                    files=_texts(data.get("files")),
                    verdict=_verdict(data),
                    judged_on=entry.on if judged else None,
                    judged_by=(entry.signer or entry.by) if judged else "",
                    opinion=str(data.get("opinion", "")),
                )
            )
        elif entry.do == "judge" and found:
            found[-1] = found[-1]._replace(**_judged(entry))
    return tuple(found)


def _judged(entry: Entry) -> Mapping[str, Any]:
    return {
        "verdict": _verdict(entry.data),
        "judged_on": entry.on,
        "judged_by": entry.signer or entry.by,
        "opinion": str(entry.data.get("opinion", "")),
    }


def _verdict(data: Mapping[str, Any]) -> Verdict | None:
    return next((each for each in VERDICTS if each == data.get("verdict")), None)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
