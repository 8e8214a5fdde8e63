"""The page of an official document: its size, margins, lines and characters, and the number at its foot.

Source: GB/T 9704-2012 §5.1 to §5.2.4 (paper, margins, 22 lines of 28 characters), §7.5 (page numbers).
"""

from __future__ import annotations

from typing import Final, NamedTuple

#: A4. Units: twentieths of a point, as everything on a page in Word.
SHORT: Final = 11906
LONG: Final = 16838
#: 天头 37 mm, 地脚 35 mm, 订口 28 mm, 切口 26 mm. Source: GB/T 9704-2012 §5.2.1; the foot and the outer
#: margin follow from the 156 by 225 mm there are for text.
HEAD: Final = 2098
FOOT: Final = 1984
BINDING: Final = 1588
EDGE: Final = 1474
#: From one line to the next: a 22nd of the height for text. Source: GB/T 9704-2012 §5.2.3.
LINE: Final = 579
#: The dash of a page number is 7 mm below the text: what is left under it. Source: GB/T 9704-2012 §7.5.
_BELOW_NUMBER: Final = 397 + 320


class Page(NamedTuple):
    """An upright page, or one that lies: turned to the right, so that its head is at the binding.

    Units: twentieths of a point.
    """

    wide: bool = False

    @property
    def width(self) -> int:
        """How wide the text is."""
        return LONG - FOOT - HEAD if self.wide else SHORT - BINDING - EDGE

    @property
    def height(self) -> int:
        """How high the text is."""
        return SHORT - BINDING - EDGE if self.wide else LONG - HEAD - FOOT

    def properties(self) -> str:
        """The page as Word wants to be told of it, at the end of what is printed on it."""
        size = f'w:w="{SHORT}" w:h="{LONG}"'
        top, right, bottom, left = HEAD, EDGE, FOOT, BINDING
        if self.wide:
            size = f'w:w="{LONG}" w:h="{SHORT}" w:orient="landscape"'
            top, right, bottom, left = BINDING, HEAD, EDGE, FOOT
        return (
            '<w:sectPr><w:footerReference w:type="default" r:id="odd"/>'
            '<w:footerReference w:type="even" r:id="even"/><w:type w:val="nextPage"/>'
            f'<w:pgSz {size}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
            f' w:header="{top // 2}" w:footer="{bottom - _BELOW_NUMBER}" w:gutter="0"/>'
            f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE}"/></w:sectPr>'
        )


def number(style: str) -> str:
    """What stands at the foot of a page: its number between dashes."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
