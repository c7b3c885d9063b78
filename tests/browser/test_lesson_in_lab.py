"""在真的 JupyterLab 里上一课：打开、跑到底、拖滑块换图、答错与答对各有话。"""

import re

import pytest

LESSON = "wfmp/05_requirement.ipynb"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lesson(lab, chromium, wait_for_kernel):
    """打开这一课，从菜单「运行所有单元格」，等每一格都跑过。"""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{lab}/lab/workspaces/lesson/tree/{LESSON}")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=90_000)
    wait_for_kernel(lab, LESSON)
    page.get_by_role("menuitem", name="运行").first.click()
    page.get_by_role("menuitem", name="运行所有单元格", exact=False).first.click()
    # 折起的检查格不显示序号；其余每一格都要跑过
    page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
        ".filter(prompt => prompt.textContent.trim() !== '')"
        ".every(prompt => /\\[\\d+\\]/.test(prompt.textContent))",
        timeout=180_000,
    )
    yield page
    context.close()


def _first_exercise(page):
    """第一个作答格在全部格里的位置。"""
    return page.evaluate(
        "() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')]"
        ".findIndex(cell => cell.textContent.includes('把上面的 ____ 换成你的答案'))"
    )


def _answer(page, place, code):
    """在作答格里写下 code，运行它与随后的检查格，交回检查格。"""
    page.locator(".jp-Notebook .jp-Cell").nth(place).locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    return page.locator(".jp-Notebook .jp-Cell").nth(place + 1)


def test_menus_are_chinese_and_free_of_grading_tools(lesson):
    menus = lesson.locator(".lm-MenuBar-itemLabel").all_inner_texts()

    assert {"文件", "编辑", "运行"} <= set(menus)
    assert not any("Nbgrader" in menu for menu in menus)


def test_lesson_runs_to_its_end_with_its_charts(lesson):
    errors = lesson.locator(
        ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']"
    )
    for text in errors.all_inner_texts():
        assert "还没有作答" in text
    assert lesson.locator(".jp-OutputArea-output img").count() >= 3


def test_every_picture_carries_its_words(lesson):
    """读屏软件读得到：图的结论、图题与最高最低；不点开也不用看图。"""
    words = lesson.eval_on_selector_all(
        ".jp-OutputArea-output img", "all => all.map(one => one.alt)"
    )

    assert all(text.endswith(("。", "…")) for text in words), words
    assert any("需要 36 人同时在线" in text or "最高" in text for text in words)


def test_a_guess_is_taken_down_and_opens_its_reading(lesson):
    form = lesson.locator(".jp-OutputArea-output", has=lesson.get_by_placeholder("写一个数")).first
    form.scroll_into_view_if_needed()
    form.get_by_placeholder("写一个数").fill("23")
    form.get_by_role("button", name="记下").click()

    form.get_by_text("已记下：23 人").wait_for(timeout=20_000)
    lesson.get_by_text("你猜 23 人，实际 25 人").first.wait_for(timeout=20_000)


def test_wrong_then_right_answer_show_their_messages(lesson):
    place = _first_exercise(lesson)
    stub = lesson.locator(".jp-Notebook .jp-Cell").nth(place).locator(".cm-content").inner_text()
    name = re.match(r"\s*(\w+)", stub)[1]

    wrong = _answer(lesson, place, f"{name} = -12345")
    wrong.get_by_text("✗ 不对").wait_for(timeout=20_000)

    details = lesson.locator("details", has_text="参考答案").first
    details.locator("summary").click()
    right = _answer(lesson, place, details.locator("pre").inner_text())
    right.get_by_text("✓ 通过").first.wait_for(timeout=20_000)
