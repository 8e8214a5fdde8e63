"""`resolve` and `renumber`: what two copies of a ledger changed, put together with a real git."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ledger.errors import StorageError
from ledger.store.git import Repository
from tests.cli.books import acts, field, path_of, record, rewrite
from tests.cli.repository import git
from tests.cli.resolve.copies import EVENING, GO_ON, save

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_two_histories_become_one(run, forked):
    """Notes of both stay, one-sided changes are taken, the file is staged, and check has nothing to say."""
    forked(
        "note 1.1 -t 一\nedit 1 --unit 综合股 --why 更正", "note 1.1 -t 二\nassign 1 --leader 顾某 --why 分工"
    )
    assert run("resolve") == (0, "put together: 1\n", GO_ON)
    assert git("status", "--porcelain") == "M  " + str(path_of(1))
    assert acts(1) == ["add", "note", "edit", "note", "assign", "resolve"]
    assert [field("1", "unit"), field("1", "leader")] == ["综合股", "顾某"]
    assert run("check") == (0, "", "")
    save()
    assert run("resolve") == (0, "", "git has nothing that waits to be put together\n")


def test_merge_and_rebase_say_the_same(run, forked):
    """Both ways give the same fields, statuses and notes; only the entry that joins them may differ."""
    lines = (
        "done 1.1 --result 成\nnote 1.2 -t 一",
        "done 1.1 --result 成\nclose 1.1 --meeting 例会\nedit 1 --criterion 新 --why 更正",
    )
    forked(*lines)
    run.ok("resolve", "--prefer", "later")
    merged = json.loads(run.ok("show", "1", "--json"))
    git("merge", "--abort")
    git("rebase", "FETCH_HEAD", fine=True)
    while "rebase" in git("status"):
        run.ok("resolve", "--prefer", "later")
        git("add", "-A")
        git("-c", "core.editor=true", "rebase", "--continue", fine=True)
    assert json.loads(run.ok("show", "1", "--json")) == merged
    assert run("check") == (0, "", "")


def test_two_new_names_of_one_file_are_one_record(run, forked):
    """Renumbered here and there, which is two files to git: one record with the larger number and both former ones."""
    rewrite(Path("ledgers/2025/ledger.toml"), "required = false", "required = true")
    save()
    shutil.rmtree("../theirs")
    git("clone", "-q", ".", "../theirs")
    forked("move 1 --to 30\nnote 30.1 -t 一", "move 1 --to 40\nnote 40.1 -t 二")
    run.ok("resolve")
    assert [path.name[:5] for path in sorted(Path("ledgers/2025/issues").iterdir())] == ["0002-", "0040-"]
    assert (field("40", "formerly"), acts(40).count("note")) == ([1, 30], 2)
    assert run("check") == (0, "", "")
    assert [line[:2] for line in git("status", "--porcelain").splitlines()] == ["R "]


def test_what_git_lost_without_a_word_is_put_back(run, forked):
    """A file merged without a conflict that lacks an entry of one side is found all the same."""
    forked("note 1.1 -t 一\nnote 2.1 -t 三", "note 1.1 -t 二\nnote 2.1 -t 四")
    git("checkout", "-q", "--ours", ".")
    git("add", "-A")
    assert run.ok("resolve") == "put together: 1 2\n"
    assert (acts(1), acts(2)) == (["add", "note", "note", "resolve"], ["add", "note", "note", "resolve"])


def test_what_was_deleted_on_one_side_is_kept(run, forked):
    """Nothing is deleted: a record one side removed and the other changed stays."""
    forked("note 1.1 -t 一", "note 2.1 -t 二")
    git("merge", "--abort", fine=True)
    save_path = path_of(1)
    git("reset", "-q", "--hard", "HEAD")
    git("rm", "-q", str(save_path))
    git("commit", "-q", "-m", "gone")
    git("-C", "../theirs", "reset", "-q", "--hard", "HEAD")
    typed_in_theirs = run("note", "1.1", "-t", "三", cwd=Path("../theirs").resolve(), now=EVENING)
    assert typed_in_theirs.code == 0
    git("-C", "../theirs", "commit", "-qam", "note")
    git("fetch", "-q", "../theirs", "main")
    git("merge", "FETCH_HEAD", fine=True)
    run.ok("resolve")
    assert acts(1)[-1] == "note"


def test_markers_that_somebody_committed_are_put_right(run, forked):
    """A merge committed with its markers is put together from the two commits behind it."""
    forked("note 1.1 -t 一", "note 1.1 -t 二")
    save("a merge, markers and all")
    assert run("show", "1").code == 7
    assert run.ok("resolve") == "put together: 1\n"
    assert acts(1) == ["add", "note", "note", "resolve"]


def test_one_number_of_two_issues_is_settled_alike_everywhere(run, forked, monkeypatch):
    """The smaller uid keeps it, the other gets the next and keeps the old one; both copies settle it alike."""
    forked("add 甲的问题\nnote -t 记一", "add 乙的问题\nnote -t 记二")
    assert run("show", "3").code == 6
    result = run("renumber")
    assert (result.code, result.out.count("->"), "3 -> 4" in result.out) == (0, 2, True)
    assert run("check") == (0, "", "")
    save()
    mine = run.ok("list", "--json")
    monkeypatch.chdir("../theirs")
    git("pull", "-q", "--no-rebase", "../mine", "main")
    assert run.ok("list", "--json") == mine
    assert run("renumber") == (0, "", "no two records have one number\n")
    assert record(4).state.fields["formerly"] == [3]


def test_all_of_it_in_chinese(run, forked, chinese):  # noqa: F811
    """Every line a clerk reads is Chinese."""
    forked("edit 1 --unit 综合股 --why 更正", "edit 1 --unit 财务股 --why 更正")
    assert run("resolve", lang="zh") == (
        6,
        "",
        "错误: 两边都改了，还没有说以哪一边为准：1 unit\n提示: 在终端上逐项选择，或者用 --prefer mine|theirs|later|earlier 一次说定\n",
    )
    assert run("合并冲突", "--prefer", "mine", lang="zh") == (
        0,
        "已合并：1\n",
        "1 责任单位：历史中保留、未生效的值：财务股\n接下来：ledger check；然后 git commit 或 git rebase --continue\n",
    )


@pytest.mark.parametrize(
    "trouble",
    [
        StorageError("git says: no space left on device", ""),
        OSError(5, "git says: no space left on device"),
    ],
)
def test_the_records_are_whole_when_git_cannot_be_told(run, forked, monkeypatch, trouble):
    """What is written is written: a failing git is a warning with the next step, and a second run does no harm."""
    forked("note 1.1 -t 一", "note 1.1 -t 二")

    def refuse(_repository, _paths):
        raise trouble

    with monkeypatch.context() as broken:
        broken.setattr(Repository, "add", refuse)
        result = run("resolve")
    assert (result.code, result.out) == (0, "put together: 1\n")
    told = "the records are put together, but git was not told (git says: no space left on device)"
    assert result.err.startswith(f"warning: {told}; say git add on their files\n")
    before = record(1).entries
    run.ok("resolve")
    assert record(1).entries == before
    assert run("check") == (0, "", "")
