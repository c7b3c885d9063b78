"""academy.papers.blueprint：细目表只用本岗位的主题，合计一百分；写错了说出是哪一小题。"""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from academy.papers import BlueprintError, read_blueprint
from academy.syllabus import read_syllabus

ROOT = Path(__file__).resolve().parents[3]
SYLLABUS = read_syllabus(ROOT / "course/syllabus.yml")
PART = {
    "part": "q1",
    "topic": "omp.2.people",
    "level": "apply",
    "points": 100,
    "minutes": 5,
    "steps": 2,
    "kind": "data",
}


@pytest.fixture
def read(tmp_path):
    def read(*parts):
        path = tmp_path / "course/blueprints/omp.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump({"parts": list(parts)}, allow_unicode=True), "utf-8")
        return read_blueprint(tmp_path, SYLLABUS, SYLLABUS.roles["omp"])

    return read


def test_sound_blueprint_gives_its_parts_and_shares(read):
    blueprint = read(
        PART | {"points": 30.5},
        PART | {"part": "q2", "topic": "omp.3.people", "points": 60},
        PART | {"part": "q3", "topic": "c1.history", "points": 9.5, "minutes": 2.5},
    )

    assert [part.part for part in blueprint.parts] == ["q1", "q2", "q3"]
    assert blueprint["q2"].points == 60
    assert blueprint.chapters() == {1: 9.5, 2: 30.5, 3: 60}
    assert blueprint.sentence().startswith(
        "现场管理岗：3 小题，第 1 章 9.5 分、第 2 章 30.5 分、第 3 章 60 分，约 12.5 分钟；没有考到 c1.framework、"
    )


def test_topic_of_another_role_is_refused_with_the_part(read):
    with pytest.raises(
        BlueprintError, match=r"omp\.yml 第 1 行（q1）：主题 wfmp\.2\.workload 不是现场管理岗"
    ):
        read(PART | {"topic": "wfmp.2.workload"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"points": 99}, "合计 99 分，应是 100 分"),
        ({"points": 101}, "合计 101 分，应是 100 分"),
        ({"points": 99.9}, "points 是 99.9，应是 0.5 的正整数倍"),
        ({"points": 0}, "points 是 0"),
        ({"minutes": "五"}, "minutes 是 '五'"),
        ({"steps": 1.5}, "steps 是 1.5"),
        ({"level": "know"}, "level 是 'know'，应是 remember、understand、apply、analyse 之一"),
        ({"kind": "essay"}, "kind 是 'essay'"),
        ({"skill": "excel"}, "skill 是 'excel'，应是 role、data、both 之一"),
        ({"note": 1}, "不认得 note"),
    ],
)
def test_part_that_is_none_is_refused(read, change, words):
    with pytest.raises(BlueprintError) as refused:
        read(PART | change)

    assert words in str(refused.value)


def test_skill_follows_the_kind_where_the_author_does_not_say(read):
    halves = [PART | {"part": name, "points": 25} for name in ("q1", "q2", "q3", "q4")]
    halves[1] |= {"kind": "choice"}
    halves[2] |= {"kind": "judge"}
    halves[3] |= {"skill": "data"}

    assert [part.skill for part in read(*halves).parts] == ["both", "role", "both", "data"]


def test_incomplete_part_says_what_is_missing(read):
    part = {key: value for key, value in PART.items() if key not in ("steps", "kind")}

    with pytest.raises(BlueprintError, match=r"（q1）：要写 .*；缺 steps、kind。"):
        read(part)


def test_part_written_twice_is_refused(read):
    with pytest.raises(BlueprintError, match="小题 q1 写了两次"):
        read(PART | {"points": 50}, PART | {"points": 50})


def test_role_without_a_blueprint_is_told_where_to_write_it(tmp_path):
    with pytest.raises(BlueprintError, match=r"还没有细目表.*course/blueprints/omp\.yml"):
        read_blueprint(tmp_path, SYLLABUS, SYLLABUS.roles["omp"])


def test_file_that_is_no_yaml_is_refused(tmp_path):
    path = tmp_path / "course/blueprints/omp.yml"
    path.parent.mkdir(parents=True)
    path.write_text("parts: [{", encoding="utf-8")

    with pytest.raises(BlueprintError, match=r"omp\.yml 读不懂"):
        read_blueprint(tmp_path, SYLLABUS, SYLLABUS.roles["omp"])


def test_points_follow_the_syllabus(read):
    syllabus = replace(SYLLABUS, points=50)

    with pytest.raises(BlueprintError, match="应是 50 分"):
        read_blueprint(ROOT, syllabus, SYLLABUS.roles["wfmp"])
