"""Words on the command line of which there are only a few."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem


class Named(click.ParamType):
    """One of a few words; each may have a Chinese one beside it."""

    name = "word"

    def __init__(self, offered: dict[str, str]) -> None:
        """Take the words, each with its Chinese one or with nothing."""
        self.offered = offered

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that was meant; whatever it is, its command answers for it."""
        return next((code for code, name in self.offered.items() if value == name), value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Words that begin as typed."""
        return [
            CompletionItem(code, help=name)
            for code, name in self.offered.items()
            if code.startswith(incomplete)
        ]
