"""academy.seatkit.surveys：答复率与满意的比例正是埋下的。"""

import numpy as np
import pytest

from academy.seatkit import recommendations, responses
from ccomlib.survey import nps


def test_planted_shares_come_back_exactly(streams):
    for rng in streams:
        table = responses(rng, {"报修": (400, 0.25, 0.82), "咨询": (300, 0.40, 0.70)})

        answered = table[table["答复"] == "是"].groupby("队列")["满意度"]
        assert answered.size().to_dict() == {"报修": 100, "咨询": 120}
        assert (answered.apply(lambda one: (one >= 4).mean())).to_dict() == {
            "报修": 0.82,
            "咨询": 0.7,
        }
        assert table.loc[table["答复"] == "否", "满意度"].isna().all()
        assert table["序号"].tolist() == list(range(1, 701))


def test_groups_are_mixed():
    table = responses(np.random.default_rng(0), {"甲": (100, 0.5, 0.5), "乙": (100, 0.5, 0.5)})

    assert 30 < (table["队列"].iloc[:100] == "甲").sum() < 70


def test_recommendations_give_the_planted_score(streams):
    """NPS = (推荐者 − 贬损者) ÷ 全部：(50 − 20) ÷ 100。"""
    for rng in streams:
        answers = recommendations(rng, 50, 30, 20)
        assert len(answers) == 100
        assert nps(answers).score == pytest.approx(0.30) or nps(answers).score == pytest.approx(30)
