"""`ccom seats`：抽座位、发卷、再发还是那些字节；重做要原因，交过卷的不能重做。"""

import pytest

from academy.cli import main
from academy.exam.seating.frozen import read_manifest

NAME = "px@2025-07"


@pytest.fixture
def say(course, sitting, monkeypatch, capsys):
    monkeypatch.chdir(course.root)

    def run(*words):
        status = main(list(words))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def _bytes(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}


def test_papers_are_handed_out_once_and_written_as_often_as_wanted(say, course):
    status, out, err = say("seats", "px")
    assert (status, err) == (0, "")
    assert f"场次 {NAME}：2 名学员有座位，新发 2 份，早先发过的 0 份照原样" in out
    first = _bytes(course.root / "seats" / NAME)
    assert len(first) == 6  # 两人各两个文件、一个压缩包

    _, out, _ = say("seats", NAME, "--to", "又一份")

    assert "新发 0 份，早先发过的 2 份照原样" in out
    assert _bytes(course.root / "又一份") == first


def test_paper_is_made_anew_with_a_reason_and_not_after_a_hand_in(say, course):
    say("seats", "px")
    before = read_manifest(course.root, NAME, "px", "S1").seat

    assert "要写明原因：请加 --why" in say("seats", "px", "--again", "S1")[2]
    assert say("seats", "px", "--again", "S1", "--why", "题面有错字")[0] == 0
    after = read_manifest(course.root, NAME, "px", "S1").seat
    assert after != before

    inbox = course.root / "答卷"
    inbox.mkdir()
    paper = course.root / f"seats/{NAME}/S1/px/px.ipynb"
    (inbox / "S1.ipynb").write_bytes(paper.read_bytes())
    say("collect", "px", "--from", "答卷")

    status, _, err = say("seats", "px", "--again", "S1", "--why", "又有错字")
    assert (status, err) == (1, "！S1 已经交过卷，卷子不能重做。\n")
    assert read_manifest(course.root, NAME, "px", "S1").seat == after


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pz"], "没有场次 'pz'"),
        (["px", "--to", "release/px"], "在 release/ 里，人人都取得到"),
    ],
)
def test_what_can_be_mended_is_one_sentence(say, course, words, said):
    status, _, err = say("seats", *words)

    assert status == 1
    assert said in err
    assert not (course.root / "seats.csv").exists()
