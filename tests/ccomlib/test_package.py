"""ccomlib：``from ccomlib import *`` 只带来动词，从不顶掉笔记本里的变量。"""

import ast
from pathlib import Path

import jupytext
import pytest

import ccomlib
from ccomlib.notebook.names import binds

ROOT = Path(__file__).resolve().parents[2]
MASTERS = sorted((ROOT / "text").glob("*/*/*.py"))
# 试卷的变量，与模块同名的都在里面
VARIABLES = {
    "paper",
    "check",
    "style",
    "quality",
    "performance",
    "training",
    "traffic",
    "survey",
    "io",
}


def _own_variables(master):
    """一份母本的各格自己给值的名字，不算引入的工具。"""
    names = set()
    for cell in jupytext.read(master, fmt="py:percent").cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        imported = {
            alias.asname or alias.name.partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for alias in node.names
        }
        names |= binds(cell.source) - imported
    return names


@pytest.mark.parametrize("master", [m for m in MASTERS if m.stem != "seat"], ids=lambda m: m.stem)
def test_star_import_destroys_no_variable_of_a_notebook(master):
    names = _own_variables(master) | VARIABLES
    space = dict.fromkeys(names, "学员的")
    exec("from ccomlib import *", space)

    assert {name for name in names if space[name] != "学员的"} == set()


def test_star_import_brings_the_verbs():
    space = {}
    exec("from ccomlib import *", space)

    assert set(space) - {"__builtins__"} == set(ccomlib.NAMES)
    assert all(callable(space[name]) for name in ccomlib.NAMES)


@pytest.mark.parametrize("name", [*ccomlib.MODULES, *ccomlib.NAMES, *ccomlib.LESSON_NAMES])
def test_everything_can_still_be_imported_by_name(name):
    space = {}
    exec(f"from ccomlib import {name}", space)

    assert name in dir(ccomlib)
    assert space[name].__name__.rpartition(".")[2] == name


def test_unknown_name_is_told_with_what_there_is():
    with pytest.raises(AttributeError, match="ccomlib 没有 'erlangs'；可用的有：.*erlang.*expect"):
        ccomlib.erlangs  # noqa: B018
