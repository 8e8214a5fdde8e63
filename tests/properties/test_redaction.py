"""Nothing protected leaves the office: random ledgers with something planted in every field, every kind, every format.

What is found is looked for apart from the program's own search: the text a reader gets from the file, without
blanks, in half width. Names are made of characters that nothing else uses, so that nothing is found by chance.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import io
import random
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING

import pytest

from ledger import language, reports
from ledger.domain.closeout import Outcome
from ledger.domain.clue import Clue
from ledger.domain.issue import CloseOut, Evidence, Issue, Measure, Note, Point, Signature
from ledger.domain.people import Office, People, Person, Unit
from ledger.domain.redaction import Profile, Redaction
from ledger.domain.ticked import ticked
from ledger.domain.withheld import KINDS, Withheld
from ledger.reports import leaks, redact, secrets
from tests import office
from tests.issues import issue, measure

if TYPE_CHECKING:
    from ledger.reports.guard import Guard
    from ledger.reports.views import Report

DAY = dt.date(2025, 6, 30)
#: Characters that no word of the program has.
RARE = "龘靐齉爨麤灪籱鱻麣鼺齾龗虋饢驫鸞厵爩麷龖"
#: What some format reads as its own.
ESCAPES = ["|", "*", "_", "<b>", "&", "\\", "`", "=1+1", "]]>", '"', "#", "[a](b)", "--"]
#: So many ledgers in Markdown, of which so many in every format.
LEDGERS, WHOLE = 1000, 8


class Planting:
    """Makes texts up, and remembers what must not come out again."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        #: Five persons: one listed, by an alias, and by what they are in some record alone; see `ledger`.
        self.names = ["".join(self.chance.sample(RARE, size)) for size in (2, 3, 2, 3, 2)]
        self.hidden: list[str] = []
        self.shown: list[str] = []

    def name(self) -> str:
        """A person's name."""
        return self.chance.choice(self.names)

    def inner(self) -> str:
        """A remark for the office alone, over one line or two, with what formats take for markup."""
        token = "".join(self.chance.choices(RARE, k=8))
        self.hidden.append(token)
        return f"{self.chance.choice(ESCAPES)}内部{token}{self.chance.choice(['。', '；', chr(10)])}详见材料"

    def number(self) -> str:
        """A telephone, an identity card, an account or an address, written in some way."""
        c = self.chance
        digits = "".join(c.choices("0123456789", k=19))
        mobile = f"1{c.choice('3456789')}{digits[:9]}"
        email = f"{c.choice('abc')}{digits[:6]}@example.gov.cn"
        card = f"{c.choice('123456')}{digits[:5]}19900101{digits[5:8]}X"
        number, written = c.choice([
            (mobile, mobile),
            (mobile, f"{mobile[:3]} {mobile[3:7]}　{mobile[7:]}"),
            (mobile, "".join(chr(ord(each) + 0xFEE0) for each in mobile)),
            (f"0551{digits[:8]}", f"0551-{digits[:8]}"),
            (card, card),
            (f"62{digits[:17]}", f"62{digits[:17]}"),
            (email, email),
        ])  # fmt: skip
        self.hidden.append(number)
        return written

    def said(self, *, line: bool = False) -> str:
        """A text everybody may read, with a name and a number in it, however they are written."""
        c, words = self.chance, f"公开{len(self.shown)}号"
        self.shown.append(words)
        between = c.choice(["", "", " ", "　", "\u200d", *([] if line else ["\n"])])
        name = between.join(self.name())
        return f"{words}{c.choice(ESCAPES)}由{name}负责，电话{self.number()}，{c.choice(ESCAPES)}落实到位"

    def withheld(self) -> str:
        """A text of what is withheld."""
        token = "".join(self.chance.choices(RARE, k=12))
        self.hidden.append(token)
        return token

    def own(self, words) -> dict:
        """Every field issues and measures share; `words` makes what everybody may read, or may not."""
        c = self.chance
        signature = Signature(
            "unit", DAY, self.name(), self.inner(), self.name(), self.inner(), c.random() < 0.2
        )
        run = CloseOut(c.choice(list(Outcome)), ("unit", "office"), DAY, self.inner(), (signature,))
        return {
            "status": c.choice(["pending", "active", "interim", "done", "closing", "closed", "longterm", "void"]),
            "unit": c.choice(["办公室", "财务科"]), "co_units": ("人事科",),
            "leader": self.name(), "owner": c.choice([self.name(), f"{self.name()}、{self.name()}"]),
            "criterion": words(), "deliverable": words(), "result": words(), "interim_goal": words(),
            "term": c.choice(["", "immediate", "phased", "longterm"]), "continuing": c.random() < 0.3,
            "due": DAY + dt.timedelta(c.randint(-60, 60)), "due_original": DAY, "due_text": words(line=True),
            "review_on": DAY, "remark": self.inner(), "void_why": self.inner(), "requested": c.choice(["", "extend"]),
            "evidence": (Evidence(f"{c.getrandbits(256):064x}", f"{self.inner()}.pdf", "record", self.inner(), 9),),
            "notes": (Note(DAY, self.name(), self.inner()),), "closeouts": (run,), "signed": 1, "steps": 2,
            "closed_on": DAY, "suspect": c.random() < 0.3,
        }  # fmt: skip

    def measure(self, number: int, *, secret: bool) -> Measure:
        hidden = secret or self.chance.random() < 0.2
        words = (lambda **_: self.withheld()) if hidden else self.said
        row = {"name": self.name(), "done_on": DAY, "text": self.inner()}
        return measure(
            number,
            **self.own(words),
            text=words(),
            points=(Point(1, words(), None),),
            roster=ticked("roster", [row]),
            withheld=Withheld(self.chance.choice(KINDS), self.inner(), self.name(), DAY) if hidden else None,
        )

    def issue(self, number: int) -> Issue:
        c = self.chance
        secret = c.random() < 0.25
        words = (lambda **_: self.withheld()) if secret else self.said
        measures = [self.measure(n, secret=secret) for n in range(1, c.randint(1, 3))]
        return issue(
            number,
            *measures,
            **self.own(words),
            title=words(line=True),
            category=c.choice(["作风建设", "财务管理"]),
            claimed_by=self.name(),
            claimed_on=DAY,
            flags=("rebound_prone",),
            withheld=Withheld(c.choice(KINDS), self.inner(), self.name(), DAY) if secret else None,
        )

    def clue(self) -> Clue:
        said = {name: self.inner() for name in ("title", "text", "finding", "result", "feedback", "remark")}
        given = {name: None if name.endswith(("_on", "due")) else "" for name in Clue._fields}
        own = {"uid": "c", "number": 1, "stage": "registered", "source": self.names[2]}
        return Clue(**{**given, **said, **own})


