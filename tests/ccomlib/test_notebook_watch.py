"""ccomlib.notebook.watch：在真的内核里，出错只说一句话，检查格不拿旧的值说话；评分时什么都不装。"""

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = pytest.mark.kernels

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
SETUP = "from ccomlib import answered, expect, open_paper, use_chinese\nuse_chinese()\npaper = open_paper()"
STALE = "✗ 上一格没有运行成功：第 1 题还没有新的答案。{}。改好、运行上一格，再运行这一格。"
REDO = "；改好、运行上一格，再运行这一格"
CHECK = 'answered({}, "number", what="第 1 题")'

# 依次运行的格 → 它显示的话；没有写就是什么都不显示
PLAY = [
    ("q1 = 3", ""),
    (CHECK.format("q1"), "第 1 题 已作答：3"),
    ("q1 = “4”", '✗ 没有运行成功：第 1 行的 “ 是中文引号，请换成英文引号，写成 q1 = "4"'),
    (
        CHECK.format("q1"),
        STALE.format('第 1 行的 “ 是中文引号，请换成英文引号，写成 q1 = "4"'),
    ),
    (
        'expect(q1, 3, what="第 1 题")',
        STALE.format('第 1 行的 “ 是中文引号，请换成英文引号，写成 q1 = "4"'),
    ),
    ("q1 = 5", ""),
    (CHECK.format("q1"), "第 1 题 已作答：5"),
    ("q1 = 6\nq1 = 1 / 0", "✗ 没有运行成功：第 2 行：除数是 0"),
    (CHECK.format("q1"), STALE.format("第 2 行：除数是 0")),
    # 别的题照常
    ("q2 = 2", ""),
    (CHECK.format("q2"), "第 1 题 已作答：2"),
    # 从来没有值
    ("q3 = 39个", "✗ 没有运行成功：第 1 行的 39个 带着「个」，请只写数，写成 q3 = 39"),
    (
        CHECK.format("q3"),
        f"✗ 上一格没有运行成功：第 1 行的 39个 带着「个」，请只写数，写成 q3 = 39{REDO}",
    ),
    (CHECK.format("q4"), "○ 上一格还没有运行：先运行写 q4 的那一格，再运行这一格"),
    ("q4 = C", '✗ 没有运行成功：第 1 行的 C 没有引号，写成 q4 = "C"'),
    (CHECK.format("q4"), f'✗ 上一格没有运行成功：第 1 行的 C 没有引号，写成 q4 = "C"{REDO}'),
    # 写了，没有填进去
    ("q5 = ...", ""),
    (CHECK.format("q5"), "○ 还没有作答：第 1 题：把上一格的 ... 换成你的答案，运行上一格，再运行这一格。"),
    ('q5 = ...\nq5 == "C";', ""),
    (CHECK.format("q5"), '✗ 没有填进答案：第 1 题：第 2 行用了两个等号，那是比较；填答案只用一个：写成 q5 = "C"。'),
    ("Q5 = 3\nq5 = ...", ""),
    (CHECK.format("q5"), "✗ 没有填进答案：第 1 题：填进了 Q5，应是 q5：大小写要一样。"),
    ("Q6 = 3", ""),
    (CHECK.format("q6"), "✗ 没有填进答案：填进了 Q6，应是 q6：大小写要一样"),
    ("q6 == 3", "✗ 没有运行成功：第 1 行用了两个等号，那是比较；填答案只用一个：写成 q6 = 3"),
    ("q9 == 3", "✗ 没有运行成功：第 1 行用了两个等号，那是比较；填答案只用一个：写成 q9 = 3"),
    (CHECK.format("q9"), f"✗ 上一格没有运行成功：第 1 行用了两个等号，那是比较；填答案只用一个：写成 q9 = 3{REDO}"),
    # 留着横线的一格：算到哪里停下都是还没有作答
    ("q8 = 48 * ____ / 1800", ""),
    (CHECK.format("q8"), "○ 还没有作答：第 1 题：把上一格的 ____ 换成你的答案，运行上一格，再运行这一格。"),
    ("q8 = float(____)", "○ 还没有作答：第 1 行还有 ____ 没有填：换成你的答案，再运行这一格。"),
    (CHECK.format("q8"), "○ 还没有作答：第 1 题：把上一格的 ____ 换成你的答案，运行上一格，再运行这一格。"),
    ("a = 1\nq10 = a / 0 + ____", "○ 还没有作答：第 2 行还有 ____ 没有填：换成你的答案，再运行这一格。"),
    (CHECK.format("q10"), "○ 还没有作答：把上一格的 ____ 换成你的答案，运行上一格，再运行这一格"),
    ("q10 = ____39", "✗ 没有运行成功：第 1 行的 ____39 里的横线没有删掉：____ 要整个换成答案"),
    ("q8 = 39", ""),
    (CHECK.format("q8"), "第 1 题 已作答：39"),
    # 别的错；内核自己的 input 在 JupyterLab 里会停下来等人回答
    ("print(input.__module__)", "ccomlib.notebook.watch"),
    ("q7 = input()", "✗ 没有运行成功：第 1 行：评卷时没有人回答 input()：把答案直接写在等号后面"),
    ('paper.table("来电")', "✗ 没有运行成功：第 1 行：没有数据表 '来电'；这份试卷有：calls。"),
    ("def f():\n    return zz\n\nf()", "✗ 没有运行成功：第 2 行的 zz 还没有值：是别的格算出来的，就先运行那一格；是文字，就加英文引号"),
    ("q8 = f()", "✗ 没有运行成功：第 1 行用到的 zz 还没有值"),
    ("raise OSError", "✗ 没有运行成功：第 1 行：OSError"),
    ("raise KeyboardInterrupt", "✗ 没有运行成功：第 1 行：运行被中断了"),
    ('raise OSError("disk\\nfull")', "✗ 没有运行成功：第 1 行：OSError：disk"),
    ("%nosuchmagic", "UsageError: Line magic function `%nosuchmagic` not found."),
    ("q1 = 7", ""),
    (CHECK.format("q1"), "第 1 题 已作答：7"),
]  # fmt: skip


