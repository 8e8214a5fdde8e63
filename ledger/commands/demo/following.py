"""What the fictional office follows up: a letter, a look-back, a meeting in its book, and a clue."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.acts.letters import Judgement
from ledger.usecases import clues, registering, registers
from ledger.usecases.clues import Decided
from ledger.usecases.letters import drafting, sending
from ledger.usecases.lookback import planning, recording
from ledger.usecases.lookback.planning import Wishes
from ledger.usecases.lookback.recording import Found

if TYPE_CHECKING:
    from ledger.commands.demo.script import Story

_WHO = "周明远"


def follow(story: Story) -> None:
    """Write to who is late, look again at what was closed, keep a book, and follow a clue to its answer."""
    _letter(story)
    _lookback(story)
    _books(story)


def _letter(story: Story) -> None:
    drafting.draft(story.clerk(6, 20), ["6.3"])
    sending.sign(story.clerk(6, 20), ["L1"], signer=_WHO)
    judged = Judgement("partial", "一家企业尚未约谈", _WHO)
    sending.reply(story.clerk(6, 26), "L1", "已约谈两家企业，第三家定于7月上旬。", (), judged)
    words = _("a letter about 6.3, which is late; it has its number, and the answer is judged")
    story.tell("ledger letter sign L1", words)


def _lookback(story: Story) -> None:
    wishes = Wishes(title="上半年销号措施回头看", seed="6月24日抽签：5207")
    planning.plan(story.clerk(6, 24), wishes)
    drawn = planning.sample(story.clerk(6, 24), "R2025-1").value
    found = Found("held", methods=("look", "check"), text="抽查记录齐全，做法仍在执行。")
    recording.record(story.clerk(6, 27), "R2025-1", [item.about for item in drawn.items], found)
    done = recording.finish(story.clerk(6, 30), "R2025-1", ()).value
    words = _("{count} of {all} closed measures looked at again, drawn by seed; all of them held")
    story.tell("ledger lookback sample R2025-1", words.format(count=len(done.items), all=done.population))


def _books(story: Story) -> None:
    meetings = registers.one(story.book, "meetings")
    registering.add(story.clerk(6, 25), meetings, {"type": "推进会", "title": "第二次整改推进会"})
    story.tell("ledger register meetings add", _("a meeting in the book of meetings"))
    given = {"title": "超限车辆收费放行", "channel": "phone", "source": "一位货车司机", "unit": "执法大队"}
    clues.add(story.clerk(6, 11), given)
    clues.route(story.clerk(6, 12), ["C1"], "办公室", Decided(signer=_WHO))
    clues.verify(story.clerk(6, 24), ["C1"], "unfounded", "调取三个月过磅录像，未见未称重放行。")
    clues.conclude(story.clerk(6, 25), ["C1"], "")
    clues.feedback(story.clerk(6, 26), ["C1"], "已电话告知核查结果。")
    story.tell("ledger clue show C1", _("a clue from telephone to answer; who gave it is confidential"))
