"""Whom to ask, how long the notice is on view, and what it is called."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.intake import publication
from ledger.intake.lines import split
from ledger.intake.proposal import Contact, Disclosure
from ledger.intake.title import title_of

PHONES = [
    ("联系电话:027-87238088(工作日8:30—12:00)", "027-87238088", "工作日8:30—12:00"),
    ("联系电话：０２７—８７２３８０８８", "027-87238088", None),
    ("联系方式:0710-3232187;电子邮箱:a@b.cn", "0710-3232187", None),
    ("联系电话:0399-7012388 转 803;地址:学府路", "0399-7012388", None),
    ("监督电话:0399-4411220。", "0399-4411220", None),
    ("监督举报电话:12388;联系电话:0399-4411220", "0399-4411220", None),
    ("联系电话(传真):(0377)6655210", "(0377)6655210", None),
    ("联系人:李某,手机:13800001111", "13800001111", None),
    ("咨询电话：400-800-1234，受理时间：9:00—17:00。", "400-800-1234", "9:00—17:00"),
    ("反映问题请拨打热线12345", "12345", None),
    ("通过热线电话受理群众来电1293件", None, None),
    ("文号:2025-12345678", None, None),
]


@pytest.mark.parametrize(("text", "phone", "hours"), PHONES, ids=[row[0] for row in PHONES])
def test_the_contact_telephone_is_the_one_to_ask(text, phone, hours):
    """The telephone of the contact, not a hotline beside it; half width, one dash, no extension."""
    found = publication.contact(split(text))
    assert (found.phone, found.hours) == (phone, hours)


MAILS = [
    ("电子邮箱:hb_zg@163.com。", "hb_zg@163.com"),
    ("邮箱：ylx＠example.com", "ylx@example.com"),
    ("E-mail: a.b-c@mail.example.cn;", "a.b-c@mail.example.cn"),
    ("请发送至xc(at)example.org。", "xc@example.org"),
    ("邮政信箱:滨河路1号;电子邮箱:xc@example.org", "xc@example.org"),
    ("没有邮箱", None),
    ("@所有人", None),
]


@pytest.mark.parametrize(("text", "mail"), MAILS, ids=[row[0] for row in MAILS])
def test_the_address_for_mail_is_in_one_form(text, mail):
    """An e-mail address in half width, whatever stands for the @."""
    assert publication.contact(split(text)).email == mail


def test_the_postal_address_is_as_printed_and_its_code_apart():
    """邮政信箱 with 邮编 in brackets: the address without it, the code by itself."""
    found = publication.contact(split("邮政信箱:石渡县河滨路1号县水利局(邮编399100);电子邮箱:a@b.cn。"))
    assert found == Contact(email="a@b.cn", address="石渡县河滨路1号县水利局", postcode="399100")


WINDOWS = [
    ("公开期限:2026年1月8日至1月28日。", "2026-01-08", "2026-01-28"),
    ("公示时间:2024年11月1日—2024年11月15日。", "2024-11-01", "2024-11-15"),
    ("公示期：2025年9月1日至12日（10个工作日）。", "2025-09-01", "2025-09-12"),
    ("公开时间为2025年12月20日至1月10日", "2025-12-20", "2026-01-10"),
    ("公示期限自2025年4月8日起至2025年4月28日止", "2025-04-08", "2025-04-28"),
    ("公示时间：2025.4.8-2025.4.28", "2025-04-08", "2025-04-28"),
    ("公示时间：2025-04-08至2025-04-28", "2025-04-08", "2025-04-28"),
    ("公示时间：２０２５年４月８日～４月２８日", "2025-04-08", "2025-04-28"),
    ("公开期限：二〇二五年四月八日至四月二十八日", "2025-04-08", "2025-04-28"),
    ("公示期:自发布之日起10个工作日", None, None),
    ("公示时间:2025年2月30日至3月10日", None, None),
    ("发布时间:2025-04-08 16:32", None, None),
    ("2024年5月13日至7月12日开展了巡察", None, None),
]


@pytest.mark.parametrize(("text", "start", "end"), WINDOWS, ids=[row[0] for row in WINDOWS])
def test_the_window_has_the_dates_printed(text, start, end):
    """Both days where both are printed; what the second leaves out is that of the first; nothing is counted."""
    expected = Disclosure(*(day and dt.date.fromisoformat(day) for day in (start, end)))
    assert publication.disclosure(split(text)) == expected


TITLES = [
    ("甲局党组关于巡察整改情况的通报\n根据安排,现通报如下。", "甲局党组关于巡察整改情况的通报", 1),
    ("甲局党组\n关于巡察整改情况的通报\n根据安排,现通报如下。", "甲局党组关于巡察整改情况的通报", 2),
    (
        "中共甲局党组关于省委第五轮\n巡视整改进展情况的通报\n根据安排。",
        "中共甲局党组关于省委第五轮巡视整改进展情况的通报",
        2,
    ),
    (
        "甲局\n关于省委第五轮巡视整改\n进展情况的通报\n根据安排。",
        "甲局关于省委第五轮巡视整改进展情况的通报",
        3,
    ),
    ("乙市人民政府\n甲局巡察整改情况公示\n现公示。", "甲局巡察整改情况公示", 2),
    ("甲局关于巡察整改情况的通报-乙市人民政府\n甲局于2024年接受巡察。", "甲局关于巡察整改情况的通报", 1),
    ("文件名称:甲局关于巡察整改情况的通报\n根据安排。", "甲局关于巡察整改情况的通报", 0),
    ("甲局关于“回头看”整改情况的报告(公开版)\n现报告。", "甲局关于“回头看”整改情况的报告(公开版)", 1),
    ("根据安排,现将关于巡察整改情况的通报印发。", None, 0),
    ("通知公告\n政务公开\n根据安排。", None, 0),
    ("一、关于整改情况的通报", None, 0),
    ("", None, 0),
]


@pytest.mark.parametrize(("text", "title", "end"), TITLES, ids=[repr(row[0][:20]) for row in TITLES])
def test_the_title_is_the_one_printed_or_none(text, title, end):
    """Broken over lines, with the site behind it, in the index block: the whole title; else none is made up."""
    assert title_of(split(text)) == (title, end)
