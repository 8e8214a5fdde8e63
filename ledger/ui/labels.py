"""Stored codes as the words a person reads; the codes themselves never change."""

from __future__ import annotations

import errno
from gettext import gettext as _
from gettext import pgettext
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ledger import language
from ledger.ui.table import Toned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.ui.table import Tone

#: English word of every code, by kind; the kind is the context (msgctxt) under which it is translated.
#: Source: docs/contract.md §1.
WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "status": {
            "pending": "not started",
            "active": "in progress",
            "interim": "interim",
            "done": "done, awaiting close-out",
            "closing": "in close-out",
            "closed": "closed",
            "longterm": "long-term",
            "void": "void",
        },
        "stage": {
            "kept": "kept",
            "void": "void",
            "draft": "draft",
            "signed": "signed",
            "answered": "answered",
            "withdrawn": "withdrawn",
            "registered": "registered",
            "routed": "routed",
            "verified": "verified",
            "transferred": "transferred",
            "acknowledged": "transferred, receipt in",
            "concluded": "concluded",
            "issue": "made an issue",
            "planned": "planned",
            "drawn": "drawn",
            "finished": "finished",
        },
        "role": {
            "unit": "responsible unit",
            "co_unit": "co-unit",
            "leader": "leader",
            "owner": "owner",
            "letter": "letter to answer",
            "clue": "clue to verify",
            "signer": "step to sign",
        },
        "section": {
            "milestones": "milestones",
            "letters": "letters without a reply",
            "clues": "clues",
            "redos": "to be done again after a look-back",
            "reviews": "to be reviewed",
            "lookbacks": "to be looked back at",
        },
        "milestone_after": {"feedback": "the feedback", "window": "the concentrated period"},
        "term": {"immediate": "immediate", "phased": "phased", "longterm": "long-term"},
        "kind": {"finding": "finding", "theme": "theme"},
        "light": {
            "red": "red",
            "orange": "orange",
            "yellow": "yellow",
            "blue": "blue",
            "green": "green",
            "none": "none",
        },
        "act": {
            "add": "entered",
            "measure": "measure set",
            "edit": "edited",
            "assign": "assigned",
            "claim": "claimed",
            "split": "split",
            "merge": "merged",
            "move": "moved",
            "note": "note",
            "evidence": "evidence",
            "point": "points",
            "roster": "roster",
            "occur": "occurrence",
            "interim": "interim",
            "done": "reported done",
            "sign": "signed",
            "close": "closed",
            "return": "returned",
            "send_back": "sent back",
            "reopen": "reopened",
            "extend": "extended",
            "longterm": "long-term",
            "void": "voided",
            "confirm": "confirmed",
            "undo": "undone",
            "adopt": "hand edit adopted",
            "renumber": "renumbered",
            "handover": "handed over",
            "resolve": "two copies merged",
            "approve": "plan approved",
            "erratum": "erratum",
            "sample": "drawn",
            "record": "looked at",
            "finish": "finished",
            "route": "routed",
            "verify": "verified",
            "transfer": "transferred",
            "receipt": "receipt",
            "result": "result of the transfer",
            "conclude": "concluded",
            "issue": "made an issue",
            "feedback": "answered",
            "reply": "replied",
            "judge": "judged",
            "withdraw": "withdrawn",
        },
        "field": {
            "id": "no.",
            "uid": "identity",
            "number": "number",
            "formerly": "former numbers",
            "kind": "kind",
            "title": "issue",
            "category": "category",
            "text": "measure",
            "measures": "measures",
            "points": "points",
            "recurrence": "recurrence",
            "occurrences": "occurrences",
            "roster": "roster",
            "headway": "periods and names",
            "unit": "unit",
            "co_units": "co-units",
            "leader": "leader",
            "owner": "owner",
            "giver": "handed over by",
            "taker": "taken over by",
            "roles": "what was handed over",
            "criterion": "criterion",
            "deliverable": "deliverable",
            "result": "result",
            "term": "term",
            "continuing": "continuing",
            "due": "due",
            "due_original": "original due date",
            "due_derived": "due by rule",
            "due_text": "due as printed",
            "interim_goal": "interim goal",
            "review_on": "next review",
            "serves": "serves",
            "claimed_by": "claimed by",
            "claimed_on": "claimed on",
            "flags": "flags",
            "variant_of": "variant of",
            "remark": "remark",
            "evidence": "evidence",
            "status": "status",
            "head": "head",
            "light": "light",
            "overdue_days": "days overdue",
            "rebounds": "rebounds",
            "suspect": "suspect sign-offs",
            "name": "name",
            "proves": "proves",
            "size": "size",
            "sha256": "sha256",
            "letters": "letters",
            "on": "on",
            "at": "recorded at",
            "by": "recorded by",
            "do": "act",
            "signer": "signer",
            "meeting": "meeting",
            "step": "step",
            "opinion": "opinion",
            "why": "reason",
            "total": "total",
        },
        "step_result": {
            "signed": "passed",
            "returned": "returned",
            "lapsed": "lapsed",
            "suspect": "suspect",
            "waiting": "waiting",
        },
        "channel": {
            "letter": "letter",
            "mailbox": "complaints box",
            "phone": "telephone",
            "visit": "visit",
            "online": "online",
            "referral": "referral",
            "inspection": "found by inspection",
        },
        "finding": {"founded": "founded", "partly": "partly founded", "unfounded": "unfounded"},
        "clue_step": {
            "route": "routing",
            "verify": "verification",
            "conclude": "conclusion",
            "receipt": "receipt",
            "result": "result",
            "feedback": "answer",
        },
        "clue_field": {
            "id": "no.",
            "title": "clue",
            "channel": "channel",
            "source": "given by",
            "received_on": "received on",
            "unit": "about",
            "text": "it says",
            "stage": "stage",
            "routed_to": "routed to",
            "routed_on": "routed on",
            "due": "next step by",
            "outcome": "outcome",
            "finding": "found",
            "verified_on": "verified on",
            "transferred_to": "transferred to",
            "transfer_number": "number of transfer",
            "transferred_on": "transferred on",
            "receipt_number": "number of receipt",
            "receipt_on": "receipt on",
            "result": "result",
            "concluded_on": "concluded on",
            "issue": "issue",
            "feedback_due": "answer by",
            "feedback_on": "answered on",
            "feedback": "answer",
            "remark": "remark",
            "late_step": "late",
            "late_days": "days late",
        },
        "letter_field": {
            "rung": "rung",
            "form": "form",
            "reference": "number on paper",
            "signed_on": "signed on",
            "signer": "signer",
            "title": "letter",
            "addressee": "addressee",
            "copies": "copies",
            "items": "about",
            "text": "text",
            "demands": "demands",
            "consequence": "consequence",
            "finish_workdays": "working days to finish",
            "finish_by": "finish by",
            "reply_workdays": "working days to answer",
            "reply_by": "answer by",
            "contact": "contact",
            "signature": "signed by",
            "remark": "remark",
        },
        "letter_standing": {
            "draft": "draft",
            "awaiting": "waiting for an answer",
            "sent": "sent",
            "unanswered": "not answered in time",
            "answered": "answered",
            "inadequate": "answer not adequate",
            "unfinished": "answered, not finished in time",
            "withdrawn": "withdrawn",
            "void": "void",
        },
        "letter_count": {
            "letters": "letters",
            "rung": "rung",
            "addressee": "addressee",
            "week": "week",
            "month": "month",
            "quarter": "quarter",
            "year": "year",
            "sent": "sent",
            "asked": "to be answered",
            "answered": "answered",
            "awaited": "still in time",
            "late": "not answered in time",
            "drafts": "drafts",
            "withdrawn": "withdrawn",
            "rate": "answered in time",
        },
        "letter_verdict": {"adequate": "adequate", "partial": "in part", "inadequate": "not adequate"},
        "clue_count": {
            "channel": "channel",
            "unit": "about",
            "stage": "stage",
            "outcome": "outcome",
            "day": "day",
            "week": "week",
            "month": "month",
            "received": "received",
            "concluded": "concluded",
            "open": "open",
            "transferred": "transferred",
            "issues": "made issues",
            "late": "late",
            "rate": "concluded ÷ received",
        },
        "outcome": {"open": "open", "closed": "closed", "returned": "returned", "reopened": "reopened"},
        "lookback": {
            "held": "holds",
            "partial": "mostly holds",
            "rebound": "came back",
            "variant": "hidden variant",
        },
        "method": {
            "listen": "listened to a report",
            "look": "looked on the spot",
            "check": "checked the papers",
            "visit": "asked those concerned",
        },
        "stratum": {
            "flagged": "flagged",
            "rebound": "came back before",
            "suspect": "suspect sign-offs",
            "random": "by chance",
            "rest": "all others",
        },
        "flag": {"rebound_prone": "prone to rebound", "variant": "hidden variant"},
        "became": {"done": "done", "excused": "excused", "open": "open again"},
        "need": {"note": "note", "result": "result", "evidence": "evidence", "meeting": "meeting"},
        "money": {"yuan": "yuan", "wan": "10,000 yuan", "yi": "100 million yuan"},
        "severity": {"error": "error", "warning": "warning"},
        "verdict": {"ok": "ok", "wrong": "wrong", "truncated": "truncated", "unclear": "unclear"},
        "column": {
            "number": "number",
            "category": "category",
            "group": "round or source",
            "issue": "issue",
            "detail": "how it shows",
            "target": "target",
            "task": "task",
            "measure_number": "measure number",
            "measure": "measure",
            "measure_due": "due date of the measure",
            "applied": "measures taken",
            "account": "what was done",
            "unit": "unit",
            "co_units": "co-units",
            "unit_owner": "unit and owner",
            "leader": "leader",
            "claimed_leader": "leader who claimed it",
            "owner": "owner",
            "due_text": "due",
            "done_text": "done on",
            "criterion": "criterion",
            "deliverable": "deliverable",
            "result": "result",
            "status_text": "status",
            "closed_text": "close-out",
            "amount": "amount",
            "reason": "cause",
            "remark": "remark",
        },
        "layout": {
            "labelled_fields": "labelled fields",
            "labelled_tasks": "labelled tasks",
            "quoted_findings": "quoted findings",
            "plain_labelled": "numbered headings with labels",
            "plain_findings": "numbered headings",
            "counted_aspects": "counted aspects",
            "narrative_themes": "themes of a narrative",
            "labelled_sections": "fields as main sections",
            "stated_findings": "findings without measures",
            "pasted_table": "table",
            "sheet": "list",
            "narrative": "narrative",
        },
    }
)

