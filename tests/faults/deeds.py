"""The one place that knows every command that writes, each as a line to type in one and the same ledger.

A command that has `--dry-run` writes. Who adds one adds its line to DEEDS; a test says so when it is missing.
"""

from __future__ import annotations

import functools
import inspect
import shlex
import subprocess
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from ledger.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path


class Deed(NamedTuple):
    """A line to type, and what makes the ledger ready for it.

    Shape: `prepare` gets the workspace's folder and the front door of the tests. `codes` are those it may end
        with when the disk fails it; git, which fails too then, is taken at its word.
    """

    line: str
    prepare: Callable[..., object] = lambda _folder, _run: None
    codes: Collection[int] = (0, 8)

    @property
    def words(self) -> list[str]:
        return shlex.split(self.line)


def _edited(folder: Path, _run: object) -> None:
    """Somebody has corrected a record with an editor."""
    (path,) = (folder / "ledgers/t/issues").glob("0004-*.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('title = "Old debts"', 'title = "Very old debts"'), encoding="utf-8", newline="\n"
    )


def _second(folder: Path, run: Callable) -> None:
    """There is another ledger in which the same people work."""
    run.ok("init", "second", "--lang", "en", cwd=folder)
    run.ok("-L", "second", "add", "Dust", "--leader", "Lin", "--owner", "Gu", cwd=folder)


def _handed_over(folder: Path, run: Callable) -> None:
    """One person has taken over from another in both ledgers."""
    _second(folder, run)
    run.ok("handover", "--from", "Gu", "--to", "Lin", cwd=folder)


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, capture_output=True, check=words[0] != "merge")


def _in_git(folder: Path, run: Callable) -> None:
    """The workspace is in git, and committed."""
    run.ok("git", "setup", "--init", cwd=folder)
    for name, value in (("user.name", "Lin"), ("user.email", "lin@example.org")):
        _git(folder, "config", name, value)
    _git(folder, "add", ".")
    _git(folder, "commit", "-qm", "begun")


def _imported(folder: Path, run: Callable) -> None:
    """The notice was taken in before, and has changed since: a field, a new measure, a new issue."""
    run.ok("-L", "t", "import", "notice.txt", "--yes", cwd=folder)
    text = NOTICE.replace("综合股", "业务股").replace("合并例会，", "精简例会，")
    text += "3.关于“夜间无人值守”问题。整改措施：一是排定班次。责任单位：综合股。\n"
    (folder / "notice.txt").write_text(text, encoding="utf-8", newline="\n")


def _listed(folder: Path, _run: object) -> None:
    """A list with a column nobody knows."""
    rows = "序号,反馈问题,整改措施,Remarks\n1,夜间无人值守,排定班次,soon\n2,钥匙无人保管,登记领用,later\n"
    (folder / "issues.csv").write_text(rows, encoding="utf-8", newline="\n")


def _gone(folder: Path, run: Callable) -> None:
    """Somebody has taken away a record that git has."""
    _in_git(folder, run)
    next((folder / "ledgers/t/issues").glob("0004-*.toml")).unlink()


def _conflicting(folder: Path, run: Callable) -> None:
    """Two branches have changed the same two records, and git could not merge them."""
    _in_git(folder, run)
    for branch, unit in (("theirs", "Registry"), ("mine", "Archive")):
        _git(folder, "checkout", "-qb", branch, "master" if branch == "theirs" else "theirs~1")
        run.ok("-L", "t", "note", "1.1", "4.1", "-t", branch, cwd=folder)
        run.ok("-L", "t", "assign", "4", "--unit", unit, "--why", "agreed", cwd=folder)
        _git(folder, "commit", "-qam", branch)
    _git(folder, "merge", "theirs")


def _numbered_twice(folder: Path, run: Callable) -> None:
    """Two copies have given the same number, and both records lie in one folder."""
    issues = folder / "ledgers/t/issues"
    run.ok("-L", "t", "add", "Mine", cwd=folder)
    (mine,) = issues.glob("0006-*.toml")
    data = mine.read_bytes()
    mine.unlink()
    run.ok("-L", "t", "add", "Theirs", cwd=folder)
    mine.write_bytes(data)


