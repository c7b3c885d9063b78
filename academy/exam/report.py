"""How does staff get the results: on the screen, in Excel, as a page with pictures?"""

from __future__ import annotations

import base64
import io
from pathlib import Path

import jinja2
import pandas as pd

from academy.exam.results import Results
from ccomlib.io import write_excel
from ccomlib.style import COLOURS, new_axes

__all__ = ["screen_table", "text_table", "write_report"]

TEMPLATE = Path(__file__).with_name("report.html")


def screen_table(results: Results) -> str:
    """The learners' results for the terminal."""
    return text_table(results.learners[["学号", "姓名", "得分", "结果", "迟交", "说明"]])


def text_table(table: pd.DataFrame) -> str:
    """A table for the terminal; a Chinese character counts as two columns."""
    cells = table.map(_text)
    rows = [list(map(str, cells.columns)), *cells.to_numpy().tolist()]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def write_report(results: Results, folder: Path) -> list[Path]:
    """Write <paper>.xlsx, .csv and .html into `folder`; an earlier report is replaced.

    Returns
    -------
    list of Path
        The files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / results.paper
    wide = results.wide()
    topics = topic_table(results)
    xlsx = write_excel(
        stem.with_suffix(".xlsx"),
        {"成绩": wide, "各主题": topics, "各题": results.items},
        overwrite=True,
    )
    csv = stem.with_suffix(".csv")
    wide.to_csv(csv, index=False, encoding="utf-8-sig")
    page = stem.with_suffix(".html")
    page.write_text(_html(results, topics), encoding="utf-8")
    return [xlsx, csv, page]


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
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        paper=results.paper,
        sentence=results.sentence(),
        pictures=pictures,
        learners=results.learners.to_dict("records"),
        topics=topics.to_dict("records"),
        items=results.items.to_dict("records"),
    )


def _distribution(results: Results) -> dict[str, str]:
    ax = new_axes(figsize=(8, 3.6))
    scores = results.graded["得分"]
    maximum = results.learners["满分"].max()
    bins = [edge * maximum / 20 for edge in range(21)]
    passed = scores >= results.pass_points
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
    return _picture(ax, f"分数分布：合格 {passed.sum()} 人，不合格 {(~passed).sum()} 人")


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
    return _picture(ax, "各主题得分率")


def _picture(ax, text: str) -> dict[str, str]:
    import matplotlib.pyplot as plt

    buffer = io.BytesIO()
    ax.figure.savefig(buffer, dpi=120)
    plt.close(ax.figure)
    return {"data": base64.b64encode(buffer.getvalue()).decode(), "text": text}


def _text(value: object) -> str:
    if value is None or pd.isna(value):
        return "—"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F or character == "—" else 1 for character in text)
