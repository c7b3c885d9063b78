"""academy.measurement.figures：目标对着最差的一份、最差的一对。"""

from dataclasses import replace


def test_targets_are_held_against_the_worst(found):
    targets = {one.label: one for one in found.targets()}
    assert targets["信度 α"].found == min(one.alpha for one in found.forms)
    assert targets["两份卷判定一致"].found == found.pairs[0].agreement.share
    assert targets["两份卷平均分之差"].found == found.pairs[0].difference
    assert targets["只会数据处理的人"].found == found.data_only


def test_each_target_is_met_at_its_bound_and_missed_beyond(found):
    def met(alpha, share, apart, points):
        forms = tuple(replace(one, alpha=alpha) for one in found.forms)
        alike = replace(found.pairs[0].agreement, share=share)
        pairs = (replace(found.pairs[0], agreement=alike, difference=apart),)
        changed = replace(found, forms=forms, pairs=pairs, data_only=points)
        return [one.met for one in changed.targets()]

    assert met(0.84, 0.85, 2.0, 59.99) == [True] * 4
    assert met(0.8399, 0.8499, 2.001, 60) == [False] * 4