def _returned(folder: Path, run: Callable) -> None:
    """Units have filled in the workbooks they were sent."""
    import openpyxl

    run.ok("-L", "t", "export", "--split", "unit", "-o", "back", cwd=folder)
    for path in (folder / "back").iterdir():
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        heads = [cell.value for cell in sheet[3]]
        sheet.cell(4, heads.index("remark") + 1).value = "soon"
        book.save(path)


def _letters(*lines: str) -> Callable[..., object]:
    """A letter was drafted, and some things were done about it."""

    def prepare(folder: Path, run: Callable) -> None:
        run.ok("-L", "t", "letter", "draft", "1.1", "--rung", "supervise", "--to", "Office", cwd=folder)
        for line in lines:
            run.ok("-L", "t", "letter", *line.split(), cwd=folder)

    return prepare


_STEPS = {"route": "--to Office", "verify": "--outcome founded", "transfer": "--to Court"}


def _clue(acts: str) -> Callable[..., object]:
    """A clue was registered, and some things were done about it."""

    def prepare(folder: Path, run: Callable) -> None:
        run.ok("-L", "t", "clue", "add", "Fines", "--channel", "phone", "--source", "Wen", cwd=folder)
        for act in acts.split():
            run.ok("-L", "t", "clue", act, "C1", *_STEPS[act].split(), cwd=folder)

    return prepare


def _goes_on(folder: Path, run: Callable) -> None:
    words = ("--interim-goal", "third", "--review-on", "2025-12-31", "--approve", "--signer", "Lin")
    run.ok("-L", "t", "longterm", "1.1", *words, "--why", "never", cwd=folder)


def _owing(folder: Path, _run: object) -> None:
    """The settings declare a milestone."""
    with (folder / "ledgers/t/ledger.toml").open("a", encoding="utf-8", newline="\n") as file:
        file.write('\n[[milestones]]\ncode = "plan"\nwithin_workdays = 15\n')


def _quarterly(folder: Path, run: Callable) -> None:
    run.ok("-L", "t", "edit", "1.1", "--every", "quarter from 2025-Q1", "--why", "agreed", cwd=folder)


def _rostered(folder: Path, run: Callable) -> None:
    run.ok("-L", "t", "roster", "1.1", "--add", "Mill,Weir", "--why", "agreed", cwd=folder)


def _looked_back(*lines: str) -> Callable[..., None]:
    """A look-back was planned, and these lines of it were done."""

    def prepare(folder: Path, run: Callable) -> None:
        for line in ("plan --seed lot", *lines):
            run.ok("-L", "t", "lookback", *shlex.split(line), cwd=folder)

    return prepare


def _clues(folder: Path, _run: object) -> None:
    """A list of clues."""
    rows = "线索,渠道,收到日期\n井盖丢失,来访,2025-02-02\n路灯不亮,电话,2025-02-03\n"
    (folder / "clues.csv").write_text(rows, encoding="utf-8", newline="\n")


#: How a command may end that asks git, when git fails.
GIT = (0, 2, 3, 4, 6, 7, 8)
#: What a command may end with when the process that reads a received file for it is the one that is hit.
READER = (0, 8, 9)

