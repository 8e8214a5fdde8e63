"""Which file goes to which measure."""

from __future__ import annotations

import re
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.domain.ids import parse_ids
from ledger.domain.text import halfwidth
from ledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: An id at the beginning of a file's name; that of a point counts for its measure, a date is none.
_ID = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,4})?)(?:\.[0-9]{1,4})?(?![0-9年月日]|[-.][0-9])")


def pairs_of(words: Sequence[str]) -> tuple[list[tuple[str, Path]], list[Path]]:
    """Ids with a file for each, and the files of a folder that name no measure.

    Shape: `words` are an id and files, or one folder, whose links are followed nowhere.

    Raises:
        UsageError: an id without a file, or neither an id nor a folder.
    """
    first = Path(words[0])
    if len(words) == 1 and first.is_dir():
        return _from_folder(first)
    wanted = parse_ids(words[:1])
    if len(words) < 2:
        raise UsageError(
            _("no file was given for {id}").format(id=words[0]), _("name one or more files after it")
        )
    if len(wanted) != 1:
        raise UsageError(
            _("files are attached to one issue or measure at a time"), _("run the command once for each")
        )
    return [(str(wanted[0]), Path(word)) for word in words[1:]], []


def _from_folder(folder: Path) -> tuple[list[tuple[str, Path]], list[Path]]:
    pairs, left = [], []
    for path in sorted(each for each in folder.iterdir() if not each.name.startswith(".")):
        found = _ID.match(halfwidth(path.name))
        if path.is_file() and not path.is_symlink() and found:
            pairs.append((found[1], path))
        else:
            left.append(path)
    return pairs, left
