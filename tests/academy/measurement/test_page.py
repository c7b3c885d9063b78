"""academy.measurement.page：网页里表、图、每小题、每条假定都在，别人的话写不进标签。"""

import re

from academy.measurement.assumptions import TABLE
from academy.measurement.page import write_page
from academy.measurement.telling import form_rows, pair_rows, part_rows, target_rows


def test_page_has_all_tables_pictures_and_reasons(found, tmp_path):
    path = write_page(
        found, "甲卷", ["一句<话>"], [{"题": "q3", "不一样": "选项数"}], tmp_path / "新"
    )

    page = path.read_text(encoding="utf-8")
    assert path.name == "甲卷-模拟.html"
    assert "一句&lt;话&gt;" in page
    assert '<td class="">q3</td>' in page
    for row in (*target_rows(found), *form_rows(found), *pair_rows(found), *part_rows(found)):
        assert all(f">{value}</td>" in page for value in row.values())
    assert all(one.label in page and str(one.value) in page for one in TABLE)
    pictures = re.findall(r'base64,[^"]{1000,}" alt="([^"]+)"', page)
    assert len(pictures) == 2
    assert re.match(r"真分数 \d+ 到 \d+ 分的人", pictures[0])
    assert pictures[1] == f"90 分钟内做不完的占 {found.late:.0%}"
