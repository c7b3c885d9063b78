"""academy.proof.papers：试卷说到做到——参考答案满分、空白没分、每个错答得到写明的分。"""

import pytest

from academy.papers import read_paper
from academy.proof import prove_paper, prove_seat
from academy.seats import write_data


@pytest.mark.parametrize("seed", [0, 1, 2, 2**63 - 25])
def test_sound_paper_gives_all_and_nothing(master, seed):
    proof = prove_paper(master, seed)

    assert (proof.problems, proof.reference_points, proof.untouched_points) == ([], 100, 0)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"最多": calls.max()}\n###', '"最多": calls.min()}\n###', "q5：参考答案得 10/20 分"),
        ("# 得分：10", "# 得分：0", "q5 错答「用了合计」应得 0 分（不到 20 分），却得 10 分"),
        ("# 换：calls.mean()\n# 成：calls.sum()", "# 换：calls.max()\n# 成：60", "却得 20 分"),
        ("# 换：calls.mean()\n# 成：calls.sum()", "# 换：calls.mean()\n# 成：nothing", "却得 0 分"),
        (
            "# 得分：10\n# 换：calls.mean()\n# 成：calls.sum()",
            "# 换：calls.mean()\n# 成：nothing",
            "没有得出答案来",
        ),
        (
            "### END SOLUTION",
            '### END SOLUTION\nq5 = {"平均": 30, "最多": 60}',
            "没动过的格应说还没有作答，却是 得 20 分",
        ),
        ("import math", "import math\nimport sys\nsys.stderr.write('x')", "写了 stderr：x"),
        ("import math", "import math\n1 / 0", "出错 ZeroDivisionError"),
        (
            '"平均": calls.mean()',
            '"平均": calls.mean() if q1 == "B" else 0',
            "q5：参考答案得 10/20 分",
        ),
        ("argmax()", "argmin()", ""),
    ],
)
def test_paper_that_breaks_its_word_is_found(changed, old, new, words):
    problems = prove_paper(changed(old, new)).problems

    assert any(words in problem for problem in problems) if words else problems == []


def test_seat_of_other_data_is_proved_with_them(master, tmp_path):
    """题目按座位的数据评：别的座位的数据，参考答案照样满分；字母用错座位就不是。"""
    write_data(master.parent, 5, tmp_path / "seat")
    paper = read_paper(master)

    assert prove_seat(paper, tmp_path / "seat", 5).problems == []


def test_letters_of_another_seat_are_wrong(master, tmp_path, monkeypatch):
    """选项真的按座位打乱：拿样卷的字母去别的座位，得不到分。"""
    import academy.proof.papers as proof

    monkeypatch.setattr(proof, "seated", lambda part, answer, seed: answer)
    write_data(master.parent, 5, tmp_path / "seat")

    assert prove_seat(read_paper(master), tmp_path / "seat", 5).reference_points < 100
