"""`resolve` and `renumber`: what two copies of a ledger changed, put together with a real git."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ledger.errors import StorageError
from ledger.store.git import Repository
from ledger.ui import ask
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import acts, field, files, last, path_of, record, rewrite, status, typed
from tests.cli.repository import git, under_git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

OPEN = "error: both copies changed it, and nobody said which counts: {fields}\nhint: decide on a terminal, or for all at once with --prefer mine|theirs|later|earlier\n"
GO_ON = "now: ledger check; then git commit or git rebase --continue\n"
NOON, EVENING = "2025-03-03T12:00:00+08:00", "2025-03-03T18:00:00+08:00"


def save(message: str = "x") -> None:
    git("add", "-A")
    git("commit", "-q", "-m", message)


@pytest.fixture
def forked(run, monkeypatch):
    """A ledger, and a copy of it in ../theirs; the function types lines in both and starts the merge."""
    Path("mine").mkdir()
    monkeypatch.chdir("mine")
    under_git(run, "--preset", "five-level")
    rewrite(Path("ledgers/2025/ledger.toml"), "required = true", "required = false")
    typed(run, "add 文风不实 -m 甲 -m 乙 --unit 办公室\nadd 会议过多 -m 丙", now="2025-03-01T09:00:00+08:00")
    save()
    git("clone", "-q", ".", "../theirs")

    def fork(mine: str, theirs: str, *, how: str = "merge") -> None:
        typed(run, mine, now=NOON, by="林某")
        save("mine")
        monkeypatch.chdir("../theirs")
        typed(run, theirs, now=EVENING, by="顾某")
        save("theirs")
        monkeypatch.chdir("../mine")
        git("fetch", "-q", "../theirs", "main")
        git(how, "FETCH_HEAD", fine=True)

    return fork


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


def test_what_both_changed_waits_for_a_person(run, forked):
    """Without an answer nothing is written and the fields are named, exit 6; other records are put together."""
    forked(
        "edit 1 --unit 综合股 --why 更正\nnote 2.1 -t 一\nedit 1.2 -t 甲文 --why 更正",
        "edit 1 --unit 财务股 --why 更正\nnote 2.1 -t 二\nedit 1.2 -t 乙文 --why 更正",
    )
    before = files()
    assert run("resolve", "--dry-run").code == 6
    assert files() == before
    assert run("resolve") == (6, "put together: 2\n", OPEN.format(fields="1 unit, 1.2 text"))
    assert acts(2)[-1] == "resolve"
    result = run("list")
    assert (result.code, "an unresolved merge conflict" in result.err) == (7, True)
    assert run("resolve") == (6, "", OPEN.format(fields="1 unit, 1.2 text"))


@pytest.mark.parametrize(
    ("prefer", "expected", "lost"),
    [
        ("mine", "综合股", "财务股"),
        ("theirs", "财务股", "综合股"),
        ("later", "财务股", "综合股"),
        ("earlier", "综合股", "财务股"),
    ],
)
def test_a_preference_decides_and_keeps_the_other(run, forked, prefer, expected, lost):
    """The entry says what was chosen, by whom, and what was not; the screen says so too."""
    forked("edit 1 --unit 综合股 --why 更正", "edit 1 --unit 财务股 --why 更正")
    result = run("resolve", "--prefer", prefer, by="严某", now="2025-03-04T09:00:00+08:00")
    kept = f"1 unit: kept in the history, not in force: {lost}\n"
    assert result == (0, "put together: 1\n", kept + GO_ON)
    entry = last(1)
    assert [field("1", "unit"), entry.by, dict(entry.set), dict(entry.was)] == [
        expected,
        "严某",
        {"unit": expected},
        {"unit": lost},
    ]


def test_mine_is_what_this_copy_recorded_in_a_rebase_too(run, forked):
    """Git swaps the sides while it rebases; the person's own stays the person's own."""
    forked("edit 1 --unit 综合股 --why 更正", "edit 1 --unit 财务股 --why 更正", how="rebase")
    run.ok("resolve", "--prefer", "mine")
    assert field("1", "unit") == "综合股"


def test_a_person_is_asked(run, forked, monkeypatch):
    """On a terminal both values are shown with who wrote them and when."""
    forked("edit 1 --unit 综合股 --why 更正", "edit 1 --unit 财务股 --why 更正")
    asked = []

    def choose(message, choices, *, flag):
        asked.append((message, dict(choices), flag))
        return "theirs"

    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "choose", choose)
    run.ok("resolve")
    assert asked == [
        (
            "1 unit: which value counts?",
            {
                "mine": "综合股  (林某, 2025-03-03 12:00)",
                "theirs": "财务股  (顾某, 2025-03-03 18:00)",
            },
            "--prefer",
        )
    ]
    assert field("1", "unit") == "财务股"


def test_a_return_beats_a_sign_off_given_meanwhile(run, forked):
    """Closed here and returned there is not closed; void against edit is void, with the edit in it."""
    typed(run, "done 1.1 --result 成", now="2025-03-02T09:00:00+08:00")
    save()
    shutil.rmtree("../theirs")
    git("clone", "-q", ".", "../theirs")
    forked(
        "return 1.1 --why 材料不全 --signer 组长\nedit 2.1 --criterion 新 --why 更正",
        "close 1.1 --meeting 例会\nvoid 2.1 --why 重复",
    )
    result = run("resolve")
    without = "without effect beside what the other copy did; kept in the history\n"
    assert result.err == f"warning: 1.1 signed (例会, 2025-03-03): {without}{GO_ON}"
    assert [status("1.1"), status("2.1"), field("2.1", "criterion")] == ["active", "void", "新"]
    told = json.loads(run.ok("history", "1.1", "--json"))["entries"]
    assert [(each["act"], each["overtaken"]) for each in told][-2:] == [("return", False), ("sign", True)]
    assert "signed (overtaken)" in run("history", "1.1", terminal=True).out
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


@pytest.fixture
def apart(run, forked):
    """Two branches of one copy, `main` and `other`; the function makes them of what is done on each."""
    forked("note 1.1 -t 一", "note 2.1 -t 二")
    git("commit", "-q", "-m", "merged", fine=True)

    def part(mine: str, other: str) -> None:
        git("checkout", "-q", "-b", "other")
        typed(run, other, now=NOON, by="顾某")
        save("other")
        git("checkout", "-q", "main")
        typed(run, mine, now=EVENING, by="林某")
        save("mine")

    return part


def test_what_was_written_by_hand_into_a_record_deleted_elsewhere_is_kept(run, apart):
    """The one version there is is taken with the edits, comments and unknown keys in it."""
    apart("note 1.1 -t 三", "note 2.1 -t 四")
    git("rm", "-q", str(path_of(1)))
    git("commit", "-q", "-m", "gone")
    git("checkout", "-q", "other")
    rewrite(path_of(1), "status =", 'remark = "手写"\nstatus =')
    path_of(1).write_text(path_of(1).read_text("utf-8") + "# 评语\n", "utf-8")
    git("commit", "-q", "-am", "by hand")
    git("merge", "main", fine=True)
    run.ok("resolve")
    assert (field("1", "remark"), acts(1)[-1]) == ("手写\n评语", "adopt")
    assert run("check") == (0, "", "")


def test_what_was_done_to_a_whole_file_before_it_is_resolved_is_kept(run, apart):
    """Git leaves a record that the other side deleted as it is: a note on it meanwhile is not written over."""
    apart("note 1.1 -t 三", "note 2.1 -t 四")
    git("checkout", "-q", "other")
    git("rm", "-q", str(path_of(1)))
    git("commit", "-q", "-m", "gone")
    git("checkout", "-q", "main")
    git("merge", "other", fine=True)
    typed(run, "note 1.1 -t 五")
    run.ok("resolve")
    assert [entry.data.get("text") for entry in record(1).entries][-2:] == ["三", "五"]


@pytest.mark.parametrize("side", ["--ours", "--theirs"])
def test_what_was_done_to_the_version_somebody_chose_is_kept(run, apart, side):
    """Who takes one side by hand and goes on has both histories, and the note, after resolve."""
    apart("note 1.1 -t 三", "note 1.1 -t 四\nnote 1.1 -t 五")
    git("merge", "other", fine=True)
    git("checkout", "-q", side, ".")
    typed(run, "note 1.1 -t 六", now="2025-03-04T09:00:00+08:00")
    run.ok("resolve")
    texts = {entry.data.get("text") for entry in record(1).entries}
    assert texts >= {"三", "四", "五", "六"}
    assert run("check") == (0, "", "")


def test_a_file_that_follows_on_neither_version_is_left_alone(run, apart):
    """A command on an older version put there by hand: nothing is written over, and it is said."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    git("merge", "other", fine=True)
    path = next(Path("ledgers/2025/issues").glob("0001-*"))
    path.write_text(git("show", f"HEAD~1:{path.as_posix()}") + "\n", "utf-8")
    typed(run, "note 1.1 -t 五")
    before = files()
    result = run("resolve")
    assert (result.code, files()) == (6, before)
    assert result.err == (
        f"error: {path.as_posix()} has entries that follow on neither of the two versions git has\n"
        "hint: put the file aside, then run it again: ledger resolve\n"
    )


