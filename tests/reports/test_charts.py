"""Charts: what is drawn where, told apart without colour, sound as XML whatever the labels hold."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.reports.charts import WIDE, Scale, drawn, ticks
from ledger.reports.drawing import FILLINGS, area, cut, element, escaped, length
from ledger.reports.views import Chart, Series, Shape

figures = st.none() | st.integers(0, 10**6) | st.decimals(0, 100, places=1)
labels = st.text(max_size=40)


def of(shape: Shape, series: dict[str, tuple], names: tuple[str, ...] = ("甲", "乙", "丙")) -> Chart:
    return Chart("c", "各类进度", "甲最多。", shape, names, tuple(Series(*each) for each in series.items()))


def tree(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(drawn(chart))


def texts(root: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in root.iter("text")]


@st.composite
def charts(draw) -> Chart:
    names = tuple(draw(st.lists(labels, max_size=12)))
    values = st.tuples(*[figures] * len(names))
    series = draw(st.lists(st.builds(Series, labels, values), min_size=1, max_size=9))
    return Chart("c", draw(labels), draw(labels), draw(st.sampled_from(Shape)), names, tuple(series))


@settings(max_examples=150)
@given(charts())
def test_any_chart_is_sound_and_inside_its_frame(chart):
    """Whatever the labels and figures, the drawing is XML, lies inside its frame and refers to nothing."""
    source = drawn(chart)
    if not source:
        assert not chart.labels or all(value is None for each in chart.series for value in each.values)
        return
    root = ElementTree.fromstring(source)
    assert root.attrib["role"] == "img"
    assert [each.tag for each in root][:2] == ["title", "desc"]
    _left, _top, wide, high = (Decimal(each) for each in root.attrib["viewBox"].split())
    for each in root.iter():
        assert {"id", "href", "style", "onload"} & set(each.attrib) == set()
        if {"x", "y"} <= set(each.attrib):
            x, y = Decimal(each.attrib["x"]), Decimal(each.attrib["y"])
            assert (0 <= x <= wide, 0 <= y <= high) == (True, True), each.attrib
        if "width" in each.attrib:
            assert x + Decimal(each.attrib["width"]) <= wide
    assert re.search(r"[0-9]e[+-]?[0-9]|\d\.\d\d|NaN|Infinity|url\(|://", _numbers(root)) is None
    assert drawn(chart) == source


def _numbers(root: ElementTree.Element) -> str:
    return " ".join(value for each in root.iter() for value in each.attrib.values() if "#" not in value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (3, "3"),
        (100, "100"),
        (10**21, "1" + "0" * 21),
        (Decimal("2.50"), "2.5"),
        (Decimal("2.04"), "2"),
        (Decimal("-0.04"), "0"),
        (Decimal("1E+2"), "100"),
        (Decimal(1) / 3, "0.3"),
    ],
)
def test_lengths_have_one_decimal_at_most(value, expected):
    """A place is written in one way: no exponent, no trailing nought, no minus before nought."""
    assert length(value) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), "0 1"),
        ((0,), "0 1"),
        ((1,), "0 1"),
        ((4,), "0 1 2 3 4"),
        ((7,), "0 2 4 6 8"),
        ((12,), "0 5 10 15"),
        ((40, 3), "0 10 20 30 40"),
        ((99,), "0 20 40 60 80 100"),
        ((1234,), "0 500 1000 1500"),
        ((-3, 8), "-5 0 5 10"),
        ((Decimal("7.5"),), "0 2 4 6 8"),
        ((Decimal("100.0"),), "0 20 40 60 80 100"),
    ],
)
def test_scales_go_in_round_steps(values, expected):
    """The marks of a scale are round figures in equal steps that hold every value and nought."""
    assert [length(each) for each in ticks(values)] == expected.split()


@given(st.lists(st.integers(-(10**9), 10**9), max_size=5))
def test_every_value_is_between_the_marks(values):
    """No value lies outside its scale, which has from two to eight marks, nought among them."""
    found = ticks(values)
    assert all(found[0] <= each <= found[-1] for each in [0, *values])
    assert (2 <= len(found) <= 8, 0 in found) == (True, True)
    assert len({after - before for before, after in zip(found, found[1:], strict=False)}) == 1


def test_a_scale_gives_places():
    """A figure lies on the line between the two ends in its proportion, upwards as well as across."""
    assert [Scale((Decimal(0), Decimal(10)), 100, 300)(each) for each in (0, 5, 10)] == [100, 200, 300]
    assert [Scale((Decimal(0), Decimal(10)), 200, 0)(each) for each in (0, 5, 10)] == [200, 100, 0]


# --- the three shapes ------------------------------------------------------------------------------


def test_bars_are_as_long_as_their_figures():
    """One bar a label, from nought; the figure stands at its end, nought has no bar, what is not there a dash."""
    root = tree(of(Shape.BARS, {"n": (4, 0, None)}))
    bars = [each.attrib for each in root.iter("rect") if each.attrib["fill"] == "none"]
    assert [(each["x"], each["width"]) for each in bars] == [("180", "480")]
    assert texts(root) == ["0", "1", "2", "3", "4", "甲", "4", "乙", "0", "丙", "-"]


def test_bars_of_several_series_stand_under_each_other():
    """Each series has its own bar at each label and its name in the legend; a negative figure goes to the left."""
    root = tree(of(Shape.BARS, {"新增": (4, 2), "销号": (1, -2)}, ("甲", "乙")))
    bars = [each.attrib for each in root.iter("rect") if each.attrib["fill"] == "none"]
    assert [(each["x"], each["width"]) for each in bars[2:]] == [
        ("340", "320"),
        ("340", "80"),
        ("340", "160"),
        ("180", "160"),
    ]
    assert texts(root)[:2] == ["新增", "销号"]


def test_stacked_bars_have_their_parts_and_their_sum():
    """Parts follow each other without a gap; each says its figure where there is room, the end says the sum."""
    root = tree(of(Shape.STACKED, {"未启动": (3, 0), "已销号": (1, None), "长期": (0, 8)}, ("甲", "乙")))
    bars = [each.attrib for each in root.iter("rect") if each.attrib["fill"] == "none"][3:]
    assert [(each["x"], each["width"]) for each in bars] == [("180", "180"), ("360", "60"), ("180", "480")]
    assert texts(root)[-7:] == ["甲", "3", "1", "4", "乙", "8", "8"]


def test_a_line_breaks_where_there_is_no_figure():
    """Points are joined from one to the next; where a figure is missing nothing is drawn."""
    root = tree(of(Shape.LINE, {"问题": (3, 2, None, 1)}, ("1", "2", "3", "4")))
    lines = [each.attrib["d"] for each in root.iter("path") if each.attrib.get("stroke-width") == "2"]
    points = [each.attrib["transform"] for each in root.iter("path") if "transform" in each.attrib]
    assert len(lines) == 1
    assert lines[0].count("L") == 1
    assert points == ["translate(64 24)", "translate(261.3 92)", "translate(656 160)"]


def test_one_figure_alone():
    """A chart of one label is drawn in the middle."""
    root = tree(of(Shape.LINE, {"问题": (5,)}, ("2025-06",)))
    assert [each.attrib["x"] for each in root.iter("text") if each.text in ("5", "2025-06")][-2:] == [
        "360",
        "360",
    ]


def test_forty_labels_all_have_their_bar():
    """Bars go on downwards as long as there are labels; under a line only as many are named as there is room for."""
    names = tuple(f"2025-W{number:02}" for number in range(1, 41))
    bars = tree(of(Shape.BARS, {"n": tuple(range(1, 41))}, names))
    assert [each for each in texts(bars) if each.startswith("2025")] == list(names)
    named = [each for each in texts(tree(of(Shape.LINE, {"n": (1,) * 40}, names))) if each.startswith("2025")]
    assert (named[-1], 5 <= len(named) < 15) == ("2025-W40", True)


@pytest.mark.parametrize("shape", Shape)
def test_nothing_to_draw(shape):
    """Without labels, or without a single figure, there is no drawing; noughts are figures."""
    assert drawn(of(shape, {"n": ()}, ())) == ""
    assert drawn(of(shape, {"n": (None, None, None)})) == ""
    assert "0" in texts(tree(of(shape, {"n": (0, 0, 0)})))


def test_a_long_label_is_cut_and_told_in_full():
    """What does not fit is cut on the drawing and whole in its title."""
    name = "贯彻落实上级党组织决策部署不够到位方面存在的问题"
    root = tree(of(Shape.BARS, {"n": (1,)}, (name,)))
    assert texts(root)[2] == cut(name, 28) != name
    assert [each.text for each in root.iter("title")] == ["各类进度", name]


# --- drawing ---------------------------------------------------------------------------------------


def test_fillings_differ_without_colour():
    """No two parts have the same lines over them, and every one is light enough for dark figures."""
    assert len({each.lines for each in FILLINGS}) == len(FILLINGS)
    assert min(_contrast(each.colour, "#222222") for each in FILLINGS) >= 4.5


def _contrast(one: str, other: str) -> float:
    """Source: WCAG 2.2, definition of contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return sum(each * weight for each, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("filling", FILLINGS, ids=lambda each: each.lines or "plain")
@pytest.mark.parametrize("box", [(0, 0, 100, 14), (10, 20, 3, 14), (0, 0, Decimal("0.5"), 1)])
def test_lines_of_a_filling_stay_inside(filling, box):
    """The lines over an area end at its edges."""
    x, y, wide, high = (Decimal(each) for each in box)
    for path in re.findall(r' d="([^"]*)"', area(*box, filling)):
        for at, on in re.findall(r"[ML]([0-9.-]+) ([0-9.-]+)", path):
            assert (x <= Decimal(at) <= x + wide, y <= Decimal(on) <= y + high) == (True, True)


def test_areas_without_extent_are_not_drawn():
    """Nought has no bar, not even a line."""
    assert area(0, 0, 0, 10, FILLINGS[0]) == ""


@given(st.text())
def test_text_is_text_in_a_drawing(words):
    """Any text reads as itself in an element and in an attribute, on one line."""
    said = ElementTree.fromstring(element("a", escaped(words) or " ", b=words))
    assert said.attrib["b"] == (said.text if escaped(words) else "")
    assert "\n" not in said.attrib["b"]


def test_the_frame_is_as_wide_as_it_says():
    """Every chart has the same width, so that those of a page stand in line."""
    assert {tree(of(shape, {"n": (1, 2, 3)})).attrib["viewBox"].split()[2] for shape in Shape} == {str(WIDE)}
