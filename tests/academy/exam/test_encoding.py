"""academy.exam.encoding：Excel、聊天软件、老编辑器存出来的文字都读得回来。"""

import pytest

from academy.exam.encoding import decoded

TEXT = '{"学号": "王敏"}\n'


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_text_comes_back(encoding):
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_empty_bytes_are_empty_text():
    assert decoded(b"") == ""


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(UnicodeDecodeError):
        decoded(b"\x89PNG\r\n\x1a\n\xff\xff\xff")
