"""Who gave a clue stands in its file, and in no answer of any command that was not asked for it by name."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from ledger.commands import COMMANDS
from tests.cli.books import at, rewrite, typed
from tests.cli.repository import git, somebody
from tests.faults.deeds import writing

#: Nobody is called this; two sentences, so that a file shows them on lines of their own.
SECRET = "Zebedee Quillfeather。柳河路九号。"
PARTS = ("Quillfeather", "柳河路九号")
NOW = at("2025-07-10")

#: What is asked of commands that only read, besides asking each of them with nothing and with the clue's id;
#: `{id}` is the clue.
READING = """
(nothing)
config
config --validate
list
list Quillfeather
list --columns id,remark
search Quillfeather
search 柳河路九号
explain 1
show 1
history
history 1
history --diff HEAD..
history --diff 2025-06-01..
report status
report book
report lists
export json
export csv
export xlsx -o all.xlsx
sql "select * from entry"
sql "select * from search"
sql "select * from issue"
check
check --strict
check --read-data
checkpoint
checkpoint --short
plan show
plan diff
figures notice.txt
compare notice.txt
import notice.txt --dry-run
clue list --late
clue list Quillfeather
clue list 柳河路
clue stats --per channel --per unit --per day
reindex
use 2025
"""
#: A line for each command that would write something about a clue, tried or refused.
TRIED = """
note {id} -t looked --dry-run
evidence add {id} notice.txt --dry-run
void {id} --why twice --dry-run
void {id} --why twice
undo --dry-run
adopt --dry-run
adopt {id} --dry-run
restore {id} --dry-run
resolve --dry-run
renumber --dry-run
clue add Other --channel phone --source "{secret}" --dry-run
clue route {id} --to Inspection --dry-run
clue transfer {id} --to Court --dry-run
clue verify {id} --outcome founded
clue issue {id}
handover --from Inspection --to Office --on 2025-07-01 --dry-run
"""


@pytest.fixture
def planted(run):
    """A clue whose source is the secret, in git, with an issue beside it."""
    somebody()
    typed(
        run,
        f"""
        init 2025 --preset simple --lang en
        add "Papers are late" -m "Rewrite the rules"
        clue add "Fines without receipts" --channel phone --source "{SECRET}" --unit Squad
        clue add "Keys lost" --channel letter --source "{SECRET}"
        clue route C2 --to Inspection
        clue verify C2 --outcome founded
        clue issue C2
        """,
        **at("2025-06-02"),
    )
    Path("notice.txt").write_text("1.关于“会议过多”的问题\n整改措施：一是合并例会。\n", encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "begun")
    assert any(PARTS[0] in path.read_text(encoding="utf-8") for path in Path("ledgers/2025/clues").iterdir())
    return run


def lines(text: str) -> list[list[str]]:
    """The words of each line."""
    filled = [line.format(id="C1", secret=SECRET) for line in text.split("\n") if line]
    return [[word for word in shlex.split(line) if word != "(nothing)"] for line in filled]


def bare() -> list[list[str]]:
    """Every command that only reads, with nothing behind it and with the clue's id."""
    names = [[spec.name, each.name] for spec in COMMANDS for each in spec.commands]
    names += [[spec.name] for spec in COMMANDS if not spec.commands]
    reading = [name for name in names if " ".join(name) not in writing() and name != ["demo"]]
    return [[*name, *more] for name in reading for more in ([], ["C1"])]


def heard(run, words: list[str], **options) -> str:
    """Everything that is said, whatever the command ends with."""
    result = run(*words, **NOW, **options)
    return result.out + result.err


def told(text: str) -> list[str]:
    """The parts of the secret in what was said."""
    return [part for part in PARTS if part in text]


@pytest.mark.parametrize("form", [(), ("--json",), ("--plain",)])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_reading_command_tells_who_gave_a_clue(planted, form, lang):
    """As text, as JSON, in both languages; a search that names the source finds nothing of it."""
    found = {}
    for words in [*lines(READING), *bare()]:
        said = heard(planted, [*words, *form], lang=lang)
        if any(part in word for part in PARTS for word in words):
            said = said.replace(words[-1], "", 1)  # an answer may name what was looked for
        found[" ".join(words)] = told(said)
    assert {line: parts for line, parts in found.items() if parts} == {}


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_no_command_that_writes_tells_it(planted, form):
    """Neither what would be written nor what was, nor why not."""
    found = {" ".join(words): told(heard(planted, [*words, *form])) for words in lines(TRIED)}
    assert {line: parts for line, parts in found.items() if parts} == {}


def test_a_page_on_a_terminal_does_not_tell_it(planted, terminal):
    """What a person sees says that it is confidential, and how it is seen."""
    for words in (["clue", "show", "C1"], ["clue", "list"], ["show", "C1"], ["history", "C1"]):
        said = planted(*words, terminal=True, **NOW)
        assert told(said.out + said.err) == []
    assert "confidential; shown with --reveal" in planted("clue", "show", "C1", **NOW).out


def test_the_workbook_does_not_tell_it(planted):
    """An export to a file holds nothing of it."""
    for kind in ("json", "csv"):
        planted.ok("export", kind, "-o", f"all.{kind}", **NOW)
        assert told(Path(f"all.{kind}").read_text(encoding="utf-8")) == []
    planted.ok("export", "xlsx", "-o", "all.xlsx", **NOW)
    import zipfile

    with zipfile.ZipFile("all.xlsx") as book:
        for name in book.namelist():
            assert told(book.read(name).decode(errors="replace")) == []


def test_a_hand_edit_of_it_is_told_without_it(planted):
    """Who corrects it by hand sees that, not what it says; the next write records it."""
    (path,) = (each for each in Path("ledgers/2025/clues").iterdir() if each.name.startswith("0001"))
    rewrite(path, "柳河路九号。", "柳河路九号三楼。")
    for words in (
        ["check"],
        ["check", "--json"],
        ["adopt", "--dry-run"],
        ["adopt", "--dry-run", "--json"],
        ["adopt"],
    ):
        said = heard(planted, words)
        assert told(said) == []
    assert "source" in heard(planted, ["history", "C1", "--plain"])
    assert told(heard(planted, ["history", "C1"])) == []


def test_two_copies_are_put_together_without_telling_it(planted):
    """A conflict about the source is settled by choosing a side, unseen."""
    git("checkout", "-qb", "theirs")
    (path,) = (each for each in Path("ledgers/2025/clues").iterdir() if each.name.startswith("0001"))
    rewrite(path, "柳河路九号。", "柳河路九号二楼。")
    planted.ok("adopt", **at("2025-06-03"))
    git("commit", "-qam", "theirs")
    git("checkout", "-qb", "mine", "master")
    rewrite(path, "柳河路九号。", "柳河路九号三楼。")
    planted.ok("adopt", **at("2025-06-04"))
    git("commit", "-qam", "mine")
    git("merge", "theirs", fine=True)
    found = {}
    for words in (["list"], ["clue", "list"], ["check"], ["resolve", "--dry-run"], ["resolve", "--prefer", "mine"],
                  ["resolve", "--prefer", "mine", "--json"], ["history", "C1"], ["check"]):  # fmt: skip
        found[" ".join(words)] = heard(planted, words)
    assert {line: said for line, said in found.items() if told(said)} == {}


@pytest.mark.parametrize("form", [(), ("--json",), ("--plain",)])
@pytest.mark.parametrize("words", [["clue", "show", "C1"], ["clue", "list"]])
def test_it_is_told_to_who_asks(planted, words, form):
    """--reveal shows it."""
    assert PARTS[0] in planted.ok(*words, "--reveal", *form, **NOW)
