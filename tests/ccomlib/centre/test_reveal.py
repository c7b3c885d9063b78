"""真相：由种子定下的规律与各模块登记的，都在 ``truth`` 上；没有的说出有哪些。"""

from dataclasses import fields

import pytest

from ccomlib import centre
from ccomlib.centre.tables import REGISTRY
from ccomlib.centre.truth import Planted, planted


def test_every_planted_rule_is_a_truth(hub):
    rules = planted(2025)

    for name in [field.name for field in fields(Planted)]:
        assert repr(getattr(hub.truth, name)) == repr(getattr(rules, name))
    assert hub.truth.outage_times == rules.outage_times


def test_every_registered_truth_is_listed_and_can_be_had(hub):
    listing = hub.truth.listing()

    assert listing["名字"].tolist() == list(REGISTRY.truths)
    assert (listing["是什么"].str.len() > 0).all()
    assert all(getattr(hub.truth, name) is not None for name in listing["名字"])
    assert set(listing["名字"]) < set(dir(hub.truth))


def test_no_truth_hides_behind_a_rule_of_the_same_name():
    assert not set(REGISTRY.truths) & {field.name for field in fields(Planted)}


def test_an_unknown_truth_names_the_known_ones(hub):
    with pytest.raises(AttributeError, match="没有真相 'qualty'；有：.*quality"):
        _ = hub.truth.qualty


def test_only_the_truth_asked_for_is_made():
    hub = centre.Centre(seed=3)
    _ = hub.truth.courses

    assert "calls" not in hub._made._values
