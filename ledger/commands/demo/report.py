"""The last page of the demonstration: the status report of June, written as a file."""

from __future__ import annotations

from gettext import gettext as _

from ledger import __version__, reports
from ledger.commands.demo.script import END, Story
from ledger.reports.material import Wanted
from ledger.store import files
from ledger.usecases import reading
from ledger.usecases.gathering import gather
from ledger.usecases.sight import Sight

#: Where the story's report goes, seen from its folder.
PLACE = "reports/2025-06.md"


def write(story: Story) -> None:
    """Write the status report as of the end of the story."""
    sight = Sight(story.book, END, END)
    material = gather(sight, Wanted("status"), __version__)
    page = reports.render(reports.build(material), "md")
    files.write(story.folder / PLACE, page, expected=None)
    issues = reading.issues_of(story.book, as_of=END)
    late = sum(1 for issue in issues for each in issue.live if each.overdue_days(END))
    words = _("the status of June; overdue measures: {count}").format(count=late)
    story.tell(f"ledger report status --as-of {END} -o {PLACE}", words)
