"""academy.measurement.telling：表与句子就是算出来的数。"""

from academy.measurement.telling import (
    form_rows,
    pair_rows,
    part_rows,
    sentences,
    target_rows,
)


def test_targets_say_what_is_met(found):
    rows = {row["目标"]: row for row in target_rows(found)}
    assert rows["信度 α"]["模拟"] == f"{min(one.alpha for one in found.forms):.3f}"
    for one in found.targets():
        assert rows[one.label]["达到"] == ("达到" if one.met else "没有达到")


def test_rows_are_the_studys_figures(found):
    one = form_rows(found)[0]
    assert (one["试卷"], one["α"]) == ("甲卷", f"{found.forms[0].alpha:.3f}")
    assert one["70 分处的标准误"] == f"{found.forms[0].sem_at_cut:.1f}"
    (pair,) = pair_rows(found)
    assert pair["判定一致"] == f"{found.pairs[0].agreement.share:.1%}"
    assert len(part_rows(found)) == 25


def test_sentences_hold_the_cohort_the_tries_and_the_clock(found):
    text = "".join(sentences(found, "甲卷"))
    assert "2000 名模拟学员，种子 1：甲卷 平均 74、标准差 19 的一期" in text
    assert f"总有一次合格的 {found.tries.lucky:.0%}" in text
    assert f"平均得 {found.data_only:.0f} 分" in text
    assert f"90 分钟内做不完的占 {found.late:.0%}" in text
