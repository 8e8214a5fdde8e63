"""One Unicode form in, nothing that drives a terminal out, and how wide a line is on a screen."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from gettext import gettext as _

from ledger.errors import RejectedInputError

#: Bytes one field may hold. Source: docs/contract.md, limits; 64 KiB survives every export.
LIMIT_BYTES = 65_536
#: Characters a title, a name or another one-line field may hold.
LIMIT_CHARACTERS = 2_000
#: What ends a sentence, in Chinese and in Latin punctuation.
SENTENCE_ENDS = "。！？；!?;"

#: Controls, bidirectional marks, invisible and tag characters, lone surrogates. Tab and line
#: feed stay, and so do the two joiners (U+200C, U+200D), which scripts and emoji need.
#: Source: Unicode TR36 §3.2 and the "trojan source" set, as one regular expression.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")

#: Full-width forms to their ASCII twins, one character for one character.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

#: The full-width marks of Chinese text; NFKC makes the same of them.
_WIDE_MARKS = tuple(zip("，：；（）！？", ",:;()!?", strict=True))

_OPENERS = {
    "“": "”", "‘": "’", "（": ")", "(": ")", "【": "】", "[": "]", "［": "]", "《": "》", "〈": "〉",
    "「": "」", "『": "』", "〔": "〕", "〖": "〗", "{": "}", "｛": "}", '"': '"',
}  # fmt: skip
#: Full and half width close each other: notices mix them.
_CLOSERS = {
    "”": "”", "’": "’", "）": ")", ")": ")", "】": "】", "]": "]", "］": "]", "》": "》", "〉": "〉",
    "」": "」", "』": "』", "〕": "〕", "〗": "〗", "}": "}", "｝": "}", '"': '"',
}  # fmt: skip

#: Not compiled before it is needed: nothing that starts needs it.
_PAIRED = f"[{re.escape(''.join({**_OPENERS, **_CLOSERS}))}]"


def clean(raw: str, *, limit: int = LIMIT_BYTES) -> str:
    """Typed or imported text in the one form we store, or a refusal.

    Shape: NFC, line feeds only, no blanks around it; nothing else is taken away.
    Units: `limit` bytes of UTF-8.

    Raises:
        RejectedInputError: the text is longer than `limit`, is not Unicode, or holds a
            character that is not seen or that drives a terminal.
    """
    text = _received(raw)
    _refuse_long(text, limit)  # before NFC, which takes quadratic time over combining marks
    text = unicodedata.normalize("NFC", text)
    _refuse_long(text, limit)
    return text


def one_line(raw: str) -> str:
    """A title or a name in the one form we store, or a refusal.

    Raises:
        RejectedInputError: as `clean`; or there is a line break or a tab inside, or more
            than 2,000 characters.
    """
    text = _received(raw)
    broken = re.search(r"[\n\t]", text)
    if broken:
        message = _("a line break or a tab stands at character {position} of a one-line text")
        hint = _("keep titles and names on one line")
        raise RejectedInputError(message.format(position=broken.start() + 1), hint=hint)
    _refuse_long_line(text)
    text = unicodedata.normalize("NFC", text)
    _refuse_long_line(text)
    return text


def sound(value: object) -> None:
    """Refuse what no record may hold, wherever it stands among texts, lists and tables.

    Raises:
        RejectedInputError: a text is longer than a field may be, or holds what is not seen.
    """
    if isinstance(value, str):
        _refuse_hidden(value)
        _refuse_long(value, LIMIT_BYTES)
    elif isinstance(value, dict):
        for each in value.values():
            sound(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            sound(each)


def _received(raw: str) -> str:
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_hidden(text)
    return text.strip()


def _refuse_hidden(text: str) -> None:
    found = _HIDDEN.search(text)
    if not found:
        return
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    if _SURROGATE.match(found.group()):
        message = _("the text is not valid Unicode at line {line}, character {column} ({code})")
        hint = _("save it as UTF-8 and give it again")
    else:
        message = _("an invisible or control character, {code}, stands at line {line}, character {column}")
        hint = _("delete that character and give the text again")
    code = f"U+{ord(found.group()):04X}"
    raise RejectedInputError(message.format(code=code, line=line, column=column), hint=hint)


def _refuse_long(text: str, limit: int) -> None:
    if len(text) * 4 <= limit:
        return
    size = len(text.encode())
    if size > limit:
        message = _("the text has {size} bytes, the limit is {limit}")
        hint = _("attach long text as a file with: ledger evidence add")
        raise RejectedInputError(message.format(size=f"{size:,}", limit=f"{limit:,}"), hint=hint)


def _refuse_long_line(text: str) -> None:
    if len(text) > LIMIT_CHARACTERS:
        message = _("the line has {size} characters, the limit is {limit}")
        hint = _("keep titles and names short; long text belongs in a note or in evidence")
        shown = message.format(size=f"{len(text):,}", limit=f"{LIMIT_CHARACTERS:,}")
        raise RejectedInputError(shown, hint=hint)


def visible(text: str) -> str:
    r"""The text as it may go to a terminal: what would not be seen is spelt out (`\u202e`)."""
    return _HIDDEN.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def harmless_json(document: str) -> str:
    """A JSON document that says the same and drives no terminal: what would not be seen is escaped."""
    return _HIDDEN.sub(_escape_as_json, document)


def _escape_as_json(found: re.Match[str]) -> str:
    """Source: RFC 8259 §7: beyond the first 65,536 characters a pair of surrogates."""
    pair = found.group().encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{pair[at : at + 4]}" for at in range(0, len(pair), 4))


def excerpt(raw: str, columns: int = 40) -> str:
    """What somebody typed, short and harmless enough to be named in a message.

    Units: `columns` of the screen.
    """
    shown = visible(" ".join(raw[: 4 * columns].split()))
    if len(raw) > 4 * columns:
        shown += "..."
    return shown if width(shown) <= columns else fit(shown, columns).rstrip()


def halfwidth(text: str) -> str:
    """Full-width digits, letters and signs as ASCII; everything else as it is.

    Shape: as many characters as before. Unlike NFKC it makes no digit of ² or ①.
    """
    return text.translate(_NARROW)


def sentences(text: str, *, ends: str = SENTENCE_ENDS) -> list[str]:
    """The text cut after each sentence and each line, never inside quotes or brackets.

    Shape: the parts joined are the text again; no part is empty; blanks after a sentence and
        the line break that follows them go with it.
    """
    whole, breaks = _cuts(ends)
    if not re.search(_PAIRED, text):
        return whole.findall(text)
    parts: list[str] = []
    for line in re.findall(r"[^\n]*\n|[^\n]+$", text):
        quoted = _quoted(line)
        start = 0
        for found in breaks.finditer(line):
            at = found.start()
            if found.end() > start and not any(opened <= at < closed for opened, closed in quoted):
                parts.append(line[start : found.end()])
                start = found.end()
        if start < len(line):
            parts.append(line[start:])
    return parts


@lru_cache(maxsize=4)
def _cuts(ends: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a sentence is where nothing is quoted, and what ends one."""
    end = f"[{re.escape(ends)}]+[^\\S\\n]*\\n?|\\n"
    inside = f"[^{re.escape(ends)}\\n]"
    return re.compile(f"{inside}*(?:{end})|{inside}+"), re.compile(end)


