"""academy.measurement.assumptions：一张表，一条一个理由；只按名字改。"""

import pytest

from academy.measurement.assumptions import ASSUMED, TABLE, assuming
from academy.papers import KINDS, LEVELS


def test_each_number_stands_once_with_a_label_and_a_reason():
    assert len(ASSUMED) == len(TABLE)
    assert all(one.label and one.reason for one in TABLE)


def test_each_level_and_kind_of_the_blueprint_has_its_numbers():
    assert all(f"role.{level}" in ASSUMED for level in LEVELS)
    assert all(f"slope.{kind}" in ASSUMED for kind in KINDS)


def test_higher_levels_are_harder():
    hard = [ASSUMED[f"role.{level}"] for level in LEVELS]
    assert hard == sorted(hard)
    assert ASSUMED["data.step"] > 0


def test_changes_are_made_by_name_and_leave_the_table_alone():
    before = dict(ASSUMED)
    assert assuming(clone__spread=0)["clone.spread"] == 0
    assert before == ASSUMED
    with pytest.raises(KeyError, match=r"clone\.sd"):
        assuming(clone__sd=0)
