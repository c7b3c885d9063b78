"""academy.measurement.partial：会几件、其余碰运气，得几分；对着 ccomlib.scoring 一份一份地评。"""

from itertools import combinations, permutations, product

import numpy as np
import pytest

from academy.measurement import partial
from ccomlib import scoring


def _chances(points):
    values, counts = np.unique(np.round(points, 6), return_counts=True)
    return dict(zip(values.tolist(), (counts / counts.sum()).tolist(), strict=True))


def _row(table, known):
    row = dict(zip(table.values.tolist(), table.chances[known].tolist(), strict=True))
    return {value: chance for value, chance in row.items() if chance}


@pytest.mark.parametrize("known", range(5))
def test_order_is_scored_by_the_real_rule(known):
    key, points = "ABCD", 4
    found = []
    for loose in combinations(range(4), 4 - known):
        for order in permutations([key[place] for place in loose]):
            answer = list(key)
            for place, letter in zip(loose, order, strict=True):
                answer[place] = letter
            found.append(scoring.order_points("".join(answer), key, points))
    assert _row(partial.order_points(4, points), known) == pytest.approx(_chances(found))


@pytest.mark.parametrize("known", range(4))
def test_match_with_letters_used_again_is_scored_by_the_real_rule(known):
    key, letters = "ABA", "ABCD"
    found = [
        scoring.match_points(key[:known] + "".join(rest), key, 3)
        for rest in product(letters, repeat=3 - known)
    ]
    table = partial.match_points(3, 4, 3, once=False)
    assert _row(table, known) == pytest.approx(_chances(found))


@pytest.mark.parametrize("letters", ["ABCD", "ABCDE"])
@pytest.mark.parametrize("known", range(5))
def test_match_with_letters_used_once_is_scored_by_the_real_rule(known, letters):
    key = "ABCD"
    left = [letter for letter in letters if letter not in key[:known]]
    found = [
        scoring.match_points(key[:known] + "".join(rest), key, 4)
        for rest in permutations(left, 4 - known)
    ]
    table = partial.match_points(4, len(letters), 4, once=True)
    assert _row(table, known) == pytest.approx(_chances(found))


@pytest.mark.parametrize("known", range(4))
def test_values_of_ones_own_earn_their_shares(known):
    right = {"一": 1, "二": 2, "三": 3}
    worth = {"一": 1, "二": 1, "三": 3}
    answers = [
        {name: right[name] if name in some else 0 for name in right}
        for some in combinations(right, known)
    ]
    found = [scoring.share_points(one, right, worth) for one in answers]
    assert _row(partial.share_points(3, worth), known) == pytest.approx(_chances(found))
    evenly = [scoring.share_points(one, right, 5) for one in answers]
    assert _row(partial.share_points(3, 5), known) == pytest.approx(_chances(evenly))


def test_choice_is_guessed_once_in_so_many():
    table = partial.choice_points(4, 5)
    assert table.expected.tolist() == [1.25, 5]
    assert not table.certain
    assert partial.share_points(2, 5).certain


def test_rows_are_chances():
    for table in (partial.order_points(8, 6), partial.match_points(6, 8, 6, once=True)):
        assert table.chances.sum(axis=1) == pytest.approx(1)
        assert table.expected[-1] == 6
        assert table.expected[0] < table.expected[-2]