#: By the name of the command, or `name: variant` for a second way it writes.
DEEDS: dict[str, Deed] = {
    "init": Deed("init other --lang en"),
    "add": Deed("add Lights -m Count -m Switch --unit Office"),
    "measure": Deed("measure 4 -t Sue -t Publish --serves 1,2 --why agreed"),
    "assign": Deed("assign 1 4 --unit Planning --down --why agreed"),
    "claim": Deed("claim 1-3 --leader Shen"),
    "split": Deed("split 4 --title Abroad --measures 4.2 --why agreed"),
    "merge": Deed("merge 4.1 4.2 --why twins"),
    "move": Deed("move 4.2 --to 1 --why belongs"),
    "edit": Deed("edit 1.1 --criterion all --why agreed"),
    "confirm": Deed("confirm 2.1 --signer Gu --why fine"),
    "withhold": Deed('withhold 1 2.1 --kind unrest --why heated --meeting "Party group 9"'),
    "publish": Deed("publish list.txt --channel site --audience party --signer Gu"),
    "plan approve": Deed('plan approve --meeting "Party group 9"'),
    "register add": Deed("register meetings add --type group --title Third --links 1.1"),
    "register edit": Deed("register meetings edit 1 title=First chair=Lin"),
    "register import": Deed("register regulations import regulations.csv", codes=READER),
    "note": Deed("note 1.1 -t met"),
    "note: several": Deed("note 1.1 3.1 4.1 -t met"),
    "note: chronicle": Deed("note -t met"),
    "occur": Deed("occur 1.1 --period 2025-Q1 -t met --evidence rules.txt", _quarterly),
    "roster": Deed("roster 1.1 Mill Weir -t met", _rostered),
    "evidence add": Deed("evidence add 1.1 rules.txt list.txt --kind rules"),
    "point": Deed("point 1.1 --add Invite --add Teach"),
    "interim": Deed("interim 1.1 --result half --review-on 2025-09-30"),
    "done": Deed("done 1.1 --result kept"),
    "extend": Deed("extend 1.1 --due 2025-12-31 --approve --signer Lin --why asked"),
    "longterm": Deed(
        "longterm 1.1 --interim-goal third --review-on 2025-12-31 --approve --signer Lin --why never"
    ),
    "void": Deed("void 4 --why twice"),
    "close": Deed('close 1.1 --result kept --meeting "Office 7"'),
    "return": Deed('return 3.1 --why minutes --meeting "Office 8"'),
    "reopen": Deed("reopen 5 --why again"),
    "import": Deed("import notice.txt --yes", codes=READER),
    "import: a later version": Deed("import notice.txt --yes", _imported, READER),
    "import: a list with its columns": Deed("import issues.csv --map Remarks=remark --yes", _listed, READER),
    "import: returned": Deed("import back --yes --why agreed", _returned, (0, 8, 9)),
    "letter draft": Deed("letter draft 1.1 4.1 --rung supervise --to Office"),
    "letter edit": Deed("letter edit L1 --title Rules", _letters()),
    "letter sign": Deed("letter sign L1 --signer Lin", _letters()),
    "letter receipt": Deed("letter receipt L1 --receiver Gu", _letters("sign L1")),
    "letter reply": Deed("letter reply L1 -t met --file rules.txt --verdict partial", _letters("sign L1")),
    "letter withdraw": Deed("letter withdraw L1 --why wrong", _letters("sign L1")),
    "lookback plan": Deed('lookback plan --title Half --seed "by lot"'),
    "lookback sample": Deed("lookback sample R2025-1", _looked_back()),
    "lookback record": Deed(
        "lookback record R2025-1 5.1 --outcome rebound -t again --evidence rules.txt",
        _looked_back("sample R2025-1"),
    ),
    "lookback record: variant": Deed(
        "lookback record R2025-1 5.1 --outcome variant --title Hollow", _looked_back("sample R2025-1")
    ),
    "lookback finish": Deed(
        'lookback finish R2025-1 --redo "5.1 Gu 2099-12-31"',
        _looked_back("sample R2025-1", "record R2025-1 5.1 --outcome partial"),
    ),
    "note: a review": Deed("note 1.1 -t met --review-on 2026-01-31", _goes_on),
    "milestone done": Deed("milestone done plan -t sent", _owing),
    "clue add": Deed("clue add Fines --channel phone --source Wen --file rules.txt"),
    "clue route": Deed("clue route C1 --to Office", _clue("")),
    "clue verify": Deed("clue verify C1 --outcome founded", _clue("route")),
    "clue transfer": Deed("clue transfer C1 --to Court", _clue("")),
    "clue receipt": Deed("clue receipt C1 --number 7", _clue("transfer")),
    "clue result": Deed("clue result C1 -t mended", _clue("transfer")),
    "clue conclude": Deed("clue conclude C1 --result mended", _clue("route verify")),
    "clue issue": Deed("clue issue C1 -m Mend --due 2025-12-31", _clue("route verify")),
    "clue import": Deed("clue import clues.csv", _clues, READER),
    "clue feedback": Deed("clue feedback C1 -t told", _clue("route verify")),
    "handover": Deed("handover --from Gu --to Lin --why moved", _second),
    "undo: a handover": Deed("undo --yes -L second", _handed_over),
    "freeze": Deed("freeze 2024 --report lists.md --report book.md"),
    "adopt": Deed("adopt --why agreed", _edited),
    "undo": Deed("undo --yes"),
    "add: committed": Deed("add Lights --commit", _in_git, GIT),
    "git setup": Deed("git setup --init --hooks", codes=GIT),
    "restore": Deed("restore 4 --yes", _gone, GIT),
    "resolve": Deed("resolve --prefer later", _conflicting, GIT),
    "renumber": Deed("renumber", _numbered_twice),
}

