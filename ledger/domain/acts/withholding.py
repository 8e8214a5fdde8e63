"""Keeping issues and measures out of the public edition, and letting them into it again (不公开)."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.course import OWN
from ledger.domain.moves import Act
from ledger.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from ledger.domain.acts.draft import Draft


def withhold(draft: Draft, key: str, kind: str, *, signer: str = "", meeting: str = "") -> None:
    """Keep an issue or a measure out of the public edition; with an empty `kind` it may be published.

    Shape: `kind` is one of ledger.domain.withheld.KINDS, `signer` or `meeting` who agreed. It is possible
        whatever the status: nothing that was signed changes.

    Raises:
        RefusedError: nobody says why, or who agreed.
        UsageError: it stands like that already.
    """
    draft.require(Act.WITHHOLD, key)
    if not draft.context.why:
        raise RefusedError(_("what is withheld, or not any more, needs a reason"), _("give it with --why"))
    if not signer and not meeting:
        raise RefusedError(
            _("what is withheld, or not any more, needs somebody's consent"),
            _("name who agreed with --signer or --meeting"),
        )
    home = draft.state.fields if key == OWN else draft.state.parts[key]
    if home.get("withheld", "") == kind:
        message = _("{id} is withheld like that already") if kind else _("{id} is not withheld")
        raise UsageError(message.format(id=draft.name(key)), _("see: ledger history ID"))
    draft.enter(
        "withhold", key, changes={"withheld": kind or None}, signer=signer or None, meeting=meeting or None
    )
