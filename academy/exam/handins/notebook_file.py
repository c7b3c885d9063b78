"""Is this file a notebook, whatever its name and encoding, and if not, what is it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from academy.exam.encoding import decoded
from academy.exam.handins.unpack import OFFICE
from academy.grading.desk.intake import MAX_NOTEBOOK_BYTES, LearnerCell, cells_of
from academy.grading.desk.notebook_json import parse_notebook

__all__ = ["NotANotebook", "NotebookFile", "read_notebook"]

AGAIN = "请学员在 JupyterLab 里对试卷点「文件 → 下载」，把得到的 .ipynb 原样发来"
ZIP = "请学员改压成 .zip，或直接发 .ipynb"
# how files begin, what they are and what to ask for
KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"Rar!\x1a\x07", "RAR 压缩包", ZIP),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", ZIP),
    (b"\x1f\x8b", "gz 压缩包", ZIP),
    (b"BZh", "bz2 压缩包", ZIP),
    (b"\xfd7zXZ\0", "xz 压缩包", ZIP),
    (b"%PDF-", "PDF", AGAIN),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文件（.doc、.xls、.ppt）", AGAIN),
    (b"\x89PNG", "图片", AGAIN),
    (b"\xff\xd8\xff", "图片", AGAIN),
    (b"GIF8", "图片", AGAIN),
)
OFFICE_FOLDERS = ((b"word/", "Word 文档"), (b"xl/", "Excel 工作簿"), (b"ppt/", "PowerPoint 文件"))


class NotANotebook(Exception):
    """The file is no notebook that can be read.

    Attributes
    ----------
    reason : str
        Chinese, to stand after the file's name: what it is and what to ask the learner for.
    broken : bool
        Whether it is a notebook all the same, only damaged.
    """

    def __init__(self, reason: str, *, broken: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.broken = broken


@dataclass(frozen=True)
class NotebookFile:
    """A notebook that came in.

    Attributes
    ----------
    cells : tuple of LearnerCell
        Its cells, as the referee sees them.
    metadata : dict
        What the notebook says about itself.
    utf8 : bytes
        The file as UTF-8 without a mark; the bytes as they came where they are that already.
    """

    cells: tuple[LearnerCell, ...]
    metadata: dict[str, Any]
    utf8: bytes


def read_notebook(content: bytes) -> NotebookFile:
    """Read a notebook of any encoding.

    Raises
    ------
    NotANotebook
        With what it is instead.
    """
    if len(content) > MAX_NOTEBOOK_BYTES:
        raise NotANotebook(
            f"有 {len(content) // 1_000_000} MB，太大：请学员点「清除所有输出」再交", broken=True
        )
    try:
        text = decoded(content)
        parsed = parse_notebook(text.encode("utf-8", "replace"))
    except ValueError:
        if _begins_like_one(content):
            raise NotANotebook(
                f"是不完整的笔记本（没有传完，或被别的软件改坏）：{AGAIN}", broken=True
            ) from None
        raise NotANotebook(_other(content)) from None
    try:
        cells = cells_of(parsed)
    except ValueError as error:
        looks = isinstance(parsed, dict) and "nbformat" in parsed
        raise NotANotebook(
            f"{error}：{AGAIN}" if looks else _other(content), broken=looks
        ) from None
    if not cells:
        raise NotANotebook(f"是空的笔记本：{AGAIN}", broken=True)
    metadata = parsed.get("metadata")
    return NotebookFile(
        tuple(cells),
        metadata if isinstance(metadata, dict) else {},
        content if _is_utf8(content) else text.encode("utf-8", "replace"),
    )


def _begins_like_one(content: bytes) -> bool:
    plain = content.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return plain.startswith(b"{") and b'"cells"' in plain


def _is_utf8(content: bytes) -> bool:
    try:
        return not content.decode("utf-8").startswith("\ufeff") and b"\0" not in content
    except UnicodeDecodeError:
        return False


def _other(content: bytes) -> str:
    """What a file that is no notebook is, and what to ask for."""
    if not content.strip(b" \0\t\r\n"):
        return f"是空文件：{AGAIN}"
    for start, kind, remedy in KINDS:
        if content.startswith(start):
            return f"是{_spaced(kind)}，不是笔记本：{remedy}"
    if content.startswith(b"PK") and OFFICE.encode() in content:
        return f"是{_spaced(_office(content))}，不是笔记本：{AGAIN}"
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return f"是导出的网页，不是笔记本：{AGAIN}"
    if b"# %%" in content or b"# in[" in content[:100_000].lower() or start.startswith(b"#!/usr"):
        return f"是导出的 Python 脚本，不是笔记本：{AGAIN}"
    return f"不是笔记本：{AGAIN}"


def _office(content: bytes) -> str:
    return _first((kind for folder, kind in OFFICE_FOLDERS if folder in content), "Office 文件")


def _first(found: Iterable[str], otherwise: str) -> str:
    return next(iter(found), otherwise)


def _spaced(kind: str) -> str:
    return f" {kind}" if kind[0].isascii() else kind