#: Colours of what is good, slow or late; everything else has none.
TONES: Final[Mapping[tuple[str, str], Tone]] = MappingProxyType(
    {
        ("status", "pending"): "quiet",
        ("status", "done"): "warn",
        ("status", "closing"): "warn",
        ("status", "closed"): "good",
        ("status", "longterm"): "good",
        ("status", "void"): "quiet",
        ("lookback", "held"): "good",
        ("lookback", "partial"): "warn",
        ("lookback", "rebound"): "bad",
        ("lookback", "variant"): "bad",
        ("stage", "concluded"): "good",
        ("stage", "issue"): "good",
        ("light", "red"): "bad",
        ("light", "orange"): "warn",
        ("light", "yellow"): "warn",
        ("light", "green"): "good",
        ("step_result", "signed"): "good",
        ("step_result", "returned"): "bad",
        ("step_result", "suspect"): "bad",
        ("step_result", "lapsed"): "quiet",
        ("verdict", "ok"): "good",
        ("verdict", "wrong"): "bad",
        ("verdict", "truncated"): "warn",
        ("verdict", "unclear"): "quiet",
        ("severity", "error"): "bad",
        ("severity", "warning"): "warn",
    }
)


def label(kind: str, code: str) -> str:
    """The word for one code; a code we do not know is its own word."""
    word = WORDS[kind].get(code)
    return code if word is None else pgettext(kind, word)


