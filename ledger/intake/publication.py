"""Whom the public may turn to, and from when until when the notice is on view.

Seen in published notices: 公开期限：…至…, 公示期 with the days in brackets, the second date without a year or
month; several telephones of which the first is the contact and the others are hotlines; an extension;
a postal address with its code in brackets.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING

from ledger.domain import numerals
from ledger.intake import marks
from ledger.intake.proposal import Contact, Disclosure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.intake.lines import Line

_PHONE = (
    r"(?:\(0[0-9]{2,3}\)\s?-?\s?[0-9]{7,8}|0[0-9]{2,3}\s?-\s?[0-9]{7,8}|0[0-9]{2,3}\s[0-9]{7,8}|0[0-9]{9,11}"
    r"|[48]00-?[0-9]{3,4}-?[0-9]{3,4}|1[3-9][0-9](?:[- ]?[0-9]{4}){2}|[0-9]{7,8}|1[0-9]{4})(?![0-9])"
)
_NAMED_PHONE = re.compile(
    rf"(?P<name>[^。;,:()]{{0,10}}?(?:电话|联系方式|热线|手机))(?:号码)?(?:\([^()]{{1,12}}\))?\s?(?:为|是)?\s?:?\s?(?P<phone>{_PHONE})"
)
#: The one to ask comes first, then what is left when there is nothing better.
_RANKS = (
    (
        "联系电话",
        "联系方式",
        "咨询电话",
        "反馈电话",
        "受理电话",
        "公示电话",
        "办公电话",
        "手机",
        "意见电话",
        "来电",
    ),
    ("监督电话", "监督举报电话", "电话"),
)
_LABELLED_MAIL = re.compile(
    r"(?:电子邮箱|电子邮件|电子信箱|邮箱|信箱|E-?mail)[^:;。]{0,8}:\s?(?P<mail>\S)", re.IGNORECASE
)
_AT = re.compile(r"\s?(?:@|\(at\)|\[at\])\s?", re.IGNORECASE)
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}$")
_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_ADDRESS = re.compile(
    r"(?:邮政信箱|通[信讯]地址|联系地址|邮寄地址|来信地址|来访地址|寄送地址|单位地址|地址)\s?(?:为|是)?\s?:\s?(?P<address>[^;。\n(]{4,80})"
)
_POSTCODE = re.compile(r"(?:邮编|邮政编码|邮码)\s?:?\s?(?P<code>[0-9]{6})(?![0-9])")
_HOURS_BEHIND = re.compile(
    r"\s?(?:转\s?[0-9]{2,5}\s?)?\((?P<hours>[^()]{0,60}(?:[0-9]{1,2}[:.][0-9]{2}|工作日|工作时间|上班)[^()]{0,60})\)"
)
_HOURS = re.compile(r"(?:受理|接听|联系|工作|办公|接待)时间\s?:\s?(?P<hours>[^;。\n]{4,60})")

_CN = "〇零○一二三四五六七八九十"
_DAY = (
    rf"(?:(?P<{{0}}year>[0-9]{{{{4}}}}|[{_CN}]{{{{4}}}})\s?[年./-]\s?)?(?:(?P<{{0}}month>[0-9]{{{{1,2}}}}|[{_CN}]{{{{1,3}}}})\s?[月./-]\s?)?"
    rf"(?P<{{0}}day>[0-9]{{{{1,2}}}}|[{_CN}]{{{{1,3}}}})\s?[日号]?"
)
_WINDOW = re.compile(
    r"(?:公开|公示|公布|反馈|监督|征求意见|意见征集|异议)(?:的)?(?:期限|时间|期间|日期|期|时限)(?:为|是)?\s?[:,]?\s?"
    rf"(?:为|是)?\s?(?:[0-9{_CN}]{{1,3}}个?(?:工作)?[日天]\s?[,:(]?\s?)?(?:为|自|从|是)?\s?"
    + _DAY.format("a")
    + r"\s?(?:\([^()]{1,8}\))?\s?起?\s?(?:至|到|-{1,2}|~)\s?"
    + _DAY.format("b")
)


def contact(lines: Sequence[Line]) -> Contact:
    """Whom to ask, from all lines of the notice; None for what is not printed."""
    flat = "\n".join(line.flat for line in lines)
    text = "\n".join(line.text for line in lines)
    phone, behind = _phone(flat)
    mail = _mail(flat)
    address = _ADDRESS.search(flat)
    postcode = _POSTCODE.search(flat)
    hours = _HOURS_BEHIND.match(flat, behind) or _HOURS.search(flat)
    return Contact(
        phone=phone,
        email=mail,
        hours=text[hours.start("hours") : hours.end("hours")].strip() if hours else None,
        address=text[address.start("address") : address.end("address")].strip(" ,，、") if address else None,
        postcode=postcode["code"] if postcode else None,
    )


def _phone(flat: str) -> tuple[str | None, int]:
    """The telephone to ask at and the place behind it; (None, 0) when there is none."""
    found = list(_NAMED_PHONE.finditer(flat))
    for names in _RANKS:
        for each in found:
            if each["name"].endswith(names):
                return _one_form(each["phone"]), each.end()
    return (_one_form(found[0]["phone"]), found[0].end()) if found else (None, 0)


def _one_form(phone: str) -> str:
    form = unicodedata.normalize("NFKC", phone).strip()
    return re.sub(r"\s?-\s?", "-", form).replace(" ", "-" if form.startswith("0") else "")


def _mail(flat: str) -> str | None:
    """The address behind a label, else the first there is."""
    named = _LABELLED_MAIL.search(flat)
    return (named and next(_mails(flat, named.start("mail")), None)) or next(_mails(flat, 0), None)


def _mails(flat: str, start: int) -> Iterator[str]:
    for at in _AT.finditer(flat, start):
        box = _MAILBOX.search(flat[max(0, at.start() - 64) : at.start()])
        host = _HOST.match(flat, at.end())
        if box and host:
            yield f"{box[0]}@{host[0]}"


def disclosure(lines: Iterable[Line]) -> Disclosure:
    """The dates of public view where both are printed; nothing is counted from a number of days."""
    for line in lines:
        found = _WINDOW.search(line.flat)
        window = _window(found) if found else None
        if window:
            return window
    return Disclosure()


def _window(found: re.Match[str]) -> Disclosure | None:
    """The two days; what the second leaves out is that of the first, and it never lies before it."""
    values = {name: _value(found[name]) for name in ("ayear", "amonth", "aday", "byear", "bmonth", "bday")}
    year, month, day = values["ayear"], values["amonth"], values["aday"]
    if not (year and month and day and values["bday"]):
        return None
    try:
        start = dt.date(year, month, day)
        end = dt.date(values["byear"] or year, values["bmonth"] or month, values["bday"])
        if end < start and not values["byear"]:
            end = end.replace(year=end.year + 1)
    except ValueError:
        return None
    return Disclosure(start, end)


def _value(printed: str | None) -> int | None:
    if not printed:
        return None
    if len(printed) == 4 and not printed.isascii():
        return int(numerals.digits(printed) or 0)
    return marks.number(printed)
