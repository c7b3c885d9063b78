"""登记处：要什么就写什么，写了才拿得到；成环、没有登记、重名都在引入时拒绝。"""

from types import ModuleType

import pandas as pd
import pytest

from ccomlib.centre import Centre
from ccomlib.centre.columns import whole, words
from ccomlib.centre.registry import Made, Registry, part, table, truth

PEOPLE = [whole("人数", "几个人", "人")]


def registry(*makes):
    return Registry([make.spec for make in makes])


@part("几个人")
def crew(rng):
    return int(rng.integers(1, 1000))


@table("人数", "一家", columns=PEOPLE)
def staffing(crew):
    """这家有几个人。

    后面的话不算。
    """
    return pd.DataFrame({"人数": [crew]})


@table("人数加一", "一家", columns=PEOPLE)
def grown(staffing):
    staffing["人数"] += 1
    return staffing


@truth("真的有几个人")
def crew_truth(crew):
    return crew


def test_a_spec_says_what_the_function_says():
    spec = staffing.spec

    assert (spec.name, spec.title, spec.needs, spec.stream) == (
        "staffing",
        "人数",
        ("crew",),
        None,
    )
    assert spec.note == "这家有几个人。"
    assert (crew.spec.needs, crew.spec.stream) == ((), "crew")


def test_what_is_needed_is_made_first_and_only_once():
    calls = []

    @part("底稿")
    def once(seed):
        calls.append(seed)
        return seed

    @part("甲")
    def one(once):
        return once + 1

    @part("乙")
    def other(once, one):
        return once + one

    made = Made(registry(other, one, once), seed=5)

    assert made["other"] == 11
    assert calls == [5]


def test_a_registered_function_can_still_be_called():
    assert staffing(3)["人数"].tolist() == [3]


def test_a_circle_is_refused_with_the_way_round():
    @part("甲")
    def first(third):
        return third

    @part("乙")
    def second(first):
        return first

    @part("丙")
    def third(second):
        return second

    with pytest.raises(ValueError, match="互相要用.*first 要用 third 要用 second 要用 first"):
        registry(first, second, third)


def test_needing_oneself_is_a_circle():
    @part("甲")
    def alone(alone):
        return alone

    with pytest.raises(ValueError, match="alone 要用 alone"):
        registry(alone)


def test_an_unknown_need_is_refused_with_its_name():
    with pytest.raises(ValueError, match="staffing 要用 crew，没有登记过"):
        registry(staffing)


def test_one_name_is_registered_once():
    with pytest.raises(ValueError, match="crew 登记了两次"):
        registry(crew, crew)

    @part("种子")
    def seed():
        return 1

    with pytest.raises(ValueError, match="seed 登记了两次"):
        registry(seed)


def test_two_makers_do_not_share_a_random_stream():
    @part("另一个", stream="crew")
    def other(rng):
        return rng.random()

    with pytest.raises(ValueError, match="crew 与 other 的随机流 crew 相同"):
        registry(crew, other)


def test_a_stream_without_rng_is_refused():
    with pytest.raises(ValueError, match="still 写了随机流 crew，却没有参数 rng"):

        @part("不用随机数", stream="crew")
        def still(seed):
            return seed


def test_only_truths_end_in_truth():
    @truth("真相")
    def secret(seed):
        return seed

    @part("底稿")
    def open_truth(seed):
        return seed

    for make in (secret, open_truth):
        with pytest.raises(ValueError, match="真相的函数名以 _truth 结尾"):
            registry(make)


def test_truths_are_listed_without_their_ending():
    assert list(registry(crew, crew_truth).truths) == ["crew"]


@pytest.mark.parametrize(
    ("columns", "key", "message"),
    [
        ([], (), "没有登记列"),
        ([*PEOPLE, *PEOPLE], (), "列「人数」登记了两次"),
        (PEOPLE, ("工号",), "主键「工号」不是它的列"),
    ],
)
def test_a_table_states_its_columns_properly(columns, key, message):
    @table("坏表", "一家", columns=columns, key=key)
    def broken(seed):
        return pd.DataFrame({"人数": [seed]})

    with pytest.raises(ValueError, match=message):
        registry(broken)


def test_a_table_with_other_columns_than_registered_is_refused():
    @table("坏表", "一家", columns=[words("工号", "谁")])
    def broken(seed):
        return pd.DataFrame({"人数": [seed]})

    with pytest.raises(ValueError, match="表 broken 的列与登记的不一样（少了 工号，多了 人数）"):
        Made(registry(broken), seed=1)["broken"]


def test_changing_a_borrowed_table_does_not_change_the_lender():
    made = Made(registry(crew, staffing, grown), seed=1)

    assert made["grown"]["人数"].iloc[0] == made["crew"] + 1
    assert made["staffing"]["人数"].iloc[0] == made["crew"]


def test_a_new_table_leaves_the_old_numbers_alone():
    @part("新来的")
    def newcomer(rng):
        return rng.random()

    @part("也要随机数")
    def later(newcomer, rng):
        return rng.random()

    before = Made(registry(crew, staffing), seed=1)
    after = Made(registry(newcomer, later, crew, staffing), seed=1)
    after["later"]

    assert after["crew"] == before["crew"]
    assert after["newcomer"] != after["later"]


def test_numbers_follow_the_seed_and_the_name_of_the_stream():
    @part("换了名字的同一个流", stream="crew")
    def renamed(rng):
        return int(rng.integers(1, 1000))

    assert Made(registry(crew), seed=1)["crew"] == Made(registry(renamed), seed=1)["renamed"]
    assert Made(registry(crew), seed=1)["crew"] != Made(registry(crew), seed=2)["crew"]


def test_what_is_given_is_exactly_what_is_asked_for():
    with pytest.raises(ValueError, match="给的是 story、seed|给的是 seed、story"):
        Made(registry(crew), seed=1, story=2)


def test_more_than_the_seed_can_be_given():
    @part("故事")
    def told(seed, story):
        return seed + story

    assert Made(Registry([told.spec], given=("seed", "story")), seed=1, story=2)["told"] == 3


def test_a_module_gives_its_own_functions_in_their_order():
    module = ModuleType("somewhere")

    def here(make):
        make.__module__ = "somewhere"
        return make

    @part("乙")
    def later(seed):
        return seed

    @part("甲")
    def first(seed):
        return seed

    module.zeta, module.alpha, module.borrowed = here(later), here(first), crew

    assert list(Registry.of(module)) == ["later", "first"]


def test_the_centre_makes_only_what_a_table_needs():
    """课程目录不用等来电与员工。"""
    hub = Centre(seed=1)
    hub.table("courses")

    assert set(hub._made._values) == {"seed", "course_map", "courses"}
