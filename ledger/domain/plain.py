"""Text whose every character is seen, and has one spelling only: most text, known quickly."""

from __future__ import annotations

import re
from typing import Final

#: Characters that are seen, stand for themselves in every string of TOML and JSON but for quotes and the
#: backslash, and neither join nor reorder with others: ASCII, Latin letters, general and Chinese punctuation,
#: kana and ideographs, full-width forms, arrows, mathematical and enclosed signs. Others may be as harmless.
#: Source: UAX #15 (quick check "yes", combining class 0).
_PLAIN: Final = re.compile(
    "[\n\x20-\x7e\u4e00-\u9fff\u3000-\u3029\u3030-\u3098\u309b-\u4dbf\uff01-\uffee\u2010-\u2027\u2030-\u205e"
    "\xa0-\xac\xae-\u02ff\u2070-\u20cf\u2100-\u2125\u2190-\u2328\u232b-\u2adb\U00020000-\U0002f7ff]*+"
)
#: What stands behind a backslash in TOML or JSON; and what of that means characters one sees: quotes, the
#: backslash, tabs, ends of lines.
_ESCAPED: Final = re.compile(r"\\(u0027|.)", re.DOTALL)
_HARMLESS: Final = frozenset({'"', "\\", "n", "t", "\n", "u0027"})


def is_plain(source: str) -> bool:
    """Whether a file holds nothing but characters that are known to be harmless, escaped ones included."""
    return _PLAIN.fullmatch(source) is not None and _HARMLESS.issuperset(_ESCAPED.findall(source))
