"""工作台在真的 JupyterLab 里：上传自己的 Excel、画控制图、存成 Excel。"""

import nbformat
import pytest
from openpyxl import Workbook, load_workbook

pytestmark = pytest.mark.slow

DAYS = 24


@pytest.fixture(scope="module")
def own_excel(tmp_path_factory):
    """一个月的抽检：中文标题行在前，第 17 天差错突然多起来。"""
    book = Workbook()
    page = book.active
    page.append(["三月抽检日报"])
    page.append(["日期", "抽检数", "差错数"])
    for day in range(1, DAYS + 1):
        page.append([f"2026-03-{day:02d}", 200, 38 if day == 17 else 10 + day % 4])
    path = tmp_path_factory.mktemp("own") / "抽检.xlsx"
    book.save(path)
    return path


@pytest.fixture
def notebook(lab_folder):
    """课程文件夹里的一本新笔记本，只有打开工作台的一格。"""
    cell = nbformat.v4.new_code_cell("from ccomlib import open_workbench\n\nopen_workbench()")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(
        nbformat.v4.new_notebook(cells=[cell], metadata=kernel), lab_folder / "工作台.ipynb"
    )
    return "工作台.ipynb"


def _choose(page, label, option):
    name = page.locator(".widget-label").get_by_text(label, exact=True)
    field = page.locator(".widget-dropdown").filter(has=name)
    field.locator("select").select_option(label=option)


def test_an_own_excel_becomes_a_control_chart_and_is_saved(
    lab, lab_folder, notebook, own_excel, page, wait_for_kernel
):
    page.goto(f"{lab}/lab/workspaces/workbench/tree/{notebook}")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=90_000)
    wait_for_kernel(lab, notebook)
    page.locator(".jp-Notebook .cm-content").first.click()
    page.keyboard.press("Shift+Enter")

    upload = page.get_by_text("选自己的文件")
    upload.wait_for(timeout=90_000)
    with page.expect_file_chooser() as chooser:
        upload.click()
    chooser.value.set_files(own_excel)
    page.get_by_text("读好了「抽检.xlsx」").wait_for(timeout=30_000)
    _choose(page, "要回答的问题", "控制图｜比例失控了吗？（p 图）")
    _choose(page, "出现次数", "差错数")
    _choose(page, "总数", "抽检数")
    # 名字里带着图标的字形，不能按整个名字找
    page.locator("button.widget-button", has_text="运行").click()

    page.get_by_text("control_chart.p_chart").or_(page.locator("textarea")).first.wait_for()
    chart = page.locator("img.widget-image")
    chart.wait_for(timeout=30_000)
    assert chart.evaluate("image => image.naturalWidth") > 300
    page.get_by_role("button", name="存到 Excel").click()
    page.get_by_text("已存到").wait_for(timeout=30_000)

    book = load_workbook(lab_folder / "结果.xlsx")
    assert book.sheetnames == ["结果", "图"]
    assert "2026-03-17" in str(book["结果"]["A1"].value)
    assert len(book["图"]._images) == 1
