"""What is done to a letter: written, signed, received, answered, judged, taken back."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.letter import VERDICTS
from ledger.domain.words import said
from ledger.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.domain.acts.draft import Draft
    from ledger.domain.letter import Ground


def write(draft: Draft, fields: Mapping[str, Any], grounds: Sequence[Ground]) -> None:
    """Begin a letter with what it says, and why each of its items stands in it."""
    rows = [
        {name: value for name, value in each._asdict().items() if value not in (None, "")} for each in grounds
    ]
    draft.enter("add", set=dict(fields), data={"grounds": rows})


def rewrite(draft: Draft, changes: Mapping[str, Any]) -> None:
    """Change what a draft says.

    Raises:
        RefusedError: it was signed, and stands as it was signed.
    """
    if draft.state.stage != "draft":
        message = _("{id} is {status}; what it says cannot be changed any more").format(
            id=draft.name(), status=said("stage", draft.state.stage)
        )
        hint = _("withdraw it and draft another: ledger letter withdraw {id} --why REASON")
        raise RefusedError(message, hint.format(id=draft.name()))
    draft.enter("edit", changes=changes)


def sign(draft: Draft, reference: str, changes: Mapping[str, Any], *, signer: str = "") -> None:
    """Sign it: it gets the number that stands on paper and goes out.

    Shape: `changes` are the dates that follow from the day of signing, and texts that name them.

    Raises:
        RefusedError: it is not a draft any more, or it says nothing, or nobody is written to.
    """
    draft.require("sign")
    _not_before_it_was_drafted(draft, "sign")
    for name, what in (("addressee", _("it is written to nobody")), ("text", _("it says nothing"))):
        if not draft.state.fields.get(name):
            message = _("{id} cannot be signed: {reason}").format(id=draft.name(), reason=what)
            flag = "--to NAME" if name == "addressee" else "--text TEXT"
            hint = _("say it with: ledger letter edit {id} {flag}").format(id=draft.name(), flag=flag)
            raise RefusedError(message, hint)
    given = {"reference": reference, "signed_on": draft.context.on, **changes}
    draft.enter("sign", changes=given, signer=signer or None)


def receive(draft: Draft, receiver: str = "") -> None:
    """Write down that it arrived (签收)."""
    draft.require("receipt")
    draft.enter("receipt", data={"receiver": receiver} if receiver else {})


class Judgement(NamedTuple):
    """What was thought of an answer, and by whom; empty where it was not judged."""

    verdict: str = ""
    opinion: str = ""
    signer: str = ""

    def data(self) -> dict[str, str]:
        """The keys of an entry that say so.

        Raises:
            UsageError: there is no such verdict, or an opinion without one.
        """
        if self.verdict and self.verdict not in VERDICTS:
            message = _("{verdict} is no verdict").format(verdict=self.verdict)
            raise UsageError(message, _("there are: {codes}").format(codes=", ".join(VERDICTS)))
        if self.opinion and not self.verdict:
            raise UsageError(_("an opinion goes with a verdict"), _("give it with --verdict"))
        return {name: value for name, value in self._asdict().items() if value and name != "signer"}


UNJUDGED = Judgement()


def reply(draft: Draft, text: str, files: Sequence[str] = (), judged: Judgement = UNJUDGED) -> None:
    """Write down an answer; with a verdict it is judged at once.

    Shape: `files` are the digests of what came with it.
    """
    draft.require("reply")
    data = {"text": text, **({"files": list(files)} if files else {}), **judged.data()}
    draft.enter("reply", data=data, signer=judged.signer or None)


def judge(draft: Draft, judged: Judgement) -> None:
    """Judge the newest answer, or judge it anew."""
    draft.require("judge")
    draft.enter("judge", data=judged.data(), signer=judged.signer or None)


def withdraw(draft: Draft) -> None:
    """Take it back, with the reason; its number stays with it.

    Raises:
        RefusedError: no reason was given.
    """
    draft.require("withdraw")
    _not_before_it_was_drafted(draft, "withdraw")
    if not draft.context.why:
        raise RefusedError(_("{id}: a reason is needed").format(id=draft.name()), _("give it with --why"))
    draft.enter("withdraw")


def _not_before_it_was_drafted(draft: Draft, act: str) -> None:
    drafted = draft.state.entries[0].on
    if draft.context.on < drafted:
        message = _("{id} was drafted on {drafted}; {act} cannot be dated {on}").format(
            id=draft.name(), drafted=drafted, act=said("act", act), on=draft.context.on
        )
        raise RefusedError(message, _("give a date from {last} on with --on").format(last=drafted))