def test_keys_nobody_knows_are_kept_in_the_measures_of_both(run, apart):
    """One side wrote a key into measure 1, the other one into measure 2: both are there."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    for branch, number in (("main", 1), ("other", 2)):
        git("checkout", "-q", branch)
        rewrite(path_of(1), f"number = {number}\ntext", f"key{number} = {number}\nnumber = {number}\ntext")
        git("commit", "-q", "-am", "key")
    git("checkout", "-q", "main")
    git("merge", "other", fine=True)
    run.ok("resolve")
    kept = path_of(1).read_text("utf-8")
    assert ("key1 = 1" in kept, "key2 = 2" in kept) == (True, True)


def test_a_new_file_by_hand_that_both_sides_have_is_left_to_git(run, apart):
    """It has no history to put together; the records beside it are put together all the same."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    for branch in ("main", "other"):
        git("checkout", "-q", branch)
        Path("ledgers/2025/issues/new.toml").write_text(f'title = "{branch}"\n', "utf-8")
        save("by hand")
    git("merge", "main", fine=True)
    result = run("resolve")
    assert (result.code, result.out) == (0, "put together: 1\n")
    assert "ledgers/2025/issues/new.toml is no record: settle it in git" in result.err


def test_a_version_with_what_nobody_may_write_by_hand_says_where_to_put_it_back(run, apart):
    """A status somebody wrote into the other copy and committed: the way out is in that copy."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    git("checkout", "-q", "other")
    rewrite(path_of(1), 'status = "active"\nhead', 'status = "closed"\nhead')
    save("by hand")
    git("checkout", "-q", "main")
    git("merge", "other", fine=True)
    result = run("resolve")
    assert (result.code, "status was changed by hand" in result.err) == (6, True)
    hint = "hint: in the copy where that was done: ledger adopt 1 --put-back, then git commit; merge again\n"
    assert result.err.endswith(hint)
    git("merge", "--abort")
    git("checkout", "-q", "other")
    run.ok("adopt", "1", "--put-back")
    save("put back")
    git("merge", "main", fine=True)
    run.ok("resolve")
    assert status("1") == "active"


def test_a_key_nobody_knows_that_one_side_changed_or_took_out_is_as_that_side_has_it(run, apart):
    """Of a key that both changed the same value counts in every copy."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    git("merge", "other", fine=True)
    run.ok("resolve")
    rewrite(path_of(1), 'status = "active"\nhead', 'one = 5\ntwo = 5\nthree = 5\nstatus = "active"\nhead')
    save("keys")
    git("branch", "-q", "-f", "other")
    for branch, text, changes in (
        ("other", "五", {"one = 5\n": "one = 3\n", "two = 5\n": "", "three = 5": "three = 7"}),
        ("main", "六", {"three = 5": "three = 6"}),
    ):
        git("checkout", "-q", branch)
        typed(run, f"note 1.1 -t {text}", now="2025-03-04T09:00:00+08:00")
        for old, new in changes.items():
            rewrite(path_of(1), old, new)
        save(text)
    git("merge", "other", fine=True)
    run.ok("resolve")
    kept = path_of(1).read_text("utf-8").splitlines()
    assert [line for line in kept if line.startswith(("one", "two", "three"))] == ["one = 3", "three = 7"]


