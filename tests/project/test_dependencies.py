"""用到的都声明了，声明的都用到：比的是真的 import 与 pyproject.toml。"""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from academy.package.lessons import modules_imported

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HOMES = packages_distributions()
OWN = {"academy", "ccomlib", "tests"}
RUNTIME = ["ccomlib", "academy", "text"]
DEVELOPING = ["tests", "benchmarks", "tools"]
# 没有人 import，各有用处
USED_OTHERWISE = {
    "jupyterlab": "以 python -m jupyterlab 运行",
    "jupyterlab-language-pack-zh-cn": "JupyterLab 的中文",
    "setuptools": "ccom package 在另一个进程里用它做 ccomlib 的安装包",
    "import-linter": "make lint 运行 lint-imports",
    "pytest-xdist": "make test 的 pytest -n",
    "ruff": "make lint",
    "uv": "make lock",
}
# 装了才比的对手，课程不装它
OPTIONAL = {"nelsoncheck"}
# 另装在比速度用的环境里，或只在分布评分时才要
EXTRAS = {"cluster", "bench"}


def _key(text):
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", text)[0]).lower()


def _declared(*groups):
    lines = list(PROJECT["dependencies"]) if "dependencies" in groups else []
    for group in groups:
        lines += PROJECT["optional-dependencies"].get(group, [])
    return {_key(line) for line in lines}


def _imported(folders):
    """各分发包 → 一处用到它的文件。"""
    found = {}
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for module in modules_imported([tree]) - OWN - sys.stdlib_module_names:
                local = (path.parent / f"{module}.py").exists()
                if not local and module != "launcher":
                    # 没有装的（比速度的对手）按名字找
                    for home in HOMES.get(module, [module]):
                        found.setdefault(_key(home), path.relative_to(ROOT))
    return found


def test_everything_imported_is_declared():
    runtime = _imported(RUNTIME)
    undeclared = {
        name: str(path)
        for name, path in runtime.items()
        if name not in _declared("dependencies", "cluster")
    }

    assert undeclared == {}


def test_everything_that_tests_and_benchmarks_import_is_declared():
    allowed = _declared("dependencies", "dev", "bench") | OPTIONAL | {"otter"}
    undeclared = {
        name: str(path) for name, path in _imported(DEVELOPING).items() if name not in allowed
    }

    assert undeclared == {}


@pytest.mark.parametrize(
    ("group", "folders"), [("dependencies", RUNTIME), ("dev", RUNTIME + DEVELOPING)]
)
def test_everything_declared_is_used(group, folders):
    used = set(_imported(folders)) | set(USED_OTHERWISE)

    assert _declared(group) - used == set()


def test_the_list_of_other_uses_has_nothing_imported_in_it():
    assert set(USED_OTHERWISE) & set(_imported(RUNTIME + DEVELOPING)) == set()
    assert set(USED_OTHERWISE) <= _declared("dependencies", "dev")


def test_optional_groups_are_the_known_ones():
    assert set(PROJECT["optional-dependencies"]) == EXTRAS | {"dev"}