def labels(kind: str) -> Mapping[str, str]:
    """Every word of one kind, looked up once: for loops."""
    spoken = language.words()
    return {code: spoken.pgettext(kind, word) for code, word in WORDS[kind].items()}


def code(kind: str, word: str) -> str | None:
    """The code a person means by `word`: the code itself, or its word in any language we speak.

    Shape: None when it is neither.
    """
    wish = word.strip().casefold()
    for each in WORDS[kind]:
        if wish == each:
            return each
    for spoken in language.LANGUAGES:
        catalogue = language.catalogue(spoken)
        for each, english in WORDS[kind].items():
            if wish == catalogue.pgettext(kind, english).casefold():
                return each
    return None


def tone(kind: str, code: str) -> Tone | None:
    """The colour that repeats the word of a code."""
    return TONES.get((kind, code))


def toned(kind: str, code: str) -> str | Toned:
    """The word for one code, in its colour where it has one."""
    colour = tone(kind, code)
    return label(kind, code) if colour is None else Toned(label(kind, code), colour)


def reason(error: OSError) -> str:
    """Why the system refused, in plain words."""
    known = {
        errno.ENOSPC: _("the disk is full"),
        errno.EDQUOT: _("the disk quota is used up"),
        errno.EROFS: _("the disk is read-only"),
        errno.EACCES: _("permission denied"),
        errno.EPERM: _("permission denied"),
        errno.EIO: _("the disk reports an error"),
        errno.ENOENT: _("there is no such file or folder"),
        errno.EEXIST: _("it is already there"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("a part of the path is not a folder"),
        errno.ENAMETOOLONG: _("the name is too long"),
        errno.ELOOP: _("its links lead in a circle"),
        errno.EMFILE: _("too many files are open"),
        errno.ENFILE: _("too many files are open"),
    }
    return known.get(error.errno or 0) or error.strerror or str(error)


def messages() -> Iterator[tuple[str, str]]:
    """Every word of every kind with its context, for the catalogue."""
    for kind, words in WORDS.items():
        for word in words.values():
            yield kind, word
