"""测试抓得住错吗？把程序一处一处改坏，看测试红不红；还绿的就是没人看守的地方。

    python tools/mutants.py                  # academy/exam 里看守最紧的几个模块
    python tools/mutants.py verdict sitting  # 只看这几个
    python tools/mutants.py --all            # academy/exam 的每个模块
    python tools/mutants.py --list verdict   # 只列出会怎样改坏

一次只改一处：比较、与或非、加减乘除、数、真假、返回值、只为效果的调用、推导式的条件、min/max、any/all。
（mutmut 不改带装饰器的方法与模块里的常数，而这里的规则多半写在 @property 与常数里，所以用自己的。）
与原来说的是一回事的改法，连同理由写在 mutants.toml，不算幸存。
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.util
import os
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "academy.exam"
TESTS = ROOT / "tests/academy/exam"
EQUIVALENT = Path(__file__).with_suffix(".toml")
CORE = ("verdict", "sitting", "results", "standing", "attempts", "resit", "history", "start_time")
READY = "CCOM_READY_COURSE"  # tests/academy/exam/conftest.py：建好一次，大家用
# 每个变异都要用的库，父进程先装好，分身时不用再装
HEAVY = (
    "pytest",
    "numpy",
    "pandas",
    "matplotlib.pyplot",
    "nbgrader.apps.api",
    "openpyxl",
    "scipy.stats",
)

COMPARISONS = {
    ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
FUNCTIONS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}


@dataclass(frozen=True)
class Mutant:
    """一处改坏的程序。"""

    module: str
    line: int
    statement: str
    before: str
    after: str
    code: str

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line}  {self.before}  →  {self.after}"

    @property
    def key(self) -> tuple[str, str, str, str]:
        """认得出它的：模块、所在的语句、改前、改后；行号会变，不算。"""
        return self.module, self.statement, self.before, self.after


def mutants_of(module: str, source: str) -> list[Mutant]:
    """一个模块的全部变异，按行号。

    >>> [str(one) for one in mutants_of("m", "def f(a): return a > 1")]
    ['m.py:1  return a > 1  →  return None', 'm.py:1  a > 1  →  a >= 1', 'm.py:1  1  →  2']
    """
    tree = ast.parse(source)
    _forget_words(tree)
    found = []
    home: dict[ast.AST, ast.stmt] = {}  # 每个节点在哪个语句里；走树先父后子，里层的盖过外层
    for statement in (node for node in ast.walk(tree) if isinstance(node, ast.stmt)):
        home |= dict.fromkeys(ast.walk(statement), statement)
    frozen = set(_decorations(tree))
    for place, node in enumerate(ast.walk(tree)):
        for change in () if node in frozen else _changes(node):
            copy = deepcopy(tree)
            target = next(one for at, one in enumerate(ast.walk(copy)) if at == place)
            before = ast.unparse(target)
            after = ast.unparse(change(target))
            code = ast.unparse(ast.fix_missing_locations(copy))
            line = getattr(node, "target", node).lineno  # 推导式自己没有行号
            where = _short(ast.unparse(home.get(node, tree)))
            found.append(Mutant(module, line, where, _short(before), _short(after), code))
    return sorted(found, key=lambda one: one.line)


def _forget_words(tree: ast.AST) -> None:
    """文档串与注解不是程序的行为。"""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                body[0].value = ast.Constant("")
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Name("object", ast.Load())


def _decorations(tree: ast.AST) -> Iterator[ast.AST]:
    """类的装饰器里的开关（frozen、eq）管的是写法，不是规则。"""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for decorator in node.decorator_list:
                yield from ast.walk(decorator)


def _changes(node: ast.AST) -> Iterator[Callable[[ast.AST], ast.AST]]:
    """能怎样改坏一个节点：函数就地改，返回改后的样子。"""
    if isinstance(node, ast.Compare):
        for at in range(len(node.ops)):
            yield lambda one, at=at: _set(one, "ops", COMPARISONS[type(one.ops[at])](), at)
    elif isinstance(node, ast.BoolOp):
        new = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield lambda one: _set(one, "op", new())
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield lambda one: _set(one, "op", OPERATORS[type(one.op)]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda one: _become(one, one.operand)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield lambda one: _set(one, "value", not one.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield lambda one: _set(one, "value", one.value + 1)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        if not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp):
            yield lambda one: _set(one, "test", ast.UnaryOp(ast.Not(), one.test))
    elif isinstance(node, ast.comprehension):
        for at in range(len(node.ifs)):
            yield lambda one, at=at: _set(one, "ifs", ast.Constant(value=True), at)
    elif isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield lambda one: _set(one, "value", ast.Constant(value=None))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield lambda one: _set(one, "value", ast.Constant(value=None))
    elif isinstance(node, ast.Call) and getattr(node.func, "id", None) in FUNCTIONS:
        yield lambda one: _set(one, "func", ast.Name(FUNCTIONS[one.func.id], ast.Load()))


def _set(node: ast.AST, name: str, value: object, at: int | None = None) -> ast.AST:
    if at is None:
        setattr(node, name, value)
    else:
        getattr(node, name)[at] = value
    return node


def _become(node: ast.AST, other: ast.AST) -> ast.AST:
    """让节点变成另一个节点，父节点不用知道。"""
    node.__class__ = other.__class__
    node.__dict__ = other.__dict__
    return node


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 70 else text[:69] + "…"


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """import 到这个模块时，给改坏的那份。"""

    def __init__(self, name: str, code: str, path: Path) -> None:
        self._name, self._code, self._path = name, code, path

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        if name != self._name:
            return None
        return importlib.util.spec_from_file_location(name, self._path, loader=self)

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: object) -> None:
        exec(compile(self._code, str(self._path), "exec"), module.__dict__)


def run(mutant: Mutant | None, tests: list[Path], seconds: float) -> str:
    """在一个分身里跑测试：「绿」「红」或「超时」。"""
    child = os.fork()
    if child == 0:
        os.setsid()
        os._exit(_run_here(mutant, tests))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "绿" if os.waitstatus_to_exitcode(status) == 0 else "红"
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "超时"


def _run_here(mutant: Mutant | None, tests: list[Path]) -> int:
    import pytest

    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    if mutant is not None:
        path = ROOT / PACKAGE.replace(".", "/") / f"{mutant.module}.py"
        sys.meta_path.insert(0, _Finder(f"{PACKAGE}.{mutant.module}", mutant.code, path))
    with tempfile.TemporaryDirectory(prefix="mutant-") as place:
        options = ["-x", "-q", "-p", "no:cacheprovider", "--basetemp", f"{place}/t"]
        return int(pytest.main([*options, *map(str, tests)]))


def _equivalent() -> dict[tuple[str, ...], str]:
    content = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    keys = ("module", "statement", "before", "after")
    return {tuple(one[key] for key in keys): one["why"] for one in content["same"]}


def _modules(options: argparse.Namespace) -> list[str]:
    every = sorted(
        path.stem
        for path in (ROOT / PACKAGE.replace(".", "/")).glob("*.py")
        if (TESTS / f"test_{path.stem}.py").exists()
    )
    wanted = options.modules or (every if options.all else list(CORE))
    unknown = sorted(set(wanted) - set(every))
    if unknown:
        sys.exit(f"没有模块或没有它的测试：{'、'.join(unknown)}；有 {'、'.join(every)}。")
    return wanted


def main() -> int:
    """跑变异，打印一张表与幸存的；有幸存的返回 1。"""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", help="academy/exam 里的模块名")
    parser.add_argument("--all", action="store_true", help="每个模块")
    parser.add_argument("--list", action="store_true", help="只列出，不跑")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--minutes", type=float, default=60.0, help="到时候就停，说还剩几个")
    options = parser.parse_args()
    modules = _modules(options)
    same = _equivalent()
    jobs: list[Mutant] = []
    for module in modules:
        source = (ROOT / PACKAGE.replace(".", "/") / f"{module}.py").read_text(encoding="utf-8")
        jobs += mutants_of(module, source)
    if options.list:
        print("\n".join(map(str, jobs)))
        return 0
    for name in HEAVY:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        os.environ[READY] = f"{place}/course"
        return _report(jobs, same, options.workers, time.monotonic() + options.minutes * 60)


def _report(jobs: list[Mutant], same: dict[tuple[str, ...], str], workers: int, end: float) -> int:
    limits = {}
    for module in dict.fromkeys(one.module for one in jobs):
        began = time.monotonic()
        if run(None, [TESTS / f"test_{module}.py"], 1800) != "绿":
            sys.exit(f"test_{module}.py 没改坏就不绿：先让它绿。")
        limits[module] = 30 + 5 * (time.monotonic() - began)
    counts: dict[str, Counter] = {module: Counter() for module in limits}
    alive: list[Mutant] = []

    def one(mutant: Mutant) -> None:
        if time.monotonic() > end:
            said = "没跑"
        elif mutant.key in same:
            said = "等价"
        else:
            said = run(mutant, [TESTS / f"test_{mutant.module}.py"], limits[mutant.module])
        counts[mutant.module][said] += 1
        if said == "绿":
            alive.append(mutant)
            print(f"幸存 {mutant}（在 {mutant.statement}）", flush=True)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(one, jobs))
    columns = ("红", "超时", "等价", "绿", "没跑")
    names = ("杀死", "超时", "等价", "幸存", "没跑")
    print(f"\n{'模块':<10}{'变异':>6}" + "".join(f"{name:>6}" for name in names))
    for module, count in counts.items():
        print(f"{module:<12}{count.total():>6}" + "".join(f"{count[c]:>8}" for c in columns))
    total = sum(counts.values(), Counter())
    print(f"{'合计':<10}{total.total():>6}" + "".join(f"{total[c]:>8}" for c in columns))
    return int(bool(alive) or total["没跑"] > 0)


if __name__ == "__main__":
    sys.exit(main())
