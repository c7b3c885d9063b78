"""academy.cli.parser：用法、选项与每一种写错，屏幕上没有一个英文词。"""

import argparse
import ast
import inspect
import re

import pytest

from academy.cli import VERBS, main
from academy.cli.parser import WORDS, Parser, chinese, nearest

# argparse 里说给写程序的人听的；用的人遇不到
FOR_PROGRAMMERS = {
    "conflicting option string: %s",
    "conflicting option strings: %s",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    ".__call__() not defined",
    "'required' is an invalid argument for positionals",
    "mutually exclusive arguments must be optional",
    "%r is not callable",
    "cannot merge actions - two groups are named %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "cannot have multiple subparser arguments",
    'argument "-" with mode %r',
    "subcommands",
}


def _asked_of_gettext():
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "ngettext"}:
            for argument in node.args:
                yield from (
                    part.value
                    for part in ast.walk(argument)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                )


def test_every_word_of_argparse_that_users_meet_has_its_chinese():
    asked = set(_asked_of_gettext()) - {"title", "description"}

    assert asked - FOR_PROGRAMMERS - set(WORDS) == set()


def test_every_translation_keeps_its_places_for_values():
    for english, words in WORDS.items():
        places = re.compile(r"%\(\w+\)[rs]|%[rs]")
        # 类型的英文名不说；值在就够了
        wanted = [place for place in places.findall(english) if place != "%(type)s"]
        assert sorted(places.findall(words)) == sorted(wanted), english


def test_argparse_of_others_stays_english():
    before = argparse._
    with chinese():
        assert argparse._("options") == "选项"
    assert argparse._ is before


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_help_of_every_verb_is_chinese(verb, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([verb, "--help"])

    said = capsys.readouterr().out
    assert stopped.value.code == 0
    assert said.startswith(f"用法：ccom {verb}")
    # 除了选项的名字、试卷名、文件名与产品名，没有英文词
    names = r"--?[\w-]+(=\S+)?|[\w/-]+\.\w+|`.*?`|tcp://\S+|wfmp\S*|\d\S*T\S*"
    words = re.findall(r"[A-Za-z]{2,}", re.sub(names, "", said.split("\n\n", 1)[1]))
    known = {"ccom", *VERBS, "nbgrader", "formgrader", "JupyterLab", "Excel", "CSV", "JSON", "Dask"}
    known |= {"ipynb", "csv", "xlsx"}
    known |= {"build", "check", "guess", "pull", "prove", "zip", "source", "text"}
    known |= {"list", "show", "undo", "withdraw", "restore", "extra", "start"}
    assert set(words) <= known


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["grad", "px"], "ccom：没有动词 grad，是不是 grade。用法见 ccom --help"),
        (["xyzzy"], "ccom：没有动词 xyzzy。用法见 ccom --help"),
        (["--nothing"], "ccom：没有动词 --nothing。用法见 ccom --help"),
        (
            ["grade", "px", "--studnet", "S1"],
            "ccom grade：不认识 --studnet，是不是 --student。用法见 ccom grade --help",
        ),
        (["grade", "px", "py"], "ccom grade：不认识 py。用法见 ccom grade --help"),
        (["grade", "px", "--wor", "2"], "ccom grade：不认识 --wor"),
        (["results"], "ccom results：还缺 场次。"),
        (["release", "px"], "ccom release：还缺 --roster。"),
        (["seat", "px", "--seed", "一", "--to", "x"], "ccom seat：--seed 应是整数，现在是 '一'。"),
        (["grade", "px", "--workers", "0"], "ccom grade：--workers 应是正整数，现在是 '0'。"),
        (["grade", "px", "--json"], "ccom grade：--json 后面要跟一个值。"),
        (["grade", "px", "--student"], "ccom grade：--student 后面至少要跟一个值。"),
        (["grade", "px", "--force=1"], "ccom grade：--force 后面不用跟值，多了 '1'。"),
        (["notebooks", "bild"], "ccom notebooks：动作 不能是 'bild'，应是 'build', 'check'"),
        (["package", "wfmp"], "ccom package：还缺 --to。"),
        (["lab", "--port", "x"], "ccom lab：--port 应是正整数"),
    ],
)
def test_wrong_call_is_one_chinese_line_and_exit_two(words, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(words)

    err = capsys.readouterr().err
    assert stopped.value.code == 2
    assert err.startswith(said)
    assert err.count("\n") == 1


def test_no_word_at_all_shows_the_verbs(capsys):
    with pytest.raises(SystemExit) as stopped:
        main([])

    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert all(f"  {verb}" in said for verb in VERBS)


def test_help_has_every_verb_with_its_line(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])

    said = capsys.readouterr().out
    assert stopped.value.code == 0
    for verb, text in VERBS.items():
        assert re.search(rf"^  {verb} +{re.escape(text)}$", said, re.MULTILINE)


@pytest.mark.parametrize(
    ("word", "said"),
    [("wfmp-finl", "，是不是 wfmp-final"), ("qqq", ""), ("wfmp-final", "，是不是 wfmp-final")],
)
def test_nearest_word_is_offered_only_when_it_is_near(word, said):
    assert nearest(word, ["wfmp-final", "wfmp-resit1"]) == said


def test_number_that_is_none_is_said_in_chinese(capsys):
    parser = Parser(prog="x")
    parser.add_argument("--share", type=float)

    with chinese(), pytest.raises(SystemExit):
        parser.parse_args(["--share", "一半"])

    assert "--share 应是数，现在是 '一半'" in capsys.readouterr().err
