"""Which issue another one is a hidden variant of, here or in the ledger of an earlier round (隐形变异)."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.acts import planning
from ledger.domain.ids import number_in, short
from ledger.errors import UsageError
from ledger.store.book import Book
from ledger.usecases.targets import issues_only, one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.usecases.change import Work
    from ledger.usecases.targets import Target


def fields(work: Work, target: Target, word: str, flags: Sequence[str] | None = None) -> dict[str, Any]:
    """What an issue says that is a variant of another one; with an empty word, that is none.

    Shape: `word` is the id of the other issue, behind the name of its ledger and a slash where that is
        another: 2023/7. `flags` are those it is given at the same time.

    Raises:
        NotFoundError: there is no such issue or ledger.
        UsageError: a measure is meant.
    """
    (draft,) = issues_only([target])
    said = planning.variant_fields(draft, _uid(work, word.strip()) if word.strip() else "")
    if flags is not None:
        said["flags"] = list(dict.fromkeys([*flags, *(["variant"] if said["variant_of"] else [])]))
    return said


def name_of(book: Book, variant_of: str) -> str:
    """What the issue is called that another one is a variant of: 7, or 2023/7 in another ledger.

    Shape: its uid where it is gone; empty for none.
    """
    if not variant_of:
        return ""
    ledger, slash, uid = variant_of.rpartition("/")
    workspace = book.workspace
    if slash and ledger not in workspace.names():
        return variant_of
    names = (Book(workspace, ledger) if slash else book).names()
    number = next((number_in(name) for name in names if name.endswith(f"-{short(uid)}.toml")), None)
    return variant_of if number is None else f"{ledger}{slash}{number}"


def _uid(work: Work, word: str) -> str:
    ledger, slash, number = word.rpartition("/")
    if not slash:
        (other,) = issues_only([one(work, number)])
        return str(other.state.fields["uid"])
    workspace = work.book.workspace
    ledger = workspace.choose(ledger)
    if not number.isdecimal():
        raise UsageError(_("{id} is no issue of another ledger").format(id=word), _("write it as 2023/7"))
    uid = str(Book(workspace, ledger).find(int(number)).state.fields["uid"])
    return uid if ledger == work.book.name else f"{ledger}/{uid}"