def _run(sources, folder, **environment):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=KERNEL)
    client = NotebookClient(
        notebook,
        timeout=60,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--log-level=40"],
    )
    import os

    client.execute(env=os.environ | environment)
    return [cell.outputs for cell in notebook.cells]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paper")
    (folder / "data").mkdir()
    (folder / "data/calls.csv").write_text("日期,呼入量\n2025-01-01,120\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def played(folder):
    """整场在一个内核里跑完；最后一格看 %tb。"""
    return _run([SETUP, *(source for source, _ in PLAY), "raise OSError('x')", "%tb"], folder)


def _text(outputs):
    return "\n".join(
        "\n".join(one.traceback) if one.output_type == "error" else one.get("text", "")
        for one in outputs
    ).strip()


@pytest.mark.parametrize("place", range(len(PLAY)), ids=[source for source, _ in PLAY])
def test_each_cell_says_its_one_sentence(played, place):
    assert played[0] == []
    assert _text(played[place + 1]) == PLAY[place][1]


def test_kernel_still_tells_kind_and_message_of_the_error(played):
    (error,) = played[3]

    assert error.ename == "SyntaxError"
    assert "U+201C" in error.evalue


def test_whole_traceback_is_there_on_demand(played):
    assert "Traceback (most recent call last)" in _text(played[-1])


def test_nothing_is_installed_while_grading(folder):
    sources = [
        SETUP,
        "q1 = 3",
        "q1 = 4\nq1 = 1 / 0",
        CHECK.format("q1"),
        'expect(q1, 4, what="一")',
    ]
    outputs = _run(sources, folder, NBGRADER_EXECUTION="autograde")

    assert "Traceback" in _text(outputs[2])
    assert _text(outputs[3]) == "第 1 题 已作答：4"
    assert _text(outputs[4]) == "✓ 通过：一"


def test_without_a_kernel_nothing_happens(folder):
    import builtins

    from ccomlib import open_paper

    assert open_paper(folder).tables == ["calls"]
    assert builtins.input.__module__ == "builtins"
