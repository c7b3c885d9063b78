"""academy.notebooks：生成的文件齐全、可重复；学员卷不漏答案；别人的文件、改过的文件都还在。"""

import json
import shutil

import pytest

from academy.cli import main
from academy.manifest import Manifest
from academy.notebooks import build_all


@pytest.fixture
def folder(built_course, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(built_course, folder)
    return folder


def _answer(path):
    """有人在 JupyterLab 里答了题。"""
    data = json.loads(path.read_text(encoding="utf-8"))
    data["cells"][0]["source"] = ["# 我的答案"]
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def test_build_is_complete_and_repeats_to_nothing(built_course):
    assert build_all(built_course) == []
    assert (built_course / "release/px/px.ipynb").exists()


def test_every_generated_file_is_in_the_manifest(built_course):
    names = Manifest.read(built_course).digests

    assert {"source/px/px.ipynb", "source/px/data/calls.csv", "release/px/px.ipynb"} <= set(names)
    assert all((built_course / name).exists() for name in names)


def test_release_has_neither_solution_nor_hidden_test(built_course):
    text = (built_course / "release/px/px.ipynb").read_text(encoding="utf-8")

    assert "BEGIN SOLUTION" not in text
    assert "HIDDEN" not in text
    assert "choice_key" not in text
    assert "# 把上面的 ... 换成你的答案" in text


def test_check_tells_what_differs_and_writes_nothing(folder):
    notebook = folder / "source/px/px.ipynb"
    _answer(notebook)
    (folder / "release/px/px.ipynb").unlink()
    before = notebook.read_bytes()

    changed = {change.name: change.action for change in build_all(folder, check=True)}

    assert changed == {"source/px/px.ipynb": "kept", "release/px/px.ipynb": "made"}
    assert notebook.read_bytes() == before


def test_notebooks_of_others_are_never_touched(folder):
    mine = [folder / "course/wfmp/我的练习.ipynb", folder / "source/px/data/mine.csv"]
    for path in mine:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}", encoding="utf-8")

    assert build_all(folder, force=True) == []
    assert all(path.read_text(encoding="utf-8") == "{}" for path in mine)


def test_answers_survive_the_build_until_they_are_given_up(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    _answer(folder / "source/px/px.ipynb")
    (folder / "source/px/data/calls.csv").unlink()

    assert main(["notebooks"]) == 1

    said = capsys.readouterr()
    assert said.out == "已生成 source/px/data/calls.csv\n"
    assert said.err.startswith("！没动 source/px/px.ipynb：生成以后被改过")
    assert "我的答案" in (folder / "source/px/px.ipynb").read_text(encoding="utf-8")

    assert main(["notebooks", "build", "source/px/px.ipynb", "--force"]) == 0
    assert capsys.readouterr().out == "已生成 source/px/px.ipynb\n"
    assert build_all(folder) == []


def test_notebook_whose_master_is_gone_is_removed_and_told_so(folder, capsys):
    shutil.rmtree(folder / "text/source/px")

    assert main(["notebooks", "--course", str(folder)]) == 0

    said = capsys.readouterr().out.splitlines()
    assert "已删除 source/px/px.ipynb" in said
    assert "已删除 release/px/px.ipynb" in said
    assert not any(line.startswith("已生成 source") for line in said)
    assert not (folder / "source/px/px.ipynb").exists()


def test_notebook_made_by_somebody_at_the_place_of_a_new_one_stays(folder):
    master = folder / "text/course/wfmp/01_a.py"
    master.parent.mkdir(parents=True)
    master.write_text('# %% [markdown]\n"""\n# 新课\n"""\n', encoding="utf-8")
    (folder / "course/wfmp").mkdir()
    (folder / "course/wfmp/01_a.ipynb").write_text("{}", encoding="utf-8")

    kept = [change for change in build_all(folder) if change.action == "kept"]

    assert [change.name for change in kept] == ["course/wfmp/01_a.ipynb"]
    assert (folder / "course/wfmp/01_a.ipynb").read_text(encoding="utf-8") == "{}"
