"""Closing out (销号): signing, returning, reopening, confirming."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.acts.working import measures_settled, no_open_point, open_measures, report_done
from ledger.domain.closeout import Attempt, Chain, Distinct, Need, Step
from ledger.domain.course import OWN
from ledger.domain.moves import Act, Status, allowed
from ledger.domain.remaining import UNREPORTED, next_step, provided
from ledger.domain.words import listed, said, step_words
from ledger.errors import NoResultError, NoSignerError, RefusedError

if TYPE_CHECKING:
    from ledger.domain.acts.draft import Draft


class SignWords(NamedTuple):
    """What is said when a step is signed; empty means not said."""

    step: str = ""
    signer: str = ""
    meeting: str = ""
    opinion: str = ""
    result: str = ""
    take_all: bool = False


class Signed(NamedTuple):
    """One sign-off that was made: `n` of `of` steps now stand."""

    id: str
    step: str
    n: int
    of: int
    next_step: str | None


def close(draft: Draft, key: str, words: SignWords) -> list[Signed]:
    """Sign the next step of a measure, or of the issue; the last step closes it.

    Under a chain for measures, closing the issue means its measures that are reported done.
    On what is not reported done yet, `words.result` reports it first.

    Raises:
        RefusedError: a rule of the chain says no; nothing was entered for what refused.
    """
    chain = draft.context.settings.chain
    if chain.of == "issue" and key != OWN:
        message = _("{id} is closed with its issue").format(id=draft.name(key))
        raise RefusedError(
            message, _("report it with: ledger done {id} --result TEXT").format(id=draft.name(key))
        )
    if chain.of == "measure" and key == OWN and draft.state.parts:
        return [_close_one(draft, uid, words) for uid in _ready(draft, chain, words)]
    return [_close_one(draft, key, words)]


def _ready(draft: Draft, chain: Chain, words: SignWords) -> list[str]:
    under = (Status.DONE, Status.CLOSING)
    ready = [part["uid"] for part in draft.state.measures() if draft.status(part["uid"]) in under]
    if words.step:
        ready = [uid for uid in ready if next_step(draft.state, chain, uid).code == words.step]
    if not ready:
        message = _("issue {id} has no measure that is reported done").format(id=draft.name())
        raise RefusedError(
            message, _("report them with: ledger done {id}.1 --result TEXT").format(id=draft.name())
        )
    steps = {step.code: step for step in (next_step(draft.state, chain, uid) for uid in ready)}
    if len(steps) > 1:
        message = _("the measures of issue {id} wait at different steps: {steps}")
        raise RefusedError(
            message.format(id=draft.name(), steps=_named(*(steps[code] for code in sorted(steps)))),
            _("name one with --step"),
        )
    return ready


def _close_one(draft: Draft, key: str, words: SignWords) -> Signed:
    if key == OWN and words.take_all:
        for uid in open_measures(draft):
            report_done(draft, uid, words.result)
    if words.result and draft.state.status_before(key) in UNREPORTED:
        report_done(draft, key, words.result)
    return sign(draft, key, words)


def _of_code(draft: Draft, code: str) -> Step:
    steps = draft.context.settings.chain.steps
    return next((step for step in steps if step.code == code), Step(code))


def _named(*steps: Step) -> str:
    return listed(step_words(each.code, each.label) for each in steps)


def sign(draft: Draft, key: str, words: SignWords) -> Signed:
    """Sign the next step.

    Raises:
        RefusedError: not reported done, another step comes next, the meeting has signed already,
            a sign-off is suspect, a point or name is open, something the step requires is missing, or the
            signer may not.
    """
    chain = draft.context.settings.chain
    course = draft.state.courses[key]
    attempt = course.open_attempt
    step = next_step(draft.state, chain, key)
    _reported(draft, key)
    _right_step(draft, key, step, words)
    if attempt:
        _meeting_once(draft, key, attempt, words)
    _not_suspect(draft, key)
    _nothing_opened(draft, key)
    _requirements(draft, key, step, words)
    signer = _signer(draft, key, step, words)
    if attempt:
        _distinct(draft, key, chain, attempt, signer or words.meeting or draft.context.by)
    steps = [] if attempt else list(chain.codes)
    data = {"step": step.code, "opinion": words.opinion, "steps": steps}
    draft.enter(
        "sign",
        key,
        data={name: value for name, value in data.items() if value},
        signer=signer,
        meeting=words.meeting,
        sees=draft.state.fingerprint(key),
    )
    now = draft.state.courses[key].attempts[-1]
    return Signed(draft.name(key), step.code, len(now.sign_offs), len(now.steps), now.next_step)


def _reported(draft: Draft, key: str) -> None:
    status = draft.state.status_before(key)
    if status in UNREPORTED:
        message = _("{id} is not reported done yet ({status})").format(
            id=draft.name(key), status=said("status", status)
        )
        hint = _("report it first: ledger done {id} --result TEXT, or add --result here").format(
            id=draft.name(key)
        )
        raise NoResultError(message, hint)
    draft.require(Act.CLOSE, key)
    if key == OWN:
        measures_settled(draft)


def _right_step(draft: Draft, key: str, step: Step, words: SignWords) -> None:
    if words.step and words.step != step.code:
        message = _("{id} waits at step {expected}, not at {step}").format(
            id=draft.name(key), expected=_named(step), step=_named(_of_code(draft, words.step))
        )
        raise RefusedError(
            message,
            _("steps are signed in order; leave --step out to sign {expected}").format(expected=_named(step)),
        )


def _meeting_once(draft: Draft, key: str, attempt: Attempt, words: SignWords) -> None:
    if not words.step and words.meeting in attempt.meetings():
        message = _("{meeting} has signed {id} in this attempt already").format(
            meeting=words.meeting, id=draft.name(key)
        )
        raise RefusedError(message, _("if one meeting really signs two steps, name the step with --step"))


def _not_suspect(draft: Draft, key: str) -> None:
    suspects = draft.state.suspects(key)
    if suspects:
        message = _("{id} has changed since step {step} was signed").format(
            id=draft.name(key), step=_named(_of_code(draft, suspects[0].step))
        )
        hint = _("look at it with: ledger history {id}; then confirm the sign-off: ledger confirm {id}")
        raise RefusedError(message, hint.format(id=draft.name(key)))


def _nothing_opened(draft: Draft, key: str) -> None:
    """Points and names that were added, or opened again, after it was reported done are done first."""
    from ledger.domain.acts.ticking import no_open_name  # most measures have no roster

    reported = (Status.DONE, Status.CLOSING)
    uids = [part["uid"] for part in draft.state.measures()] if key == OWN else [key]
    for uid in uids:
        if draft.status(uid) in reported:
            no_open_point(draft, uid)
            no_open_name(draft, uid)


def _requirements(draft: Draft, key: str, step: Step, words: SignWords) -> None:
    have = {**provided(draft.state, key), Need.MEETING: bool(words.meeting)}
    hints = {
        Need.NOTE: _("write it with: ledger note {id} --text TEXT"),
        Need.RESULT: _("give it with: ledger done {id} --result TEXT"),
        Need.EVIDENCE: _("attach it with: ledger evidence add {id} FILE"),
        Need.MEETING: _("name the meeting with --meeting"),
    }
    for need in step.requires:
        if not have[need]:
            message = _("step {step} of {id} requires {need}").format(
                step=_named(step), id=draft.name(key), need=said("need", need)
            )
            raise RefusedError(message, hints[need].format(id=draft.name(key)))


def _signer(draft: Draft, key: str, step: Step, words: SignWords) -> str:
    if words.signer:
        if step.signers and words.signer not in step.signers:
            message = _("{signer} does not sign step {step} of {id}").format(
                signer=words.signer, step=_named(step), id=draft.name(key)
            )
            raise RefusedError(message, _("it is signed by: {names}").format(names=listed(step.signers)))
        return words.signer
    if words.meeting:
        return step.signers[0] if len(step.signers) == 1 else ""
    if step.signers:
        message = _("step {step} of {id} names who signs: {names}").format(
            step=_named(step), id=draft.name(key), names=listed(step.signers)
        )
        raise NoSignerError(message, _("say who signed with --signer, or under which meeting with --meeting"))
    return ""


def _distinct(draft: Draft, key: str, chain: Chain, attempt: Attempt, signer: str) -> None:
    if chain.distinct is Distinct.OFF or signer not in attempt.signers():
        return
    message = _("{signer} has signed an earlier step of {id}").format(signer=signer, id=draft.name(key))
    if chain.distinct is Distinct.ERROR:
        raise RefusedError(message, _("another signer is needed: the ledger asks for distinct signers"))
    draft.warnings.append(message)


def send_back(draft: Draft, key: str, words: SignWords, *, to: str = "") -> None:
    """Return what is under sign-off for more work, or to a step with `to`; the attempt is kept as rejected.

    Raises:
        RefusedError: nothing to return, no such step, or no reason given.
    """
    if to and draft.status(key) is Status.DONE:
        message = _("{id} has no sign-off yet, so nothing can go back to step {step}")
        raise RefusedError(
            message.format(id=draft.name(key), step=_named(_of_code(draft, to))),
            _("leave --to out to return all of it"),
        )
    draft.require(Act.RETURN, key)
    if not draft.context.why:
        raise RefusedError(
            _("{id}: a return says what is still to be done").format(id=draft.name(key)),
            _("give it with --why"),
        )
    attempt = draft.state.courses[key].open_attempt
    if to:
        signed = [each.step for each in attempt.sign_offs] if attempt else []
        if to not in signed:
            message = _("step {step} of {id} is not signed, so nothing can go back to it")
            raise RefusedError(
                message.format(step=_named(_of_code(draft, to)), id=draft.name(key)),
                _("signed so far: {steps}").format(
                    steps=_named(*(_of_code(draft, code) for code in signed)) or "-"
                ),
            )
    draft.enter(
        "return",
        key,
        data={"to": to} if to else {},
        signer=words.signer,
        meeting=words.meeting,
    )


def reopen(draft: Draft, key: str, *, review: str = "") -> None:
    """Open a closed measure or issue again; its close-outs are kept.

    Shape: `review` is the uid of the look-back that found it had come back; then it counts as a rebound.

    Raises:
        RefusedError: it is not closed, or no reason given.
    """
    draft.require(Act.REOPEN, key)
    if not draft.context.why:
        raise RefusedError(_("{id}: a reason is needed").format(id=draft.name(key)), _("give it with --why"))
    draft.enter("reopen", key, data={"review": review} if review else {})


def confirm(draft: Draft, key: str, words: SignWords) -> None:
    """Confirm suspect sign-offs: whoever signs has seen the change.

    Raises:
        RefusedError: nothing is suspect.
    """
    if not draft.state.suspects(key):
        raise RefusedError(
            _("no sign-off on {id} is suspect").format(id=draft.name(key)),
            _("there is nothing to confirm; see: ledger show {id}").format(id=draft.name(key)),
        )
    draft.enter(
        "confirm",
        key,
        signer=words.signer,
        meeting=words.meeting,
        sees=draft.state.fingerprint(key),
    )


def expand(draft: Draft, act: Act) -> list[str]:
    """The measures an act on a whole issue means, under a chain for measures.

    Raises:
        RefusedError: no measure allows it.
    """
    chosen = [part["uid"] for part in draft.state.measures() if act in allowed(draft.status(part["uid"]))]
    if not chosen:
        raise RefusedError(
            _("no measure of issue {id} allows that").format(id=draft.name()),
            _("see where they stand: ledger show {id}").format(id=draft.name()),
        )
    return chosen
