"""academy.masters.reading：母本的格读得准、写得回，写坏了说得清。"""

import pytest

from academy.masters import MasterError, read_master, write_master


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "m.py"
        path.write_text(text, encoding="utf-8")
        return read_master(path)

    return read


def test_open_solution_block_is_refused_with_its_cell(read):
    with pytest.raises(MasterError, match=r"第 2 格.*不成对"):
        read("# %%\nx = 1\n\n# %%\n### BEGIN SOLUTION\nx = 2\n")


@pytest.mark.parametrize("word", ["exercise", "answer", "mistakes", "data"])
def test_name_used_twice_is_refused(read, word):
    with pytest.raises(MasterError, match=f'第 2 格：{word}="a" 用了两次'):
        read(f'# %% {word}="a"\nx = 1\n\n# %% {word}="a"\nx = 2\n')


def test_one_name_may_stand_for_answer_and_test(read):
    assert len(read('# %% answer="a"\na = ...\n\n# %% test="a"\nright = 1\n').cells) == 2


def test_unknown_word_is_refused_with_the_known_ones(read):
    with pytest.raises(MasterError, match=r"第 1 格：不认得 anwser，可以写的是 .*answer"):
        read('# %% anwser="a"\na = ...\n')


@pytest.mark.parametrize(
    "head", ['test="q" tol=0.01 parts=true', 'test="q" parts={"a": 1, "b": 2}', 'tags=["setup"]']
)
def test_normal_form_reads_back_to_itself(read, head):
    text = f"# %% {head}\nright = 1\n"

    assert write_master(read(text)) == text
