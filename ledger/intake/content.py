"""What stands under one heading: its measures, its fields, and what is neither.

Source: the label conventions of hand-checked notices: measures are the outermost items; results, statuses
and aims are no measures; what is said behind one measure in brackets belongs to that measure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ledger.intake import marks
from ledger.intake.items import TRAILING, Item, listed
from ledger.intake.labels import SHORT, Label, Said, in_brackets, labels, values
from ledger.intake.proposal import ProposedMeasure

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ledger.intake.lines import Block
    from ledger.intake.marks import Style

#: Fields a single measure may have of its own.
OWN_FIELDS = (
    "due_text", "unit", "co_units", "leader", "owner", "criterion", "deliverable", "result", "status_text",
    "closed_text",
)  # fmt: skip
#: What a row of a table may say of its measure besides.
OF_A_ROW = (*OWN_FIELDS, "remark", "reason", "target", "amount", "done_text")
#: A paragraph that says how things stand, not what was done. Seen in published notices below the measures.
_STANDING = re.compile(
    r"(?:目前|截至|截止|现|下一?步|下阶段|经整改|通过整改|至此).{0,20}(?:完成|到位|销号|整改|推进|长期|持续)|该(?:项|条|类)?问题.{0,8}(?:已|正在|基本|完成|整改|长期|持续)"
    r"|(?:已|基本|全部|持续|正在)(?:完成)?(?:整改)(?:到位|完成|销号)?[。.]?$|(?:已完成|未完成|基本完成|阶段性完成|持续整改|长期坚持)[。.]?$"
)
#: Nothing but how things stand. Seen behind the last measure, in its own line.
_STATE = re.compile(
    r"(?:(?:截至)?目前[,:]?)?(?:该(?:项|条)?(?:问题|任务)?)?均?(?:已(?:全部|基本)?(?:完成|落实)?(?:整改|销号)?(?:到位|完成|销号)?|(?:未|基本|部分)整改到位"
    r"|(?:基本|阶段性)完成(?:整改)?|正在(?:整改|推进)中?|持续(?:整改|推进)中?|长期坚持|达到(?:序时|时序)进度)"
    r"(?:[,、并]{1,2}(?:长期坚持|持续(?:推进|整改|巩固|坚持)))?"
)
#: A first sentence that says how things stand is no longer than this.
_SHORTEST = 30
#: Openings before a list that say nothing themselves.
_EMPTY_INTRO = re.compile(
    r"(?:针对(?:该|此|这一|上述|以上)?.{0,12}问题|具体(?:措施|做法)?|主要(?:措施|做法)?|采取(?:以下|如下)?措施|如下)?[:,。]?$"
)


@dataclass(slots=True)
class Content:
    """What stands under one heading.

    Attributes:
        said: What is said of the whole issue.
        style: How the measures are numbered; None for plain sentences.
        values: The numbers printed before the measures.
        labelled: There is a label in it.
        clauses: A single sentence is cut at its semicolons.
    """

    measures: list[ProposedMeasure] = field(default_factory=list)
    said: Said = field(default_factory=Said)
    style: Style | None = None
    values: list[int] = field(default_factory=list)
    labelled: bool = False
    clauses: bool = True

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the whole issue, as printed."""
        return self.said.fields


def read(body: Block, *, prose: bool = True, clauses: bool = True, measured: bool = True) -> Content:
    """The measures and fields of one issue's text.

    Shape: text without a label is measures where it is a list, and where `prose` is true sentence
        by sentence too, unless labelled measures follow; else it is `detail`; of a text whose labels are
        only of short fields the sentences are measures all the same. `clauses`: a single
        sentence is cut at its semicolons; `measured`: lists and sentences without a label are measures,
        not details of the problem.
    """
    content = Content(clauses=clauses)
    found = _meant(_told_states(body, list(labels(body.flat))))
    content.labelled = bool(found)
    at = [index for index, label in enumerate(found) if label.field == "measure"]
    first = at[0] if at else len(found)
    loose = [body.part(0, found[0].start if found else len(body.text))]
    loose += _plain(body, found[:first], found[first].start if at else len(body.text), content)
    spans = list(zip(at, [*at, len(found)][1:], strict=True))
    repeated = {label.field for index, following in spans[:-1] for label in found[index + 1 : following]}
    for index, following in spans:
        end = found[following].start if following < len(found) else len(body.text)
        _labelled(body.part(found[index].end, end), content, repeated=repeated & set(OWN_FIELDS))
    prose = prose or (content.labelled and {label.field for label in found} <= SHORT)
    for block in loose:
        if at or not measured:
            _keep(content, "detail", block)
        else:
            _list(block, content, prose=prose)
    return content


