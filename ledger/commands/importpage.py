"""A received document as a page for a person: what it holds, and what it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import Any

from ledger.commands import importstatuses
from ledger.commands.remarks import places, warn, where
from ledger.domain.course import OWN
from ledger.domain.words import listed
from ledger.intake.proposal import Proposal, ProposedIssue
from ledger.ui import console, labels, page, table
from ledger.ui.console import Toned
from ledger.ui.page import Line
from ledger.usecases.importing import Change, Comparison, New, Revised

#: So many issues and remarks are shown on a terminal; a pipe gets all of them.
_SHOWN = 60
#: A text of the diff is cut after so many characters on a terminal.
_LONGEST = 400


class ImportPage:
    """The lines of one document, as wide as the screen; a pipe has no width and gets everything."""

    def __init__(self, proposal: Proposal, width: int | None) -> None:
        """Look the words up once; `width` is None in a pipe."""
        self.proposal = proposal
        self.width = width
        self.words = labels.labels("field")

    def head(self) -> Iterator[Line]:
        """The file and its layout, then counts, whom to ask and how long it is on view."""
        proposal = self.proposal
        layout = _("layout: {layout}").format(layout=labels.label("layout", proposal.layout))
        yield from self._spread([proposal.file, layout, proposal.title or _("no title")])
        measures = sum(len(each.measures) for each in proposal.issues)
        count = _("{issues} issues, {measures} measures").format(
            issues=len(proposal.issues), measures=measures
        )
        yield from self._spread([count, *_contact(proposal), *_disclosure(proposal)])

    def _spread(self, facts: Sequence[str]) -> Iterator[Line]:
        yield from self._lines(page.BETWEEN.join(facts))

    def _lines(self, text: str, tone: table.Tone | None = None) -> Iterator[Line]:
        """Words in as many lines as the screen needs, in one line in a pipe."""
        lines = [text] if self.width is None else page.paragraph("", text, self.width)
        yield from ((each if tone is None else Toned(each, tone),) for each in lines)

    def columns(self) -> Iterator[Line]:
        """What the columns of each sheet were taken for; those left alone are remarks."""
        names = labels.labels("column")
        sheets: dict[str, list[str]] = {}
        for each in self.proposal.columns:
            if each.field is not None:
                sheets.setdefault(each.sheet, []).append(f"{each.letter} {names[each.field]}")
        for sheet, named in sheets.items():
            words = _("columns of {sheet}: {columns}") if sheet else _("columns: {columns}")
            yield from self._lines(words.format(sheet=sheet, columns=listed(named)))

    def statuses(self) -> Iterator[Line]:
        """Where a document says how far things are, what becomes of that."""
        if any(_tells_status(each) for each in self.proposal.issues):
            yield from self._lines(
                _("how far things are, as printed, becomes a remark; statuses follow from work and sign-offs")
            )

    def issues(self) -> Iterator[Line]:
        """Each issue with the number of its measures and where it stands; the first ones of a long list."""
        shown = self.proposal.issues[:_SHOWN]
        rows = [
            (f"{each.n:>3}", each.title, _measures(len(each.measures)), where(each.sheet, each.line))
            for each in shown
        ]
        for lines in page.grid(rows, self.width or console.USUAL_WIDTH, indent=" "):
            yield from lines
        yield from self._rest(len(self.proposal.issues))

    def _rest(self, count: int) -> Iterator[Line]:
        if count > _SHOWN:
            words = _("... and {count} more; all of them in a pipe, or with --json")
            yield (" " + words.format(count=count - _SHOWN),)

    def remarks(self, comparison: Comparison | None) -> Iterator[Line]:
        """What somebody should look at, with its place."""
        remarks = _remarks(self.proposal, comparison)
        if not remarks:
            return
        head = ngettext("{count} thing to look at", "{count} things to look at", len(remarks))
        yield (Toned(head.format(count=len(remarks)), "warn"),)
        rows = [
            (_("line {line}").format(line=line) if line else "", message)
            for line, message in remarks[:_SHOWN]
        ]
        for lines in page.grid(rows, self.width or console.USUAL_WIDTH, indent="  "):
            yield from lines
        yield from self._rest(len(remarks))

    def figures(self) -> Iterator[Line]:
        """How many printed figures were held against each other; those that do not hold are remarks."""
        claims = self.proposal.figures
        if not claims:
            return
        counts = Counter(str(each.verdict) for each in claims)
        said = listed(
            f"{labels.label('verdict', verdict)} {count}" for verdict, count in sorted(counts.items())
        )
        yield from self._lines(_("figures held against each other: {counts}").format(counts=said))

    # -- what would change ---------------------------------------------------------------------------

    def changes(self, comparison: Comparison) -> Iterator[Line]:
        """What would be written, by issue: + comes, - goes, = stays as the office has it."""
        yield from self._lines(_count(comparison))
        for revised in comparison.revised:
            if revised.is_told:
                yield from self._revised(revised)
        for new in comparison.new:
            yield from self._new(new)
        for moved in comparison.elsewhere:
            words = _("{id} stands under {n} in the document now; to move it here too: ledger move {id}")
            yield from self._marked("=", words.format(id=moved.id, n=moved.n), "quiet")
        if comparison.missing:
            words = _("not in the document any more, left as they are: {ids}")
            yield from self._marked("=", words.format(ids=" ".join(comparison.missing)), "warn")
        for prose in comparison.prose:
            name = f"prose/{prose.path.name}"
            if prose.is_written:
                yield from self._marked("+" if prose.digest is None else "~", name, "good")
            else:
                words = _("{file} reads otherwise here and is kept").format(file=name)
                yield from self._marked("=", words, "quiet")

    def _new(self, new: New) -> Iterator[Line]:
        words = f"{new.proposed.n}  {new.proposed.title}"
        count = _measures(len(new.proposed.measures))
        yield from self._marked("+", f"{words}   {count}", "good")
        if new.near is not None:
            said = _("looks like {number} {title} ({percent} %); if it is: --match {n}={number}")
            yield from self._marked(
                "?",
                said.format(
                    number=new.near.number, title=new.near.title, percent=new.near.percent, n=new.proposed.n
                ),
                "warn",
                1,
            )

    def _revised(self, revised: Revised) -> Iterator[Line]:
        about = revised.about
        yield from self._lines(f"{about.number}  {about.title}", "strong")
        for change in revised.changes:
            yield from self._change(about.name(change.key), change)
        for addition in revised.added:
            yield from self._marked("+", f"{_('measure')} {_one_line(addition.proposed.text)}", "good", 1)
        for measure in revised.shut:
            said = _("closed or void here, so this measure is not entered: {text}")
            yield from self._marked("=", said.format(text=_one_line(measure.text)), "warn", 1)
        for measure in revised.unmatched:
            said = _("no measure here is like it: {text}")
            yield from self._marked("=", said.format(text=_one_line(measure.text)), "warn", 1)

    def _change(self, about: str, change: Change) -> Iterator[Line]:
        label = self.words.get(change.field, _("note") if change.field == "note" else change.field)
        head = label if change.key == OWN else f"{about} {label}"
        ours, theirs = self._value(change.field, change.ours), self._value(change.field, change.theirs)
        if change.is_applied:
            if change.ours not in (None, "", []):
                yield from self._marked("-", f"{head} {ours}", "bad", 1)
            after = change.sets.get(change.field, change.theirs) if change.fate == "merged" else change.theirs
            yield from self._marked("+", f"{head} {self._value(change.field, after)}", "good", 1)
            return
        said = {
            "kept": _("changed here too; the document has: {theirs} (--prefer theirs takes it)"),
            "fixed": _("the deadline is fixed; the document has: {theirs} (ledger extend {id} --due DATE)"),
            "settled": _("closed or void here; the document has: {theirs}"),
        }[change.fate]
        words = f"{head} {ours}".rstrip()
        yield from self._marked("=", f"{words}   {said.format(theirs=theirs, id=about)}", "warn", 1)

    def _value(self, field: str, value: Any) -> str:  # noqa: ANN401 - what a field holds
        if isinstance(value, list):
            return listed(
                str(each.get("text", "")) if isinstance(each, dict) else str(each) for each in value
            )
        if value is None:
            return "-"
        kind = {"kind": "kind", "term": "term"}.get(field)
        return labels.label(kind, str(value)) if kind else str(value)

    def _marked(self, mark: str, text: str, tone: table.Tone, depth: int = 0) -> Iterator[Line]:
        """A line of the diff under its mark; a long text is cut on a terminal, never in a pipe."""
        said = " ".join(text.splitlines())
        indent = "   " * depth
        if self.width is None:
            yield (f"{indent}{mark} {said}",)
            return
        if len(said) > _LONGEST:
            said = said[:_LONGEST] + "..."
        for line in page.paragraph(f"{mark} ", said, self.width, indent=indent):
            yield (Toned(line, tone),)


def _count(comparison: Comparison) -> str:
    """How many issues are new, changed, or on the books just so."""
    changed = sum(each.is_told for each in comparison.revised)
    parts = [
        _("{count} new").format(count=len(comparison.new)) if comparison.new else "",
        _("{count} changed").format(count=changed) if changed else "",
        _("{count} as they are").format(count=comparison.unchanged) if comparison.unchanged else "",
        _("{count} left out").format(count=comparison.left_out) if comparison.left_out else "",
    ]
    return _("against the ledger: {counts}").format(counts=listed(each for each in parts if each))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _measures(count: int) -> str:
    return ngettext("{count} measure", "{count} measures", count).format(count=count)


def _tells_status(issue: ProposedIssue) -> bool:
    return bool(
        issue.fields.get("status_text")
        or issue.fields.get("closed_text")
        or any(each.status_text or each.closed_text for each in issue.measures)
    )


def _contact(proposal: Proposal) -> list[str]:
    contact = proposal.contact
    said = [
        (_("phone {value}"), contact.phone),
        (_("e-mail {value}"), contact.email),
        (_("address {value}"), contact.address),
        (_("postcode {value}"), contact.postcode),
        (_("hours {value}"), contact.hours),
    ]
    return [words.format(value=value) for words, value in said if value]


def _disclosure(proposal: Proposal) -> list[str]:
    start, end = proposal.disclosure.start, proposal.disclosure.end
    if start and end:
        return [_("on view {start} to {end}").format(start=start, end=end)]
    if start or end:
        words = _("on view from {day}") if start else _("on view until {day}")
        return [words.format(day=start or end)]
    return []


def show(proposal: Proposal, comparison: Comparison | None, saved: str = "", *, asking: bool = False) -> None:
    """Show what a document holds and, held against a ledger, what it would change.

    Shape: `saved` names the map its columns were read with; `asking` is set where the question whether to
        enter it comes next.
    """
    plain = console.wants_plain()
    paper = ImportPage(proposal, None if plain else console.width())
    _say(paper.head())
    if saved:
        console.say(_("columns as kept in {file}").format(file=saved))
    if not plain:
        _say(paper.columns())
    if comparison is None or not (comparison.is_repeated or comparison.left_out):
        _list(paper, plain=plain)
    if plain:
        warn(_remarks(proposal, comparison))
    else:
        _say(paper.remarks(comparison))
        if comparison is None or comparison.new:
            _say(paper.statuses())
        _say(paper.figures())
    if comparison is not None and (comparison.is_repeated or comparison.left_out or comparison.is_doubtful):
        _say(paper.changes(comparison))
    if proposal.issues and not asking and (comparison is None or not comparison.is_empty):
        console.aside(_("to enter it: ledger import {file}").format(file=proposal.file))


def _say(lines: Iterator[Line]) -> None:
    for line in lines:
        console.say(*line)


def _remarks(proposal: Proposal, comparison: Comparison | None) -> list[tuple[int | None, str]]:
    """What to look at in a document, and where the ledger says otherwise how far things are."""
    told = [(each.line, each.message) for each in proposal.warnings]
    return told + (importstatuses.sentences(comparison.statuses) if comparison is not None else [])


def _list(paper: ImportPage, *, plain: bool) -> None:
    """The issues: one line each for a person, rows in a pipe."""
    if not plain:
        _say(paper.issues())
        return
    issues = paper.proposal.issues
    columns = [
        console.Column(_("No."), whole=True, align="right"),
        console.Column(_("Issue")),
        console.Column(_("Measures"), align="right"),
        console.Column(_("Source"), whole=True),
    ]
    if issues:
        place = places()
        rows = [
            (str(each.n), each.title, len(each.measures), place(each.sheet, each.line)) for each in issues
        ]
        console.rows(columns, rows)


def left_as_it_is(comparison: Comparison) -> list[str]:
    """Sentences on what the document says otherwise and was not taken: for who did not see it beforehand."""
    words = labels.labels("field")
    told = []
    for each in comparison.revised:
        for change in each.changes:
            if not change.is_applied:
                about = f"{each.about.name(change.key)} {words.get(change.field, change.field)}"
                told.append(_("{about} stays as it is; the document says otherwise").format(about=about))
        measures = len(each.shut) + len(each.unmatched)
        if measures:
            said = ngettext(
                "{id}: {count} measure of the document was not entered",
                "{id}: {count} measures of the document were not entered",
                measures,
            )
            told.append(said.format(id=each.about.name(), count=measures))
    told += [
        _("{n} {title} looks like {number} {other}").format(
            n=each.proposed.n, title=each.proposed.title, number=each.near.number, other=each.near.title
        )
        for each in comparison.new
        if each.near is not None
    ]
    told += [
        _("{id} stands elsewhere in the document now").format(id=each.id) for each in comparison.elsewhere
    ]
    if comparison.missing:
        said = _("not in the document any more, left as they are: {ids}")
        told.append(said.format(ids=" ".join(comparison.missing)))
    return told + [sentence for _line, sentence in importstatuses.sentences(comparison.statuses)]
