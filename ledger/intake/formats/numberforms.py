"""Numbers as lists print them: 1 01 １ 一 ① 甲 壹 A iv, by the names Word files use."""

from __future__ import annotations

from ledger.domain.numerals import CIRCLED, chinese

_DIGITS = "〇一二三四五六七八九"
_FORMAL_SIMPLE, _FORMAL_FULL = "零壹贰叁肆伍陆柒捌玖", "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
#: Characters that each are a whole number, from 1 on.
_SINGLE = {
    "decimalEnclosedCircle": CIRCLED,
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "ideographZodiacTraditional": "".join(_STEMS[at % 10] + _BRANCHES[at % 12] for at in range(60)),
}
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    )
)
_FORMAL = {
    "chineseLegalSimplified": _FORMAL_SIMPLE,
    "ideographLegalTraditional": _FORMAL_FULL,
    "japaneseLegal": _FORMAL_FULL,
}
_BY_DIGIT = frozenset(
    ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2")
)
#: Above this a number is printed in digits, whatever its form.
_LARGEST = 9_999


def numeral(form: str, value: int) -> str:
    """The number in that form; in digits where the form has no sign for it.

    Source: ECMA-376-1 §17.18.59 (ST_NumberFormat).
    """
    if not 0 <= value <= _LARGEST:
        return str(value)
    if form in _SINGLE:
        return _single(form, value)
    if form in _CHINESE:
        return chinese(value)
    if form in _FORMAL:
        return chinese(value, _FORMAL[form], "拾佰仟")
    if form in _BY_DIGIT:
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    if form == "decimalZero":
        return f"{value:02}"
    if form in ("upperLetter", "lowerLetter", "upperRoman", "lowerRoman"):
        text = _letter(value) if form.endswith("Letter") else _roman(value)
        return text.upper() if form.startswith("upper") else text
    return str(value)


def _single(form: str, value: int) -> str:
    signs = _SINGLE[form]
    size = 2 if form == "ideographZodiacTraditional" else 1
    return signs[(value - 1) * size : value * size] if 0 < value * size <= len(signs) else str(value)


def _letter(value: int) -> str:
    """A … z, then aa, bb as Word has it."""
    return chr(ord("a") + (value - 1) % 26) * min(1 + (value - 1) // 26, 20) if value else "0"


def _roman(value: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        text += sign * count
    return text or "0"
