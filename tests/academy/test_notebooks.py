"""academy.notebooks：生成的文件齐全、可重复；学员卷不漏答案；过时的说得出来。"""

import json
import shutil

from academy.notebooks import build_all


def test_build_is_complete_and_repeats_to_nothing(built_course):
    assert list(build_all(built_course)) == []
    assert (built_course / "release/px/px.ipynb").exists()


def test_release_has_neither_solution_nor_hidden_test(built_course):
    text = (built_course / "release/px/px.ipynb").read_text(encoding="utf-8")

    assert "BEGIN SOLUTION" not in text
    assert "HIDDEN" not in text
    assert "choice_key" not in text
    assert "# 把上面的 ... 换成你的答案" in text


def test_check_tells_what_differs_and_writes_nothing(built_course, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(built_course, folder)
    notebook = folder / "source/px/px.ipynb"
    data = json.loads(notebook.read_text(encoding="utf-8"))
    data["cells"][0]["source"] = ["# 改过"]
    notebook.write_text(json.dumps(data), encoding="utf-8")
    (folder / "release/px/px.ipynb").unlink()
    before = notebook.read_bytes()

    changed = {path.relative_to(folder).as_posix() for path in build_all(folder, check=True)}

    assert changed == {"source/px/px.ipynb", "release/px/px.ipynb"}
    assert notebook.read_bytes() == before
