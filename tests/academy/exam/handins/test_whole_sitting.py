"""一场 25 人，所有的意外一起来：收卷的表、搁置的话、评分、成绩，一个人也不丢。"""

import io
import os
import random
import stat
import zipfile
from datetime import UTC, datetime, timedelta

import nbformat
import pytest

from academy.course import Course
from academy.exam.cycle import grade, release
from academy.exam.enrolment import add_minutes, withdraw
from academy.exam.handins.arrivals import arrivals, original
from academy.exam.handins.collecting import choose, collect
from academy.exam.handins.known import everything
from academy.exam.results import read_results
from academy.exam.roster import Learner
from academy.exam.seating import seats_file
from academy.exam.seating.frozen import handed_out, read_manifest
from academy.exam.seating.handout import hand_out
from academy.exam.sitting import open_sitting
from academy.exam.verdict import terms
from academy.simulate import answer_book, fill_in

NAME = "px@2025-07"
START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
DUE = START + timedelta(minutes=90)
NAMES = [
    "王敏",
    "李静",
    "张磊",
    "刘洋",
    "陈艳",
    "杨勇",
    "赵娟",
    "黄涛",
    "周明",
    "吴秀英",
    "徐丽",
    "孙强",
    "胡桂芳",
    "朱海燕",
    "高志强",
    "林敏",
    "何静",
    "郭磊",
    "马洋",
    "罗艳",
    "梁勇",
    "宋娟",
    "郑涛",
    "谢明",
    "韩丽",
]
LEARNERS = [Learner(f"007{place:02d}", name) for place, name in enumerate(NAMES, 1)]


class Hall:
    """考场：每人的卷子、答案，与放进收件文件夹的手。"""

    def __init__(self, course, inbox):
        self.course = course
        self.inbox = inbox

    def number(self, place):
        return LEARNERS[place - 1].number

    def named(self, place, end=".ipynb"):
        return f"{self.number(place)}_{LEARNERS[place - 1].name}{end}"

    def right(self, place):
        manifest = read_manifest(self.course.root, NAME, "px", self.number(place))
        return answer_book(self.course.root / "text/source/px/px.py", manifest.seed).perfect()

    def notebook(self, place, answers=None):
        path = handed_out(self.course.root, NAME, self.number(place)) / "px/px.ipynb"
        return fill_in(path, self.right(place) if answers is None else answers)

    def paper(self, place, answers=None):
        return nbformat.writes(self.notebook(place, answers)).encode()

    def put(self, name, content, minutes=10.0):
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        at = (DUE - timedelta(minutes=minutes)).timestamp()
        os.utime(path, (at, at))


@pytest.fixture
def room(hall, tmp_path, monkeypatch):
    """发过卷的考场：25 人，一人加时，一人退出。"""
    import shutil

    folder = tmp_path / "course"
    shutil.copytree(hall, folder)
    course = Course(folder)
    chance = random.Random(25)
    monkeypatch.setattr(seats_file, "draw_seed", lambda: chance.randrange(1, 16**16))
    sitting = release(
        course, "px", LEARNERS, START, 90, cohort="2025-07", now=lambda: START
    ).sitting
    hand_out(course, sitting, now=lambda: START)
    add_minutes(folder, NAME, 10, "00703", why="设备故障")
    withdraw(folder, NAME, "00722", "病假")
    inbox = tmp_path / "答卷"
    inbox.mkdir()
    return Hall(course, inbox)


