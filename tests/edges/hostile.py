"""A ledger whose every text is hostile, as a stranger's clone may bring it; and what must never come out of it."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import tomli_w

from ledger.domain.entry import compose
from ledger.domain.kinds import FIXED
from ledger.domain.replay import replay
from ledger.store import recordfile
from ledger.store.record import form_of
from tests.papers import furnish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Runner

#: What stands for the hostile text while the ledger is made.
TOKEN = "Qxq"

#: Every class of what drives a terminal or is not seen. Source: RELIABILITY.md D6, D11, E1.
CLASSES = (
    "\x1b[31m", "\x1b]8;;http://x.example\x07", "\x1b]52;c;eA==\x1b\\", "\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1f",
    "\x7f", "\x85", "\x9b31m", "\x9d", "\u061c", "\u200b", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e",
    "\u2060", "\u2066", "\u2069", "\ufeff", "\U000e0001", "\U000e0041", "\U000e007f",
)  # fmt: skip
#: What is markup to somebody: Rich, Markdown, HTML, templates, spreadsheets, shells, printf, gettext.
MARKUP = (
    "[red]x[/red]", "[/foo]", ":bomb:", "|", "`x`", "**x**", "# x", "<script>x</script>", "<img src=x onerror=y>",
    "[x](javascript:y)", "{{ 7*7 }}", "{% raw %}", "{0.__class__}", "{id}", "%s %(x)s", "=1+1", "+1", "-1", "@x", "＝1",
    "$(touch leaked)", "`touch leaked`", "';drop table issue;--", '"', "\\", "&lt;", "\t", "'''", '"""', "<<<<<<< x",
)  # fmt: skip

#: No byte of these may reach a terminal, a pipe or a file we write for people.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
#: The only escape sequences there are: colours. Source: ECMA-48, 8.3.117.
COLOUR = re.compile("\x1b\\[[0-9;]*m")

_STORY = f"""
init t --preset five-level --title {TOKEN} --org {TOKEN}
add "{TOKEN} 一" -m "{TOKEN} 甲" -m 乙 --category {TOKEN} --unit {TOKEN} --leader {TOKEN} --owner {TOKEN} --co-unit {TOKEN} --due 2025-02-20 --criterion {TOKEN} --deliverable {TOKEN}
add 二{TOKEN} -m {TOKEN} --leader {TOKEN} --unit {TOKEN} --due 2025-06-30
edit 1 --remark {TOKEN} --interim-goal {TOKEN} --why {TOKEN}
point 1.2 --add {TOKEN}
claim 1 2 --leader {TOKEN}
plan approve --meeting {TOKEN}
note 1.1 -t {TOKEN}
note -t {TOKEN}
evidence add 1.1 rules.txt --kind {TOKEN} --proves {TOKEN}
extend 1.2 --due 2025-08-31 --request --why {TOKEN}
done 1.1 --result {TOKEN}
close 1.1 --meeting {TOKEN} --opinion {TOKEN} --signer {TOKEN}
close 1.1 --signer {TOKEN} --opinion {TOKEN}
return 1.1 --why {TOKEN} --signer {TOKEN}
done 2.1 --result {TOKEN}
edit 2 --criterion {TOKEN}2 --why {TOKEN}
"""  # noqa: E501  typed on one line


def furnished(run: Runner, folder: Path) -> None:
    """A ledger with the token in every field that takes words."""
    furnish(folder)
    for line in _STORY.strip().splitlines():
        result = run(*shlex.split(line), by=f"{TOKEN}某")
        assert result.code == 0, (line, result)
    run("import", "notice.txt", "--yes")
    (folder / "ledgers/t/people.toml").write_text(
        f'[[units]]\nname = "{TOKEN}"\naliases = ["{TOKEN}2"]\nleader = "{TOKEN}"\n[[persons]]\nname = "{TOKEN}某"\n',
        encoding="utf-8",
    )


def poison(folder: Path, text: str) -> None:
    """Put a text in the place of every token, as somebody would who writes files and knows how hashes are made."""
    heads: dict[str, str] = {}
    book = folder / "ledgers/t"
    for schema in FIXED.values():
        for path in sorted((book / schema.folder).glob("*.toml")):
            path.write_bytes(_record(path, text, heads))
    for name in (
        "people.toml",
        "ledger.toml",
        *(f"plans/{each.name}" for each in (book / "plans").iterdir()),
    ):
        values = tomllib.loads((book / name).read_text(encoding="utf-8"))
        (book / name).write_text(tomli_w.dumps(_put(values, text, heads)), encoding="utf-8", newline="\n")


def _record(path: Path, text: str, heads: dict[str, str]) -> bytes:
    schema = next(each for each in FIXED.values() if path.parent.as_posix().endswith(each.folder))
    found = recordfile.parse(path.read_bytes(), path=PurePosixPath(path))
    entries, known = [], {}
    for line in found.lines:
        values = _put(json.loads(line), text, known)
        entry = compose({**values, "on": values["on"], "at": values["at"]})
        known[recordline_hash(line)] = entry.hash
        entries.append(entry)
    heads.update({f"sha256:{old}": f"sha256:{new}" for old, new in known.items()})
    state = replay(schema, entries)
    document = {**state.document(), "x_unknown": text, text: 1}
    return recordfile.render(document, [entry.line for entry in entries], form_of(schema.kind)).encode()


def recordline_hash(line: str) -> str:
    from ledger.domain.entry import digest

    return digest(line)


def _put(value: Any, text: str, others: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return others.get(value, value.replace(TOKEN, text))
    if isinstance(value, dict):
        return {key: _put(each, text, others) for key, each in value.items()}
    return [_put(each, text, others) for each in value] if isinstance(value, list) else value


def leaks(said: str, *, colours: bool = False) -> list[str]:
    """What must not have come out, each with a little of what stands around it."""
    shown = COLOUR.sub("", said) if colours else said
    return [repr(shown[max(each.start() - 20, 0) : each.end() + 10]) for each in UNSAFE.finditer(shown)]
