"""What refusals of periods say to who reads Chinese."""

from __future__ import annotations

from tests.cli.books import ready


def test_how_often_is_said_in_words(run, chinese):
    """A refusal names the rhythm as people call it, not as a record keeps it."""
    ready(run, "init t --lang zh\nadd 印章 -m 每月清点\nedit 1.1 --every month")
    told = run("occur", "1.1", "--period", "2024-01", "-t", "x", lang="zh")
    assert told.code == 4
    assert "每月" in told.err and "monthly" not in told.err
