"""工具手册：ccomlib 的每个公开名字都在册，都有能跑的例子；每个工具都有图。"""

import doctest
import importlib
import inspect
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from matplotlib.container import BarContainer
from matplotlib.testing.compare import compare_images
from PIL import Image

import ccomlib
from academy.toolbook import FOLDER, examples, page, public_names
from ccomlib.centre import TABLES
from ccomlib.pictures import describe
from ccomlib.results import Result

ROOT = Path(__file__).resolve().parents[2]
# 均方根像素差，满格 255
PICTURE_TOLERANCE = 2
# 不是工具：写笔记本、试卷与图用的
NOT_TOOLS = {"centre", "check", "constants", "io", "paper", "style", "workbench"}


@pytest.fixture(scope="module")
def found():
    return {module: list(examples(module)) for module in ccomlib.MODULES}


@pytest.mark.parametrize("module", ccomlib.MODULES)
def test_page_is_what_the_module_says_now(found, module):
    written = (ROOT / FOLDER / f"{module}.md").read_text(encoding="utf-8")

    assert written == page(module, found[module]), "请运行 make toolbook"


def test_every_column_of_every_table_of_the_centre_is_explained(found):
    written = page("centre", found["centre"])

    for spec in TABLES.values():
        section = written.split(f"## {spec.name}　", 1)[1].split("\n## ")[0]
        for column in spec.columns:
            assert f"| {column.name} | {column.meaning} | {column.unit} |" in section


@pytest.mark.parametrize("module", ccomlib.MODULES)
def test_every_chart_looks_as_the_page_shows_it(found, module, tmp_path):
    """比像素；一条线挪了位置、少了一个图例都过不去，字边上的抗锯齿过得去。"""
    different = []
    for one in found[module]:
        drawn = tmp_path / f"{one.function}.png"
        drawn.write_bytes(one.chart())
        shown = ROOT / FOLDER / "图" / drawn.name
        if problem := compare_images(str(shown), str(drawn), PICTURE_TOLERANCE):
            different.append(problem)

    assert not different, "看一看图；真该变就运行 make toolbook"


@pytest.mark.parametrize("module", ccomlib.MODULES)
def test_bars_start_at_zero_and_the_picture_says_what_the_result_says(found, module):
    """柱的长短就是数的大小，轴里要有 0；替代文字先说结论。"""
    for one in found[module]:
        figure = one.result.plot().figure
        for axes in figure.axes:
            for bars in axes.containers:
                lying = getattr(bars, "orientation", "") == "horizontal"
                # 时间条从几点到几点，不从 0 起
                if isinstance(bars, BarContainer) and 0 in [
                    bar.get_x() if lying else bar.get_y() for bar in bars
                ]:
                    low, high = sorted(axes.get_xlim() if lying else axes.get_ylim())
                    assert low <= 0 <= high, one.function
        said = describe(figure)
        plt.close(figure)

        assert said.startswith(one.sentence) or one.sentence.startswith(said[:-1]), one.function


def test_every_chart_is_read_on_half_a_screen():
    """半个屏幕约 700 点宽：10 磅的字（100 dpi 时高 13.9 点）缩到那里不矮过 11 点。"""
    small = []
    for path in (ROOT / FOLDER / "图").iterdir():
        with Image.open(path) as picture:
            if 13.9 * 700 / picture.width < 11:
                small.append(path.name)

    assert small == []


def test_a_limit_drawn_elsewhere_is_another_picture(tmp_path):
    """容差自己也受考：一条横线挪开图高的 1%，就是另一张图。"""
    pictures = []
    for height in (0.5, 0.51):
        figure, axes = plt.subplots(figsize=(8, 4))
        axes.axhline(height, lw=1)
        axes.set_ylim(0, 1)
        pictures.append(tmp_path / f"{height}.png")
        figure.savefig(pictures[-1])
        plt.close(figure)

    assert compare_images(*map(str, pictures), PICTURE_TOLERANCE)


def test_no_chart_is_left_of_a_tool_that_went(found):
    charts = {f"{one.function}.png" for several in found.values() for one in several}

    assert {path.name for path in (ROOT / FOLDER / "图").iterdir()} == charts


@pytest.mark.parametrize("module", sorted(set(ccomlib.MODULES) - NOT_TOOLS))
def test_every_tool_is_shown_at_work(found, module):
    assert found[module]


def test_every_function_that_gives_a_result_is_shown(found):
    shown = {_function(one.function) for several in found.values() for one in several}
    missing = [
        f"{module}.{name}"
        for module in sorted(set(ccomlib.MODULES) - NOT_TOOLS)
        for name in importlib.import_module(f"ccomlib.{module}").__all__
        if _gives_result(_function(f"{module}.{name}"))
        and _function(f"{module}.{name}") not in shown
    ]

    assert not missing


def _function(name):
    module, _, function = name.partition(".")
    return getattr(importlib.import_module(f"ccomlib.{module}"), function)


def _gives_result(function):
    if not inspect.isfunction(function):
        return False
    module = importlib.import_module(function.__module__)
    kind = getattr(module, str(function.__annotations__.get("return")), None)
    return inspect.isclass(kind) and issubclass(kind, Result)


def test_every_example_has_a_chart_of_its_own(found):
    names = [one.function for several in found.values() for one in several]

    assert len(names) == len(set(names))


def test_every_example_says_its_sentence(found):
    for several in found.values():
        for one in several:
            assert one.sentence.endswith("。"), one.function


@pytest.mark.parametrize("module", ccomlib.MODULES)
def test_every_public_name_is_documented(module):
    assert all(text for _, text in public_names(module))


@pytest.mark.parametrize("module", ccomlib.MODULES)
def test_every_public_function_has_a_doctest(module):
    loaded = importlib.import_module(f"ccomlib.{module}")
    functions = [name for name in loaded.__all__ if inspect.isfunction(getattr(loaded, name))]

    parser = doctest.DocTestParser()
    without = [n for n in functions if not parser.get_examples(getattr(loaded, n).__doc__ or "")]

    assert not without


@pytest.mark.parametrize("module", sorted(set(ccomlib.MODULES) - NOT_TOOLS))
def test_results_are_results(module):
    """交回的结果对象都守 Result 的约定。"""
    loaded = importlib.import_module(f"ccomlib.{module}")
    classes = [getattr(loaded, n) for n in loaded.__all__ if inspect.isclass(getattr(loaded, n))]

    for one in classes:
        if issubclass(one, Result):
            assert not inspect.isabstract(one), one
