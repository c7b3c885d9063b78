"""知识卡片：过期、打架、重复的都找得回来。期望值来自 hub.truth。"""

import pandas as pd

from ccomlib.centre.calls import REASONS

AS_OF = pd.Timestamp("2025-06-30")
KEY = ["队列", "一级分类", "二级分类", "条件"]


def valid_pairs(cards, same_answer):
    valid = cards[cards["失效日期"] >= AS_OF]
    pairs = valid.merge(valid, on=KEY)
    pairs = pairs[pairs["卡片编号_x"] < pairs["卡片编号_y"]]
    pairs = pairs[(pairs["答案_x"] == pairs["答案_y"]) == same_answer]
    return tuple(sorted(zip(pairs["卡片编号_x"], pairs["卡片编号_y"], strict=True)))


def test_three_hundred_cards_filed_under_the_reasons_of_the_calls(any_hub):
    cards = any_hub.knowledge_cards
    known = {(queue, row[0], row[1]) for queue, rows in REASONS.items() for row in rows}
    assert len(cards) == 300
    assert cards["卡片编号"].is_unique
    assert set(cards[KEY[:3]].itertuples(index=False, name=None)) <= known


def test_dates_are_in_order_and_views_positive(any_hub):
    cards = any_hub.knowledge_cards
    assert (cards["生效日期"] < cards["失效日期"]).all()
    assert (cards["更新日期"] >= cards["生效日期"]).all()
    assert (cards["更新日期"] <= AS_OF).all()
    assert (cards["浏览量"] >= 1).all()
    assert cards["命中率"].between(0, 1).all()


def test_expired_cards_are_the_planted_ones(some_hub):
    cards = some_hub.knowledge_cards
    expired = cards.loc[cards["失效日期"] < AS_OF, "卡片编号"]
    assert tuple(sorted(expired)) == some_hub.truth.knowledge.expired
    assert len(expired) == 36


def test_conflicts_and_copies_are_the_planted_ones(some_hub):
    cards, truth = some_hub.knowledge_cards, some_hub.truth.knowledge
    assert valid_pairs(cards, same_answer=False) == truth.conflicts
    assert valid_pairs(cards, same_answer=True) == truth.copies
    assert len(truth.conflicts) == 14
    assert len(truth.copies) == 10
