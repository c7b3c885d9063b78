"""academy.exam.handins.claims：文件名里的学号与姓名；认不准的宁可不认。"""

import pytest

from academy.exam.handins.claims import Claims
from academy.exam.sitting import Enrolled

SHORT = Claims(
    [
        Enrolled("S1", "王敏"),
        Enrolled("S11", "王敏静"),
        Enrolled("2", "李静"),
        Enrolled("3", "李静"),
    ]
)
LONG = Claims([Enrolled("20250001", "王敏"), Enrolled("2025", "张磊"), Enrolled("00701", "刘")])


@pytest.mark.parametrize(
    ("path", "numbers"),
    [
        ("S1.ipynb", {"S1"}),
        ("s1_px.ipynb", {"S1"}),
        (" S1 王敏.ipynb", {"S1"}),
        ("S11_x.ipynb", {"S11"}),  # 不是 S1
        ("S12.ipynb", set()),
        ("px_S1.ipynb", set()),  # 短学号要在最前面
        ("px (2).ipynb", set()),  # 不是 2 号
        ("2.ipynb", {"2"}),
        ("王敏的答卷.ipynb", set()),  # 「的」连着，说不准是不是姓名的一部分
        ("王敏_px.ipynb", {"S1"}),
        ("px-王敏(1).ipynb", {"S1"}),
        ("王敏静.ipynb", {"S11"}),  # 不是王敏
        ("李静.ipynb", set()),  # 有两个李静
        ("S1_王敏静.ipynb", {"S1", "S11"}),  # 学号与姓名不是一个人
        ("S1_王敏/px/px.ipynb", {"S1"}),
        ("S1/S11.ipynb", {"S1", "S11"}),
        ("最终版.ipynb", set()),
        ("", set()),
    ],
)
def test_short_numbers_stand_first_and_names_stand_alone(path, numbers):
    assert SHORT.in_path(path) == numbers


@pytest.mark.parametrize(
    ("path", "numbers"),
    [
        ("px_20250001_最终.ipynb", {"20250001"}),
        ("px120250001.ipynb", set()),
        ("答卷2025-07-18.ipynb", set()),  # 四位的在中间不算
        ("2025_px.ipynb", {"2025"}),
        ("701_px.ipynb", set()),  # 丢了前导零的不猜
        ("刘.ipynb", set()),  # 单字的姓名不算
    ],
)
def test_long_numbers_count_anywhere(path, numbers):
    assert LONG.in_path(path) == numbers
