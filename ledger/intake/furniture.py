"""What a web page puts around a notice: navigation, dates of posting, print and close, the site's footer.

Seen in published notices: 首页 > 政务公开, 发布时间 with 来源 and 浏览次数, the block of index numbers,
【打印本页】【关闭窗口】, 扫一扫, 主办 and 承办, the ICP and police record numbers, page numbers, a stray "|".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.intake.lines import Line

#: A line longer than this is text, whatever words it begins with.
_LONGEST = 220

_BUTTON = (
    r"(?:打印(?:本页|此页|文章|正文)?|关闭(?:窗口|本页|此页)?|收藏(?:本页)?|加入收藏|分享(?:到|至)?|微信|微博|QQ空间|返回(?:顶部|首页|列表|上页)?"
    r"|字体|字号|[大中小]号?|A[+-]?|下载|首页|无障碍(?:浏览|阅读)?|繁体(?:版|中文)?|简体(?:版|中文)?|登录|注册|搜索|长者模式|我要纠错|纠错"
    r"|网站地图|联系我们|关于我们|设为首页|手机版|正文|保护视力色|朗读|语音播报)"
)
#: Furniture wherever it stands. Each is matched at the start of a flat line.
_ANYWHERE = (
    r"(?:首页|主页|网站首页)\s*(?:[>»/|·]|-{1,2}>|→)",
    r"(?:您?(?:当前|现在|所在)的?位置|您(?:现在)?(?:所)?在(?:的位置)?|当前栏目)\s*(?:是|在)?\s*:",
    r"(?:发布|发表|更新|公布|成文|生成|信息|录入)(?:时间|日期)\s*:?\s*[0-9]{4}",
    r"(?:时间|日期)\s*:\s*[0-9]{4}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?(?:\s+[0-9]{1,2}:[0-9:]{2,5})?\s*(?:来源|浏览|阅读|点击|作者|字体|字号|打印|$)",
    r"[0-9]{4}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?(?:\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?\s*(?:来源|作者|浏览|点击|阅读|字体|发布)",
    r"[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?$",
    r"(?:文章|稿件|信息)?来源\s*:",
    r"(?:浏览|阅读|点击|访问)(?:次数|量|数|人次)\s*:?",
    r"\[?\s*(?:信息)?索引号\s*:?",
    r"(?:主题分类|组配分类|体裁分类|发布机构|公开日期|发布日期|发文机关|公开方式|公开范围|公开时限|信息类别|有效性|主题词|关键词)\s*:?\s",
    r"(?:责任编辑|责编|编辑|审核|初审|复审|终审|校对|签发|供稿|作者|撰稿)\s*:",
    r"(?:上|下)一(?:篇|条)\s*:?",
    r"相关(?:链接|阅读|文章|新闻|信息|文档|稿件)",
    r"扫一扫",
    r"(?:您好[,!]?\s*)?欢迎您?(?:访问|光临|来到|浏览|进入)",
    r"今天是",
    r"分享到",
    r"(?:版权所有|技术支持|网站标识码|政府网站标识码|网站管理|网站地图|Copyright|©)",
    r".{0,12}ICP备",
    r".{0,12}公网安备",
    r"附件(?:下载)?[0-9]{0,2}\s*:?\s*$",
    r"附件下载\s*:",
    r"(?:-\s*)?第\s*[0-9]{1,3}\s*页(?:\s*[,/]?\s*共\s*[0-9]{1,3}\s*页)?(?:\s*-)?$",
    r"(?:共\s*)?[0-9]{1,3}\s*/\s*[0-9]{1,3}(?:\s*页)?$",
    r"[-_|·~\s]+[0-9]{1,3}[-_|·~\s]*$",
    r"[0-9]{1,3}[、.]?$",
    r"[-=_*~·.|\s]+$",
    rf"[\s【\[(|:/]*+(?>(?:{_BUTTON}[\s【\[(】\])|:/]*+)+)$",
)
_FURNITURE = re.compile("|".join(f"(?:{each})" for each in _ANYWHERE), re.IGNORECASE)
#: Furniture only behind the notice's end: it may begin a sentence elsewhere.
_FOOTER = re.compile(
    r"(?:主办(?:单位)?|承办(?:单位)?|协办(?:单位)?|运行维护|维护单位|开办单位)\s*:|附件[0-9]{0,2}\s*[:.、]"
    r"|(?:【[^【】]{1,12}】\s*)+$|(?:网站|友情|快速)(?:链接|导航)"
)
_SITE_OWNER = re.compile(r"主办(?:单位)?\s*:.{0,60}(?:承办|网站|维护|标识码|备案|版权)")
_DATE_LINE = re.compile(
    r"(?:[0-9]{4}年\s?[0-9]{1,2}月\s?[0-9]{1,2}日|[二〇零○一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)$"
)


def is_furniture(line: Line) -> bool:
    """Whether the line belongs to the page and not to the notice."""
    if len(line.flat) > _LONGEST:
        return False
    bare = line.flat.lstrip("[]【】| ")
    return not bare or bool(
        _FURNITURE.match(bare) or _FURNITURE.match(line.flat) or _SITE_OWNER.match(line.flat)
    )


def is_date_line(line: Line) -> bool:
    """Whether the line is nothing but a day written out, as under a signature."""
    return len(line.flat) <= 20 and bool(_DATE_LINE.match(line.flat))


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines of the notice itself, from its title to its date."""
    kept = [line for line in lines if not is_furniture(line)]
    dated = max((at for at, line in enumerate(kept) if is_date_line(line)), default=len(kept))
    return [line for at, line in enumerate(kept) if at <= dated or not _FOOTER.match(line.flat)]
