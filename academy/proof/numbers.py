"""Which figures stand in a text, and does one match another?  Prose, outputs and code."""

from __future__ import annotations

import ast
import html
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Figure", "equations", "in_code", "in_outputs", "in_prose", "in_text"]

# not prose: code, formulas, targets of links, tags
NOT_PROSE = re.compile(r"```.*?```|`[^`\n]*`|\$[^$\n]+\$|\]\([^)\n]*\)|<[^>\n]+>", re.DOTALL)
DAY_OR_CLOCK = (
    r"\d{4}-\d{2}(?:-\d{2})?",
    r"(?<![\d.−-])\d{2}-\d{2}(?![\d.%-])",
    r"\d{1,2}:\d{2}(?::\d{2})?",
)
# what counts, names or dates things does not come out of the data
FREE = re.compile(
    "|".join(
        [
            r"^#+\s*\d+[　\s.．]",
            r"^\s*\d+[.、]\s",
            r"第\s*\d+(?:\s*[–—、至到-]\s*\d+)?",
            r"(?:练习|图|表|提示|附录|步骤|版本|规则|题|课)\s*\d+",
            r"§\s*\d+",
            r"[A-Za-z][A-Za-z_]*[-.]?\d[\w.]*",
            *DAY_OR_CLOCK,
            r"\d{4}\s*年",
            r"\d{1,2}\s*月(?:\s*\d{1,2}(?:\s*[–—、至到-]\s*\d{1,2})?\s*[日号]?)?",
            r"\d{1,2}\s*[日号](?!均)",
            r"(?<![\d.])\d{1,2}\s*(?:点钟|点半|时整|点(?=[，。、；：到至以前后开钟\s]))(?:\s*\d{1,2}\s*分)?",
            # a target by its name: 80/20
            r"(?<!\d)[789]\d\s*/\s*[1-6]\d(?!\d)",
            # the threshold that the columns are named after
            r"(?<![\d.,])20 ?秒(?=内|接|未|没|服务|的?口径)",
            # how the clock and the calendar are made
            r"(?<![\d.,])(?:24 ?小时|60 ?分钟|60 ?秒|30 ?分钟|1,?800 ?秒|3,?600 ?秒|7 ?天|12 ?个月"
            r"|48 ?(?:个时段|个半小时|格)|100 ?%|0(?![\d.]))",
            r"(?<!个)(?:十二个月|二十四个?小时|六十分钟|三十分钟|六十秒)",
            # 二十几、20 多：nobody can hold it against us
            r"(?<![\d.])\d+\s*(?:多|几|来|余)(?=\s*[个通人天件次分倍%元位张条小份])",
        ]
    ),
    re.MULTILINE,
)
NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<power>e[+-]?\d+)?(?P<scale>\s*(?:%|‰|万|亿))?"
)
EQUATION = re.compile(
    r"(?<![\d.,])(?P<left>\(?[\d.,]+%?(?:\s*[+−–×÷*/-]\s*\(?[\d.,]+%?\)?)+)\s*=\s*(?P<right>[\d.,]*\d%?)"
)
OPERATORS = str.maketrans({"−": "-", "–": "-", "×": "*", "÷": "/", ",": None})
SCALES = {"%": -2, "‰": -3, "万": 4, "亿": 8}
CHINESE_DIGITS = dict(zip("零一二两三四五六七八九", (0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
CHINESE = re.compile(
    r"(?<![第零一二两三四五六七八九十百千几数月])(?=[一二两三四五六七八九]?[百十千])"
    r"(?P<digits>[零一二两三四五六七八九十百千]{2,})"
    r"(?=\s*(?:个|通|人|天|件|次|元|位|张|份|秒|格|分钟|小时|工时|席|倍)(?!多))"
)
VAGUE_BEFORE = re.compile(r"(?:约|近|大约|将近|上|好几)$")
ROUNDING = 0.5 * (1 + 1e-9)
TAG = re.compile(r"<[^>]*>")
ALT = re.compile(r'\balt="([^"]*)"')
READ_TYPES = ("text/plain", "text/markdown", "text/html")


@dataclass(frozen=True)
class Figure:
    """A number as it is written.

    Attributes
    ----------
    text : str
        As it stands there.
    value : float
        Its size without the sign (「少 8 人」 is written of −8); 44% is 0.44.
    decimals : int
        To which place it is written; 2 of 44% and of 0.44.
    share : bool
        Written in percent.
    """

    text: str
    value: float
    decimals: int = 0
    share: bool = False

    def shows(self, value: float) -> bool:
        """Whether the figure is the value, rounded to the place where it stops."""
        return abs(abs(value) - self.value) <= ROUNDING * 10.0**-self.decimals

    def matches(self, other: Figure) -> bool:
        """Whether the figure can have been copied from the other one."""
        if self.shows(other.value):
            return True
        # a column in percent shows the bare 79.3
        return (
            self.share
            and not other.share
            and (self.decimals - 2, round(self.value * 100, 9)) == (other.decimals, other.value)
        )


def in_prose(text: str) -> Iterator[Figure]:
    """Figures of prose that somebody must answer for.

    >>> [one.text for one in in_prose("08:30 有 155 通，接起 44%；第 3 节、6 月 30 日与二十几个不算。")]
    ['155', '44%']
    >>> [(one.text, one.value) for one in in_prose("缺二十四个人，一共 29.3 万通")]
    [('29.3 万', 293000.0), ('二十四', 24.0)]
    """
    text = FREE.sub("　", NOT_PROSE.sub("　", text))
    yield from _numbers(text)
    for found in CHINESE.finditer(text):
        if not VAGUE_BEFORE.search(text[: found.start()]):
            value = _chinese(found["digits"])
            if value is not None:
                yield Figure(found["digits"], float(value))


def equations(text: str) -> Iterator[tuple[str, list[Figure], Figure, float | None]]:
    """Sums that the prose does itself: as written, its terms, its result, and the true result.

    >>> [(result.text, value) for _, _, result, value in equations("48 × 450 = 21,600 秒的活")]
    [('21,600', 21600.0)]
    """
    for found in EQUATION.finditer(text):
        left = re.sub(r"(\d)%", r"\1/100", found["left"].translate(OPERATORS))
        try:
            value = float(_value(ast.parse(left, mode="eval").body))
        except (SyntaxError, ZeroDivisionError):
            value = None
        result = next(_numbers(found["right"]))
        yield found[0], list(_numbers(found["left"])), result, value


def _value(node: ast.AST) -> float:
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left), _value(node.right)
        kind = type(node.op).__name__
        return {
            "Add": left + right,
            "Sub": left - right,
            "Mult": left * right,
            "Div": left / right if kind == "Div" else 0,
        }[kind]
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return node.value
    raise SyntaxError("no sum of numbers")


def in_text(text: str) -> Iterator[Figure]:
    """All figures of an output's text but days and clock times.

    >>> [one.value for one in in_text("2025-06-23 08:30　4,654 通　84.2%")]
    [4654.0, 0.842]
    """
    yield from _numbers(re.sub("|".join(DAY_OR_CLOCK), "　", text))


def in_outputs(outputs: Iterable[dict[str, Any]]) -> Iterator[Figure]:
    """Figures that a cell's outputs show: text, tables, and what a picture says in its alt text."""
    for output in outputs:
        if output["output_type"] == "stream":
            yield from in_text(output["text"])
        data = output.get("data", {})
        # a front end shows the table, not its plain text with all the decimals
        kinds = ("text/html",) if "text/html" in data else READ_TYPES
        for kind in kinds:
            text = data.get(kind, "")
            if kind == "text/html":
                said = " ".join(ALT.findall(text))
                text = html.unescape(f"{said} {TAG.sub(' ', text)}")
            yield from in_text(text)


def in_code(source: str) -> Iterator[Figure]:
    """Numbers that stand in a cell's code; the reader sees them there."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return
    for token in tokens:
        if token.type == tokenize.NUMBER:
            value = ast.literal_eval(token.string)
            if isinstance(value, (int, float)):
                yield Figure(token.string, float(value), _places(token.string))
        elif token.type == tokenize.STRING:
            yield from in_text(token.string)


def _numbers(text: str) -> Iterator[Figure]:
    for found in NUMBER.finditer(text):
        digits, power = found["digits"].replace(",", ""), int((found["power"] or "e0")[1:])
        scale = (found["scale"] or "").strip()
        power += SCALES.get(scale, 0)
        # 0.44 × 10^0 and not 44 × 0.01: the decimal that is meant
        value = float(f"{digits}e{power}")
        yield Figure(found[0].strip(), value, _places(digits) - power, scale == "%")


def _places(digits: str) -> int:
    mantissa, _, power = digits.lower().partition("e")
    return len(mantissa.partition(".")[2]) - int(power or 0)


def _chinese(text: str) -> int | None:
    """二十四 -> 24; None of 三四十, which is vague, and of ten."""
    total = digit = 0
    previous = ""
    for character in text:
        if character in CHINESE_DIGITS:
            if previous in CHINESE_DIGITS and previous != "零":
                return None
            digit = CHINESE_DIGITS[character]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        previous = character
    total += digit
    return total if total > 10 else None