def test_several_branches_at_once_are_refused(run, apart):
    """Git stops at the last of three versions: two put together would lose the third."""
    apart("note 1.2 -t 三", "note 1.1 -t 四")
    git("checkout", "-q", "-b", "third", "HEAD~1")
    typed(run, "note 2.1 -t 五", now=NOON, by="严某")
    save("third")
    git("checkout", "-q", "main")
    git("merge", "third", "other", fine=True)
    before = files()
    assert run("resolve") == (
        4,
        "",
        "error: git is merging several branches at once, and only two versions can be put together\n"
        "hint: take the merge back in git, then merge one branch after the other\n",
    )
    assert files() == before


def test_markers_of_a_pick_are_not_taken_for_those_of_an_older_merge(run, apart):
    """Markers committed by a cherry-pick have no merge behind them: nothing newer is thrown away."""
    apart("note 1.1 -t 三", "note 1.1 -t 四")
    git("merge", "other", fine=True)
    run.ok("resolve")
    git("commit", "-q", "-am", "merged")
    git("branch", "-q", "-f", "other")
    git("checkout", "-q", "other")
    typed(run, "note 1.1 -t 五", now="2025-03-04T09:00:00+08:00")
    save("other")
    git("checkout", "-q", "main")
    typed(run, "note 1.1 -t 六", now="2025-03-04T10:00:00+08:00")
    save("mine")
    git("cherry-pick", "other", fine=True)
    git("commit", "-q", "-am", "markers and all")
    before = files()
    result = run("resolve")
    assert (result.code, files()) == (7, before)
    assert ": no merge in git has the two versions between its conflict markers\nhint: " in result.err
    run.ok("restore", "1", "--yes")
    assert record(1).entries[-1].data["text"] == "六"


