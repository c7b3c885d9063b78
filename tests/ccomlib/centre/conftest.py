"""各测试共用的三家中心：课程种子、另一颗种子、一颗 64 位大种子；找真相另用十家。"""

import pytest

from ccomlib import centre


@pytest.fixture(scope="session")
def hub():
    return centre.open_centre(seed=2025)


@pytest.fixture(scope="session", params=[2025, 7, 2**63 + 12345])
def any_hub(request):
    return centre.open_centre(seed=request.param)


@pytest.fixture(scope="session", params=range(10))
def some_hub(request):
    """十家中心之一：埋下的真相在每一家都要找得回来，各表也都要对得上。"""
    return centre.open_centre(seed=request.param)