#: What has no `--dry-run` and writes all the same, but no record.
OTHERS: dict[str, Deed] = {
    "use": Deed("use t"),
    "reindex": Deed("reindex"),
    "export": Deed("export json -o all.json"),
    "export: split": Deed("export --split unit -o june"),
    "report": Deed("report status -o status.md"),
    "checkpoint": Deed("checkpoint -o checkpoint.txt"),
    "compare": Deed("compare notice.txt -o compared.csv", codes=(0, 8, 9)),
}

NOTICE = """\
关于巡察整改情况的公示

一、作风建设方面
1.关于“会议过多”问题。整改措施：一是合并例会，每月不超过四次。完成时限：2025年6月底前。责任单位：综合股。
2.关于“下乡调研不够”问题。整改措施：一是制定调研计划。责任单位：业务股。
"""

#: The ledger every deed is done in: approved, under sign-off at several steps, changed since.
STORY = """
init t --preset five-level --title Willow --org Willow --lang en
add Late -m Rewrite --unit Office --leader Lin --due 2025-06-30
add Lost -m File --unit Office --leader Gu --due 2025-06-30
add Hidden -m Open --unit Office --leader Gu --due 2025-06-30
add "Old debts" -m Check -m Ask --unit Finance --leader Gu --due 2025-06-30
add Empty -m Fill --unit Office --leader Lin --due 2025-06-30
claim 1-5
plan approve --meeting "Party group 5"
done 2.1 --result filed
close 2.1 --meeting "Office 1"
edit 2.1 --criterion "every one" --why agreed
done 3.1 --result open
close 3.1 --meeting "Office 2"
close 3.1 --signer Gu
close 5.1 --result filled --meeting "Office 3"
close 5.1 --signer Lin
close 5.1 --signer Gu
close 5.1 --meeting "Group 2"
close 5.1 --meeting "Party group 6"
note 4.1 -t counted
register meetings add --type group --title Frst
list
"""


#: What an office has written, in the words of its register.
REGULATIONS = "issued on,change,title\n2025-01-06,new,Archives\n2025-01-07,revised,Papers\n"


def settle(folder: Path, run: Callable) -> None:
    """Live the story in an empty folder."""
    for name, text in (
        ("notice.txt", NOTICE),
        ("rules.txt", "1\n"),
        ("list.txt", "Lin, Gu\n" * 9000),
        ("regulations.csv", REGULATIONS),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for line in STORY.strip().splitlines():
        run.ok(*shlex.split(line), cwd=folder)


@functools.cache
def writing() -> frozenset[str]:
    """The names of all commands that can be asked for a dry run."""
    return frozenset(_writing(COMMANDS, ""))


def _writing(specs: tuple, before: str) -> Iterator[str]:
    for spec in specs:
        if spec.commands:
            yield from _writing(spec.commands, f"{before}{spec.name} ")
        elif spec.function:
            function = getattr(import_module(f"ledger.commands.{spec.module}"), spec.function)
            if "dry_run" in inspect.signature(function).parameters:
                yield before + spec.name
