"""academy.exam.seating.frozen：存档与清单对不上，一句话说明是哪个文件，什么也不评。"""

import json
import os
import shutil

import pytest

from academy.exam.seating.frozen import FrozenError, read_files, read_manifest


def _change(folder):
    with (folder / "data/calls.csv").open("a") as file:
        file.write("2025-01-06,1\n")


def _remove(folder):
    (folder / "data/calls.csv").unlink()


def _add(folder):
    (folder / "data/more.csv").write_text("x")


def _link(folder):
    path = folder / "data/calls.csv"
    copy = folder.parent / "elsewhere.csv"
    shutil.copy(path, copy)
    path.unlink()
    os.symlink(copy, path)


def _one_bit(folder):
    path = folder / "px.ipynb"
    content = bytearray(path.read_bytes())
    content[-2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_change, "data/calls.csv 被改过"),
        (_one_bit, "px.ipynb 被改过"),
        (_remove, "data/calls.csv 不见了"),
        (_add, "data/more.csv 是后来放进去的"),
        (_link, "data/calls.csv"),
        (shutil.rmtree, "data/calls.csv 不见了"),
    ],
)
def test_file_that_is_not_as_it_was_is_named(course, paper_of, manifest_of, damage, message):
    manifest = manifest_of("S1")
    damage(paper_of("S1"))

    with pytest.raises(FrozenError, match=f"sittings/px@2025-07/handed_out/S1/px 里的 {message}"):
        read_files(course.root, manifest)
    assert set(read_files(course.root, manifest_of("S2"))) == {"px.ipynb", "data/calls.csv"}


def test_manifest_that_cannot_be_read_is_named(course, seated, paper_of):
    path = paper_of("S1").parent / "px.json"
    for text in ("", "[]", "{", '{"number": "S1"}'):
        path.write_text(text)
        with pytest.raises(FrozenError, match="handed_out/S1/px.json 读不出来"):
            read_manifest(course.root, seated.name, "px", "S1")


def test_manifest_in_another_learners_place_is_refused(course, seated, paper_of):
    shutil.copy(paper_of("S2").parent / "px.json", paper_of("S1").parent / "px.json")

    with pytest.raises(FrozenError, match="写的是 S2 的 px"):
        read_manifest(course.root, seated.name, "px", "S1")


def test_key_follows_seed_order_and_files_and_nothing_else(seated, paper_of, manifest_of):
    manifest = manifest_of("S1")
    path = paper_of("S1").parent / "px.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    keys = {manifest.key}
    for change in (
        {"seed": 5},
        {"orders": {"q1": [3, 2, 1, 0]}},
        {"files": content["files"] | {"data/calls.csv": "0" * 64}},
    ):
        path.write_text(json.dumps(content | change), encoding="utf-8")
        keys.add(manifest_of("S1").key)
    path.write_text(json.dumps(content | {"made": "2025-01-01T00:00:00+00:00"}), encoding="utf-8")

    assert len(keys) == 4
    assert manifest_of("S1").key == manifest.key
    assert str(manifest.seed) not in manifest.key
