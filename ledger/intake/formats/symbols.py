"""Signs that Word files take from fonts of pictures, as characters."""

from __future__ import annotations

#: Font and code below the private area to the character it shows. Source: Microsoft's tables of these fonts.
_SIGNS = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□",
        0xD8: "➢", 0xE0: "→", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
    "symbol": {
        0x25: "%", 0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xD6: "√",
    },
}  # fmt: skip
#: The circled numbers of Wingdings, light and dark.
_CIRCLED = {0x81 + at: chr(0x2460 + at) for at in range(10)} | {
    0x8C + at: chr(0x2776 + at) for at in range(10)
}


def symbol(font: str, code: str) -> str | None:
    """The character a sign shows; None where we do not know it."""
    try:
        value = int(code, 16)
    except ValueError:
        return None
    low = value - 0xF000 if 0xF000 <= value <= 0xF0FF else value
    font = font.strip().casefold()
    known = _SIGNS.get(font)
    if known is not None:
        found = known.get(low)
        return found or (_CIRCLED.get(low) if font == "wingdings" else None)
    return chr(value) if 0x20 < value < 0xD800 and value == low else None
