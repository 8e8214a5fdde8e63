"""What the index keeps of how everything has stood is all that the histories say."""

from __future__ import annotations

import datetime as dt

from ledger.domain.changes import changes
from ledger.domain.issue import issue_of
from ledger.domain.schema import ISSUE
from ledger.domain.spells import Spell, spells
from ledger.store import index, spellbook
from tests.properties.test_changes import windows
from tests.properties.test_spells import DAY, happened


def remembered(count: int = 40):
    """An index of many histories, and their spells."""
    desks = [happened(seed)[0] for seed in range(count)]
    known = {str(desk.state.fields["uid"]): spells(ISSUE, desk.entries) for desk in desks}
    return index.memory([(issue_of(desk.state), desk.entries) for desk in desks]), known


def test_what_is_packed_comes_out_the_same():
    """Every spell of every history; and one that says all a spell can say."""
    connection, known = remembered()
    with connection:
        assert dict(spellbook.every(connection, past=True)) == known
        some = sorted(known)[:3]
        assert {uid: spellbook.one(connection, uid, past=True) for uid in some} == {
            uid: known[uid] for uid in some
        }
    day = dt.date(2025, 3, 1)
    full = Spell(day, "closed", day, day, day, 1, 2, 3, True, True, ("quarterly from 2025-Q1", "2025-Q1"))
    assert spellbook.unpacked(spellbook.packed({"": [full]})) == {"": [full]}


def test_between_two_days_nothing_is_missed():
    """What changed is the same whether all spells are looked at or those that matter."""
    connection, known = remembered()
    with connection:
        for first, last in [
            *windows(9, 25),
            (dt.date(2025, 1, 1), dt.date(2025, 1, 31)),
            (dt.date.min, dt.date.max),
        ]:
            found = changes(spellbook.between(connection, first, last), first, last)
            assert found == changes(known.items(), first, last)


def test_before_anything_began_nothing_is_there():
    """A day before the first entry knows no issue."""
    connection, known = remembered(5)
    with connection:
        first = min(course[0].on for each in known.values() for course in each.values())
        assert list(spellbook.between(connection, first - DAY * 9, first - DAY)) == []


def test_ids_are_those_people_use():
    """Issues by their number, measures by both; what is not there has none."""
    connection, known = remembered(3)
    with connection:
        uids = [key for each in known.values() for key in each if key] + list(known)
        found = spellbook.ids(connection, [*uids, "nobody"])
    assert set(found) == set(uids)
    assert {found[uid] for uid in known} == {"1"}
