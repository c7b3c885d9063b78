"""How does an author's Markdown look in a lesson's notebook?  Title, questions, exercises, readings."""

from __future__ import annotations

import re

from nbformat import NotebookNode

from academy.masters import shown_lines, shown_warmup
from academy.rendering.setting import Setting

__all__ = [
    "READING_LINE",
    "excel_block",
    "reading_source",
    "reading_text",
    "shown_exercise",
    "shown_markdown",
    "shown_title",
]

READING_LINE = "# 讲解：猜过以后运行这一格"
HOME = "（课后）"
HEADING = re.compile(r"^(#{2,3} .+?)[ \t]*$", re.MULTILINE)
LITERAL = re.compile(
    r'^reading\("[^"]+", (?P<text>r""".*"""|.+?)(?P<rest>, actual=.*)\)$', re.DOTALL
)


def shown_title(source: str, minutes: int, setting: Setting) -> str:
    """The first screen: title, for whom and how long, the author's words, what it belongs to."""
    title, _, words = source.partition("\n")
    head = f"**{setting.role}** · {minutes} 分钟"
    if setting.annex:
        head = f"**选读** · {setting.role} · 约 {minutes} 分钟 · 课上不讲，考试不考"
    parts = [title, head, words.strip()]
    if setting.day_map:
        parts.append(setting.day_map)
    if setting.topics:
        listed = "；".join(setting.topics)
        parts.append(f"<details><summary>对应的认证大纲</summary>\n\n{listed}。\n\n</details>")
    return "\n\n".join(part for part in parts if part)


def shown_markdown(cell: NotebookNode) -> str:
    """Markdown of a lesson with the author's shorthands spelled out."""
    return shown_warmup(cell.source) if cell.metadata.get("warmup") else shown_lines(cell.source)


def shown_exercise(shown: str, *, home: bool = False, excel: str = "") -> str:
    """The task of an exercise: marked when it is for home, the road through Excel folded below."""
    if home:
        headings = HEADING.findall(shown)
        if headings:
            shown = shown.replace(headings[-1], headings[-1] + HOME)
    return f"{shown.rstrip()}\n\n{excel}" if excel else shown


def excel_block(source: str, name: str) -> str:
    """The road through Excel, folded, with how its result is handed in."""
    return (
        f"<details><summary>用 Excel 做</summary>\n\n{source.strip()}\n\n"
        f"算出来以后，把下面一格整个换成一行 `{name} = 你的得数`，运行，再运行检查。\n\n</details>"
    )


def reading_source(cell: NotebookNode) -> str:
    """The code that shows a reading once its guess was given."""
    keys = cell.metadata
    text = shown_lines(cell.source).strip()
    plain = '"""' not in text and not text.endswith(('"', "\\"))
    literal = f'r"""{text}"""' if plain else repr(text)
    digits = f", digits={keys['digits']}" if "digits" in keys else ""
    call = f'reading("{keys["reading"]}", {literal}, actual={keys.get("actual", "...")}{digits})'
    return f"{READING_LINE}\nfrom ccomlib.guessing import reading\n{call}"


def reading_text(source: str) -> str | None:
    """The text inside a reading's code; None where the code was rewritten."""
    found = LITERAL.match(source.split("import reading\n", 1)[-1])
    if found is None or not found["text"].startswith('r"""'):
        return None
    return found["text"].removeprefix('r"""').removesuffix('"""')
