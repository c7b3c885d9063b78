"""Python 读不懂的一格：毛病在哪一行、哪个字，该怎样写？"""

from __future__ import annotations

import keyword
import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ccomlib.notebook.source import (
    ONLY_PARSE,
    QUOTES,
    ascii_form,
    compiles,
    describe_character,
    repair_typing,
    scan,
)

__all__ = ["explain_syntax", "mended"]

NUMBER = r"\d+(?:[.．]\d+)?"
PERCENT = re.compile(
    rf"({NUMBER})[ \t]*[%％](?=[ \t]*(?:$|[,，;；)）\]］}}｝、#\0]))", re.MULTILINE
)
# 39个、39 个、20s；1e3、0x1F、3j 与下划线是数自己的写法
UNIT = re.compile(
    rf"(?<![\w.．])({NUMBER})[ \t]*([\u4e00-\u9fff]+|(?!(?:[eE][+-]?\d|[jJ]\b|[xXoObB][0-9a-fA-F]|_))[A-Za-z]+)"
)
THOUSANDS = re.compile(
    r"=[ \t]*([+-]?\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?)[ \t]*(?=$|[#\0])", re.MULTILINE
)
DOTS = re.compile(
    r"(?<=[=:(\[{,])([ \t]*)\.\.\.(?=[ \t]*[^\s,)\]}#\0.])|(?<=[\w\"')\]}])[ \t]*\.\.\.[ \t]*$",
    re.MULTILINE,
)
# ____39、39____：填了，没有把横线整个换掉
LINES_LEFT = re.compile(r"(?<![\w.])_{2,}[ \t]*(?=[\d\"'])|(?<=[\d\"')\]}])[ \t]*_{2,}(?!\w)")
# q1：“C” 里的冒号是等号的意思
EQUALS = re.compile(r"^([ \t]*(?!(?:else|try|finally)\b)\w+)[ \t]*：[ \t]*", re.MULTILINE)
# 三万、两天半：去掉单位就不是那个数了
NOT_ONLY_UNIT = re.compile(
    "[零一二两三四五六七八九十百千万亿半几多余成分折约]|左右|上下|^[eEkKmM]$"
)
WORD = re.compile(r"(?<!\w)[\u4e00-\u9fff]\w*(?!\w|[ \t]*[.(=\[])")
# CPython 的话（3.11 到 3.13）在前，我们的话在后；{0}、{1} 是话里引的字符
PYTHON_SAYS = (
    (r"'(.)' was never closed", "的 {0} 只有一半，后面要补上 {close}"),
    (r"closing parenthesis '(.)' does not match opening parenthesis '(.)'", "的 {0} 与前面的 {1} 不是一对"),
    (r"unmatched '(.)'", "的 {0} 多了一个，或者前面少了另一半"),
    (r"unterminated|EOL while scanning|EOF while scanning", "的引号没有配成一对：前后都要有同样的英文引号"),
    (r"forgot a comma", "的两项之间少了英文逗号"),
    (r"expected ':'", "的末尾少了英文冒号 :"),
    (r"cannot assign to|cannot delete|Maybe you meant '=='", "的等号左边只能是要填的名字"),
    (r"indent|does not match any outer", "行首的空格不对：要顶格，或与同一组的行对齐"),
    (r"invalid \w+ literal|leading zeros|invalid digit", "的数写得不对：只写数字和小数点"),
    (r"invalid character '(.)'", "的 {0} 不能用在程序里，请删掉"),
    (r"unexpected character after line continuation", "的反斜线 \\ 多了一个"),
)  # fmt: skip
CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class _Found:
    place: int
    says: str


def explain_syntax(source: str) -> str | None:
    """Python 读不懂的第一处；读得懂就没有。

    Parameters
    ----------
    source : 一格的程序。

    Examples
    --------
    >>> explain_syntax("q1 = “C”")
    '第 1 行的 “ 是中文引号，请换成英文引号，写成 q1 = "C"'
    >>> explain_syntax("q2 = 76.5%")
    '第 1 行的 76.5% 带着百分号，要用小数，写成 q2 = 0.765'
    """
    error = _syntax_error(source)
    if error is None:
        return None
    found = min(_slips(source), key=lambda one: one.place, default=None)
    if found is not None:
        line = source.count("\n", 0, found.place) + 1
        written = _line_now(source, line)
        return f"第 {line} 行的 {found.says}" + (f"，写成 {written}" if written else "")
    line = max(1, min(error.lineno or 1, source.count("\n") + 1))
    for pattern, words in PYTHON_SAYS:
        said = re.search(pattern, error.msg or "")
        if said:
            parts = said.groups()
            close = CLOSING.get(parts[0], "") if parts else ""
            return f"第 {line} 行{words.format(*parts, close=close)}"
    word = WORD.search(scan(source).code.split("\n")[line - 1])
    if word:
        return f"第 {line} 行的「{word[0]}」没有引号：文字要加英文引号，数只写数字"
    return f"第 {line} 行 Python 读不懂：对照题目里的样子改一改"


