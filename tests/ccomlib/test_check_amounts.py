"""ccomlib.check.amounts：意思相同的写法是同一个数，另一个意思的从不算。"""

from decimal import Decimal

import numpy as np
import pytest

from ccomlib.check.amounts import amount

SHARES = [
    "76.5%",
    "76.5 %",
    "76.5％",
    "７６．５％",
    "0.765",
    " .765 ",
    "+0.765",
    "0.7650",
    "7.65e-1",
]
PERCENTS = ["76.5%", "76.5", "７６．５", "76.50 ％"]
PLAIN = {
    "1,234": 1234,
    "１２": 12,
    "１，２３４": 1234,
    "-3": -3,
    "−3": -3,
    "1,234,567.5": 1234567.5,
}


@pytest.mark.parametrize("text", SHARES)
def test_share_may_be_written_as_text_or_with_a_percent_sign(text):
    assert amount(text, "share") == pytest.approx(0.765)


@pytest.mark.parametrize("text", PERCENTS)
def test_percent_may_carry_its_sign(text):
    assert amount(text, "percent") == pytest.approx(76.5)


@pytest.mark.parametrize(("text", "number"), PLAIN.items())
def test_full_width_digits_and_thousands_commas_are_numbers(text, number):
    assert amount(text, "") == number
    assert amount(text) is None


@pytest.mark.parametrize("text", ["39", "39人", "39 人", "３９　人"])
def test_the_unit_asked_for_may_be_written(text):
    assert amount(text, "人") == 39


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("76.5%", ""),
        ("39 个", "人"),
        ("39 人", ""),
        ("39%", "人"),
        ("12,34", ""),
        ("1,2345", ""),
        (",234", ""),
        ("1,,234", ""),
        ("1 234", ""),
        ("约 39", "人"),
        ("39 人左右", "人"),
        ("三十九", "人"),
        ("=0.765", "share"),
        ("0.765%%", "share"),
        ("%", "share"),
        ("", ""),
        ("人", "人"),
        ("nan", ""),
        ("inf", "share"),
        ("1e999", ""),
        (".", ""),
        ("1/2", "share"),
        (True, "share"),
        (None, ""),
        ([1], ""),
    ],
)
def test_what_means_something_else_or_nothing_is_no_number(text, unit):
    assert amount(text, unit) is None


def test_a_share_with_its_sign_is_a_hundredth_and_without_it_is_not():
    assert amount("0.765%", "share") == pytest.approx(0.00765)
    assert amount(76.5, "share") == 76.5
    assert amount(0.765, "percent") == 0.765


@pytest.mark.parametrize("value", [3, 3.5, np.float64(3.5), -0.0])
@pytest.mark.parametrize("unit", [None, "", "share", "percent", "人"])
def test_a_number_is_that_number_whatever_the_unit(value, unit):
    assert amount(value, unit) == value


def test_decimal_is_no_answer_that_is_asked_for():
    assert amount(Decimal("0.5"), "share") is None