def _zip_with_traps(room, place):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../跑出去.ipynb", "{}")
        link = zipfile.ZipInfo("别人的.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("px.ipynb", room.paper(place))
    return buffer.getvalue()


def _everybody_hands_in(room, zipped):
    put, paper, named = room.put, room.paper, room.named
    put(named(1), paper(1, {"q1": room.right(1)["q1"]}))
    put(named(2), paper(2), minutes=-1 / 60)
    put(named(3), paper(3), minutes=-5)
    put(
        named(4, ".zip"),
        zipped({"我的答卷/px/px.ipynb": paper(4), "我的答卷/px/data/calls.csv": b"x"}, names="gbk"),
    )
    put(named(5, ".ipynb.txt"), paper(5))
    put(named(6), paper(6).decode().encode("gb18030"))
    put(named(7), paper(7).decode().encode("utf-16"))
    put(named(8), paper(8, {}), minutes=2)
    put(named(8, "(1).ipynb"), paper(8), minutes=30)
    put(named(9, ".zip"), zipped({"px.ipynb": paper(9, {}), "px-Copy1.ipynb": paper(9)}))
    put(named(10, "_甲.ipynb"), paper(10, {"q1": 'q1 = "A"'}))
    put(named(10, "_乙.ipynb"), paper(10))
    put(named(11, "_初.ipynb"), paper(11, {"q1": 'q1 = "A"'}), minutes=40)
    put(named(11, "_终.ipynb"), paper(11), minutes=3)
    put(named(12), paper(12), minutes=3)
    put(named(12, "_改.ipynb"), paper(12, {"q1": 'q1 = "A"'}), minutes=-3)
    put(named(13), paper(14))
    put(named(14), paper(14))
    put(named(15), (room.course.root / "course/wfmp/01_why.ipynb").read_bytes())
    put(named(16), (room.course.root / "release/py/py.ipynb").read_bytes())
    put(named(17, ".rar"), b"Rar!\x1a\x07\x01\x00")
    put(
        named(18, ".docx"),
        zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
    )
    put(named(19), paper(19)[:2000])
    put("最终版.ipynb", paper(20))
    bare = room.notebook(21)
    del bare.metadata["ccom"], bare.cells[0]
    put(named(21), nbformat.writes(bare).encode())
    put(named(22), paper(22))
    put(named(23), paper(23, {}))
    put(f"{room.number(25)}/交/{named(25, '.zip')}", _zip_with_traps(room, 25))
    put("说明.txt", "请查收".encode())
    put("Thumbs.db", b"x")
    (room.inbox / "链接.ipynb").symlink_to("/etc/passwd")


STATUS = {
    "已收": [1, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 20, 21, 23, 25],
    "迟交": [2],
    "待定": [10],
    "搁置": [13, 15, 16, 17, 18, 19],
    "未交卷": [24],
}


def test_every_accident_at_once(room, zipped, tmp_path):
    course = room.course
    _everybody_hands_in(room, zipped)
    files = [path for path in room.inbox.rglob("*") if path.is_file() and not path.is_symlink()]
    after = DUE + timedelta(hours=1)

    collected, not_taken = collect(
        course, open_sitting(course.root, NAME), room.inbox, now=lambda: after
    )

    rows = {row.number: row for row in collected.rows}
    expected = {room.number(place): word for word, places in STATUS.items() for place in places}
    assert {number: row.status for number, row in rows.items()} == expected
    assert collected.sentence() == (
        f"{NAME}：24 人，按时交卷 15 人、迟交 1 人、待定 1 人、搁置 6 人、未交卷 1 人。"
    )
    assert not_taken == ["链接.ipynb：是链接，没有收：请换成文件本身再收一次。"]
    _require_sentences(room, collected)
    assert {row.number: row.note for row in rows.values() if row.status in ("已收", "迟交")} == {
        room.number(place): "" for place in STATUS["已收"] + STATUS["迟交"]
    } | {
        room.number(21): "卷子里没有写是谁的，按名字认作他的，请核对。",
        room.number(23): "交来的是没有作答的卷子。",
    }

    # 来过的一件不少，字节原样
    kept = [original(course.root, NAME, one) for one in arrivals(course.root, NAME)]
    assert len(kept) == len(files) - 1  # 少的是 Thumbs.db
    loose = {path.read_bytes() for path in files if path.parent == room.inbox}
    assert loose - set(kept) == {b"x"}
    assert not list(tmp_path.rglob("跑出去*"))

    # 再收一次，什么也不变
    assert collect(course, open_sitting(course.root, NAME), room.inbox, now=lambda: after) == (
        collected,
        not_taken,
    )
    assert len(arrivals(course.root, NAME)) == len(kept)

    _grade_and_read(room)


def _require_sentences(room, collected):
    """每件搁置的有一句话：是什么、请谁做什么；没收齐的人的在前面。"""
    seat = read_manifest(room.course.root, NAME, "px", room.number(14)).seat
    wanted = {
        13: f"以 00713 胡桂芳 的名义交来，里面却是 00714 朱海燕 的卷子（座位 {seat}）",
        15: "是课程《排班为什么难？》的笔记本，不是试卷 px",
        16: "是试卷 py 的卷子，不是 px",
        17: "是 RAR 压缩包，不是笔记本：请学员改压成 .zip",
        18: "是 Word 文档，不是笔记本：请学员在 JupyterLab 里",
        19: "是不完整的笔记本",
    }
    unsettled = [one.sentence for one in collected.aside if not one.settled]
    for place, words in wanted.items():
        (told,) = [one for one in unsettled if one.startswith(room.number(place))]
        assert words in told
    assert any(one.startswith("说明.txt 不是笔记本") for one in unsettled)
    assert len(unsettled) == 7
    settled = [one.sentence for one in collected.aside if one.settled]
    for place, words in {
        8: "没有作答的原件，没有采用",
        9: "没有作答的原件，没有采用",
        11: "后来又交过，没有采用",
        12: "截止以后来的，没有采用",
        22: "00722 已经退出这一场（病假），没有采用",
    }.items():
        (told,) = [one for one in settled if one.startswith(room.number(place))]
        assert words in told
    assert [one for one in settled if "指向压缩包外面" in one]
    assert [one for one in settled if "别人的.ipynb 是链接" in one]
    assert len(settled) == 7


def _grade_and_read(room):
    """评分，指定，评过以后又来一份；成绩表。"""
    course = room.course
    outcomes = {one.student: one for one in grade(course, NAME)}
    blocked = {number for number, one in outcomes.items() if one.status == "rejected"}
    assert blocked == {room.number(place) for place in STATUS["待定"] + STATUS["搁置"]}
    assert "同时有 2 份不同的答卷" in outcomes["00710"].message
    assert "里面却是 00714 朱海燕 的卷子" in outcomes["00713"].message

    sitting = open_sitting(course.root, NAME)
    handins = [one for _, found in everything(course, sitting) for one in found.handins]
    (second,) = [one for one in handins if one.name.endswith("_乙.ipynb")]
    choose(course, sitting, "00710", second.id, "学员来电：第二份")
    room.put(room.named(1, "_重发.ipynb"), room.paper(1), minutes=1)
    collected, _ = collect(course, sitting, room.inbox, now=lambda: DUE + timedelta(hours=2))
    assert "按规则现在该算" in collected.find("00701").note
    assert collected.find("00710").status == "已收"
    list(grade(course, NAME))

    table = read_results(course, NAME, *terms(course.root)).learners.set_index("学号")
    points = table["得分"].dropna().to_dict()
    full = {room.number(place): 100 for place in STATUS["已收"] + STATUS["迟交"] + [10]}
    assert points == full | {"00701": 40, "00723": 0}
    assert table["结果"].value_counts().to_dict() == {
        "合格": 15,
        "不合格": 2,
        "无法评分": 6,
        "未交卷": 1,
        "退出": 1,
    }
    assert table.index[table["迟交"] == "迟交"].tolist() == ["00702"]
    assert "没有自动替换：要改评，运行 ccom choose" in table.loc["00701", "说明"]
    assert "RAR 压缩包" in table.loc["00717", "说明"]
