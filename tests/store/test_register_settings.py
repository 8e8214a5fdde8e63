"""Declarations of registers: those that ship are whole, an office's own are read or refused by file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ledger.domain.declaration import FieldType
from ledger.errors import DamageError
from ledger.store.presets import settings_text
from ledger.store.registers import SHIPPED, declared, shipped
from ledger.store.settings import load

GOOD = """\
format = 1
[registers.training]
label = "培训台账"
about = "who was trained"
columns = ["on", "topic"]

[[registers.training.fields]]
name = "topic"
label = { zh = "主题", en = "topic" }
required = true

[[registers.training.fields]]
name = "way"
type = "code"
codes = ["讲座", "网课"]

[[registers.training.fields]]
name = "cost"
type = "money"
unit = "万元"

[[registers.training.fields]]
name = "class"
type = "serial"
per = ["way"]

[[registers.training.fields]]
name = "unit"
type = "unit"

[[registers.training.figures]]
name = "cost"
of = "sum"
fields = "cost"
by = ["way", "unit.group"]
where = { way = ["讲座"] }

[registers.risks]
label = "风险点"

[[registers.risks.fields]]
name = "title"
"""


def loaded(text: str):
    """The settings of a file with this text."""
    path = Path("ledger.toml")
    path.write_text(text, encoding="utf-8")
    return load(path)


@pytest.mark.parametrize("kind", SHIPPED)
def test_every_register_that_ships_speaks_both_languages(kind):
    """Its own name, those of its fields, codes and figures; every figure says how it is counted."""
    found = shipped(kind)
    labels = [found.label, found.about, *(each.label for each in found.fields.values())]
    labels += [label for each in found.fields.values() for label in each.codes.values()]
    labels += [words for each in found.figures for words in (each.label, each.definition)]
    assert all(each.zh and each.en and each.zh != each.en for each in labels)
    assert next(iter(found.fields)) == "on"
    assert found.figures
    assert set(found.columns) <= set(found.fields)


def test_an_office_declares_its_own_in_the_same_form():
    """Label, fields, vocabulary, money, series and figures; what it does not say has a default."""
    registers = loaded(GOOD).registers
    training, risks = registers["training"], registers["risks"]
    assert list(registers) == ["training", "risks"]
    assert training.label.said("zh") == training.label.said("en") == "培训台账"
    assert training.place == "ledger.toml:2"
    assert training.named("主题").name == training.named("Topic").name == "topic"
    assert list(training.fields["way"].codes) == ["讲座", "网课"]
    assert (training.fields["cost"].type, training.fields["cost"].unit) == (FieldType.MONEY, "wan")
    assert training.figures[0].fields == ("cost",)
    assert (risks.columns, risks.place) == (("on", "title"), "ledger.toml:38")
    assert [*declared(loaded(GOOD))] == [*SHIPPED, "training", "risks"]


def test_one_that_ships_can_be_replaced_by_saying_so():
    """Never by a slip: the word `replaces` is needed, and means nothing elsewhere."""
    own = '[registers.meetings]\nreplaces = true\nlabel = "我们的会"\n[[registers.meetings.fields]]\nname = "title"\n'
    assert declared(loaded(own))["meetings"].label.zh == "我们的会"
    with pytest.raises(DamageError, match="replaces"):
        dict(loaded(own.replace("meetings", "gatherings")).registers)


def test_nobody_who_does_not_ask_is_troubled():
    """A declaration that is wrong is refused when its register is asked for; the others can be used."""
    registers = loaded(GOOD.replace('"serial"', '"serail"')).registers
    assert registers["risks"].label.zh == "风险点"
    with pytest.raises(DamageError):
        registers["training"]


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ('name = "topic"', 'name = "Topic"', 8, "ASCII"),
        ('name = "topic"', 'name = "status"', 8, "taken"),
        ('name = "topic"', 'nmae = "topic"', 8, "not known"),
        ('name = "way"', 'name = "topic"', 13, "already"),
        ('name = "cost"', 'name = "cost"\nlabel = "Topic"', 19, "called Topic"),
        ('codes = ["讲座", "网课"]', 'codes = { a = "讲座", b = { zh = "讲 座" } }', 15, "two codes"),
        ("required = true", 'required = "yes"', 10, "true / false"),
        ('type = "code"', 'type = "codes"', 14, "one of"),
        ('codes = ["讲座", "网课"]', "codes = [1]", 15, "words"),
        ('codes = ["讲座", "网课"]', "", 12, "codes"),
        ('unit = "万元"', 'unit = "dollars"', 20, "money"),
        ('type = "money"', 'type = "number"', 20, "money"),
        ('per = ["way"]', 'per = ["frob"]', 25, "frob"),
        ('type = "serial"', 'type = "line"', 25, "serial"),
        ('type = "unit"', 'type = "date"', 29, "unit, line"),
        ('of = "sum"', 'of = "average"', 33, "one of"),
        ('fields = "cost"', 'fields = "topic"', 34, "number or money"),
        ('by = ["way", "unit.group"]', 'by = ["way.group"]', 35, "way.group"),
        ('where = { way = ["讲座"] }', 'where = { way = ["函授"] }', 36, "code"),
        ('columns = ["on", "topic"]', 'columns = ["of"]', 5, "of"),
        ('label = "培训台账"', "label = 3", 3, "zh and en"),
        ("[registers.risks]", "[registers.Risks]", 38, "ASCII"),
        ("[registers.risks]", "[registers.meetings]", 38, "taken"),
        ("[registers.risks]", "[registers.clue]", 38, "taken"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(before, after, line, said):
    """With what is expected there, and how to mend it."""
    assert before in GOOD
    text = GOOD.replace("registers.risks", after.strip("[]")) if before == "[registers.risks]" else GOOD
    with pytest.raises(DamageError) as caught:
        dict(loaded(text.replace(before, after, 1)).registers)
    assert f"ledger.toml:{line}: registers." in caught.value.message
    assert said in caught.value.message
    assert caught.value.hint


def test_a_register_needs_a_field():
    """A date alone says nothing."""
    with pytest.raises(DamageError, match="at least one field"):
        dict(loaded('[registers.x]\nlabel = "x"\n').registers)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_example_a_new_ledger_shows_is_right(language):
    """Whoever takes the marks away before it has a register."""
    text = settings_text("simple", org="x", title="y", language=language)
    start = text.index("# [registers.training]")
    example = text[start:].partition("\n\n")[0]
    found = loaded(text[:start] + re.sub("^# ?", "", example, flags=re.MULTILINE)).registers
    assert list(found["training"].fields) == ["on", "topic", "cost"]
