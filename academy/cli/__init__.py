"""`ccom VERB`: one module a verb; a verb's libraries are imported after its arguments were looked at."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from academy.errors import CcomError

__all__ = ["VERBS", "main"]

# the verbs are the package map; help stands here so that `ccom --help` imports none of them
VERBS = {
    "release": "发卷：建一个场次（试卷、名单、开考时间），试跑、生成学员卷、登记名单",
    "sitting": "场次：看有哪些、撤回登错的名单、退出与恢复、加时、改开考时间",
    "seats": "座位：给场次里每人抽一个秘密的座位，存下并写出各人的试卷",
    "collect": "收卷：从交换区或文件夹，全部留存，说清谁缺、谁迟、什么搁置",
    "choose": "指定：一个学员几份答卷里算哪一份",
    "grade": "评分：断了再运行就接着评；任何 nbgrader 课程文件夹都可以",
    "results": "成绩：一个场次谁合格、谁缺考、谁补考，写出 Excel、CSV 与网页",
    "feedback": "反馈：一人一页，各主题与各题的得分和一句话，没有答案",
    "resit": "补考：谁可以考哪一份，写出下一场的名单",
    "blueprint": "双向细目表：主题 × 层次的分值与分钟",
    "seat": "看看一个座位的试卷与数据（不发给学员）",
    "notebooks": "由母本生成笔记本；pull 把改过的笔记本带回母本",
    "demo": "演一期：30 名模拟学员从发卷到成绩",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:
        self.exit(2, f"{self.prog}：{message}。用法见 {self.prog} --help\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; 0 when all went well, 1 when something must be mended, 2 for a wrong call."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(words[0] if words else "").parse_args(words)
    try:
        return import_module(f"academy.cli.{options.verb}").run(options) or 0
    except CcomError as error:
        print(f"！{error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("已中断：做完的都保留着，再运行同一条命令就接着做。", file=sys.stderr)
        return 130


def _parser(wanted: str) -> argparse.ArgumentParser:
    """The parser; only the wanted verb's arguments are filled in."""
    parser = _Parser(
        prog="ccom", description="CCOM 课程与考务：ccom 动词 --help 看每个动词的用法。"
    )
    verbs = parser.add_subparsers(
        title="动词", dest="verb", required=True, metavar="动词", parser_class=_Parser
    )
    for name, help_text in VERBS.items():
        verb = verbs.add_parser(name, help=help_text, description=help_text)
        verb.add_argument("--course", type=Path, default=Path(), help="课程文件夹，默认当前文件夹")
        if name == wanted:
            import_module(f"academy.cli.{name}").arguments(verb)
    return parser
