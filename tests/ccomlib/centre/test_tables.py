"""数据表一览：登记的模块都列上了，要用的都造得出来。"""

import ast
from pathlib import Path

from ccomlib import centre
from ccomlib.centre.tables import REGISTRY

FOLDER = Path(centre.__file__).parent
MAKERS = {"table", "part", "truth"}


def registered(path):
    """模块里带登记的函数名。"""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
        if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") in MAKERS
    }


def test_every_module_that_registers_something_is_in_the_listing():
    written = set().union(*(registered(path) for path in FOLDER.glob("*.py")))

    assert written == set(REGISTRY)


def test_every_part_serves_something():
    used = {need for spec in REGISTRY.values() for need in spec.needs}
    idle = [name for name, spec in REGISTRY.items() if spec.kind == "底稿" and name not in used]

    assert not idle


def test_every_table_has_a_sentence_for_the_handbook():
    assert all(spec.note.endswith("。") for spec in REGISTRY.tables.values())
