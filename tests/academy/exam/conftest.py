"""还没发过卷的小课程；一个走得由测试说了算的钟。"""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from academy.course import Course


class Clock:
    """停着的钟；测试自己拨。"""

    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at

    def forward(self, **time):
        self.at += timedelta(**time)
        return self.at


@pytest.fixture
def clock():
    return Clock(datetime(2025, 7, 18, 7, 0, tzinfo=UTC))


@pytest.fixture
def fresh(built_course, tmp_path):
    folder = tmp_path / "fresh"
    shutil.copytree(built_course, folder)
    return Course(folder)
