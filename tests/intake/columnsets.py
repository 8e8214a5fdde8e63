"""Fifteen sets of columns that offices use, and three more, each with made-up rows and what they say.

Source: column sets of ledgers, forms and exports in use; every place, office and finding here is made up.
A set is (name, rows, merged ranges, what is told).
"""

from __future__ import annotations

from tests.intake.columnsets_exports import EXPORTS
from tests.intake.columnsets_ledgers import LEDGERS

SETS = [*LEDGERS, *EXPORTS]
