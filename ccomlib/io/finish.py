"""收尾：公式算好的值怎样存进 .xlsx，图的替代文字写在哪里？

openpyxl 写公式不写值：Excel 与 WPS 打开时会算，手机上的预览与别的程序读到的却是空的。
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Cached", "finished"]

SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
FORMULA = re.compile(r'(<c r="(?P<cell>[A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*/>')
DRAWING = re.compile(r'Target="/?(?:\.\./|xl/)drawings/(drawing\d+\.xml)"')


@dataclass(frozen=True)
class Cached:
    """一页里公式各格的值与图的替代文字。"""

    numbers: dict[str, float]
    alt: str


def finished(book: bytes, pages: Sequence[Cached]) -> bytes:
    """把各页公式的值与图的替代文字写进做好的 .xlsx。

    Parameters
    ----------
    book : openpyxl 存出的 .xlsx。
    pages : 各页，按次序。
    """
    if not any(page.numbers or page.alt for page in pages):
        return book
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in [one for one in parts if SHEET.fullmatch(one)]:
        page = pages[int(SHEET.fullmatch(name)[1]) - 1]
        parts[name] = _valued(parts[name].decode(), page.numbers).encode()
        links = parts.get(f"xl/worksheets/_rels/{name.rpartition('/')[2]}.rels", b"").decode()
        drawing = DRAWING.search(links)
        if drawing and page.alt:
            place = f"xl/drawings/{drawing[1]}"
            said = f'descr="{html.escape(page.alt)}"'
            parts[place] = re.sub(rb'descr="[^"]*"', said.encode(), parts[place], count=1)
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return result.getvalue()


def _valued(text: str, values: dict[str, float]) -> str:
    def put(found: re.Match[str]) -> str:
        value = values.get(found["cell"])
        return found[0] if value is None else f"{found[1]}<v>{value!r}</v>"

    return FORMULA.sub(put, text)
