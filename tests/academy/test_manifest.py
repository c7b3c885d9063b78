"""academy.manifest：只动自己生成、生成以后没人改过的文件。"""

import hashlib

import pytest

from academy.manifest import (
    FILE,
    Change,
    Manifest,
    ManifestError,
    apply_changes,
    below,
    manifest_after,
    plan_changes,
)

OLD, NEW = b"old\n", b"new\n"
NAME = "course/a/1.ipynb"


def _write(root, content, name=NAME):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _plan(root, wanted, made=None, force=False):
    manifest = Manifest()
    for name, content in (made or {}).items():
        manifest = manifest.adopting(name, content)
    return [(c.name, c.action) for c in plan_changes(root, wanted, manifest, force)]


def test_file_that_is_as_wanted_is_left_alone(tmp_path):
    _write(tmp_path, NEW)

    assert _plan(tmp_path, {NAME: NEW}) == []


def test_missing_file_is_made(tmp_path):
    assert _plan(tmp_path, {NAME: NEW}) == [(NAME, "made")]


def test_outdated_file_is_made_anew(tmp_path):
    _write(tmp_path, OLD)

    assert _plan(tmp_path, {NAME: NEW}, made={NAME: OLD}) == [(NAME, "made")]


def test_file_that_the_generator_did_not_make_is_kept(tmp_path):
    _write(tmp_path, OLD)

    assert _plan(tmp_path, {NAME: NEW}) == [(NAME, "kept")]


def test_file_changed_since_it_was_made_is_kept(tmp_path):
    _write(tmp_path, b"answers\n")

    assert _plan(tmp_path, {NAME: NEW}, made={NAME: OLD}) == [(NAME, "kept")]
    # 母本没变、只有学员改了，也一样
    assert _plan(tmp_path, {NAME: OLD}, made={NAME: OLD}) == [(NAME, "kept")]


@pytest.mark.parametrize(("force", "action"), [(True, "made"), (NAME, "made"), ("b", "kept")])
def test_force_overwrites_all_or_the_one_that_is_named(tmp_path, force, action):
    _write(tmp_path, b"answers\n")

    assert _plan(tmp_path, {NAME: NEW}, made={NAME: OLD}, force=force) == [(NAME, action)]


def test_file_without_a_master_is_removed_only_as_it_was_made(tmp_path):
    path = _write(tmp_path, OLD)
    assert _plan(tmp_path, {}, made={NAME: OLD}) == [(NAME, "removed")]

    path.write_bytes(b"answers\n")
    assert _plan(tmp_path, {}, made={NAME: OLD}) == [(NAME, "kept")]

    path.unlink()
    assert _plan(tmp_path, {}, made={NAME: OLD}) == []


def test_file_that_nobody_speaks_of_is_never_mentioned(tmp_path):
    _write(tmp_path, OLD, "course/a/mine.ipynb")

    assert _plan(tmp_path, {}, force=True) == []


def test_windows_line_ends_are_no_change(tmp_path):
    _write(tmp_path, b"old\r\n")

    assert _plan(tmp_path, {NAME: OLD}) == []
    assert _plan(tmp_path, {NAME: NEW}, made={NAME: OLD}) == [(NAME, "made")]


def test_changes_are_written_and_nothing_else(tmp_path):
    kept = _write(tmp_path, b"answers\n", "course/a/2.ipynb")
    gone = _write(tmp_path, OLD, "course/a/3.ipynb")
    changes = [
        Change(NAME, "made"),
        Change("course/a/2.ipynb", "kept", "…"),
        Change("course/a/3.ipynb", "removed"),
    ]

    apply_changes(tmp_path, {NAME: NEW, "course/a/2.ipynb": NEW}, changes)

    assert (tmp_path / NAME).read_bytes() == NEW
    assert kept.read_bytes() == b"answers\n"
    assert not gone.exists()


def test_manifest_lists_what_was_made_and_remembers_what_was_kept():
    before = Manifest().adopting("b", OLD).adopting("gone", OLD)

    after = manifest_after({"a": NEW, "b": NEW, "foreign": NEW}, before, {"b", "foreign"})

    assert after.made("a", NEW)
    assert after.made("b", OLD)
    assert not after.made("b", NEW)
    assert set(after.digests) == {"a", "b"}


def test_file_is_what_sha256sum_writes_in_the_order_of_the_paths(tmp_path):
    manifest = Manifest().adopting("course/b", NEW).adopting("course/a", OLD)

    manifest.write(tmp_path)

    assert (tmp_path / FILE).read_text(encoding="utf-8") == (
        f"{hashlib.sha256(OLD).hexdigest()}  course/a\n"
        f"{hashlib.sha256(NEW).hexdigest()}  course/b\n"
    )
    assert Manifest.read(tmp_path) == manifest


def test_two_lines_of_a_merge_both_count(tmp_path):
    both = Manifest().adopting("a", OLD).adopting("a", NEW)
    both.write(tmp_path)

    read = Manifest.read(tmp_path)

    assert read.made("a", OLD)
    assert read.made("a", NEW)


def test_line_that_is_none_is_named_with_the_remedy(tmp_path):
    (tmp_path / "text").mkdir()
    (tmp_path / FILE).write_text("<<<<<<< ours\n", encoding="utf-8")

    with pytest.raises(ManifestError, match=r"第 1 行读不懂.*从版本库取回"):
        Manifest.read(tmp_path)


@pytest.mark.parametrize(
    ("name", "made", "wanted", "words"),
    [
        (NAME, {NAME: OLD}, {NAME: NEW}, f"先运行 ccom notebooks pull {NAME}；"),
        ("release/p/p.ipynb", {"release/p/p.ipynb": OLD}, {"release/p/p.ipynb": NEW}, "先另存一份"),
        (NAME, {}, {NAME: NEW}, "不是由母本生成的，没有覆盖：请把它改名或移走"),
        (NAME, {NAME: OLD}, {}, "母本已经没有了，但它生成以后被改过，没有删"),
    ],
)
def test_reason_names_both_remedies(tmp_path, name, made, wanted, words):
    _write(tmp_path, b"answers\n", name)
    manifest = Manifest()
    for one, content in made.items():
        manifest = manifest.adopting(one, content)

    (change,) = plan_changes(tmp_path, wanted, manifest)

    assert words in change.reason
    assert f"ccom notebooks build {name} --force" in change.reason


def test_file_elsewhere_is_refused(tmp_path):
    with pytest.raises(ManifestError, match="不在课程文件夹"):
        below(tmp_path.parent / "x", tmp_path)