def of_fields(parts: Sequence[tuple[str, Block]]) -> Content:
    """What texts that are known to be fields say: measures are taken apart, the others kept as printed."""
    content = Content(labelled=True)
    meant = _meant([Label(name, at, at) for at, (name, _text) in enumerate(parts)])
    for label, (_name, text) in zip(meant, parts, strict=True):
        if label.field == "measure":
            _labelled(text, content, repeated=())
        else:
            _keep(content, label.field, text)
    return content


def _told_states(body: Block, found: list[Label]) -> list[Label]:
    """The labels, of which an account that only says how things stand, as 整改进展:已完成, is a state."""
    ends = [*(label.start for label in found), len(body.text)][1:]
    return [
        replace(label, field="status_text")
        if label.field == "account" and _STATE.fullmatch(body.flat[label.end : end].strip(" 。;\n"))
        else label
        for label, end in zip(found, ends, strict=True)
    ]


def _meant(found: list[Label], *, measured: bool = False) -> list[Label]:
    """The labels with those settled that mean different things in different company.

    `measured`: they stand behind a label that means measures.
    """
    if not found:
        return found
    fields = {label.field for label in found} | ({"measure"} if measured else set())
    account = "status_text" if fields & {"measure", "task"} else "measure"
    task = "target" if "measure" in fields else "measure"
    settled = {"account": account, "task": task, "issue": "detail"}
    return [
        replace(label, field=settled[label.field]) if label.field in settled else label for label in found
    ]


def _plain(body: Block, found: Sequence[Label], end: int, content: Content) -> list[Block]:
    """Keep what labels say of the issue; give back lists that only follow a short field."""
    loose = []
    for label, stop in zip(found, [*(label.start for label in found), end][1:], strict=True):
        size = stop
        if label.field in SHORT:
            size = _short_end(body, label.end, stop)
            loose.append(body.part(size, stop))
        content.said.add(label.field, body.part(label.end, size))
    return [block for block in loose if block.text]


def _short_end(body: Block, start: int, stop: int) -> int:
    """Where a short field ends: before a line with a number, but for a list of its own right behind it."""
    at = body.text.find("\n", start, stop)
    own = at >= 0 and not body.text[start:at].strip()
    while at >= 0 and not own:
        if marks.opening(body.flat, at + 1):
            return at
        at = body.text.find("\n", at + 1, stop)
    return stop


def _labelled(block: Block, content: Content, *, repeated: Collection[str]) -> None:
    """Read what stands behind a label that means measures, up to the next such label.

    `repeated`: fields that stand behind other such labels too, and so belong to the measures.
    """
    found = _meant(list(labels(block.flat)), measured=True)
    own = [label for label in found if label.field in OWN_FIELDS]
    wide = next((label.start for label in found if _is_wide(label, block)), len(block.text))
    own = [label for label in own if label.start < wide]
    whole = block.part(0, wide)
    if own and _each_has_own(whole, own):
        _list(whole, content, own=own)
        rest = [label for label in found if label.start >= wide]
    else:
        before = len(content.measures)
        _list(block.part(0, found[0].start if found else len(block.text)), content)
        rest = found
        said = values(whole, own).only(repeated) if own else Said()
        content.measures[before:] = [with_fields(measure, said) for measure in content.measures[before:]]
        rest = [label for label in found if label.field not in said.fields]
    if rest:
        for extra in _plain(block, rest, len(block.text), content):
            _keep(content, "detail", extra)


def _is_wide(label: Label, block: Block) -> bool:
    """Whether it is said of the whole issue: a field no measure has, or with a list of its own."""
    if label.field not in OWN_FIELDS:
        return True
    mark = marks.opening(block.flat[label.end : label.end + 12])
    return mark is not None and mark.value == 1 and "\n" in block.text[label.end - 1 : label.end + mark.end]


