"""Both READMEs are true: what they show is run, in order, and must come out as shown."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")

Step = tuple[str, str]


def steps(text: str) -> list[Step]:
    """Commands and what they print, from the ```console blocks that begin with `$ ledger`."""
    found = []
    for block in re.findall(r"^```console\n(\$ ledger .*?)^```$", text, flags=re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            while command.endswith("\\"):
                more, _, printed = printed.partition("\n")
                command = command[:-1] + more.removeprefix("> ").strip()
            found.append((command, printed))
    return found


@pytest.mark.parametrize("name", READMES)
def test_what_a_readme_shows_is_what_happens(run, name, request):
    """Every console block, run in order in one folder, prints what the README shows."""
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    language = "zh" if "zh" in name else "en"
    for command, expected in steps(text):
        words = shlex.split(command)
        assert words[0] == "ledger", command
        result = run(*words[1:], lang=language, terminal=True, env={"COLUMNS": "100"})
        printed = "".join(line.rstrip() + "\n" for line in (result.out + result.err).splitlines())
        if request.config.getoption("--update-golden") and printed != expected:
            text = text.replace(f"$ {command}\n{expected}", f"$ {command}\n{printed}", 1)
            path.write_text(text, encoding="utf-8", newline="\n")
            continue
        assert printed == expected, command


def test_both_readmes_show_the_same_commands():
    """The English and the Chinese README walk the same way."""
    english, chinese = (
        [command for command, _ in steps((ROOT / name).read_text(encoding="utf-8"))] for name in READMES
    )
    assert [command.split()[1] for command in english] == [command.split()[1] for command in chinese]


def test_blocks_are_read_as_written():
    """Commands over several lines and outputs of several lines are told apart."""
    text = "x\n```console\n$ ledger add a \\\n> --unit b\n1\n2\n$ ledger list\n```\n```console\n$ make\n```\n"
    assert steps(text) == [("ledger add a --unit b", "1\n2\n"), ("ledger list", "")]


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_files_that_exist(name):
    """Every relative link of a README leads somewhere."""
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []
