"""academy.masters：母本的格、答案块、错答与题目都读得准，写坏了说得清。"""

import pytest

from academy.masters import (
    MasterError,
    items,
    mistakes,
    read_master,
    solution,
    stub,
    write_master,
)

GRADED = (
    '# %% nbgrader={"grade": true, "grade_id": "q1-test", "locked": true, "points": 4, '
    '"schema_version": 3, "solution": false, "task": false}'
)


def _master(tmp_path, text):
    path = tmp_path / "m.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_stub_keeps_the_lines_around_the_answer():
    source = (
        "def f(x):\n    ...\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n\nprint(1)"
    )

    assert stub(source) == "def f(x):\n    ...\n    # 把上面的 ... 换成你的答案\n\nprint(1)"


def test_stub_of_a_function_is_valid_python():
    source = "def f(x):\n    ...\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"

    compile(stub(source), "stub", "exec")
    compile(solution(source), "solution", "exec")


def test_solution_drops_the_placeholder_lines():
    source = "a = ...\nb = ...\n### BEGIN SOLUTION\na = 1\nb = 2\n### END SOLUTION"

    assert solution(source) == "a = 1\nb = 2"


def test_solution_drops_a_placeholder_of_several_lines():
    source = 'a = {\n    "x": ...,  # 甲\n    "y": ...,\n}\n### BEGIN SOLUTION\na = {"x": 1}\n### END SOLUTION'

    assert solution(source) == 'a = {"x": 1}'


def test_solution_of_a_function_drops_the_bare_placeholder():
    source = "def f(x):\n    ...\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"

    assert solution(source) == "def f(x):\n    return x"


def test_open_solution_block_is_refused_with_its_cell(tmp_path):
    path = _master(tmp_path, "# %%\nx = 1\n\n# %%\n### BEGIN SOLUTION\nx = 2\n")

    with pytest.raises(MasterError, match="第 2 格.*不成对"):
        read_master(path)


def test_id_used_twice_is_refused(tmp_path):
    path = _master(tmp_path, '# %% exercise="ex-a"\nx = 1\n\n# %% exercise="ex-a"\nx = 2\n')

    with pytest.raises(MasterError, match="'ex-a' 用了两次"):
        read_master(path)


def test_item_without_topic_is_refused(tmp_path):
    path = _master(
        tmp_path, GRADED + ' item={"answer": "q1", "level": "apply", "minutes": 2}\nx = 1\n'
    )

    with pytest.raises(MasterError, match="q1-test：item 元数据缺 topic"):
        items(read_master(path), path)


def test_unknown_level_is_refused_with_the_known_ones(tmp_path):
    item = ' item={"answer": "q1", "topic": "t", "level": "know", "minutes": 2}\nx = 1\n'
    path = _master(tmp_path, GRADED + item)

    with pytest.raises(MasterError, match="'know'.*remember、understand、apply、analyse"):
        items(read_master(path), path)


def test_mistake_cell_gives_cause_points_and_message(tmp_path):
    text = (
        '# %% tags=["mistake"] mistake={"answer": "q1", "points": 2}\n'
        "# 错因：把秒当分\n# 消息：单位\nq1 = 60\n"
    )
    path = _master(tmp_path, text)

    (found,) = mistakes(read_master(path), path)

    assert (found.answer_id, found.name, found.points, found.message) == (
        "q1",
        "把秒当分",
        2,
        "单位",
    )


def test_mistake_without_a_cause_is_refused(tmp_path):
    path = _master(tmp_path, '# %% tags=["mistake"] mistake={"answer": "q1"}\nq1 = 60\n')

    with pytest.raises(MasterError, match="第 1 格.*错因"):
        mistakes(read_master(path), path)


def test_normal_form_reads_back_to_itself(built_course):
    path = built_course / "text/source/px/px.py"

    assert write_master(read_master(path)) == path.read_text(encoding="utf-8")
