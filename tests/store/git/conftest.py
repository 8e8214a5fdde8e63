"""A new repository, with somebody who commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store.git.hands import real

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new repository, with somebody who commits."""
    real(tmp_path, "init", "-q", "-b", "main")
    real(tmp_path, "config", "--global", "user.name", "林某")
    real(tmp_path, "config", "--global", "user.email", "lin@example.org")
    return tmp_path
