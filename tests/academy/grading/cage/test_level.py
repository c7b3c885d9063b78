"""academy.grading.cage.level：哪些守住、缺哪些、写进成绩的一个词。"""

import pytest

from academy.grading.cage import GUARANTEES, Level

FULL = Level(dict.fromkeys(GUARANTEES, "seccomp"), ("uid", "landlock", "seccomp"))


def test_name_joins_the_mechanisms():
    assert FULL.name == "uid+landlock+seccomp"
    assert Level({}).name == "none"


def test_all_stands_for_every_guarantee():
    level = Level({"files": "landlock"}, ("landlock",))

    assert level.missing(["all"]) == tuple(name for name in GUARANTEES if name != "files")
    assert FULL.missing(["all"]) == ()


def test_guarantees_and_mechanisms_can_be_required():
    assert FULL.missing(["network", "bwrap", "uid"]) == ("bwrap",)
    assert FULL.missing([]) == ()


def test_an_unknown_word_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="「netwrok」不认识，可以写：all、files"):
        FULL.missing(["netwrok"])


def test_the_sentence_names_what_is_not_held():
    assert str(FULL) == "隔离方式 uid+landlock+seccomp，各项都守住。"
    assert "没有守住：不能联网" in str(Level({k: "x" for k in GUARANTEES if k != "network"}))


def test_notes_do_not_make_levels_differ():
    assert Level({}, (), ("说明",)) == Level({})
