"""The zh_CN catalogue: gather what the program says, merge translations, name what is missing, compile.

    python tools/catalogue.py [--check]

What the program says is found in three places: `_("…")` and its relatives in the source, `messages()` of
modules that keep their words in a table (the help of every command among them), and click's and Typer's own.
Translations come from `ledger/locale/zh_CN/LC_MESSAGES/taizhang.po` and from `ledger/locale/fragments/*.po`,
which win and are deleted once merged. `--check` writes nothing. Exits 1 when a string has no translation.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "ledger"
FOLDER = SOURCE / "locale" / "zh_CN" / "LC_MESSAGES"
TEXT, COMPILED = FOLDER / "taizhang.po", FOLDER / "taizhang.mo"
FRAGMENTS = SOURCE / "locale" / "fragments"
#: Libraries that speak to our users through gettext.
SPEAKING = ("click", "typer")
#: gettext's functions: the places of context, singular and plural among their arguments.
FUNCTIONS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}

HEADER = """\
# Simplified Chinese for ledger. Merged, sorted and compiled by `make catalogue`.
msgid ""
msgstr ""
"Project-Id-Version: taizhang\\n"
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


class Message(NamedTuple):
    """One thing the program says: its source words, and what tells it from the same words elsewhere."""

    context: str
    text: str
    plural: str = ""


def in_text(source: str) -> Iterator[Message]:
    """What one module says through gettext, where the words stand in the call itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (places := FUNCTIONS.get(_name(node.func))):
            words = ["" if place is None else _literal(node.args, place) for place in places]
            if words[1]:
                yield Message(words[0] or "", words[1], words[2] or "")


def not_constant(source: str) -> Iterator[int]:
    """Lines on which words are put together before being translated, so that no catalogue can hold them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (places := FUNCTIONS.get(_name(node.func))):
            place = places[1] or 0
            if len(node.args) > place and isinstance(node.args[place], ast.JoinedStr | ast.BinOp | ast.Call):
                yield node.lineno


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr if function.attr != "_" else ""
    return function.id if isinstance(function, ast.Name) else ""


def _literal(arguments: list[ast.expr], place: int) -> str:
    found = arguments[place] if place < len(arguments) else None
    return found.value if isinstance(found, ast.Constant) and isinstance(found.value, str) else ""


def in_modules() -> set[Message]:
    """What our own modules say: in calls, and in tables that a `messages()` lists."""
    found: set[Message] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.update(in_text(text))
        if re.search(r"^def messages\(", text, flags=re.MULTILINE):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for each in importlib.import_module(name.removesuffix(".__init__")).messages():
                found.add(Message("", each) if isinstance(each, str) else Message(*each))
    return found


def in_libraries() -> set[Message]:
    """What click and Typer say to our users."""
    found: set[Message] = set()
    for name in SPEAKING:
        spec = importlib.util.find_spec(name)
        for folder in spec.submodule_search_locations or () if spec else ():
            for path in Path(folder).rglob("*.py"):
                found.update(in_text(path.read_text(encoding="utf-8")))
    return found


def commands() -> dict[str, tuple[str, ...]]:
    """Every command by its full name as typed after the program's (`plan approve`), with its other names."""
    from ledger.commands import COMMANDS

    found: dict[str, tuple[str, ...]] = {}
    for spec in COMMANDS:
        found[spec.name] = (spec.chinese,)
        found.update({f"{spec.name} {inner.name}": (inner.chinese,) for inner in spec.commands})
    return found


def read(path: Path) -> Catalog:
    """One .po file; an empty catalogue where there is none."""
    from babel.messages.pofile import read_po

    data = path.read_bytes() if path.exists() else HEADER.encode()
    return read_po(io.BytesIO(data), locale="zh_CN", abort_invalid=True)


def translations(catalogue: Catalog) -> dict[Message, str]:
    """What a catalogue translates; fuzzy and empty ones left out."""
    found = {}
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        text, plural = (message.id, "") if isinstance(message.id, str) else (message.id[0], message.id[1])
        words = message.string if isinstance(message.string, str) else (message.string or ("",))[0]
        if words:
            found[Message(message.context or "", text, plural)] = words
    return found


def merged() -> tuple[dict[Message, str], list[str]]:
    """Every translation there is, and what two fragments say differently."""
    known, quarrels, seen = translations(read(TEXT)), [], dict[Message, str]()
    for path in sorted(FRAGMENTS.glob("*.po")):
        for message, words in translations(read(path)).items():
            if seen.setdefault(message, words) != words:
                quarrels.append(
                    f"{path.name}: {message.text!r} is {seen[message]!r} elsewhere, {words!r} here"
                )
    return {**known, **seen}, quarrels


def written(found: dict[Message, str]) -> str:
    """A .po file in its one form: sorted, without dates or line numbers."""
    from babel.messages.pofile import normalize

    parts = [HEADER]
    for message in sorted(found):
        lines = [f"msgctxt {normalize(message.context)}"] if message.context else []
        lines.append(f"msgid {normalize(message.text)}")
        if message.plural:
            lines.append(f"msgid_plural {normalize(message.plural)}")
        lines.append(f"{'msgstr[0]' if message.plural else 'msgstr'} {normalize(found[message])}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def compiled(text: str) -> bytes:
    """The .mo of a .po; the same bytes for the same text."""
    import datetime as dt

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    catalogue = read_po(io.BytesIO(text.encode()), locale="zh_CN", abort_invalid=True)
    catalogue.creation_date = catalogue.revision_date = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    data = io.BytesIO()
    write_mo(data, catalogue)
    return data.getvalue()


def main() -> None:
    """Merge, compile, and say what is missing or no longer said."""
    said = in_modules()
    wanted = said | in_libraries()
    found, quarrels = merged()
    plain = {(message.context, message.text) for message in found}
    missing = sorted(message for message in wanted if (message.context, message.text) not in plain)
    unused = sorted(set(found) - _known(found, wanted))
    for message in missing:
        print(f"missing: {message.context + ': ' if message.context else ''}{message.text!r}")
    for message in unused:
        print(f"no longer said: {message.text!r}")
    for quarrel in quarrels:
        print(f"two translations: {quarrel}")
    print(f"{len(said)} strings of our own, {len(wanted)} with the libraries'; {len(missing)} missing")
    if "--check" not in sys.argv:
        FOLDER.mkdir(parents=True, exist_ok=True)
        text = written({message: found[message] for message in set(found) - set(unused)})
        TEXT.write_text(text, encoding="utf-8", newline="\n")
        COMPILED.write_bytes(compiled(text))
        for path in FRAGMENTS.glob("*.po"):
            path.unlink()
    sys.exit(bool(missing))


def _known(found: dict[Message, str], wanted: set[Message]) -> set[Message]:
    said = {(message.context, message.text) for message in wanted}
    return {message for message in found if (message.context, message.text) in said}


if __name__ == "__main__":
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    main()
