"""The ledger into which a document comes again."""

from __future__ import annotations

import pytest

from tests.cli.books import typed
from tests.cli.import_again.versions import FIRST, write


@pytest.fixture(autouse=True)
def _first(run):
    write(FIRST)
    typed(run, "init t\nimport list.txt --yes")
