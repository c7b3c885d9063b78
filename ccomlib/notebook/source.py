"""一格里哪些字符是程序、哪些在引号和注释里？中文输入法留下的字符怎样换回来？"""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass

__all__ = [
    "CHARACTERS",
    "HIDDEN",
    "ONLY_PARSE",
    "QUOTES",
    "Scan",
    "ascii_form",
    "compiles",
    "describe_character",
    "repair_typing",
    "scan",
]

HIDDEN = "\0"
ONLY_PARSE = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
QUOTES = "“”„‟‘’‚‛「」『』〝〞＂＇"
# 全角字符 ！ 到 ～ 与半角只差一个固定的数；其余逐个写明
CHARACTERS = {
    **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)},
    "\u3000": " ", "\u00a0": " ", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    "、": ",", "。": ".", "【": "[", "】": "]", "〔": "[", "〕": "]",
    "×": "*", "÷": "/", "—": "-", "–": "-", "−": "-", "…": "...",
    "≥": ">=", "≤": "<=", "≠": "!=",
}  # fmt: skip
INVISIBLE = {
    "\u3000": "全角空格",
    "\u00a0": "从网页或 Word 里带来的空格",
    "\u200b": "看不见的字符 U+200B",
    "\u200c": "看不见的字符 U+200C",
    "\u200d": "看不见的字符 U+200D",
    "\u2060": "看不见的字符 U+2060",
    "\ufeff": "看不见的字符 U+FEFF",
}
WORDS = {
    ",": "逗号", ".": "句点", ":": "冒号", ";": "分号", "=": "等号", "%": "百分号", "#": "井号",
    **dict.fromkeys("()[]{}", "括号"),
}  # fmt: skip
MOST_REPAIRS = 100
USELESS = {"?", "!", "$", "`"}


@dataclass(frozen=True)
class Scan:
    """一段程序的样子。

    Attributes
    ----------
    code : 与原文一样长；引号里与注释里的字符换成 ``HIDDEN``。
    open_quotes : 没有配成一对的引号在哪里（从 0 数的位置）。
    """

    code: str
    open_quotes: tuple[int, ...]


def scan(source: str) -> Scan:
    """逐字看一遍：程序、引号里、注释里。

    >>> scan('q = "C"  # 选 C').code.replace(HIDDEN, "_")
    'q = "_"  _____'
    """
    shown = list(source)
    open_quotes = []
    place, end = 0, len(source)
    while place < end:
        if source[place] == "#":
            stop = _line_end(source, place)
            shown[place:stop] = HIDDEN * (stop - place)
            place = stop
        elif source[place] in "\"'":
            quote = source[place] * (3 if source.startswith(source[place] * 3, place) else 1)
            stop = _closing(source, place + len(quote), quote)
            if stop is None:
                open_quotes.append(place)
                stop = end if len(quote) == 3 else _line_end(source, place)
            inside = slice(place + len(quote), stop)
            shown[inside] = [c if c == "\n" else HIDDEN for c in source[inside]]
            place = stop + (len(quote) if source.startswith(quote, stop) else 0)
        else:
            place += 1
    return Scan("".join(shown), tuple(open_quotes))


def _line_end(source: str, place: int) -> int:
    stop = source.find("\n", place)
    return len(source) if stop < 0 else stop


def _closing(source: str, place: int, quote: str) -> int | None:
    while place < len(source):
        if source[place] == "\\":
            place += 2
        elif source.startswith(quote, place):
            return place
        elif source[place] == "\n" and len(quote) == 1:
            return None
        else:
            place += 1
    return None


def ascii_form(character: str) -> str | None:
    """中文输入法的字符在程序里该是什么；本来就能用的字符没有。

    >>> ascii_form("（"), ascii_form("“"), ascii_form("甲")
    ('(', '"', None)
    """
    return '"' if character in QUOTES else CHARACTERS.get(character)


def describe_character(character: str) -> str:
    """这个字符是什么，该怎么办。

    >>> describe_character("，")
    '， 是中文逗号，请换成英文逗号'
    >>> describe_character("１")
    '１ 是全角数字，请换成半角数字'
    >>> describe_character("×")
    '× 不能用在算式里，请换成 *'
    """
    if character in QUOTES:
        return f"{character} 是中文引号，请换成英文引号"
    if character in INVISIBLE:
        return f"{INVISIBLE[character]}，请删掉"
    plain = CHARACTERS[character]
    if plain in USELESS:
        return f"{character} 不能用在程序里，请删掉"
    if plain in WORDS:
        return f"{character} 是中文{WORDS[plain]}，请换成英文{WORDS[plain]}"
    if plain.isdigit():
        return f"{character} 是全角数字，请换成半角数字"
    return f"{character} 不能用在算式里，请换成 {plain}"


def repair_typing(source: str) -> str:
    """引号与注释之外的中文引号、全角字符换成英文的；别处一字不动。

    >>> repair_typing("q1 = “B，C”")
    'q1 = "B，C"'
    >>> repair_typing('q = {"甲"： ０.５，"乙": 1}。')
    'q = {"甲": 0.5,"乙": 1}'
    """
    source = _repair_quotes(source)
    lines = source.split("\n")
    for number, (line, shown) in enumerate(zip(lines, scan(source).code.split("\n"), strict=True)):
        # 句末的句号、分号，行首的全角空格，不留
        end = len(shown) if HIDDEN in shown[-1:] else len(shown.rstrip(" 。；"))
        start = len(shown) - len(shown.lstrip("\u3000\u00a0\ufeff"))
        lines[number] = "".join(
            CHARACTERS.get(seen, char) if seen == char and not _is_letter(char) else char
            for char, seen in zip(line[start:end], shown[start:end], strict=True)
        )
    return "\n".join(lines)


def _is_letter(character: str) -> bool:
    """全角字母在名字里本来就能用，不去动它。"""
    return character in CHARACTERS and CHARACTERS[character].isalpha()


def _repair_quotes(source: str) -> str:
    for _ in range(MOST_REPAIRS):
        seen = scan(source)
        first = next((n for n, c in enumerate(seen.code) if c in QUOTES), None)
        if first is not None and not any(place < first for place in seen.open_quotes):
            stop = _line_end(source, first)
            last = next((n for n in range(first + 1, stop) if source[n] in QUOTES + "\"'"), None)
            if last is None:
                return source
            source = f'{source[:first]}"{source[first + 1 : last]}"{source[last + 1 :]}'
            continue
        half = next((n for n in seen.open_quotes if _other_half(source, n) is not None), None)
        if half is None:
            return source
        last = _other_half(source, half)
        source = f"{source[:last]}{source[half]}{source[last + 1 :]}"
    return source


def _other_half(source: str, opening: int) -> int | None:
    """没有配对的英文引号后面，同一行里的中文引号。"""
    stop = _line_end(source, opening)
    return next((n for n in range(opening + 1, stop) if source[n] in QUOTES), None)


def compiles(source: str) -> bool:
    """Python 读不读得懂。"""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, "<cell>", "exec", ONLY_PARSE)
        except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError):
            return False
    return True