def test_a_file_that_is_no_record_is_left_to_git(run, forked):
    """Settings and people are the user's files: named, and not touched."""
    forked("note 1.1 -t 一", "note 1.1 -t 二")
    git("merge", "--abort")
    for folder, name in (("../mine", "甲"), ("../theirs", "乙")):
        rewrite(Path(folder, "ledgers/2025/ledger.toml"), "title = ", f'org = "{name}"\ntitle = ')
        git("-C", folder, "commit", "-qam", "org")
    git("fetch", "-q", "../theirs", "main")
    git("merge", "FETCH_HEAD", fine=True)
    result = run("resolve")
    assert (result.code, "ledgers/2025/ledger.toml is no record: settle it in git" in result.err) == (0, True)


def test_a_side_that_cannot_be_read_is_named(run, forked):
    """A version whose history was touched is not put together; nothing is written."""
    forked("note 1.1 -t 一", "note 1.1 -t 二")
    git("merge", "--abort")
    rewrite(path_of(1), '"text":"一"', '"text":"改"')
    git("commit", "-qam", "touched")
    git("merge", "FETCH_HEAD", fine=True)
    before = files()
    result = run("resolve")
    assert (result.code, files()) == (7, before)
    assert result.err.startswith("error: one of the two versions cannot be read: ledgers/2025/issues/")


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


def test_without_git_there_is_nothing_to_resolve(run):
    """Outside a repository it says so, exit 3."""
    run.ok("init", "2025")
    result = run("resolve")
    assert (result.code, "is in no git repository" in result.err) == (3, True)


def test_a_preference_nobody_knows_is_refused(run, forked):
    """Exit 2, with what there is."""
    result = run("resolve", "--prefer", "ours")
    assert result == (
        2,
        "",
        "error: ours is none of: mine, theirs, later, earlier\nhint: say whose value counts with --prefer\n",
    )


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