def mended(source: str) -> str | None:
    """整格改好之后的样子；改不好就没有。

    >>> mended("q = {“甲”： 76.5%，“乙”： 3人}")
    'q = {"甲": 0.765,"乙": 3}'
    """
    fixed = _without_thousands(source)
    fixed = _in_code(EQUALS, lambda found: f"{found[1]} = ", fixed)
    fixed = repair_typing(_in_code(PERCENT, _share, fixed))
    fixed = _in_code(PERCENT, _share, fixed)
    fixed = _in_code(UNIT, _number_alone, fixed)
    fixed = _in_code(DOTS, lambda _: "", fixed)
    fixed = _in_code(LINES_LEFT, lambda _: "", fixed)
    return fixed if fixed != source and compiles(fixed) else None


def _syntax_error(source: str) -> SyntaxError | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, "<cell>", "exec", ONLY_PARSE)
        except SyntaxError as error:
            return error
        except (ValueError, OverflowError, MemoryError, RecursionError) as error:
            return SyntaxError(str(error))
    return None


def _slips(source: str) -> Iterator[_Found]:
    """每一处看得出的毛病；长的先认，里面的字符不再单说。"""
    seen = scan(source)
    taken: set[int] = set()
    for pattern, words in PATTERNS:
        for found in pattern.finditer(seen.code):
            says = words(found)
            if says and not taken & set(range(*found.span())):
                taken.update(range(*found.span()))
                yield _Found(found.start(1) if found.lastindex else found.start(), says)
    for place, char in enumerate(seen.code):
        plain = ascii_form(char)
        # 全角字母在名字里能用
        if plain is not None and place not in taken and not plain.isalpha():
            yield _Found(place, describe_character(char))
    for place in seen.open_quotes:
        line = source[place:].partition("\n")[0]
        other = next((char for char in line if char in QUOTES), None)
        yield _Found(place, _half_quote_says(source[place], other))


def _half_quote_says(quote: str, other: str | None) -> str:
    if other:
        return f"{quote} 与 {other} 不是一对，两头都要用英文引号"
    return f"{quote} 只有一半：前后都要有同样的英文引号"


def _percent_says(found: re.Match) -> str:
    return f"{unicodedata.normalize('NFKC', found[1])}% 带着百分号，要用小数"


def _unit_says(found: re.Match) -> str:
    return "" if keyword.iskeyword(found[2]) else f"{found[0]} 带着「{found[2]}」，请只写数"


def _thousands_says(found: re.Match) -> str:
    return f"{found[1]} 带着千分位逗号，请去掉" if _is_thousands(found[1]) else ""


def _is_thousands(number: str) -> bool:
    """全角逗号，或 1,034 这样读不懂的；1,234 是两个数，Python 读得懂。"""
    return "，" in number or ",0" in number


def _dots_says(_: re.Match) -> str:
    return "... 没有删掉，要整个换成答案"


def _lines_say(_: re.Match) -> str:
    return "____ 没有删掉，要整个换成答案"


def _equals_says(_: re.Match) -> str:
    return "： 要换成等号 ="


PATTERNS = (
    (LINES_LEFT, _lines_say),
    (PERCENT, _percent_says),
    (UNIT, _unit_says),
    (THOUSANDS, _thousands_says),
    (DOTS, _dots_says),
    (EQUALS, _equals_says),
)


def _number_alone(found: re.Match) -> str:
    return found[0] if NOT_ONLY_UNIT.search(found[2]) or keyword.iskeyword(found[2]) else found[1]


def _share(found: re.Match) -> str:
    number = Decimal(unicodedata.normalize("NFKC", found[1])) / 100
    return f"{number.normalize():f}"


def _without_thousands(source: str) -> str:
    def joined(found: re.Match) -> str:
        return re.sub("[,，]", "", found[0]) if _is_thousands(found[1]) else found[0]

    return _in_code(THOUSANDS, joined, source)


def _in_code(pattern: re.Pattern, new, source: str) -> str:
    """只在程序里替换，引号里与注释里不动。"""
    parts, last = [], 0
    for found in pattern.finditer(scan(source).code):
        parts += [source[last : found.start()], new(found)]
        last = found.end()
    return "".join([*parts, source[last:]])


def _line_now(source: str, line: int) -> str | None:
    """这一行改好之后的样子。"""
    fixed = mended(source)
    if fixed is None or fixed.count("\n") != source.count("\n"):
        return None
    return fixed.split("\n")[line - 1].strip()
