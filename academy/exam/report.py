"""How does staff get the results: on the screen, in Excel, as a page with pictures?"""

from __future__ import annotations

from pathlib import Path

import jinja2
import pandas as pd

from academy.clock import shown
from academy.exam.results import Results
from academy.exam.standing import ABSENT, REJECTED, UNGRADED, WITHDRAWN
from academy.exam.tables import candidate_row, text_table
from academy.exam.verdict import PASSED
from academy.pictures import embedded
from ccomlib.io import write_excel
from ccomlib.style import COLOURS, new_axes

__all__ = [
    "change_table",
    "resit_table",
    "screen_table",
    "set_aside_table",
    "topic_table",
    "write_report",
]

TEMPLATE = Path(__file__).with_name("report.html")


def screen_table(results: Results) -> str:
    """The learners' results for the terminal; columns that say nothing are left out."""
    always = ["学号", "姓名", "得分", "结果"]
    table = results.learners
    told = [
        column
        for column in ("迟交", "各次考试", "最好", "总评", "补考", "成绩变动", "说明")
        if table[column].map(bool).any()
    ]
    if not table["各次考试"].any():
        told = [column for column in told if column not in ("最好", "总评")]
    return text_table(table[[*always, *told]].to_dict("records"))


def write_report(results: Results, folder: Path) -> list[Path]:
    """Write <sitting>.xlsx, .csv and .html into `folder`; an earlier report is replaced.

    Returns
    -------
    list of Path
        The files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = results.sitting.name  # a cohort's name may have a dot in it: no with_suffix
    wide = results.wide()
    topics = topic_table(results)
    sheets = {
        "成绩": wide,
        "补考": resit_table(results),
        "成绩变动": change_table(results),
        "搁置": set_aside_table(results),
        "各主题": topics,
        "各题": results.items,
        "量得准不准": pd.DataFrame({"说明": results.quality()}),
    }
    xlsx = write_excel(folder / f"{stem}.xlsx", sheets, overwrite=True)
    csv = folder / f"{stem}.csv"
    wide.to_csv(csv, index=False, encoding="utf-8-sig")
    page = folder / f"{stem}.html"
    page.write_text(_html(results, topics), encoding="utf-8")
    return [xlsx, csv, page]


def resit_table(results: Results) -> pd.DataFrame:
    """A row a learner who has not passed yet: attempts, and what comes next."""
    columns = ["学号", "姓名", "考过", "下一份", "不能补考"]
    rows = [candidate_row(one) for one in results.resits]
    return pd.DataFrame(rows, columns=columns).fillna("")


def change_table(results: Results) -> pd.DataFrame:
    """A row a re-grade: when, whose, who, points before and after, why."""
    names = results.learners.set_index("学号")["姓名"]
    columns = ["时间", "学号", "姓名", "谁", "原来", "现在", "原因"]
    rows = [
        (shown(one.time), one.number, names.get(one.number, ""), one.who, one.before, one.after, one.why)
        for one in results.changes
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def set_aside_table(results: Results) -> pd.DataFrame:
    """A row a thing that came in and does not count: whose, why, and whether that is settled."""
    names = results.learners.set_index("学号")["姓名"]
    gone = set(results.of_result(WITHDRAWN)["学号"])
    rows = [
        (
            "、".join(f"{number} {names.get(number, '')}".strip() for number in one.concerns),
            one.sentence,
            "要处理"
            if not one.settled
            else "已退出"
            if set(one.concerns) <= gone
            else "另有一份算数",
        )
        for one in results.set_aside
    ]
    return pd.DataFrame(rows, columns=["学员", "原因", "处理"])


def topic_table(results: Results) -> pd.DataFrame:
    """A row a topic: title, points, mean, share earned."""
    rates = results.topic_rates()
    return pd.DataFrame(
        {
            "编号": rates.index,
            "主题": [results.titles[topic] for topic in rates.index],
            "满分": results.topic_max.to_numpy(),
            "平均得分": (rates * results.topic_max).to_numpy(),
            "得分率": rates.to_numpy(),
        }
    )


def _html(results: Results, topics: pd.DataFrame) -> str:
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["points"] = lambda value: "—" if pd.isna(value) else f"{value:g}"
    environment.filters["percent"] = lambda value: "—" if pd.isna(value) else f"{value:.0%}"
    environment.filters["number"] = lambda value: "—" if pd.isna(value) else f"{value:.2f}"
    pictures = [_distribution(results), _topic_bars(results, topics)] if len(results.graded) else []
    attention = {
        "没有交卷": results.of_result(ABSENT),
        "迟交": results.late,
        "还没有成绩": results.of_result(UNGRADED, REJECTED),
        "退出": results.of_result(WITHDRAWN),
    }
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        sitting=results.sitting,
        start=shown(results.sitting.start),
        due=shown(results.sitting.due()),
        sentence=results.sentence(),
        pictures=pictures,
        attention={name: people.to_dict("records") for name, people in attention.items()},
        learners=results.learners.to_dict("records"),
        several=bool(results.learners["各次考试"].any()),
        resits=resit_table(results).to_dict("records"),
        changes=change_table(results).to_dict("records"),
        set_aside=set_aside_table(results).to_dict("records"),
        topics=topics.to_dict("records"),
        items=results.items.to_dict("records"),
        quality=results.quality(),
    )


def _distribution(results: Results) -> dict[str, str]:
    ax = new_axes(figsize=(8, 3.6))
    scores = results.graded["得分"]
    maximum = results.maximum
    bins = [edge * maximum / 20 for edge in range(21)]
    passed = results.graded["结果"] == PASSED
    ax.hist(
        [scores[passed], scores[~passed]], bins=bins, stacked=True,
        color=[COLOURS["good"], COLOURS["bad"]], label=["合格", "不合格"],
    )  # fmt: skip
    ax.axvline(
        results.pass_points,
        color="black",
        linestyle="--",
        label=f"合格线 {results.pass_points:g} 分",
    )
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.set(title="分数分布", xlabel="得分", ylabel="人数", xlim=(0, maximum))
    ax.legend(loc="upper left")
    return embedded(ax, f"分数分布：合格 {passed.sum()} 人，不合格 {(~passed).sum()} 人")


def _topic_bars(results: Results, topics: pd.DataFrame) -> dict[str, str]:
    ax = new_axes(figsize=(8, 0.42 * len(topics) + 1.4))
    labels = [title if len(title) <= 24 else title[:23] + "…" for title in topics["主题"]]
    ax.barh(range(len(topics)), topics["得分率"], color=COLOURS["main"])
    ax.set_yticks(range(len(topics)), labels)
    ax.invert_yaxis()
    ax.grid(visible=False, axis="y")
    for position, (rate, points) in enumerate(zip(topics["得分率"], topics["满分"], strict=True)):
        ax.annotate(
            f"{rate:.0%} / {points:g} 分",
            (rate, position),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
        )
    ax.set(title="各主题得分率（已评分学员平均）", xlim=(0, 1.2))
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1.0], ["0%", "25%", "50%", "75%", "100%"])
    return embedded(ax, "各主题得分率")
