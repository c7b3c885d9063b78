"""在真的 JupyterLab 里答一份试卷：「运行所有单元格」越过空着的和写错的，每一题都听到自己的话。"""

import shutil

import nbformat
import pytest

PAPER = "px"
# 第一遍原样；第二遍写对；第三遍把第 1 题改坏：“B” 是中文引号
RIGHT = {"q1": 'q1 = "B"', "q2": "q2 = 100"}
SLIP = {"q1": "q1 = “A”", "q2": "q2 = 76.5%"}

pytestmark = pytest.mark.slow


@pytest.fixture
def notebook(lab_folder, released_course):
    """学员拿到的试卷，放在课程文件夹里；后面再跟一格，看运行走没走到底。"""
    folder = lab_folder / PAPER
    shutil.copytree(released_course / "release" / PAPER, folder, dirs_exist_ok=True)
    path = folder / f"{PAPER}.ipynb"
    paper = nbformat.read(path, as_version=4)
    paper.cells.append(nbformat.v4.new_code_cell('print("走到底了")', id="the-end"))
    nbformat.write(paper, path)
    return f"{PAPER}/{PAPER}.ipynb"


def _run_all(page, times):
    """从菜单运行所有单元格，等最后一格第 `times` 次跑完。"""
    page.get_by_role("menuitem", name="运行").first.click()
    page.get_by_role("menuitem", name="运行所有单元格", exact=False).first.click()
    page.wait_for_function(
        "([text, times]) => {"
        "  const cells = [...document.querySelectorAll('.jp-CodeCell')];"
        "  const last = cells.at(-1);"
        "  const number = last.querySelector('.jp-InputPrompt').textContent.match(/\\[(\\d+)\\]/);"
        "  return number && Number(number[1]) === times * cells.length"
        "    && last.querySelector('.jp-OutputArea').textContent.includes(text);"
        "}",
        arg=["走到底了", times],
        timeout=120_000,
    )


def _write(page, answers):
    for name, code in answers.items():
        cell = page.locator(".jp-CodeCell").filter(has_text=f"{name} = ").first
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(code)


def _said(page):
    """每一格的输出，按次序。"""
    return [
        cell.locator(".jp-OutputArea").inner_text().strip()
        for cell in page.locator(".jp-CodeCell").all()
    ]


def test_run_all_goes_past_blanks_and_slips_and_confirms_nothing_old(
    lab, notebook, page, wait_for_kernel
):
    page.goto(f"{lab}/lab/workspaces/paper/tree/{notebook}")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=90_000)
    wait_for_kernel(lab, notebook)

    _run_all(page, 1)
    setup, q1, check1, q2, check2, end = _said(page)
    assert (setup, q1, q2, end) == ("", "", "", "走到底了")
    assert check1.startswith("○ 还没有作答：第 1 题")
    assert check2.startswith("○ 还没有作答：第 2 题")

    _write(page, RIGHT)
    _run_all(page, 2)
    assert _said(page)[2::2] == ["第 1 题 已作答：B", "第 2 题 已作答：100"]

    _write(page, SLIP)
    _run_all(page, 3)
    _, q1, check1, q2, check2, _ = _said(page)
    slip1 = '第 1 行的 “ 是中文引号，请换成英文引号，写成 q1 = "A"'
    slip2 = "第 1 行的 76.5% 带着百分号，要用小数，写成 q2 = 0.765"
    assert (q1, q2) == (f"✗ 没有运行成功：{slip1}", f"✗ 没有运行成功：{slip2}")
    redo = "改好、运行上一格，再运行这一格。"
    assert check1 == f"✗ 上一格没有运行成功：第 1 题还没有新的答案。{slip1}。{redo}"
    assert check2 == f"✗ 上一格没有运行成功：第 2 题还没有新的答案。{slip2}。{redo}"
