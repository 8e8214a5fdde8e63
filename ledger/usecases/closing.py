"""Closing out: one step for one or many, under one set of minutes; returning, reopening, confirming."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.acts import closing
from ledger.domain.acts.closing import Signed, SignWords
from ledger.domain.moves import Act
from ledger.domain.text import clean, one_line
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.targets import Target, targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.store.book import Book


def close(desk: Desk, ids: Sequence[str], words: SignWords) -> Outcome[list[Signed]]:
    """Sign the next step of everything named: all of it or nothing."""

    def deed(work: Work) -> list[Signed]:
        said = _cleaned(desk.book, words)
        signed: dict[str, Signed] = {}
        # Whole issues first: what they take along is not signed once more.
        for target in sorted(targets(work, ids), key=lambda each: not each.is_issue):
            if target.draft.name(target.key) not in signed:
                done = closing.close(target.draft, target.key, said)
                signed.update({each.id: each for each in done})
        return list(signed.values())

    return change(desk, "close", deed)


def _cleaned(book: Book, words: SignWords) -> SignWords:
    return words._replace(
        step=_step(book, words.step),
        signer=book.people.full(one_line(words.signer)) if words.signer else "",
        meeting=one_line(words.meeting) if words.meeting else "",
        opinion=clean(words.opinion) if words.opinion else "",
        result=clean(words.result) if words.result else "",
    )


def _step(book: Book, word: str) -> str:
    """The code of a step, typed as its code or as its label."""
    labels = {step.label: step.code for step in book.settings.chain.steps if step.label}
    return word if word in book.settings.chain.codes else labels.get(word, word)


def send_back(desk: Desk, ids: Sequence[str], words: SignWords, *, to: str = "") -> Outcome[list[str]]:
    """Return for more work what is under sign-off; gives the ids returned."""
    return _on_each(desk, Act.SEND_BACK if to else Act.RETURN, ids, words, to=to)


def reopen(desk: Desk, ids: Sequence[str]) -> Outcome[list[str]]:
    """Open again what was closed; gives the ids."""
    return _on_each(desk, Act.REOPEN, ids, SignWords())


def confirm(desk: Desk, ids: Sequence[str], words: SignWords) -> Outcome[list[str]]:
    """Confirm sign-offs that a later change put in doubt; gives the ids."""
    return _on_each(desk, Act.CONFIRM, ids, words)


def _on_each(
    desk: Desk, act: Act, ids: Sequence[str], words: SignWords, *, to: str = ""
) -> Outcome[list[str]]:
    def deed(work: Work) -> list[str]:
        said = _cleaned(desk.book, words)
        meant = {
            target.draft.name(key): (target.draft, key)
            for target in targets(work, ids)
            for key in _meant(desk.book, target, act)
        }
        for draft, key in meant.values():
            if act is Act.REOPEN:
                closing.reopen(draft, key)
                names = (draft.state.effective(key, name) for name in ("unit", "leader", "owner"))
                draft.warnings.extend(desk.book.people.remarks(filter(None, names), desk.actor.on))
            elif act is Act.CONFIRM:
                closing.confirm(draft, key, said)
            else:
                closing.send_back(draft, key, said, to=_step(desk.book, to))
        return list(meant)

    names = {Act.REOPEN: "reopen", Act.CONFIRM: "confirm"}
    return change(desk, names.get(act, "return"), deed)


def _meant(book: Book, target: Target, act: Act) -> list[str]:
    """Under a chain for measures an issue means those of its measures the act is possible on."""
    draft = target.draft
    if not target.is_issue or book.settings.chain.of == "issue" or not draft.state.parts:
        return [target.key]
    if act is Act.CONFIRM:
        suspect = [part["uid"] for part in draft.state.measures() if draft.state.suspects(part["uid"])]
        return suspect or [target.key]
    return closing.expand(draft, act)
