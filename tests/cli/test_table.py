"""Every row of the table of commands leads to a command that fits the house."""

from __future__ import annotations

from collections import Counter

import pytest

from ledger.commands import COMMANDS, OVERVIEW, tree


def rows(specs, before=""):
    for spec in specs:
        if spec.commands:
            yield from rows(spec.commands, f"{spec.name} ")
        else:
            yield pytest.param(spec, id=before + spec.name)


every_command = pytest.mark.parametrize("spec", list(rows((*COMMANDS, OVERVIEW))))


@every_command
def test_every_row_leads_to_a_command(spec):
    """The module and the function of every row are there, and their help has examples."""
    command = tree.build(spec)
    assert command.help
    assert spec is OVERVIEW or "\nExamples:\n" in command.help


@every_command
def test_no_command_declares_an_option_twice(spec):
    """No option of a command is spelt like another, nor like one that every command has."""
    command = tree.spoken(tree.build(spec))
    spellings = Counter(word for each in command.params for word in (*each.opts, *each.secondary_opts))
    assert [word for word, times in spellings.items() if times > 1] == []


@every_command
def test_every_option_says_what_it_is_for(spec):
    """Every argument and option has a line of help that ends like a sentence."""
    silent = [
        each.name for each in tree.build(spec).params if not (getattr(each, "help", "") or "").endswith(".")
    ]
    assert silent == []
