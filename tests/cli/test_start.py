"""`init`, `use`, `config`: a ledger is started, chosen and set up."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ledger.ui import ask
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import book, files, refused, rewrite, typed


def test_init_makes_a_ledger_to_work_on(run):
    """`init` makes the folders and files of the contract, git-ready, and says where they are."""
    result = run("init", "2025")
    assert result == (
        0,
        "ledger 2025 is ready in ledgers/2025/\n",
        "next: ledger add ...    ledger import ...    ledger config\n",
    )
    assert sorted(files()) == [
        ".gitattributes",
        ".gitignore",
        "ledgers/2025/ledger.toml",
        "ledgers/2025/people.toml",
    ]
    assert Path(".gitignore").read_text(encoding="utf-8") == "ledgers/.state/\nledgers/*/.index/\n"
    assert sorted(path.name for path in Path("ledgers/2025").iterdir() if path.is_dir()) == [
        "evidence",
        "issues",
        "plans",
        "prose",
    ]


def test_init_speaks_chinese(run, chinese):  # noqa: F811
    """The ledger keeps the language it was started in, and what is said is said in it."""
    result = run("init", "2025", lang="zh")
    assert result.out == "台账 2025 已建好，位于 ledgers/2025/\n"
    assert book().settings.language == "zh"


@pytest.mark.parametrize(
    ("preset", "plan", "of", "steps"),
    [
        ("simple", False, "issue", 1),
        ("five-level", True, "measure", 5),
        ("single-level", True, "issue", 1),
    ],
)
def test_a_preset_is_a_way_of_closing(run, preset, plan, of, steps):
    """The three presets differ in the plan and in the chain of sign-offs (docs/contract.md §2)."""
    run.ok("init", "t", "--preset", preset)
    settings = book().settings
    assert (settings.plan_required, settings.chain.of, len(settings.chain.steps)) == (plan, of, steps)


def test_init_alone_is_simple_and_named_after_the_year(run):
    """Without a name, and nobody to ask, the ledger is called after the year; the preset is simple."""
    document = json.loads(run.ok("init", "--json"))
    assert document == {
        "schema": "ledger/init@1",
        "ledger": "2025",
        "folder": str(Path.cwd() / "ledgers/2025"),
        "preset": "simple",
        "lights": "deadline",
        "dry_run": False,
        "files": [".gitignore", ".gitattributes", "ledgers/2025/people.toml", "ledgers/2025/ledger.toml"],
        "commit": None,
        "warnings": [],
    }
    assert book().settings.plan_required is False


def test_office_and_title_stand_in_the_settings(run):
    """--org and --title are taken over as they are, quotes and braces too."""
    run.ok("init", "t", "--org", '柳河镇"{党委}"', "--title", "a\\b")
    settings = book().settings
    assert (settings.org, settings.title) == ('柳河镇"{党委}"', "a\\b")


def test_init_overwrites_nothing(run):
    """A second ledger of one name is refused; people.toml and .gitignore an office has written stay."""
    Path("ledgers/t").mkdir(parents=True)
    people = b'[[persons]]\nname = "\xe5\xbc\xa0\xe6\x9f\x90"\n'
    Path("ledgers/t/people.toml").write_bytes(people)
    Path(".gitignore").write_bytes(b"*.bak")
    run.ok("init", "t")
    assert Path("ledgers/t/people.toml").read_bytes() == people
    assert Path(".gitignore").read_bytes() == b"*.bak\nledgers/.state/\nledgers/*/.index/\n"
    refused(
        run,
        "init t",
        6,
        "there is a ledger t already",
        "give the new one another name, or use it: ledger use t",
    )


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("init --preset six", 2, "there is no preset six", "there are: simple, five-level, single-level"),
        ("init a/b", 2, "a/b cannot be the name of a ledger", "use letters, digits or Chinese, such as 2025"),
        ("init ..", 2, ".. cannot be the name of a ledger", "use letters, digits or Chinese, such as 2025"),
        ("init CON", 2, "CON cannot be the name of a ledger", "use letters, digits or Chinese, such as 2025"),
        ("init .state", 2, ".state cannot be the name of a ledger", "use letters, digits or Chinese, such as 2025"),
        (f"init {'a' * 61}", 2, "the name has more than 60 characters", "give a shorter one"),
        ("init t -C nowhere", 3, "there is no folder nowhere", "make it first, or leave -C out"),
    ],
)  # fmt: skip
def test_init_names_what_is_wrong(run, line, code, message, hint):
    """A name no folder can have, a preset or a folder that is not there: refused, nothing made."""
    refused(run, line, code, message, hint)
    assert list(Path().iterdir()) == []


def test_init_shows_what_it_would_make(run):
    """--dry-run prints the files as a diff and makes nothing, not even a folder."""
    result = run("init", "t", "--org", "柳河镇", "--dry-run")
    assert (result.code, result.err, list(Path().iterdir())) == (0, "nothing was written (--dry-run)\n", [])
    assert '+org = "柳河镇"' in result.out.splitlines()
    assert [line for line in result.out.splitlines() if line.startswith("+++")] == [
        "+++ .gitignore",
        "+++ .gitattributes",
        "+++ ledgers/t/people.toml",
        "+++ ledgers/t/ledger.toml",
    ]


def test_git_changes_no_byte_that_is_hashed(run):
    """Line ends of records stay as they are in git, no lines are thrown together, and evidence is never touched."""
    run.ok("init", "t")
    lines = "*.toml text eol=lf\nledgers/**/*.toml merge=text\nledgers/*/evidence/** -text\nledgers/*/frozen/** -text\n"
    assert Path(".gitattributes").read_text(encoding="utf-8") == lines


def test_init_inside_a_workspace_adds_to_it(run):
    """Below a workspace the ledger goes into it; -C makes it where it says."""
    run.ok("init", "a")
    Path("below").mkdir()
    run.ok("init", "b", cwd=Path("below"))
    run.ok("init", "c", "-C", "below")
    found = [
        sorted(path.name for path in Path(each).iterdir() if path.name != ".state")
        for each in ("ledgers", "below/ledgers")
    ]
    assert found == [
        ["a", "b"],
        ["c"],
    ]


def test_a_person_is_asked_for_office_and_preset(run, monkeypatch):
    """`init` without a name asks a person for the office and for the way issues are closed."""
    asked = []
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "text", lambda message, **_rest: asked.append(message) or "柳河镇")
    monkeypatch.setattr(
        ask, "choose", lambda message, choices, **_rest: asked.append(message) or list(choices)[1]
    )
    run.ok("init")
    assert asked == ["The office the ledger belongs to", "How are issues closed?"]
    assert (book().settings.org, book().settings.plan_required) == ("柳河镇", True)


def test_the_ledger_in_use(run):
    """Of several ledgers one is named, by -L, TAIZHANG_LEDGER or `use`; else all are named and nothing is done."""
    typed(run, "init a\ninit b")
    hint = "name one with -L NAME, or keep to one with: ledger use NAME"
    refused(run, "add x", 2, "there are several ledgers: a, b", hint)
    assert run.ok("use") == "  a\n  b\n"
    assert run.ok("use", "b") == "  a\n* b\n"
    run.ok("add", "in b")
    run.ok("add", "in a", env={"TAIZHANG_LEDGER": "a"})
    run.ok("add", "in a too", "-L", "a", env={"TAIZHANG_LEDGER": "b"})
    assert (book("a").numbers(), book("b").numbers()) == ([1, 2], [1])
    document = json.loads(run.ok("use", "--json"))
    assert document == {"schema": "ledger/use@1", "ledger": "b", "ledgers": ["a", "b"]}
    refused(run, "use aa", 3, "there is no ledger aa", "did you mean a?")
    refused(run, "add x -L zzz", 3, "there is no ledger zzz", "there are: a, b")


def test_no_ledger_at_all(run):
    """Outside a workspace every command says how to start."""
    for line in ("add x", "use", "config", "undo", "note 1 -t x"):
        refused(run, line, 3, "there is no ledger here or in a folder above", "start one with: ledger init")


def test_config_shows_the_settings_and_where_they_are(run):
    """`config` prints the file as it is, under its name; --json gives what was understood."""
    run.ok("init", "t", "--preset", "single-level", "--org", "柳河镇")
    out = run.ok("config")
    assert out == "# ledgers/t/ledger.toml\n" + Path("ledgers/t/ledger.toml").read_text(encoding="utf-8")
    document = json.loads(run.ok("config", "--json"))
    assert (document["schema"], document["org"], document["plan_required"]) == (
        "ledger/config@1",
        "柳河镇",
        True,
    )
    assert document["closeout"] == {
        "of": "issue",
        "distinct": "off",
        "steps": [
            {"code": "group", "label": "leading group", "signers": [], "requires": ["result"], "within": None}
        ],
    }
    assert run("config", "--validate") == (0, "", "ledgers/t/ledger.toml: the settings are right\n")


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("ledger.toml", "[window]", "[window", "17"),
        ("ledger.toml", 'distinct = "off"', 'distinct = "often"', ""),
        ("people.toml", "# ", "[[units]]\n# ", ""),
    ],
)
def test_settings_that_are_wrong_are_named(run, file, old, new, line):
    """A mistake in ledger.toml or people.toml ends with 7 and names file and, where there is one, line."""
    run.ok("init", "t")
    rewrite(Path("ledgers/t") / file, old, new)
    result = run("config", "--validate")
    assert (result.code, result.out) == (7, "")
    assert f"ledgers/t/{file}:{line}" in result.err


def test_the_editor_is_a_persons_own(run, monkeypatch):
    """--edit opens the editor of VISUAL or EDITOR; without one, or without a terminal, it says so."""
    run.ok("init", "t")
    path = (Path.cwd() / "ledgers/t/ledger.toml").as_posix()
    refused(run, "config --edit", 2, "no editor is set", f"set EDITOR, or open {path} yourself")
    refused(
        run, "config --edit", 2, "an editor needs a terminal", f"open {path} yourself", env={"EDITOR": "true"}
    )
    monkeypatch.setattr(ask, "possible", lambda: True)
    refused(
        run, "config --edit", 8, "the editor no-such-editor -w cannot be started", "set EDITOR to a program there is",
        env={"EDITOR": "no-such-editor -w"},
    )  # fmt: skip
    script = "import pathlib,sys; p=pathlib.Path(sys.argv[1]); p.write_text(p.read_text('utf-8')+'x','utf-8')"
    Path("editor.py").write_text(script, encoding="utf-8")
    result = run("config", "--edit", env={"VISUAL": f"'{os.sys.executable}' editor.py"})
    assert (result.code, "ledgers/t/ledger.toml:" in result.err) == (7, True)
