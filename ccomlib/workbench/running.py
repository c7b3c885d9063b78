"""运行一行代码，得到结论、图与表，再存进 Excel。"""

from __future__ import annotations

import importlib
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ccomlib.io import write_excel
from ccomlib.results import Result
from ccomlib.style import use_chinese
from ccomlib.workbench.tool import Tool

__all__ = ["Answer", "run", "save"]

CHART_SHEET = "图"


@dataclass(frozen=True, eq=False)
class Answer:
    """一次运行的结果。"""

    tool: Tool
    code: str
    result: Result
    chart: bytes
    """PNG 图。"""


def run(tool: Tool, table: pd.DataFrame, code: str) -> Answer:
    """在 ``table`` 上运行显示给人看的那一行代码。

    Raises
    ------
    ValueError
        数据不合要求；消息是工具自己的那句话。
    """
    names = {"table": table, tool.module: importlib.import_module(f"ccomlib.{tool.module}")}
    # 显示的就是运行的：代码由 Tool.code 拼成，里面只有函数名、列名与数
    result = eval(code, {"__builtins__": {}}, names)
    return Answer(tool, code, result, _chart(result))


def _chart(result: Result) -> bytes:
    import matplotlib.pyplot as plt

    use_chinese()
    figure = result.plot().figure
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", bbox_inches="tight")
    plt.close(figure)
    return buffer.getvalue()


def save(answer: Answer, path: str | Path, *, overwrite: bool = False) -> Path:
    """结论与表存一页，图存一页，代码写在图的上面。

    Raises
    ------
    ValueError
        后缀不是 .xlsx。
    FileExistsError
        文件已在而没有说覆盖。
    """
    from openpyxl import load_workbook
    from openpyxl.drawing.image import Image

    path = write_excel(path, {"结果": answer.result}, overwrite=overwrite)
    book = load_workbook(path)
    page = book.create_sheet(CHART_SHEET)
    page["A1"] = answer.code
    page.add_image(Image(io.BytesIO(answer.chart)), "A3")
    book.save(path)
    return path
