"""ccomlib.style：没有任何系统字体，中文、负号、序号也都画得出来。"""

import itertools
import warnings

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib import font_manager

from ccomlib.style import (
    COLOURS,
    FONT_FAMILY,
    FONT_FILE,
    WIDEST,
    label_dates,
    new_axes,
    use_chinese,
)


@pytest.fixture
def without_system_fonts(monkeypatch):
    """字体管理器里只剩 matplotlib 自带的字体。"""
    own = [font for font in font_manager.fontManager.ttflist if "mpl-data" in font.fname]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    monkeypatch.setattr(font_manager.fontManager, "afmlist", [])
    font_manager.fontManager._findfont_cached.cache_clear()
    yield
    font_manager.fontManager._findfont_cached.cache_clear()


def test_chinese_draws_without_any_system_font(without_system_fonts, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        use_chinese()
        _, ax = plt.subplots()
        ax.plot([-1, 0, 1], [-1, 2, -3], label="服务水平 80/20 — ≥ ± σ λ ① ✓")
        ax.set(
            title="海棠家电：话务量、离散系数、机动部队",
            xlabel="时段（半小时）",
            ylabel="呼入量（通）",
        )
        ax.legend()
        ax.figure.savefig(tmp_path / "chart.png")

    assert font_manager.findfont(FONT_FAMILY).endswith(FONT_FILE.name)


def test_without_the_font_the_same_chart_would_warn(without_system_fonts, tmp_path):
    plt.rcParams["font.family"] = ["DejaVu Sans"]
    _, ax = plt.subplots()
    ax.set_title("话务量")

    with pytest.warns(UserWarning, match="Glyph"):
        ax.figure.savefig(tmp_path / "chart.png")


def test_every_character_of_gb2312_is_in_the_font():
    have = set(font_manager.get_font(FONT_FILE).get_charmap())
    wanted = {
        ord(bytes([high, low]).decode("gb2312"))
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
        if not (high == 0xD7 and low > 0xF9)
    }

    assert wanted <= have


@pytest.mark.parametrize(
    ("periods", "freq", "shown"),
    [
        (8, "30min", "08:30"),
        (20, "D", "03-11\n周二"),
        (63, "D", "03-11\n周二"),
        (64, "D", "03-11"),
        (30, "MS", "2026-01"),
    ],
)
def test_dates_are_labelled_at_their_own_grain(periods, freq, shown):
    dates = pd.date_range("2025-03-01 08:00", periods=periods, freq=freq)
    _, ax = plt.subplots()
    ax.plot(dates, range(periods))

    label_dates(ax, dates)

    assert (
        ax.xaxis.get_major_formatter().format_data(mdates.date2num(pd.Timestamp(f"{_full(shown)}")))
        == shown
    )


def _full(shown):
    days = {"08:30": "2025-03-01 08:30", "03-11": "2025-03-11", "2026-01": "2026-01-01"}
    return days[shown.split("\n")[0]]


def test_given_axes_are_handed_back():
    _, ax = plt.subplots()

    assert new_axes(ax) is ax
    assert new_axes() is not ax


# Machado, Oliveira & Fernandes (2009), A Physiologically-based Model for Simulation of Color Vision
# Deficiency, IEEE TVCG 15(6), doi 10.1109/TVCG.2009.113：严重度 1.0 的矩阵，作用在线性 RGB 上
VISION = {
    "正常": np.eye(3),
    "红色盲": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "绿色盲": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "蓝色盲": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# IEC 61966-2-1：线性 sRGB 到 XYZ（D65）
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
# CIE 1976 色差：并排看，2 到 3 就看得出不同；隔着一幅图认颜色要大得多
APART = 15


def seen(colour, vision):
    """一个颜色在某种色觉里的 CIELAB 坐标。"""
    encoded = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    ratio = XYZ @ np.clip(VISION[vision] @ linear, 0, 1) / XYZ.sum(axis=1)
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def closest(colours, vision):
    return min(
        float(np.linalg.norm(seen(one, vision) - seen(other, vision)))
        for one, other in itertools.combinations(colours, 2)
    )


def test_lab_of_known_colours():
    """白是 (100, 0, 0)；红是 (53.24, 80.09, 67.20)：Lindbloom 的 CIE 计算器，sRGB D65。"""
    assert seen("#FFFFFF", "正常") == pytest.approx([100, 0, 0], abs=0.02)
    assert seen("#FF0000", "正常") == pytest.approx([53.24, 80.09, 67.20], abs=0.02)


@pytest.mark.parametrize("vision", VISION)
def test_any_two_colours_are_told_apart_with_any_eyes(vision):
    assert len(COLOURS) <= 8
    assert closest(COLOURS.values(), vision) >= APART


def test_red_and_green_of_the_traffic_lights_would_not_pass():
    """这把尺会说不：红绿灯的红与绿，绿色盲几乎分不开。"""
    assert closest(["#C00000", "#548235"], "正常") > 60
    assert closest(["#B22222", "#6B6B1F"], "绿色盲") < APART


def test_a_figure_is_never_wider_than_half_a_screen_can_show():
    assert new_axes(figsize=(14, 5)).figure.get_size_inches().tolist() == [WIDEST, 5]
    assert new_axes(figsize=(6, 3)).figure.get_size_inches().tolist() == [6, 3]
