"""ccomlib 的楼层：模块之间只借公开的名字，``import ccomlib`` 什么也不先载入。楼层本身由 import-linter 守着。"""

import ast
import functools
import importlib
import inspect
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import ccomlib

ROOT = Path(ccomlib.__file__).parent
CONTRACTS = Path(__file__).resolve().parents[2] / "pyproject.toml"


def module_name(path):
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(ROOT.rglob("*.py"))}


def borrowed():
    """(借的模块, 被借的模块, 名字)；借整个模块的不算。"""
    for name, path in MODULES.items():
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom):
                continue
            source = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            if source in MODULES and source != "ccomlib":
                for alias in node.names:
                    if f"{source}.{alias.name}" not in MODULES:
                        yield name, source, alias.name


@functools.cache
def listed(module):
    """模块的 ``__all__``；没有的为 None。"""
    for node in ast.parse(MODULES[module].read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return set(ast.literal_eval(node.value))
    return None


def ground():
    """import-linter 里虚拟中心那一层以下的各模块。"""
    settings = tomllib.loads(CONTRACTS.read_text(encoding="utf-8"))["tool"]["importlinter"]
    floors = next(one for one in settings["contracts"] if one.get("containers") == ["ccomlib"])
    layers = [[name.strip("() ") for name in layer.split("|")] for layer in floors["layers"]]
    above = next(place for place, names in enumerate(layers) if "centre" in names)
    return [name for names in layers[above + 1 :] for name in names]


def test_no_module_borrows_a_private_name():
    private = [f"{user}: {source}.{name}" for user, source, name in borrowed() if name[0] == "_"]

    assert not private


def test_what_is_borrowed_is_public():
    hidden = [
        f"{user}: {source}.{name}"
        for user, source, name in borrowed()
        if listed(source) is not None and name not in listed(source)
    ]

    assert not hidden


@pytest.mark.parametrize("module", ground())
def test_every_public_name_of_the_ground_floor_is_explained(module):
    loaded = importlib.import_module(f"ccomlib.{module}")
    bare = [
        name
        for name in loaded.__all__
        if callable(getattr(loaded, name)) and not inspect.getdoc(getattr(loaded, name))
    ]

    assert not bare


def test_importing_ccomlib_loads_nothing_heavy():
    code = "import sys, ccomlib; print([m for m in sys.modules if m in {'numpy', 'pandas', 'scipy', 'matplotlib', 'ccomlib.centre'}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
