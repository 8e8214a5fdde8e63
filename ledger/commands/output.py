"""Where a finished document goes: to stdout, or whole into a file."""

from __future__ import annotations

import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.errors import NotFoundError, UsageError
from ledger.store import files
from ledger.ui import console

if TYPE_CHECKING:
    from collections.abc import Mapping

#: `-o -` writes to stdout.
STDOUT = Path("-")


def refuse_screen(output: Path | None, form: str) -> None:
    """Refuse to print what is no text, such as a workbook, where a person would look at it.

    Raises:
        UsageError: it would go to a terminal.
    """
    if output in (None, STDOUT) and console.is_terminal(sys.stdout):
        message = _("{form} is no text: a terminal cannot show it").format(form=form)
        raise UsageError(message, _("name a file with -o, such as -o report.{form}").format(form=form))


def put(
    data: bytes, output: Path | None, command: str, about: Mapping[str, object], *, text: bool = True
) -> None:
    """The document on stdout, or whole in a file: all of it or nothing.

    Shape: `about` are the keys of the JSON answer before those of the file; without `text` the document is
        printed byte by byte.

    Raises:
        NotFoundError: there is no folder for the file.
        UsageError: something that is no file is in its place.
    """
    if output is None or output == STDOUT:
        if text:
            console.raw(data.decode())
        else:
            console.raw_bytes(data)
        return
    digest = files.digest(data)
    _write(output.resolve(), data, digest, shown=output.as_posix())
    if console.wants_json():
        values = {"file": output.as_posix(), "bytes": len(data), "sha256": digest}
        console.document(f"ledger/{command}@1", {**about, **values})
    else:
        console.tell(_("written: {path}").format(path=output.as_posix()))


def put_all(written: Mapping[str, bytes], folder: Path) -> None:
    """Files by their names in one folder, which is made, with all of them, where it is not there.

    Raises:
        NotFoundError: there is no folder to make it in.
        UsageError: something that is no folder, or no file, is in its place.
    """
    place = folder.resolve()
    if place.exists() and not place.is_dir():
        raise UsageError(_("{path} is not a folder").format(path=folder.as_posix()), _("name a folder"))
    if not place.parent.is_dir():
        message = _("there is no folder {path}").format(path=folder.parent.as_posix())
        raise NotFoundError(message, _("make it first, or choose another place with -o"))
    if place.exists():
        for name, data in written.items():
            _write(place / name, data, files.digest(data), shown=(folder / name).as_posix())
    else:
        files.write_folder(place, written)


def _write(path: Path, data: bytes, digest: str, *, shown: str) -> None:
    if not path.parent.is_dir():
        message = _("there is no folder {path}").format(path=Path(shown).parent.as_posix())
        raise NotFoundError(message, _("make it first, or choose another place with -o"))
    if path.exists() and not path.is_file():
        raise UsageError(_("{path} is not a file").format(path=shown), _("name a file"))
    before = files.digest_at(path)
    if before != digest:
        files.write(path, data, expected=before)
