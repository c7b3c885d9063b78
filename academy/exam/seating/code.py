"""How is a secret seed written so that neither a person nor Excel can spoil it unseen?

A code is five groups of four consonants, as ``CDFH-JKLM-NPRT-WXYZ-KMCD``. Without digits and vowels
nothing turns it into a number, a date or TRUE; no two of its letters look alike. The first four
groups are the seed; the last is a check over the learner's number, the paper and the seed, so that
a lost leading zero, a row that slipped or a mistyped letter is found in the row where it stands.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

from academy.errors import CcomError

__all__ = ["SeatCodeError", "draw_seed", "seat_code", "seed_of"]

LETTERS = "CDFHJKLMNPRTWXYZ"  # 16, so that a letter is four bits
BODY, CHECK, GROUP = 16, 4, 4
PADDING = 12  # leading zeros that are tried to name the cause
FILLING = re.compile(r"[\s\-‐-―−_]+")


class SeatCodeError(CcomError):
    """A code is not whole or not this learner's; the message says what is wrong with it."""


def draw_seed() -> int:
    """A secret seed; never 0, which is the committed paper's."""
    return 1 + secrets.randbelow(len(LETTERS) ** BODY - 1)


def seat_code(number: str, paper: str, seed: int) -> str:
    """The code of a learner's seat in a paper.

    >>> seat_code("20250001", "wfmp-final", 1)
    'CCCC-CCCC-CCCC-CCCD-TLWZ'
    """
    body = "".join(LETTERS[seed >> 4 * place & 15] for place in reversed(range(BODY)))
    text = body + _check(number, paper, body)
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def seed_of(code: str, number: str, paper: str) -> int:
    """The seed of a code, which must be that learner's in that paper.

    Letters of either case and width, with or without hyphens, are taken.

    Raises
    ------
    SeatCodeError
        The code is cut, has other letters, or its check is for another learner, paper or seed.
    """
    text = FILLING.sub("", unicodedata.normalize("NFKC", code)).upper()
    wrong = sorted({letter for letter in text if letter not in LETTERS})
    if wrong:
        raise SeatCodeError(f"座位 {code!r} 里有座位不用的字符 {'、'.join(wrong)}")
    if len(text) != BODY + CHECK:
        raise SeatCodeError(
            f"座位 {code!r} 有 {len(text)} 个字母，应是 {BODY + CHECK} 个（五组，每组四个）"
        )
    body, check = text[:BODY], text[BODY:]
    if _check(number, paper, body) != check:
        for padded in (number.zfill(len(number) + zeros) for zeros in range(1, PADDING + 1)):
            if _check(padded, paper, body) == check:
                raise SeatCodeError(
                    f"学号 {number!r} 与座位的校验对不上：原来是 {padded!r}，前面的 0 丢了"
                )
        raise SeatCodeError(
            f"学号 {number!r}、试卷 {paper!r} 与座位 {code!r} 的校验对不上：其中有一处抄错或串了行"
        )
    seed = 0
    for letter in body:
        seed = seed << 4 | LETTERS.index(letter)
    if seed == 0:
        raise SeatCodeError(f"座位 {code!r} 是入库样卷的，不发给学员")
    return seed


def _check(number: str, paper: str, body: str) -> str:
    digest = hashlib.sha256(f"{number}\n{paper}\n{body}".encode()).digest()
    value = int.from_bytes(digest[:2], "big")
    return "".join(LETTERS[value >> 4 * place & 15] for place in reversed(range(CHECK)))