def ledger(seed: int) -> tuple[Planting, secrets.Sources]:
    """A small ledger, and what its papers are made from."""
    plant = Planting(seed)
    listed, alias, _source, claimed, noted = plant.names
    first, *more = [plant.issue(number) for number in range(1, plant.chance.randint(2, 4))]
    notes = (Note(DAY, noted, plant.inner()),)
    issues = (dataclasses.replace(first, claimed_by=claimed, notes=notes), *more)
    people = People([Unit("办公室")], [Person(listed, (alias,))], [Office(listed, "办公室", "主任")])
    basis = office.basis("zh", redaction=Redaction())
    return plant, secrets.Sources(basis.settings, people, DAY, issues, (plant.clue(),))


def guarded(sources: secrets.Sources) -> Guard:
    with language.speaking("zh"):
        return secrets.guard(sources, Profile())


def edition(sources: secrets.Sources, guard: Guard, kind: str) -> Report:
    """The public edition of one kind."""
    basis = dataclasses.replace(office.basis("zh"), settings=sources.settings)
    given = office.material(kind, sources.issues, basis)
    return redact.report(reports.build(redact.material(given, guard)), guard)


def read(data: bytes) -> str:
    """What a reader gets from a file, and what lies hidden in it, without blanks and in half width."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(entry.filename + read(archive.read(entry)) for entry in archive.infolist())
    raw = html.unescape(data.decode())
    return "\x00".join(map(_bare, (raw, re.sub(r"<[^<>]*>", "", raw), re.sub(r"\\(.)", r"\1", raw))))


def _bare(text: str) -> str:
    return re.sub(r"[\s\u200b-\u200d-]", "", unicodedata.normalize("NFKC", text))


def told(plant: Planting, data: bytes) -> list[str]:
    """What of all that was planted can be read in a file."""
    text = read(data)
    hidden = [unicodedata.normalize("NFKC", each) for each in (*plant.names, *plant.hidden)]
    return [each for each in hidden if each in text or each in text.replace("-", "")]


PUBLIC = [kind for kind in reports.KINDS if kind not in reports.INNER]


def nothing_told(seed: int, kinds: list[str], form: str) -> None:
    """No paper of a ledger says anything planted, and the program's own search agrees."""
    plant, sources = ledger(seed)
    guard = guarded(sources)
    for kind in kinds:
        data = reports.render(edition(sources, guard, kind), form)
        assert told(plant, data) == [], (seed, kind)
        assert list(leaks.leaks(leaks.pieces(data), guard)) == [], (seed, kind)


def test_nothing_planted_comes_out():
    """Of no ledger does a paper say a name, a number, a remark or anything withheld; none is refused.

    The book, which says most, of every ledger, and every other kind in turn.
    """
    for seed in range(LEDGERS):
        nothing_told(seed, ["book", *([PUBLIC[seed // 5 % len(PUBLIC)]] if seed % 5 == 0 else [])], "md")


@pytest.mark.parametrize("form", reports.FORMATS)
def test_nothing_planted_comes_out_of_any_kind_and_format(form):
    """The same of every kind in every format, archives taken apart."""
    for seed in range(WHOLE):
        nothing_told(seed, PUBLIC, form)


def test_what_is_public_is_still_said():
    """The lists say the title of every issue that may be published and counts, and posts in place of names."""
    titles = found = persons = 0
    for seed in range(WHOLE):
        _plant, sources = ledger(seed)
        text = read(reports.render(edition(sources, guarded(sources), "lists"), "md"))
        for each in sources.issues:
            if not each.withheld and each.status != "void":
                titles += 1
                found += _bare(each.title)[:5].rstrip("|*_<&") in text
        persons += text.count("有关负责同志")
    assert (found, titles > 0, persons > 0) == (titles, True, True)


def test_the_search_finds_what_the_mask_would_have_taken_out():
    """The unmasked paper of the same ledger has all of it, and the search says so (so that the tests above can fail)."""
    for seed in range(WHOLE):
        plant, sources = ledger(seed)
        guard = guarded(sources)
        data = reports.render(
            reports.build(office.material("book", sources.issues, office.basis("zh"))), "md"
        )
        assert told(plant, data) != []
        assert {each.kind for each, _place, _around in leaks.leaks(leaks.pieces(data), guard)} >= {
            "name",
            "inner",
        }
