"""academy.launcher.working_copy：新课进得来，学员写的一个字也不丢。"""

import json

import pytest

from academy.launcher.working_copy import bring_up_to_date


@pytest.fixture
def work(tmp_path):
    return tmp_path / "排班管理岗"


@pytest.fixture
def bring(work, tmp_path):
    """bring(版本, 名字=内容)：带来一批原件，交回做了什么。"""

    def run(version, **files):
        originals = {f"{name}.ipynb": text.encode() for name, text in files.items()}
        return [
            str(change)
            for change in bring_up_to_date(originals, work, tmp_path / "记录/记录.json", version)
        ]

    return run


def _files(work):
    return {path.name: path.read_text() for path in sorted(work.rglob("*")) if path.is_file()}


def test_first_time_everything_is_put_there(bring, work):
    assert bring("1", 甲="一", 乙="二") == ["放进 甲.ipynb", "放进 乙.ipynb"]
    assert _files(work) == {"甲.ipynb": "一", "乙.ipynb": "二"}


def test_second_time_nothing_happens(bring):
    bring("1", 甲="一")

    assert bring("1", 甲="一") == []


def test_file_that_nobody_changed_is_renewed(bring, work):
    bring("1", 甲="一")

    assert bring("2", 甲="新") == ["更新 甲.ipynb"]
    assert _files(work) == {"甲.ipynb": "新"}


def test_changed_file_stays_and_the_new_one_lies_beside_it(bring, work):
    bring("1", 甲="一")
    (work / "甲.ipynb").write_text("我的答案")

    said = bring("2", 甲="新")

    assert said == ["你改过 甲.ipynb，没有动它；新的放在旁边：甲（新版 2）.ipynb"]
    assert _files(work) == {"甲.ipynb": "我的答案", "甲（新版 2）.ipynb": "新"}


def test_new_version_is_offered_once(bring, work):
    bring("1", 甲="一")
    (work / "甲.ipynb").write_text("我的答案")
    bring("2", 甲="新")
    (work / "甲（新版 2）.ipynb").unlink()

    assert bring("2", 甲="新") == []
    assert _files(work) == {"甲.ipynb": "我的答案"}


def test_file_beside_is_never_overwritten_either(bring, work):
    bring("1", 甲="一")
    (work / "甲.ipynb").write_text("我的答案")
    bring("2", 甲="新")
    (work / "甲（新版 2）.ipynb").write_text("在新版里写的")

    bring("2", 甲="更新")

    assert _files(work) == {
        "甲.ipynb": "我的答案",
        "甲（新版 2）.ipynb": "在新版里写的",
        "甲（新版 2-2）.ipynb": "更新",
    }


def test_deleted_or_renamed_file_comes_back_fresh(bring, work):
    bring("1", 甲="一")
    (work / "甲.ipynb").rename(work / "我的甲.ipynb")

    assert bring("1", 甲="一") == ["放进 甲.ipynb"]
    assert _files(work) == {"我的甲.ipynb": "一", "甲.ipynb": "一"}


def test_file_that_was_there_before_the_course_is_left_alone(bring, work):
    work.mkdir()
    (work / "甲.ipynb").write_text("早就有的")

    bring("1", 甲="一")

    assert _files(work) == {"甲.ipynb": "早就有的", "甲（新版 1）.ipynb": "一"}


def test_without_its_record_every_difference_counts_as_the_learners(bring, work, tmp_path):
    bring("1", 甲="一", 乙="二")
    (tmp_path / "记录/记录.json").write_text("{坏了")

    assert bring("2", 甲="一", 乙="新") == [
        "你改过 乙.ipynb，没有动它；新的放在旁边：乙（新版 2）.ipynb"
    ]


def test_lesson_no_longer_in_the_course_goes_only_when_untouched(bring, work):
    bring("1", 甲="一", 乙="二", 丙="三")
    (work / "乙.ipynb").write_text("我的答案")

    assert bring("2", 丙="三") == ["收走不再用的 甲.ipynb（你没有改过它）"]
    assert _files(work) == {"丙.ipynb": "三", "乙.ipynb": "我的答案"}
    assert bring("2", 丙="三") == []


def test_own_files_are_never_looked_at(bring, work):
    bring("1", 甲="一")
    (work / "我的话务.xlsx").write_text("我的")

    bring("2", 乙="二")

    assert (work / "我的话务.xlsx").read_text() == "我的"


def test_interrupted_copy_is_taken_up(bring, work, tmp_path):
    """文件写好了，记录没来得及写：下一次认得出那是原件，以后照常更新。"""
    bring("1", 甲="一")
    (tmp_path / "记录/记录.json").unlink()

    assert bring("1", 甲="一") == []
    assert bring("2", 甲="新") == ["更新 甲.ipynb"]


def test_record_names_files_and_digests_only(bring, tmp_path):
    bring("1", 甲="一")

    (entry,) = json.loads((tmp_path / "记录/记录.json").read_text()).items()
    assert entry[0] == "甲.ipynb"
    assert set(entry[1]) == {"put", "offered"}
