"""ccomlib.style：没有任何系统字体，中文、负号、序号也都画得出来。"""

import warnings

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib import font_manager

from ccomlib.style import FONT_FAMILY, FONT_FILE, label_dates, new_axes, use_chinese


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
    ("periods", "freq", "shown"), [(8, "30min", "08:30"), (20, "D", "03-11"), (30, "MS", "2026-01")]
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
    return {"08:30": "2025-03-01 08:30", "03-11": "2025-03-11", "2026-01": "2026-01-01"}[shown]


def test_given_axes_are_handed_back():
    _, ax = plt.subplots()

    assert new_axes(ax) is ax
    assert new_axes() is not ax
