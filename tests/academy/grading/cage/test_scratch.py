"""academy.grading.cage.scratch：草稿文件夹建得出、删得净、量得准。"""

import os

import pytest

from academy.grading import cage


def test_a_new_folder_is_private_and_belongs_to_its_user(tmp_path):
    uid = cage.worker_uid(3)

    folder = cage.make_scratch(tmp_path, 1024, uid)

    found = os.stat(folder)
    assert found.st_mode & 0o777 == 0o700
    assert found.st_uid == (os.getuid() if uid is None else uid)


@pytest.mark.parametrize(
    ("mode", "private"), [(0o700, True), (0o750, False), (0o701, False), (0o770, False)]
)
def test_a_folder_of_ours_is_private_while_it_is_closed_to_all_others(tmp_path, mode, private):
    folder = tmp_path / "ours"
    assert cage.is_private(folder)

    folder.chmod(mode)

    assert cage.is_private(folder) is private


def test_a_file_or_a_link_in_its_place_is_not_private(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)

    assert not cage.is_private(tmp_path / "file")
    assert not cage.is_private(tmp_path / "link")


def test_two_folders_differ(tmp_path):
    assert cage.make_scratch(tmp_path, 1) != cage.make_scratch(tmp_path, 1)


def test_closed_folders_and_links_are_removed_and_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    folder = cage.make_scratch(tmp_path, 1)
    (folder / "deep/closed").mkdir(parents=True)
    (folder / "deep/closed/file").touch()
    (folder / "link").symlink_to(outside)
    (folder / "名字\n换行").touch()
    (folder / "deep/closed").chmod(0)

    cage.remove_tree(folder)

    assert not folder.exists()
    assert (outside / "kept").exists()


def test_bytes_of_all_files_are_counted(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "a").write_bytes(bytes(10))
    (tmp_path / "sub/b").write_bytes(bytes(5))

    assert cage.scratch_bytes(tmp_path) == 15


def test_no_room_at_all_is_refused(tmp_path):
    with pytest.raises(ValueError, match="size=0：草稿文件夹的容量要大于 0 字节"):
        cage.make_scratch(tmp_path, 0)


def test_what_is_nested_without_end_is_removed_and_counted(tmp_path, nested):
    folder = cage.make_scratch(tmp_path, 1)
    (folder / "a").write_bytes(b"12345")
    nested(folder)

    assert cage.scratch_bytes(folder) == 5
    cage.remove_tree(folder)

    assert list(tmp_path.iterdir()) == []


def test_a_file_and_a_link_are_removed_themselves(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "link").symlink_to("kept")
    (tmp_path / "file").touch()

    cage.remove_tree(tmp_path / "link")
    cage.remove_tree(tmp_path / "file")

    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
