"""academy.exam.handins.counting：截止前最后一份算；同时两份不同的，问考务。"""

from datetime import UTC, datetime, timedelta

import pytest

from academy.exam.handins.counting import AT_ONCE, CHOSEN, LAST, ONLY_LATE, decide
from academy.exam.handins.examining import HandIn

DUE = datetime(2025, 7, 18, 9, 0, tzinfo=UTC)


def _late(at):
    return at > DUE


def hand_in(
    name, minutes, answers="a", *, seconds=0.0, arrival=None, answered=True, source="exchange"
):
    """截止前 minutes 分钟交来的一份。"""
    return HandIn(
        id=name,
        arrival=arrival or f"S1/{name}",
        path="",
        name=f"{name}.ipynb",
        at=DUE - timedelta(minutes=minutes) + timedelta(seconds=seconds),
        source=source,
        sha256=name,
        answers=answers,
        answered=answered,
        number="S1",
        aside="",
        belongs_to="S1",
        concerns=("S1",),
    )


def _counts(*handins, chosen=""):
    decision = decide(handins, _late, chosen)
    return decision.counts and decision.counts.id, decision.rule, decision.late


def test_nothing_counts_where_nothing_came():
    assert _counts() == (None, "", False)


def test_last_in_time_counts_in_whatever_order_they_are_told():
    three = [hand_in("a", 30, "1"), hand_in("b", 5, "2"), hand_in("c", 20, "3")]

    assert _counts(*three) == _counts(*reversed(three)) == ("b", LAST, False)


@pytest.mark.parametrize(("minutes", "counts"), [(0, "b"), (-0.001, "a")])
def test_the_deadline_itself_is_in_time(minutes, counts):
    assert _counts(hand_in("a", 30, "1"), hand_in("b", minutes, "2"))[0] == counts


def test_of_only_late_ones_the_last_counts_as_late():
    assert _counts(hand_in("a", -5, "1"), hand_in("b", -9, "2")) == ("b", ONLY_LATE, True)


def test_blank_never_counts_against_an_answered_one():
    blank = hand_in("b", 1, answered=False)

    assert _counts(hand_in("a", 30), blank)[0] == "a"
    assert _counts(hand_in("a", -30), blank) == ("a", ONLY_LATE, True)
    assert _counts(blank) == ("b", LAST, False)


def test_same_bytes_count_from_when_they_first_came():
    first, again = hand_in("a", 5), hand_in("a", -60, arrival="S1/again")

    assert _counts(again, first) == ("a", LAST, False)
    assert decide([again, first], _late).others == ()


def test_two_different_ones_at_the_same_moment_ask():
    decision = decide([hand_in("a", 5, "1"), hand_in("b", 5, "2"), hand_in("c", 9, "3")], _late)

    assert decision.counts is None
    assert [one.id for one in decision.ask] == ["a", "b"]
    assert decision.others == ("c.ipynb（c，2025-07-18 16:51:00）：后来又交过，没有采用。",)


def test_same_answers_at_the_same_moment_do_not_ask():
    assert _counts(hand_in("a", 5), hand_in("b", 5))[0] == "b"


def test_different_ones_in_one_arrival_ask_whatever_their_times():
    pair = [hand_in("a", 30, "1", arrival="S1/zip"), hand_in("b", 5, "2", arrival="S1/zip")]

    assert [one.id for one in decide(pair, _late).ask] == ["a", "b"]


def test_one_arrival_with_an_earlier_one_in_time_and_a_late_one_does_not_ask():
    pair = [hand_in("a", 30, "1", arrival="S1/zip"), hand_in("b", -5, "2", arrival="S1/zip")]

    assert _counts(*pair)[0] == "a"


@pytest.mark.parametrize(
    ("apart", "source", "ask"),
    [
        (AT_ONCE.total_seconds() - 1, "folder", True),
        (AT_ONCE.total_seconds(), "folder", False),
        (1, "exchange", False),  # 交换区的时间是交卷那一刻，差一秒也是先后
        (0, "exchange", True),
    ],
)
def test_saving_times_so_close_say_nothing_of_the_order(apart, source, ask):
    pair = [
        hand_in("a", 5, "1", source=source),
        hand_in("b", 5, "2", seconds=apart, source=source),
    ]

    assert bool(decide(pair, _late).ask) is ask


def test_earlier_pair_at_once_does_not_matter_when_a_later_one_came():
    assert _counts(hand_in("a", 30, "1"), hand_in("b", 30, "2"), hand_in("c", 5, "3"))[0] == "c"


def test_what_staff_chose_counts_whatever_the_rule_says():
    three = [hand_in("a", 30, "1"), hand_in("b", 5, "2"), hand_in("c", -5, "3")]

    assert _counts(*three, chosen="a") == ("a", CHOSEN, False)
    assert _counts(*three, chosen="c") == ("c", CHOSEN, True)
    assert _counts(*three, chosen="没有了") == ("b", LAST, False)


def test_each_that_does_not_count_has_its_reason():
    handins = [
        hand_in("blank", 50, "0", answered=False),
        hand_in("same", 40, "2"),
        hand_in("old", 30, "1"),
        hand_in("counts", 20, "2"),
        hand_in("late", -1, "3"),
    ]

    reasons = [one.split("）：")[1] for one in decide(handins, _late).others]

    assert reasons == [
        "没有作答的原件，没有采用。",
        "与采用的那份答得一样，没有采用。",
        "后来又交过，没有采用。",
        "截止以后来的，没有采用。",
    ]
    (newer,) = decide([hand_in("a", 30, "1"), hand_in("b", 5, "2")], _late, "a").others
    assert newer.endswith("考务另指定了一份，没有采用。")
