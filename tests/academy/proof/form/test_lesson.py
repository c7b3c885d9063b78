"""academy.proof.form.lesson：合写法的课没有一句不符；每条规矩，破了一定说，没破一定不说。"""

import pytest

from academy.masters import MasterError, read_master
from academy.proof.form import lesson_form
from tests.academy.form_lesson import FORM_LESSON

MARKDOWN = '# %% [markdown]\n"""\n{}\n"""\n\n'
LAST = '# %% [markdown] tags=["given"]\n"""\n## 小结'


@pytest.fixture
def form(tmp_path):
    def make(old="", new="", name="x/01_three", **how):
        assert old in FORM_LESSON
        path = tmp_path / "01_three.py"
        path.write_text(FORM_LESSON.replace(old, new, 1) if old else FORM_LESSON, "utf-8")
        return lesson_form(read_master(path), name, **how)

    return make


def _cells(number, cell):
    return (LAST, cell * number + LAST)


def test_lesson_in_form_has_no_problem_and_is_counted(form):
    one = form()

    assert one.problems == ()
    assert (one.cells, one.code, one.longest) == (26, 12, 2)
    assert (one.guesses, one.live, one.home) == (2, 2, 1)
    assert (one.minutes, one.noted) == (45, 45)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (' minutes=45 topics=["c1.history", "x.2.a"]', "", "第一格没有写 minutes=45"),
        ("# 周一九点半要几个人？\n", "周一九点半要几个人？\n", "第一行是「# 标题」"),
        ("他要一个数", "他要 `erlang` 的数", "第一屏有代码"),
        ("他要一个数", "主题 wfmp.2.scheduling", "第一屏有主题编号"),
        ("学完你能：", "目标：", "没有「学完你能」"),
        ("use_chinese()\n", "pass\n", "没有 use_chinese()"),
        (*_cells(5, MARKDOWN.format("一段")), "有 31 格，45 分钟最多 30 格"),
        (*_cells(3, "# %%\n1\n\n# %% [markdown]\n\"\"\"\n一段\n\"\"\"\n\n"), "有 15 格程序，45 分钟最多 14 格"),
        ('print(f"{staffing.agents} 人")', "a = 1\nb = 2\nc = 3\nd = 4\ne = 5", "有 6 行（最多 5 行）"),
        ("# 画图：人数与服务水平\n", "", "收起的格第一行要是一句注释"),
        ("curve\n", "curve\n\n# %%\n1\n", "连着 3 格看得见的程序"),
        ('unit="人")\n\n# %%\nstaffing', 'unit="")\n\n# %%\nstaffing', "猜 agents：问题、unit=、options= 要写成文字"),
        ("load = 48 * 450 / ____", "load = ...", "练习 ex-load 没有 ____"),
        ('# %% [markdown] excel="ex-load" value=12', "# %% [markdown]", "练习 ex-load 没有 Excel 的做法"),
        ('excel="ex-load" value=12', 'excel="ex-load"', "没有写 value="),
        ('excel="ex-load"', 'excel="ex-lead"', "ex-lead 没有对应的练习"),
        (' home=true', "", "练习要课上 2 个、课后 1 个（home=true），现在是 3 个、0 个"),
        ("- A. 行", "- A 行", "这里写成了「A 」"),
        ("- B. 31 人刚好", "- B：31 人刚好", "这里写成了「B：」"),
        ("半小时来 20 通", "4 个半小时来 20 通", "「4 个半小时」会读成两种时间"),
        ("先说后果", "不是快，是慢。不是多，是少。先说后果", "「不是 A，是 B」写了 2 次"),
        ("带回去：自己的文件，Excel 里来，Excel 里去", "带回去", "没有带回去的一页"),
        ("## 小结", "## 完了", "没有「小结」一节"),
        ("速查：话务量", "话务量", "「速查：」有 0 行"),
        ("2. 平均处理时长的单位是什么？\n   答：秒。\n   从接起到事后处理完。\n", "", "有 1 道，要 2 到 3 道"),
        ("   答：半小时。\n", "", "开头的问题没有答：一个时段是多久？"),
    ],
)  # fmt: skip
def test_broken_rule_is_named(form, old, new, words):
    problems = form(old, new).problems

    assert any(words in one for one in problems), problems


@pytest.mark.parametrize(
    ("old", "new"),
    [
        _cells(4, MARKDOWN.format("一段")),
        _cells(1, '# %%\n1\n\n# %% [markdown]\n"""\n一段\n"""\n\n'),
        ('print(f"{staffing.agents} 人")', "# 说明不算行\n\na = 1\nb = 2\nc = 3\nd = 4"),
        ("# 画图：人数与服务水平\n", "# 画图\na = 1\nb = 2\nc = 3\nd = 4\ne = 5\n"),
        ("半小时来 20 通", "4 个时段来 20 通"),
        ("先说后果", "不是快，是慢。先说后果"),
        ("先说后果", "A 组先说后果"),
        ("速查：话务量", "速查：先加后除。\n速查：口径写明。\n速查：话务量"),
    ],
)
def test_what_stays_within_the_rules_is_not_named(form, old, new):
    assert form(old, new).problems == ()


def test_more_than_three_guesses_are_too_many(form):
    more = '# %%\nguess("{0}", "几个？", unit="人")\n\n# %% [markdown] reading="{0}" actual="1"\n"""\n一\n"""\n\n'
    place = '# %% [markdown] tags=["given"]\n"""\n## 2　周一九点半'

    three, four = (
        form(place, "".join(more.format(name) for name in names) + place).problems
        for names in (("a",), ("a", "b"))
    )

    assert not any("先猜了" in one for one in three)
    assert any("先猜了 4 次，最多 3 次" in one for one in four)


def test_longer_lesson_may_be_longer_in_proportion(tmp_path):
    def said(minutes, cells):
        text = FORM_LESSON.replace("minutes=45", f"minutes={minutes}")
        path = tmp_path / "x.py"
        path.write_text(text.replace(LAST, MARKDOWN.format("一段") * cells + LAST), "utf-8")
        problems = lesson_form(read_master(path), "x/01").problems
        return [one for one in problems if "最多" in one]

    assert said(60, 14) == []
    assert said(60, 15) == ["有 41 格，60 分钟最多 40 格；多的放到 …_annex.py"]
    # 短的课不因此少
    assert said(15, 4) == []
    assert said(15, 5) == ["有 31 格，15 分钟最多 30 格；多的放到 …_annex.py"]


def test_annex_may_be_longer_but_keeps_the_wording(form):
    cells = MARKDOWN.format("一段") * 20

    assert form(LAST, cells + LAST, name="x/01_three_annex").problems == ()
    assert form("- A. 行", "- A 行", name="x/01_three_annex").problems != ()


def test_mock_examination_has_as_many_exercises_as_it_needs(form):
    assert form('topics=["c1.history", "x.2.a"]', 'topics=["x.2.a"] kind="mock"').problems == ()
    assert form(" home=true", " home=false").problems != ()


@pytest.mark.parametrize(("least", "most", "fine"), [(0, 3, True), (5, 5, False)])
def test_lesson_that_opens_a_day_has_its_own_number_of_questions(form, least, most, fine):
    assert (form(warmups=(least, most)).problems == ()) is fine


def test_unknown_word_behind_the_marker_is_refused(form):
    with pytest.raises(MasterError, match="不认得 minute"):
        form("minutes=45", "minute=45")