def _each_has_own(whole: Block, own: Sequence[Label]) -> bool:
    """Whether fields stand behind single measures, not only behind the last one."""
    cut = listed(whole, ignore=[(label.start, label.end) for label in own])
    if cut.style is None or len(cut.items) < 2:
        return False
    return any(True for item in cut.items[:-1] for _ in labels(item.block.flat))


def _list(block: Block, content: Content, *, prose: bool = True, own: Sequence[Label] = ()) -> None:
    """Read the measures of a stretch of text; what is no measure goes to the fields."""
    if not block.text:
        return
    block = _before_state(_without_standing(_behind_standing(block, content), content), content)
    cut = listed(block, ignore=[(label.start, label.end) for label in own], clauses=content.clauses)
    if cut.style is None and not prose:
        _keep(content, "detail", block)
        return
    _keep_intro(cut.intro, content)
    for item in cut.items:
        if cut.style is None and _STANDING.match(marks.flat(item.block.text)):
            _keep(content, "status_text", item.block)
            continue
        content.measures.append(_measure(item))
        if item.value:
            content.values.append(item.value)
    content.style = content.style or cut.style


def _behind_standing(block: Block, content: Content) -> Block:
    """The text behind a first sentence that says how things stand, as 已整改."""
    end = block.flat.find("。", 0, _SHORTEST) + 1
    if not 0 < end < len(block.text) or marks.opening(block.flat) or not _STANDING.match(block.flat[:end]):
        return block
    _keep(content, "status_text", block.part(0, end))
    return block.part(end, len(block.text))


def _before_state(block: Block, content: Content) -> Block:
    """The text before a last sentence in the same line that only says how things stand, as 已完成整改."""
    end = len(block.text.rstrip(TRAILING))
    at = block.flat.rfind("。", max(0, end - _SHORTEST), end) + 1
    if not at or not _STATE.fullmatch(block.flat[at:end].strip()):
        return block
    _keep(content, "status_text", block.part(at, len(block.text)))
    return block.part(0, at)


def _without_standing(block: Block, content: Content) -> Block:
    """The text without closing paragraphs that say how things stand."""
    while True:
        at = block.text.rfind("\n")
        last = block.flat[at + 1 :]
        if at < 0 or marks.opening(last) or not _STANDING.match(last):
            return block
        _keep(content, "status_text", block.part(at + 1, len(block.text)))
        block = block.part(0, at)


def _keep_intro(intro: Block, content: Content) -> None:
    flat = intro.flat.strip()
    if not _EMPTY_INTRO.fullmatch(flat):
        _keep(content, "status_text" if _STANDING.search(flat) else "intro", intro)


def _keep(content: Content, name: str, block: Block) -> None:
    if block.text.strip("。；;：:，, "):
        content.said.add(name, block)


def _measure(item: Item) -> ProposedMeasure:
    """One measure with the fields printed behind it."""
    found = _meant(list(labels(item.block.flat)), measured=True)
    own = [label for label in found if label.field in OWN_FIELDS]
    text, said = item.block, Said()
    if own and own[0].start:
        said = values(
            item.block.part(own[0].start, len(item.block.text)), list(labels(item.block.flat[own[0].start :]))
        )
        text = item.block.part(0, own[0].start)
    text, bracketed = in_brackets(text) if text.flat.endswith(")") else (text, Said())
    line, column = text.place(0)
    bare = text.text.rstrip(TRAILING)
    lead = item.lead if len(item.lead) < len(bare) else bare
    measure = ProposedMeasure(text=bare, line=line, column=column, lead=lead, points=item.points)
    return with_fields(with_fields(measure, said), bracketed)


def with_fields(measure: ProposedMeasure, said: Said) -> ProposedMeasure:
    """The measure with those of the fields that a measure may have."""
    kept = said.only(OF_A_ROW)
    own: dict[str, Any] = dict(kept.fields)
    return replace(measure, places={**measure.places, **kept.places}, **own) if own else measure


def filled(measure: ProposedMeasure, said: Said) -> ProposedMeasure:
    """The measure with what is said of it where it says nothing itself."""
    return with_fields(measure, said.only([name for name in said.fields if not getattr(measure, name)]))
