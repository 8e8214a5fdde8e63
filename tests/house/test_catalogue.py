"""Everything the program says has one good Chinese translation."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest

from tools import catalogue

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "ledger").rglob("*.py"))


@pytest.fixture(scope="module")
def found():
    return catalogue.merged()[0]


@pytest.fixture(scope="module")
def wanted():
    return catalogue.in_modules() | catalogue.in_libraries()


def keys(messages):
    return {(message.context, message.text) for message in messages}


def test_everything_said_is_translated(found, wanted):
    """Every string, help text and word of a library that speaks to users stands in the zh_CN catalogue."""
    assert sorted(keys(wanted) - keys(found)) == []


def test_nothing_is_translated_that_is_never_said(found, wanted):
    """The catalogue has no entry the program no longer uses."""
    assert sorted(keys(found) - keys(wanted)) == []


def test_the_compiled_catalogue_says_what_the_text_says():
    """taizhang.mo is taizhang.po compiled: `make catalogue` was run after the last change."""
    assert list(catalogue.FRAGMENTS.glob("*.po")) == []
    expected = catalogue.translations(catalogue.read(catalogue.TEXT))
    with catalogue.COMPILED.open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    for message, words in expected.items():
        if message.plural:
            assert spoken.ngettext(message.text, message.plural, 2) == words
        elif message.context:
            assert spoken.pgettext(message.context, message.text) == words
        else:
            assert spoken.gettext(message.text) == words
    assert len(spoken._catalog) - 1 == len(expected)


def test_the_catalogue_is_in_its_one_form():
    """taizhang.po is sorted and has neither dates nor line numbers, so that its diffs show words only."""
    text = catalogue.TEXT.read_text(encoding="utf-8")
    assert catalogue.written(catalogue.translations(catalogue.read(catalogue.TEXT))) == text


def slots(text: str) -> list[str]:
    return sorted(set(re.findall(r"\{[a-z_]*[!:]?[^{}]*\}|%\([a-z_]+\)s", text)))


#: Slots a translation may fill although the source does not; they are always given.
FURTHER = {("step in a sentence", "{code}"): {"{label}"}}


def test_a_translation_fills_the_same_slots(found):
    """A translation has the named slots of its source and no others, for either number."""
    wrong = [
        (message.text, words)
        for message, words in found.items()
        if not set(slots(words)) - FURTHER.get((message.context, message.text), set())
        <= set(slots(message.text)) | set(slots(message.plural))
        or not set(slots(message.text)) & set(slots(message.plural or message.text)) <= set(slots(words))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_words_are_put_together_after_translation(path):
    """`_()` is given plain words: no f-string, no sum, no call, or no catalogue could hold them."""
    assert list(catalogue.not_constant(path.read_text(encoding="utf-8"))) == []


def test_the_gatherer_sees_every_form():
    """Calls with context and number are gathered; a formatted string is caught."""
    source = '_("a")\nngettext("b", "c", 2)\npgettext("k", "d")\n_(f"e{1}")\n_("a" + x)\n_(x)\n'
    assert list(catalogue.in_text(source)) == [("", "a", ""), ("", "b", "c"), ("k", "d", "")]
    assert list(catalogue.not_constant(source)) == [4, 5]


def test_merging_and_compiling_loses_nothing(tmp_path, monkeypatch):
    """A fragment is merged into the text, wins over it, and reads back from the compiled file."""
    monkeypatch.setattr(catalogue, "TEXT", tmp_path / "x.po")
    monkeypatch.setattr(catalogue, "FRAGMENTS", tmp_path)
    one = {catalogue.Message("", "old"): "旧", catalogue.Message("k", "both"): "双"}
    (tmp_path / "x.po").write_text(catalogue.written(one), encoding="utf-8")
    monkeypatch.setattr(catalogue, "FRAGMENTS", tmp_path / "fragments")
    (tmp_path / "fragments").mkdir()
    new = {catalogue.Message("", "old"): "新", catalogue.Message("", "{n} day", "{n} days"): '{n}天\n"引"'}
    (tmp_path / "fragments/y.po").write_text(catalogue.written(new), encoding="utf-8")
    found, quarrels = catalogue.merged()
    assert (found, quarrels) == ({**one, **new}, [])
    (tmp_path / "x.mo").write_bytes(catalogue.compiled(catalogue.written(found)))
    with (tmp_path / "x.mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("old") == "新"
    assert spoken.pgettext("k", "both") == "双"
    assert spoken.ngettext("{n} day", "{n} days", 1) == '{n}天\n"引"'


# --- the house style of the Chinese -------------------------------------------------------------------------

HAN = "\u4e00-\u9fff"
#: Words at the start of a line, which a program may look for; their colon is half-width in every language.
FRAMES = {
    "error: {message}",
    "warning: {text}",
    "warning: {message}",
    "hint: {hint}",
    "next: {commands}",
    "Usage:",
}
EXAMPLES = re.compile(r"^示例:$.*", flags=re.MULTILINE | re.DOTALL)
#: `status:active` and its like, as a person types them.
CONDITION = re.compile(rf"[{HAN}{{}}a-z]+[:<>]=?[{HAN}A-Z]+")


def prose(words: str) -> str:
    """What is read as a sentence: without examples, conditions and what stands in quotes for a shell."""
    return CONDITION.sub("", EXAMPLES.sub("", words))


def test_sentences_have_the_marks_of_chinese(found):
    """Between Chinese words stand Chinese marks, everywhere; half-width ones only in commands and frames."""
    wrong = re.compile(rf"[{HAN}][,;:()?!]|[,;:()?!][{HAN}]|[{HAN}]\.(?![\w.])")
    assert [
        (message.text, words)
        for message, words in found.items()
        if message.text not in FRAMES and message.context != "metavar" and wrong.search(prose(words))
    ] == []


def test_only_sentences_of_the_help_end_with_a_stop(found):
    """An error or a hint is one sentence without a full stop, as its source is."""
    assert [
        (message.text, words)
        for message, words in found.items()
        if prose(words).rstrip().endswith("。") and not message.text.partition("\n")[0].endswith((".", "!"))
    ] == []


def test_everything_is_said_in_chinese(found):
    """Nothing is left in English, but for names, codes and sentences that are all slots."""
    kept = {"N", "[OPTIONS]", "json or csv.", "sha256", "shell", "SHELL", "zh|en"}
    assert [
        (message.text, words)
        for message, words in found.items()
        if not re.search(f"[{HAN}]", words)
        and re.search(r"[A-Za-z]{2}", re.sub(r"\{[^}]*\}|%\([a-z]+\)s", "", words))
        if message.text not in kept
    ] == []


COMMANDS = catalogue.commands()


def named(words: str) -> tuple[set[str], set[str]]:
    """The commands and the long options a text names."""
    typed = re.findall(r"\bledger ([a-z]+)(?: ([a-z]+))?", words)
    commands = {name for pair in typed for name in (pair[0], " ".join(pair)) if name in COMMANDS}
    return commands, set(re.findall(r"--[a-z-]+", words))


def test_a_translation_names_the_same_commands_and_options(found):
    """What a hint tells somebody to type is the same in both languages, apart from the words of the user."""
    ours = [(message, words) for message, words in found.items() if "\n" not in message.text]
    assert [(message.text, words) for message, words in ours if named(message.text) != named(words)] == []


def test_examples_name_the_command_they_are_examples_of(found):
    """The Chinese help of a command shows that command, as the English does, with options it has."""
    pages = [(message.text, words) for message, words in found.items() if "\nExamples:\n" in message.text]
    assert len(pages) > 30
    for source, words in pages:
        shown, said = source.partition("\nExamples:\n")[2], words.partition("\n示例:\n")[2]
        assert named(said)[0] == named(shown)[0], words
        assert said.count("\n") == shown.count("\n"), words
