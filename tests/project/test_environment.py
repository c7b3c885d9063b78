"""environment.yml 与 pyproject.toml 同一份清单；锁定文件不含任何下载地址。"""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
# conda-forge 的名字与 PyPI 不同的几个
CONDA_TO_PYPI = {
    "jupyterlab-language-pack-zh-cn": "jupyterlab-language-pack-zh-CN",
    "matplotlib-base": "matplotlib",
    "ortools-python": "ortools",
    "playwright-python": "playwright",
}


def _split(requirement):
    name, limits = re.fullmatch(r"([\w.-]+)\s*(.*)", requirement).groups()
    return name, limits.replace(" ", "")


def test_conda_and_pip_ask_for_the_same_versions():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = dict(map(_split, project["dependencies"] + project["optional-dependencies"]["dev"]))
    wanted["python"] = project["requires-python"]
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    found = dict(_split(line) for line in conda if isinstance(line, str) and line != "pip")

    assert {CONDA_TO_PYPI.get(name, name): limits for name, limits in found.items()} == wanted


def test_locked_requirements_have_hashes_and_no_address():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = re.findall(r"^[\w.-]+==", text, re.MULTILINE)

    assert len(pinned) > 100
    assert not re.search(r"://|index|find-links|@ ", text)
    for block in re.split(r"\n(?=[\w.-]+==)", text):
        assert "--hash=sha256:" in block


def test_lock_satisfies_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]

    assert {_split(line)[0].lower() for line in wanted} <= {name.lower() for name in locked}
