"""academy.grading.cage.landlock：每一版内核都只要它认得的权利。"""

import struct

import pytest

from academy.grading.cage import landlock


@pytest.mark.parametrize(
    ("version", "size", "highest_right", "network", "scoped"),
    [
        (1, 8, 1 << 12, 0, 0),
        (2, 8, 1 << 13, 0, 0),
        (3, 8, 1 << 14, 0, 0),
        (4, 16, 1 << 14, 3, 0),
        (5, 16, 1 << 15, 3, 0),
        (6, 24, 1 << 15, 3, 3),
        (7, 24, 1 << 15, 3, 3),
        (9, 24, 1 << 15, 3, 3),
    ],
)
def test_each_abi_is_asked_for_what_it_knows(
    version, size, highest_right, network, scoped, monkeypatch, tmp_path
):
    """内核文档 landlock.rst：REFER 从 2、TRUNCATE 从 3、TCP 从 4、IOCTL_DEV 从 5、范围从 6 起。"""
    asked, rules = [], []

    def call(number, *arguments):
        if number == landlock._number("landlock_create_ruleset"):
            asked.append(arguments[0])
            return landlock.os.open(tmp_path, landlock.os.O_PATH)
        if number == landlock._number("landlock_add_rule"):
            rules.append(struct.unpack("=Qi", arguments[2])[0])
        return 0

    monkeypatch.setattr(landlock, "abi", lambda: version)
    monkeypatch.setattr(landlock.linux, "call", call)
    file = tmp_path / "file"
    file.touch()

    landlock.restrict([tmp_path, file, tmp_path / "missing"], [tmp_path])

    (attribute,) = asked
    handled, *rest = struct.unpack(f"={size // 8}Q", attribute)
    assert handled.bit_length() == highest_right.bit_length()
    assert rest == [network, scoped][: size // 8 - 1]
    assert len(rules) == 3
    assert all(rights & ~handled == 0 for rights in rules)


def test_a_file_is_given_rights_on_files_only(monkeypatch, tmp_path):
    """给文件写上列目录的权利，内核会拒绝整条规则（EINVAL）。"""
    rules = []
    monkeypatch.setattr(landlock.linux, "call", lambda *arguments: rules.append(arguments[3]) or 0)
    file = tmp_path / "file"
    file.touch()

    landlock._allow(0, file, landlock._WORK)

    assert struct.unpack("=Qi", rules[0])[0] & landlock._READ_DIR == 0


def test_nothing_can_be_run_made_a_device_or_linked():
    """EXECUTE、MAKE_CHAR、MAKE_SOCK、MAKE_FIFO、MAKE_BLOCK、MAKE_SYM 从不给出。"""
    never = 1 << 0 | 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12

    assert landlock._WORK & never == 0
    assert landlock._READ & never == 0
