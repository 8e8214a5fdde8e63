"""An office's own Word form, filled in from a report; the one owner of docxtpl, which an extra brings.

The form is a template and so a program: it runs in an immutable sandbox, in the child process that takes
strangers' files apart (`child`), with its limits on time and memory. Whatever it prints is text: no value can
become markup, and none is changed on the way.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Final

from ledger.domain.text import excerpt, visible
from ledger.errors import RejectedInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

#: What docxtpl turns back into braces wherever it stands; in a value it is spelt so that it does not.
_KEPT: Final = (("{_", "{&#95;"), ("_}", "&#95;}"), ("%_", "%&#95;"))
#: How much of the text around a broken place is shown. Units: columns of a screen.
_NEAR: Final = 60


@dataclass(frozen=True, slots=True)
class Document:
    """A filled form: the file, in base 64."""

    data: str


def fill(data: bytes, values: Mapping[str, Any], *, shown: str) -> Document:
    """The surveyed Word form filled in with these values.

    Shape: `values` are texts, numbers, lists and tables of such, as JSON has them.

    Raises:
        RejectedInputError: the form asks for what there is not, or is no template that can be filled.
    """
    import docxtpl
    import jinja2

    document = docxtpl.DocxTemplate(io.BytesIO(data))
    try:
        document.render(values, jinja_env=_environment(), autoescape=True)
    except jinja2.UndefinedError as error:
        message = _("{file} asks for something the report has not: {reason}")
        hint = _("what it has is shown by: {command}").format(command="ledger report KIND --list-fields")
        raise RejectedInputError(message.format(file=shown, reason=_said(error)), hint) from error
    except jinja2.TemplateError as error:
        message = _("{file} cannot be filled: {reason}")
        near = " ".join(" ".join(getattr(error, "docx_context", ())).split())
        hint = _("mend the form; it is near: {text}").format(text=excerpt(near, _NEAR)) if near else ""
        message = message.format(file=shown, reason=_said(error))
        raise RejectedInputError(message, hint or _("mend what stands between the braces")) from error
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        message = _("{file} cannot be filled: {reason}").format(file=shown, reason=_said(error))
        raise RejectedInputError(message, _("mend what stands between the braces")) from error
    written = io.BytesIO()
    document.save(written)
    return Document(base64.b64encode(written.getvalue()).decode())


def _said(error: Exception) -> str:
    return excerpt(" ".join(str(getattr(error, "message", None) or error).split()), 120)


def _environment() -> jinja2.Environment:
    """A sandbox in which nothing can be changed and nothing unknown passes for empty."""
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup, escape

    class Environment(ImmutableSandboxedEnvironment):
        def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - whatever a template asks
            """What a table of values holds goes before what Python's dictionaries can do."""
            if isinstance(obj, dict) and attribute in obj:
                return obj[attribute]
            return super().getattr(obj, attribute)

    def printed(value: object) -> Any:  # noqa: ANN401 - text or what raises when printed
        if isinstance(value, jinja2.Undefined):
            return str(value)  # raises, as it should
        text = str(escape("" if value is None else visible(str(value))))
        for sign, kept in _KEPT:
            text = text.replace(sign, kept)
        return Markup(text)  # noqa: S704 - it was escaped

    return Environment(undefined=jinja2.StrictUndefined, finalize=printed, autoescape=True)
