"""ccomlib.constants：DCDIER 只此一张表，写明是教学展开。"""

from ccomlib.constants import DCDIER, DCDIER_NOTE, dcdier_table


def test_six_steps_spell_the_method():
    assert "".join(step.letter for step in DCDIER) == "DCDIER"
    assert [step.english[0] for step in DCDIER] == list("DCDIER")


def test_it_says_that_the_expansion_is_ours():
    """domain.md 2.9：官方展开没有找到，不能写成事实。"""
    assert "教学展开" in DCDIER_NOTE
    assert "非原典" in DCDIER_NOTE


def test_table_follows_the_constant():
    table = dcdier_table()

    assert table["次序"].tolist() == [1, 2, 3, 4, 5, 6]
    assert table["步骤"].tolist() == [step.name for step in DCDIER]
    assert table["改善绩效时"].tolist() == [step.improving for step in DCDIER]


def test_changing_the_table_does_not_change_the_constant():
    table = dcdier_table()
    table.loc[0, "步骤"] = "别的"

    assert dcdier_table()["步骤"].iloc[0] == DCDIER[0].name
