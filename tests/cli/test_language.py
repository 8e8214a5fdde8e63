"""Which language is spoken, and that it can change while the program runs."""

from __future__ import annotations

import os
from gettext import gettext

import pytest

from ledger import language


def never():
    raise AssertionError("the ledger was asked without need")


@pytest.mark.parametrize(
    ("flag", "environment", "ledger", "expected"),
    [
        ("zh", {"TAIZHANG_LANG": "en"}, never, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8"}, never, "en"),
        (None, {"TAIZHANG_LANG": "zh", "LANG": "en_US.UTF-8"}, never, "zh"),
        (None, {"TAIZHANG_LANG": "zh_CN.UTF-8"}, never, "zh"),
        (None, {"LANG": "en_US.UTF-8"}, lambda: "zh", "zh"),
        (None, {"LANG": "zh_CN.UTF-8"}, lambda: "en", "en"),
        (None, {"LC_ALL": "C"}, lambda: "zh", "zh"),
        (None, {"LANG": "POSIX"}, lambda: "zh", "zh"),
        (None, {}, lambda: "zh", "zh"),
        (None, {"LANG": "zh_CN.UTF-8"}, lambda: None, "zh"),
        (None, {"LANG": "zh_CN.UTF-8"}, lambda: "", "zh"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, lambda: None, "en"),
        (None, {"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, lambda: None, "zh"),
        (None, {"LANGUAGE": "de:zh_TW:en", "LANG": "de_DE.UTF-8"}, lambda: None, "zh"),
        (None, {"LANGUAGE": "zh", "LC_ALL": "C"}, lambda: None, "en"),
        (None, {"LANGUAGE": "zh"}, lambda: None, "zh"),
        (None, {"LANG": "de_DE.UTF-8"}, lambda: None, "en"),
        (None, {"TAIZHANG_LANG": "fr", "LANG": "zh_CN"}, lambda: "", "zh"),
        (None, {}, lambda: None, "en"),
    ],
)
def test_the_language_is_chosen_in_order(flag, environment, ledger, expected):
    """--lang, then TAIZHANG_LANG, then the ledger's, then the system's; C or unset says nothing."""
    assert language.choose(flag, ledger, environment) == expected


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("zh", "zh"), ("zh_CN.GBK", "zh"), ("zh-Hans", "zh"), ("ZH", "zh"), ("en_GB@euro", "en"),
        ("Chinese (Simplified)_China.936", None), ("Chinese_China.936", "zh"), ("English_United States.1252", "en"),
        ("C", None), ("", None), (None, None), ("de_DE", None),
    ],
)  # fmt: skip
def test_locales_are_read_as_systems_write_them(wish, expected):
    """Names of locales from Unix and Windows lead to a language we speak, or to none."""
    assert language.spoken(wish) == expected


def test_the_language_changes_within_one_process(monkeypatch):
    """Speaking one language inside another leaves the outer one as it was, and the environment too."""
    monkeypatch.setenv("LANGUAGE", "de")
    with language.speaking("zh"):
        assert (language.current(), gettext("Options")) == ("zh", "选项")
        with language.speaking("en"):
            assert (language.current(), gettext("Options")) == ("en", "Options")
        assert gettext("Options") == "选项"
    assert os.environ["LANGUAGE"] == "de"


def test_the_environment_is_restored_after_trouble(monkeypatch):
    """An error inside does not leave the language switched."""
    monkeypatch.delenv("LANGUAGE", raising=False)
    with pytest.raises(KeyError), language.speaking("zh"):
        raise KeyError
    assert "LANGUAGE" not in os.environ


def workspace(folder, language_line):
    (folder / "ledgers/甲").mkdir(parents=True)
    (folder / "ledgers/甲/ledger.toml").write_text(
        f'title = "试"\n{language_line}\n[window]\n', encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("line", "system", "first"),
    [
        ('language = "zh"', "C", "用法:"),
        ("language = 'zh'", "en_US.UTF-8", "用法:"),
        ('language = "en"', "zh_CN.UTF-8", "Usage:"),
        ("", "zh_CN.UTF-8", "用法:"),
        ("", "C", "Usage:"),
    ],
)
def test_the_ledger_decides_before_the_system(run, tmp_path, line, system, first):
    """Without a wish of the person's own, the program speaks the language of the ledger it stands in."""
    workspace(tmp_path, line)
    out = run("--help", env={"TAIZHANG_LANG": None, "LANG": system}).out
    assert out.split(" ")[0] == first


def test_the_ledger_meant_decides_from_anywhere(run, tmp_path):
    """-C and -L lead to the ledger whose language is spoken, however they are written."""
    workspace(tmp_path / "there", 'language = "zh"')
    anywhere = {"TAIZHANG_LANG": None}
    for argv in (
        ("-C", "there", "nope"),
        ("-Cthere", "nope"),
        ("nope", "--root=there"),
        ("-C", "there", "-L", "甲", "x"),
    ):
        assert run(*argv, env=anywhere).err.startswith("错误: "), argv
    assert run("nope", "--", "-C", "there", env=anywhere).err.startswith("error: ")


def test_a_broken_ledger_is_no_reason_to_be_silent(run, tmp_path):
    """Settings that cannot be read do not keep help from coming."""
    (tmp_path / "ledgers/甲").mkdir(parents=True)
    (tmp_path / "ledgers/甲/ledger.toml").write_bytes(b"\xff\x00 language = [[[")
    assert run("--help", env={"TAIZHANG_LANG": None}).out.startswith("Usage:")
