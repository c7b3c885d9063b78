"""academy.grading.desk.settings：nbgrader_config.py 里的 c.Referee，默认值安全，写错了说清楚。"""

import pytest
from traitlets.config import Config

from academy.grading.desk.settings import read_settings
from academy.grading.errors import GradingError
from academy.grading.work.record import Limits


def _config(**values):
    return Config(Referee=values)


def test_defaults_are_those_that_the_handbook_states():
    settings = read_settings(Config())

    assert settings.limits() == Limits(
        cell_seconds=30,
        call_seconds=10,
        total_seconds=300,
        memory_bytes=2 * 1024**3,
        output_bytes=10_000_000,
        scratch_bytes=64 * 1024**2,
    )
    assert settings.require == []
    assert settings.free_points
    assert (settings.full_points, settings.shielded, settings.stderr_fails) == (
        False,
        "possible",
        True,
    )
    assert settings.hides_tests("anything")
    assert settings.seat_of() is None
    assert settings.worker_count() >= 1


def test_values_of_the_course_win():
    settings = read_settings(
        _config(cell_seconds=5, memory_mb=512, workers=3, hide_tests=["*-final"], require=["all"])
    )

    assert settings.limits().cell_seconds == 5
    assert settings.limits().memory_bytes == 512 * 1024**2
    assert settings.worker_count() == 3
    assert settings.hides_tests("wfmp-final")
    assert not settings.hides_tests("homework")
    assert settings.require == ["all"]


def test_list_in_the_config_can_be_appended_to():
    config = Config()
    config.Referee.require.append("network")

    assert read_settings(config).require == ["network"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"cell_second": 5},
            "c.Referee.cell_second 不认得：可以设置的有 call_seconds、cell_seconds",
        ),
        ({"memory_mb": 0}, "c.Referee.memory_mb 是 0，应是大于 0 的数"),
        ({"cell_seconds": "快"}, "c.Referee.cell_seconds 是 '快'，应是大于 0 的数"),
        ({"require": 3}, "c.Referee.require 是 3，应是一列文字"),
        ({"workers": -1}, "c.Referee.workers 是 -1，应是0（按核数）"),
    ],
)
def test_wrong_setting_is_named_with_what_it_should_be(values, message):
    with pytest.raises(GradingError, match=message):
        read_settings(_config(**values))


@pytest.mark.parametrize("name", ["nowhere.seat_of", "math.nothing", "seat_of"])
def test_seat_function_that_cannot_be_imported_is_named(name):
    with pytest.raises(GradingError, match=f"c.Referee.seats 写的 '{name}' 引不进来"):
        read_settings(_config(seats=name)).seat_of()
