"""What is said beside a report, in words: what is missing, what was left out."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.words import some

if TYPE_CHECKING:
    from ledger.reports.views import Remark


def told(remark: Remark) -> str:
    """A remark as one sentence, in the language spoken."""
    words = {
        "no_prose": _("nothing stands in {names}, so that part is left out; write it there, in paragraphs"),
        "no_result": _(
            "no result is recorded of {names}, so nothing is printed of them: ledger done, or edit"
        ),
        "withheld": _("withheld, and left out: {names}; the list for the file: ledger report withheld"),
        "left_out": _("not finished, and left out as [notice] unfinished says: {names}"),
        "reads_otherwise": _(
            "whoever imports this will not read {names} as they are here: mend titles or results, and look "
            "at ledger import FILE --dry-run"
        ),
    }
    return words[remark.code].format(names=some(remark.names))
