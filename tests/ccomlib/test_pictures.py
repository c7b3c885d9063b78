"""ccomlib.pictures：替代文字说出图上有什么。"""

import pandas as pd
import pytest
from matplotlib.dates import DateFormatter, date2num
from matplotlib.figure import Figure

from ccomlib.erlang import required_agents
from ccomlib.pictures import describe, picture_html, tell
from ccomlib.root_cause import pareto


@pytest.fixture
def ax():
    return Figure().subplots()


def test_lines_are_told_by_their_names_and_extremes(ax):
    ax.plot([1, 2, 3], [5, 9, 7], label="来电")
    ax.plot([1, 2, 3], [6, 6, 6], label="目标")
    ax.plot([1, 2, 3], [1, 2, 3])
    ax.set(title="中午\n最忙", xlabel="钟点", ylabel="通")

    assert describe(ax.figure) == (
        "图：中午 最忙。横轴：钟点；纵轴：通。来电：最高 9（2），最低 5（1）。目标：6。"
    )


def test_bars_are_told_by_the_names_below_them(ax):
    ax.bar(["咨询", "报修"], [12345, 20], label="来电")

    assert "来电：最高 12,345（咨询），最低 20（报修）" in describe(ax.figure)


def test_lying_bars_are_told_by_the_names_beside_them(ax):
    ax.barh(["咨询", "报修"], [2, 5], label="缺人")

    assert "缺人：最高 5（报修），最低 2（咨询）" in describe(ax.figure)


def test_lying_bars_on_a_clock_are_spans_of_time(ax):
    """08:00 起的两段：一刻钟与一小时；长短说分钟，不说一天的几分之几。"""
    left = date2num(pd.to_datetime(["2025-04-21 08:00", "2025-04-21 08:30"]))
    ax.barh([0, 1], [15 / 1440, 60 / 1440], left=left, label="会议")
    ax.set_yticks([0, 1], ["A1", "A2"])
    ax.xaxis_date()
    ax.xaxis.set_major_formatter(DateFormatter("%H:%M"))

    assert "会议：2 段，最长 60 分钟（A2），最短 15 分钟（A1）。" in describe(ax.figure)


def test_days_are_told_as_days(ax):
    ax.plot(pd.date_range("2025-06-23", periods=3), [1, 3, 2], label="件数")

    assert "最高 3（2025-06-24）" in describe(ax.figure)


def test_gaps_in_a_line_are_no_values(ax):
    ax.plot([1, 2, 3], [float("nan"), 4, 2], label="线")
    ax.plot([1, 2], [float("nan")] * 2, label="空")

    assert describe(ax.figure) == "图。线：最高 4（2），最低 2（3）。"


def test_the_sentence_of_a_result_comes_first_and_only_once():
    result = pareto({"收费不符": 50, "未按约上门": 30, "态度": 12, "其他": 8})

    text = describe(result.plot().figure)

    assert text.startswith(str(result))
    assert text.count(str(result)) == 1
    assert "最高 50（收费不符）" in text


def test_a_picture_of_two_results_says_both(ax):
    first, second = required_agents(20, 360), required_agents(30, 360)
    both = Figure().subplots(1, 2)
    first.plot(both[0])
    second.plot(both[1])

    text = describe(both[0].figure)
    assert str(first) in text
    assert str(second) in text


@pytest.mark.parametrize("length", [400, 401])
def test_a_long_text_is_cut(ax, length):
    tell(ax, "甲" * (length - 2))  # 后面还有「图。」

    assert describe(ax.figure).endswith("图。" if length == 400 else "…")


def test_the_html_holds_picture_and_words_and_no_bare_quotes(ax):
    ax.set_title('"二" < 三')
    html = picture_html(ax.figure)

    assert html.startswith('<img alt="图：&quot;二&quot; &lt; 三。"')
    assert 'src="data:image/png;base64,iVBOR' in html
