"""`ccom VERB`: one module a verb; a verb's libraries are imported after its arguments were looked at."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

from academy.cli.parser import Parser, chinese, nearest
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
    "blueprint": "双向细目表：主题 × 层次的分值与分钟；--simulate 考前模拟这个岗位的各份卷",
    "seat": "看看一个座位的试卷与数据（不发给学员）",
    "lab": "在课程的工作副本里打开中文 JupyterLab；--formgrader 打开考务的",
    "package": "学员包：课程、工具、样例与启动脚本，一个文件夹和一个 .zip",
    "notebooks": "由母本生成笔记本；pull 把改过的笔记本带回母本",
    "demo": "演一期：30 名模拟学员从发卷到成绩",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; 0 when all went well, 1 when something must be mended, 2 for a wrong call."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    with chinese():
        options = _options(words)
    try:
        return import_module(f"academy.cli.{options.verb}").run(options) or 0
    except CcomError as error:
        print(f"！{error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("已中断：做完的都保留着，再运行同一条命令就接着做。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # `ccom … | head`: nobody reads on; keep Python from saying so when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        from academy.cli.troubles import told

        print(f"！{told(error)}", file=sys.stderr)
        return 1


def _options(words: list[str]) -> argparse.Namespace:
    """What the words ask for; only the wanted verb's arguments are looked up."""
    width = max(map(len, VERBS)) + 2
    parser = Parser(
        prog="ccom",
        usage="ccom 动词 …",
        description="CCOM 课程与考务。ccom 动词 --help 看每个动词的用法。",
        epilog="动词：\n" + "\n".join(f"  {name:<{width}}{text}" for name, text in VERBS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if words and words[0] in VERBS:
        verb = Parser(prog=f"ccom {words[0]}", description=VERBS[words[0]])
        verb.add_argument("--course", type=Path, default=Path(), help="课程文件夹，默认当前文件夹")
        import_module(f"academy.cli.{words[0]}").arguments(verb)
        options, unknown = verb.parse_known_args(words[1:])
        if unknown:
            verb.error(f"不认识 {unknown[0]}{nearest(unknown[0].split('=')[0], verb.known)}")
        options.verb = words[0]
        return options
    if not words:
        parser.print_help(sys.stderr)
        parser.exit(2)
    if words[0] in {"-h", "--help"}:
        parser.print_help()
        parser.exit(0)
    return parser.error(f"没有动词 {words[0]}{nearest(words[0], list(VERBS))}")
