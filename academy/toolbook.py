"""Which tools are there, and what does each look like at work?  docs/工具手册, from ccomlib itself.

Run ``python -m academy.toolbook`` to write the pages and their charts.
"""

from __future__ import annotations

import importlib
import inspect
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import ccomlib
from academy.tool_examples import EXAMPLES
from ccomlib.centre import TABLES
from ccomlib.results import Result
from ccomlib.workbench.catalogue import TOOLS
from ccomlib.workbench.example import run_example

__all__ = ["Example", "build", "centre_tables", "examples", "page", "public_names"]

FOLDER = Path("docs/工具手册")
CHARTS = "图"
NOTE = "由 `ccomlib` 的文档与例子生成；要改，请改模块本身，再运行 `make toolbook`。"


@dataclass(frozen=True, eq=False)
class Example:
    """One tool at work.

    Attributes
    ----------
    function : str
        "module.name".
    code : str
        What a learner would type; the last line gives the result.
    result : Result
    title : str
        The question as the workbench puts it; empty if the workbench does not have the tool.
    """

    function: str
    code: str
    result: Result
    title: str = ""

    @property
    def sentence(self) -> str:
        """What the result says."""
        return str(self.result)

    def chart(self) -> bytes:
        """The result's chart as PNG."""
        import matplotlib.pyplot as plt

        from ccomlib.style import use_chinese

        use_chinese()
        figure = self.result.plot().figure
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", bbox_inches="tight", metadata={"Software": None})
        plt.close(figure)
        return buffer.getvalue()


def examples(module: str) -> Iterator[Example]:
    """The examples of a module: the workbench's, then those of `EXAMPLES`."""
    for tool in TOOLS:
        if tool.module == module:
            source, answer = run_example(tool)
            yield Example(tool.function, f"{source.code}\n{answer.code}", answer.result, tool.title)
    for function, code in EXAMPLES.items():
        if function.split(".")[0] == module:
            yield Example(function, code, _last_value(code))


def _last_value(code: str) -> Result:
    import numpy as np
    import pandas as pd

    *before, last = code.strip().split("\n")
    names = {"np": np, "pd": pd}
    for word in set(re.findall(r"[a-z_]+", code)) & set(ccomlib.MODULES):
        names[word] = getattr(ccomlib, word)
    exec("\n".join(before), names)
    return eval(last, names)


def public_names(module: str) -> list[tuple[str, str]]:
    """(name, first line of its docstring) of everything public in ``ccomlib.<module>``."""
    loaded = importlib.import_module(f"ccomlib.{module}")
    found = []
    for name in loaded.__all__:
        value = getattr(loaded, name)
        documented = inspect.isclass(value) or inspect.isfunction(value)
        text = inspect.getdoc(value) if documented else "常数，值见例子或 `help`。"
        found.append((name, (text or "").split("\n")[0]))
    return found


def page(module: str, found: list[Example]) -> str:
    """The page of one module in Markdown."""
    question = importlib.import_module(f"ccomlib.{module}").__doc__.split("\n")[0]
    lines = [f"# {module}　{question}\n", f"{NOTE}\n", "| 名字 | 回答什么 |", "| --- | --- |"]
    lines += [f"| `{name}` | {text.replace('|', '｜')} |" for name, text in public_names(module)]
    if module == "centre":
        lines += centre_tables()
    for one in found:
        lines += [
            f"\n## {one.function}　{one.title}".rstrip() + "\n",
            f"```python\n{one.code}\n```\n",
            f"> {one.sentence}\n",
            f"![{one.function}]({CHARTS}/{one.function}.png)",
        ]
    return "\n".join(lines) + "\n"


def centre_tables() -> list[str]:
    """Markdown lines on the virtual centre's tables: what a row is, what each column means."""
    lines = []
    for spec in TABLES.values():
        lines += [
            f"\n## {spec.name}　{spec.title}\n",
            f"{spec.note}\n",
            f"一行：{spec.grain}。\n",
            "| 列 | 意思 | 单位 | 类型 |",
            "| --- | --- | --- | --- |",
        ]
        for column in spec.columns:
            kind = f"{column.kind}，可空" if column.blank else column.kind
            lines.append(f"| {column.name} | {column.meaning} | {column.unit} | {kind} |")
    return lines


def build(root: Path) -> Iterator[Path]:
    """Write every page and chart; yield the paths."""
    folder = root / FOLDER
    (folder / CHARTS).mkdir(parents=True, exist_ok=True)
    index = ["# 工具手册\n", f"{NOTE}\n", "| 模块 | 回答什么 |", "| --- | --- |"]
    for module in ccomlib.MODULES:
        found = list(examples(module))
        for one in found:
            path = folder / CHARTS / f"{one.function}.png"
            path.write_bytes(one.chart())
            yield path
        path = folder / f"{module}.md"
        path.write_text(page(module, found), encoding="utf-8", newline="\n")
        yield path
        question = importlib.import_module(f"ccomlib.{module}").__doc__.split("\n")[0]
        index.append(f"| [{module}]({module}.md) | {question} |")
    path = folder / "README.md"
    path.write_text("\n".join(index) + "\n", encoding="utf-8", newline="\n")
    yield path


if __name__ == "__main__":
    import matplotlib

    matplotlib.use("Agg")
    for written in build(Path()):
        print(f"已写 {written}")
