"""academy.grading.cage.remembered：试过的记到关机为止；不够好的、别人写得了的，都不算数。"""

import pytest

from academy.grading.cage import remembered as module
from academy.grading.cage.remembered import forget, remembered


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """asked(good)：问一次，返回答案；asked.times 是真试了几次。"""
    monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path))

    def ask(answer=True, name="q"):
        def find_out():
            ask.times += 1
            return answer

        return remembered(name, find_out, bool)

    ask.times = 0
    return ask


def test_a_good_answer_is_kept_and_another_question_is_another(asked):
    assert [asked(), asked(), asked(name="r")] == [True] * 3
    assert asked.times == 2


def test_what_was_missing_is_tried_again(asked):
    assert [asked(False), asked(True), asked(False)] == [False, True, True]
    assert asked.times == 2


def test_it_is_tried_again_after_the_machine_started_anew(asked, tmp_path, monkeypatch):
    asked()
    other = tmp_path / "boot_id"
    other.write_text("another")
    monkeypatch.setattr(module, "_BOOT", other)
    module._circumstances.cache_clear()
    try:
        asked()
    finally:
        module._circumstances.cache_clear()

    assert asked.times == 2


def test_what_is_forgotten_is_tried_again(asked):
    asked()
    forget()
    asked()

    assert asked.times == 2


def test_a_folder_that_others_can_write_to_is_not_believed(asked):
    asked()
    module._folder().chmod(0o777)
    asked()

    assert asked.times == 2


def test_a_link_in_the_place_of_an_answer_is_not_followed(asked, tmp_path):
    asked()
    (path,) = module._folder().iterdir()
    path.unlink()
    (tmp_path / "forged").write_text("true")
    path.symlink_to(tmp_path / "forged")

    assert asked(False) is False
    assert (tmp_path / "forged").read_text() == "true"


@pytest.mark.parametrize("damage", ["", "{"])
def test_a_damaged_answer_is_found_out_anew(asked, damage):
    asked()
    (path,) = module._folder().iterdir()
    path.write_text(damage)

    assert asked() is True
    assert asked.times == 2
