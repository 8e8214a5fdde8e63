"""Templates of documents, filled in a sandbox; the one owner of jinja2.

A template is found by its name in the workspace's own folder, else among the built-in ones. Whatever it
prints goes through the marking of the format, so that no field can break out; only what our own renderers
made is let through as it is.
"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ledger.errors import LedgerError, RejectedInputError, UsageError
from ledger.store import files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import jinja2

#: The longest template that is read. Units: bytes; ours have less than 2,000.
LIMIT: Final = 1_000_000

#: What built-in templates include.
_INCLUDED: Final = ("report.css",)


class Marked(str):
    """Finished text of the format: printed as it is. Anything made from it is plain text again."""

    __slots__ = ()


def built_in() -> Path:
    """The folder of the templates that ship: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"


def fill(
    names: Sequence[str],
    values: Mapping[str, object],
    *,
    folder: Path | None,
    mark: Callable[[object], str],
) -> str:
    """The first of the templates that there is, of `folder` or built in, filled with `values`.

    Shape: a template of `folder` goes before a built-in one of any of the names. `mark` turns a value into
        text of the format; what a function among `values` returns as Marked is printed as it is.

    Raises:
        RejectedInputError: the workspace's own template is broken; file and line are named.
        UsageError: there is no template of any of these names.
    """
    import jinja2

    shelf = _Shelf(folder)
    environment = _environment(shelf, mark)
    try:
        return environment.get_template(_first(names, folder)).render(values)
    except jinja2.TemplateNotFound as error:
        message = _("there is no template {name}").format(name=error.name or names[-1])
        raise UsageError(message, _("put it into the folder templates/ of the workspace")) from error
    except jinja2.TemplateSyntaxError as error:
        raise _broken(shelf, error, error.filename, error.lineno) from error
    except Exception as error:
        path, line = _where(error, shelf)
        if path not in shelf.own:
            raise  # a built-in template that cannot be filled is our fault, and said so
        raise _broken(shelf, error, path, line) from error


def named(kind: str, form: str) -> tuple[str, ...]:
    """What the template of a kind of report may be called, the strongest first."""
    return (f"{kind}.{form}", f"report.{form}")


def own(names: Sequence[str], folder: Path | None) -> bool:
    """Whether the workspace has a template of its own by one of the names, or what ours include."""
    return folder is not None and any((folder / name).is_file() for name in (*names, *_INCLUDED))


def line(source: str, values: Mapping[str, object], *, place: str) -> str:
    """A line of an office's own text with its figures put in; nothing of it is marked.

    Shape: nothing but `values` can be named; `place` is the file and line, for messages.

    Raises:
        RejectedInputError: it cannot be filled; `place` is named.
    """
    environment = _environment(_Shelf(None), str)
    environment.globals.clear()
    try:
        return environment.from_string(source).render(values)
    except LedgerError as error:
        message = _("{place}: {reason}").format(place=place, reason=error.message)
        raise RejectedInputError(message, error.hint) from error
    except Exception as error:
        reason = _reason(error)
        message = _("{place}: the figure cannot be put in: {reason}").format(place=place, reason=reason)
        known = ", ".join(sorted(values))
        raise RejectedInputError(message, _("there are: {names}").format(names=known)) from error


def _first(names: Sequence[str], folder: Path | None) -> str:
    """The name of the workspace's own template that counts, else of the built-in one."""
    homes = [built_in()] if folder is None else [folder, built_in()]
    return next((name for home in homes for name in names if (home / name).is_file()), names[-1])


class _Shelf:
    """Finds templates by name, and remembers which were the workspace's own."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.own: dict[str, str] = {}

    def load(self, name: str) -> tuple[str, str, None] | None:
        """The source of a template and where it stands; nothing when there is none."""
        if Path(name).name != name:
            return None
        for folder in (self.folder, built_in()):
            path = None if folder is None else folder / name
            if path is None or not path.is_file():
                continue
            data = files.read(path, limit=LIMIT)
            if folder == self.folder:
                self.own[str(path)] = f"{path.parent.name}/{name}"
            return self._decoded(path, data), str(path), None
        return None

    def _decoded(self, path: Path, data: bytes) -> str:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = _("{place}: the template is not UTF-8 text").format(
                place=f"{self.own[str(path)]}:{line}"
            )
            raise RejectedInputError(message, _("save it as UTF-8")) from error


def _environment(shelf: _Shelf, mark: Callable[[object], str]) -> jinja2.Environment:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def printed(value: object) -> str:
        if isinstance(value, jinja2.Undefined):
            str(value)  # raises, as it should
        return value if isinstance(value, Marked) else mark(value)

    return ImmutableSandboxedEnvironment(
        loader=jinja2.FunctionLoader(shelf.load),
        undefined=jinja2.StrictUndefined,
        finalize=printed,
        autoescape=False,  # noqa: S701 - `finalize` marks everything that is printed
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _where(error: BaseException, shelf: _Shelf) -> tuple[str | None, int]:
    """The innermost template and line an error came through."""
    found: tuple[str | None, int] = (None, 0)
    trace: Any = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name in shelf.own or Path(name).parent == built_in():
            found = (name, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _broken(shelf: _Shelf, error: Exception, path: str | None, line: int) -> RejectedInputError:
    place = f"{shelf.own.get(path or '', path)}:{line}"
    message = _("{place}: the template cannot be filled: {reason}").format(place=place, reason=_reason(error))
    return RejectedInputError(message, _("mend that line, or remove the file to use the built-in template"))


def _reason(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return _("it takes more memory than it may")
    if isinstance(error, RecursionError):
        return _("it calls itself without end")
    return " ".join(str(getattr(error, "message", None) or error).split())
