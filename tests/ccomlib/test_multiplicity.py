"""ccomlib.multiplicity：多次检验的校正对得上 R。"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.multiplicity import holm


def test_holm_matches_r():
    """R：p.adjust(c(.01, .04, .03, .005, .2), "holm")。"""
    assert holm([0.01, 0.04, 0.03, 0.005, 0.2]) == pytest.approx([0.04, 0.09, 0.09, 0.025, 0.2])


@given(p=st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_holm_keeps_the_order_and_never_makes_p_smaller(p):
    adjusted = holm(p)

    assert (adjusted >= np.array(p) - 1e-15).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()


@pytest.mark.parametrize(("p", "message"), [([], "p 是空的"), ([0.5, 1.2], "p第 2 个是 1.2")])
def test_what_is_no_p_value_is_refused(p, message):
    with pytest.raises(ValueError, match=message):
        holm(p)
