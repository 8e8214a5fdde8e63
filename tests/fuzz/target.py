"""What must hold of any bytes: a proposal or a refusal, in five seconds; what is proposed can be kept and shown."""

from __future__ import annotations

import json
import signal
import time
from contextlib import contextmanager

from ledger.domain.text import visible
from ledger.errors import LedgerError
from ledger.intake import child, wire
from ledger.intake.kinds import Kind, kind_of
from ledger.intake.proposal import Proposal, as_json
from ledger.intake.reading import Received

#: The readers, and the name a file of theirs comes under.
READERS = {
    "text": "notice.txt",
    "markdown": "notice.md",
    "page": "notice.html",
    "word": "notice.docx",
    "workbook": "list.xlsx",
    "table": "list.csv",
}
#: How long one document may take. Units: seconds.
SECONDS = 5


class TooSlowError(BaseException):
    """A document took longer than it may; no `except Exception` of a reader hides it."""


def judge(reader, data):
    """Read `data` as the child would, and say whether it was taken; what is neither taken nor refused raises."""
    taken = False
    start = time.process_time()
    with _patience():
        try:
            name = READERS[reader]
            kind = kind_of(data, name, shown=name)
            if kind in (Kind.WRITING, Kind.SHEETS):  # LibreOffice's business
                return False
            received = Received(name, data, kind)
            found = child.work("import", received, {}, _nobody)
            _sound(found)
            _crosses(child.work("figures", received, {}, _nobody))
            taken = True
        except LedgerError as error:
            assert error.message
    assert time.process_time() - start < SECONDS, f"{time.process_time() - start:.1f} s"
    return taken


def _nobody(_done, _total, _what):
    """Whoever is told how far it is."""


def _sound(found):
    """What is proposed crosses to the other process unchanged, and is text that can be kept and shown."""
    _crosses(found)
    if not isinstance(found, Proposal):
        return
    json.dumps(as_json(found))
    assert [issue.n for issue in found.issues] == list(range(1, len(found.issues) + 1))
    for issue in found.issues:
        assert issue.title.strip()
        assert "\n" not in issue.title
        for text in (
            issue.title,
            issue.category or "",
            *issue.fields.values(),
            *(each.text for each in issue.measures),
        ):
            assert visible(text) == text, ascii(text)


def _crosses(found):
    back = wire.unpack(json.loads(json.dumps(wire.pack(found))), type(found))
    assert back == found


@contextmanager
def _patience():
    """Raise where Python code computes for ever; what hangs in C is the harness's business."""

    def over(_number, _frame):
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, 3 * SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
