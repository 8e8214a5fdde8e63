"""A folder that came from a stranger runs nothing."""

from __future__ import annotations

import os

import pytest

from ledger.errors import RefusedError
from tests.cli.repository import set_trap
from tests.store.git.hands import P, put, real, repository


@pytest.mark.skipif(os.name == "nt", reason="the trap is a shell script")
def test_a_hostile_repository_runs_nothing(folder):
    """Hooks, watchers, filters, drivers, signers, pagers and fetches named by a received folder stay unused."""
    put(folder, "x", "0\n")
    real(folder, "add", "x")
    real(folder, "commit", "-q", "-m", "base")
    signed = real(folder, "cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1
    )
    made = real(folder, "hash-object", "-t", "commit", "-w", "--stdin", given=signed + "\n")
    real(folder, "update-ref", "HEAD", made)
    marker = set_trap(folder)
    put(folder, ".gitattributes", "* diff=bad merge=bad\nsecret filter=bad\n")
    ours = repository(folder)
    put(folder, "x", "1\n")
    assert ours.commit([P("x")], "x\n\nLedger: 1\n") is not None
    with pytest.raises(RefusedError):
        ours.commit([put(folder, "secret", "s")], "x")
    assert ours.show("HEAD~1", P("x")) == b"0\n"
    assert ours.unmerged(P()) == []
    assert len(ours.commits(P("x"))) == 2
    assert ours.files("HEAD", P()) == [P("x")]
    assert ours.made_at("HEAD").tzinfo is not None
    assert ours.parents("HEAD") != []
    assert list(ours.contents(["1" * 40])) == [None]
    assert ours.ever(P()) == {P("x")}
    assert (ours.tracked(P()), ours.hooks_elsewhere()) == ([P("x")], str(folder / ".git/evil"))
    ours.add([P("x")])
    assert ours.forget([P("x")])
    assert not marker.exists(), marker.read_text()
