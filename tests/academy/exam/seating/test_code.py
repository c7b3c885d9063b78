"""academy.exam.seating.code：座位是 Excel 改不动的文字；抄错、剪短、换了人，都认得出来。"""

import random
import re

import pytest

from academy.exam.seating.code import LETTERS, SeatCodeError, draw_seed, seat_code, seed_of

SEED = 0x0123456789ABCDEF
CODE = seat_code("007", "px", SEED)


@pytest.mark.parametrize("seed", [1, SEED, 16**16 - 1])
def test_seed_comes_back(seed):
    assert seed_of(seat_code("007", "px", seed), "007", "px") == seed


def test_drawn_seeds_are_whole_and_differ():
    seeds = {draw_seed() for _ in range(200)}

    assert len(seeds) == 200
    assert all(0 < seed < 16**16 for seed in seeds)


def test_code_has_nothing_that_a_spreadsheet_reads_as_a_value():
    # 数、日期、科学计数要有数字；月份、真假、单元格名要有元音或数字
    assert re.fullmatch(r"([CDFHJKLMNPRTWXYZ]{4}-){4}[CDFHJKLMNPRTWXYZ]{4}", CODE)
    assert not set(LETTERS) & set("AEIOU0123456789BSGQV")


@pytest.mark.parametrize(
    "written",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        f"  {CODE} ",
        CODE.replace("-", "—"),
        "".join(chr(ord(ch) + 0xFEE0) for ch in CODE),
    ],
)
def test_code_typed_by_hand_is_taken(written):
    assert seed_of(written, "007", "px") == SEED


def test_every_single_wrong_letter_is_found():
    plain = CODE.replace("-", "")
    for place, right in enumerate(plain):
        for wrong in LETTERS.replace(right, ""):
            with pytest.raises(SeatCodeError):
                seed_of(plain[:place] + wrong + plain[place + 1 :], "007", "px")


def test_two_letters_that_changed_places_are_found():
    plain = CODE.replace("-", "")
    for place in range(len(plain) - 1):
        one, other = plain[place : place + 2]
        if one != other:
            with pytest.raises(SeatCodeError, match="对不上"):
                seed_of(plain[:place] + other + one + plain[place + 2 :], "007", "px")


def test_hardly_any_random_code_is_taken():
    chance = random.Random(8)
    taken = 0
    for _ in range(20_000):
        try:
            seed_of("".join(chance.choices(LETTERS, k=20)), "007", "px")
        except SeatCodeError:
            continue
        taken += 1

    # 四个校验字母：每 65 536 个里漏一个
    assert taken <= 3


@pytest.mark.parametrize("cut", [0, 1, 15, 16, 19])
def test_cut_code_is_found_by_its_length(cut):
    with pytest.raises(SeatCodeError, match=rf"有 {cut} 个字母，应是 20 个"):
        seed_of(CODE.replace("-", "")[:cut], "007", "px")


def test_lost_leading_zeros_are_named_not_guessed():
    with pytest.raises(
        SeatCodeError, match="学号 '7' 与座位的校验对不上：原来是 '007'，前面的 0 丢了"
    ):
        seed_of(CODE, "7", "px")


@pytest.mark.parametrize(("number", "paper"), [("008", "px"), ("007", "py")])
def test_code_of_another_row_is_found(number, paper):
    with pytest.raises(SeatCodeError, match="抄错或串了行"):
        seed_of(CODE, number, paper)


@pytest.mark.parametrize("code", ["9223372036854770000", "9.22337E+18", "CDFH-JKLM-NPRT-WXYZ-KMC0"])
def test_letters_that_codes_do_not_have_are_named(code):
    with pytest.raises(SeatCodeError, match="不用的字符"):
        seed_of(code, "007", "px")


def test_the_committed_papers_seed_has_no_code_that_is_taken():
    with pytest.raises(SeatCodeError, match="入库样卷"):
        seed_of(seat_code("007", "px", 0), "007", "px")