def _quoted(line: str) -> list[tuple[int, int]]:
    """Where the pairs that are closed on this line are opened and closed."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    awaited: Counter[str] = Counter()
    for found in re.finditer(_PAIRED, line):
        character, at = found[0], found.start()
        closer = _CLOSERS.get(character, "")
        if awaited[closer]:
            expected, start = opened.pop()
            while expected != closer:  # an opener nobody closed is only a character
                awaited[expected] -= 1
                expected, start = opened.pop()
            awaited[closer] -= 1
            pairs.append((start, at))
        elif character in _OPENERS:
            opened.append((_OPENERS[character], at))
            awaited[_OPENERS[character]] += 1
    return pairs


def width(text: str) -> int:
    """Columns the text takes on a screen.

    Units: 2 for East Asian wide and full-width characters, 0 for combining and joining ones,
        1 for the rest, ambiguous ones included.

    Source: Unicode TR11; ambiguous narrow is what rich draws and what terminals default to.
    """
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 1


def fit(text: str, columns: int) -> str:
    """The text in exactly `columns` columns: padded with blanks, or cut with "..."."""
    missing = columns - width(text)
    if missing >= 0:
        return text + " " * missing
    dots = "..."[: max(columns, 0)]
    room = columns - len(dots)
    used = kept = 0
    for character in text:
        used += _columns(character)
        if used > room:
            break
        kept += 1
    shown = text[:kept] + dots
    return shown + " " * (columns - width(shown))


def fold(text: str) -> str:
    """The text as search compares it: width, case and blanks make no difference."""
    for wide, mark in _WIDE_MARKS:  # without them NFKC finds most Chinese text in order: 15 times faster
        text = text.replace(wide, mark)
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return "".join(unicodedata.normalize("NFKC", narrow).split())
