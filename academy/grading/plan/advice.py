"""Why can a test not work across two processes, and what should its author write instead?"""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterable, Iterator

from academy.grading.plan.names import look_at
from academy.grading.work.assignment import Assignment, MasterCell, MasterNotebook
from academy.grading.work.plan import CellPlan
from academy.grading.work.python_text import to_python

__all__ = ["advice", "cell_name", "danger", "imported", "installed"]


# a shell's history and all of its names
SHELL_NAMES = frozenset(["In", "Out", "_ih", "_oh", "_i", "_ii", "globals", "user_ns", "who_ls"])


def advice(cell: MasterCell, plan: CellPlan) -> str:
    """What the author of a test that lost points may write instead.

    Parameters
    ----------
    plan : with what the reference gave (`allowed`).
    """
    words = look_at(cell.source).words
    learners = set(plan.names)
    if words & {"getsource", "getsourcelines", "getsourcefile"}:
        return "测试在另一个进程里，看不到作答的源代码：请改为检验结果。"
    if words & {"patch", "mock", "MagicMock", "Mock", "monkeypatch"} or "input" in words:
        return "测试不能替换作答程序里的名字（如 input）：请让函数把它作为参数。"
    if words & {"get_ipython", "globals", "user_ns", "_ih", "In", "Out"}:
        return "测试看不到作答程序的名字空间：请直接用要检验的名字。"
    for node in ast.walk(_tree(cell.source)):
        if isinstance(node, ast.ClassDef) and learners & _names_in(node.bases):
            return "测试不能从作答的类派生：请检验它的实例。"
        if isinstance(node, ast.Compare) and any(
            isinstance(one, (ast.Is, ast.IsNot)) for one in node.ops
        ):
            return "值是从另一个进程拷来的，不能用 is 比较：请用 ==。"
    if plan.objects and _compares(cell.source):
        return (
            "作答的类的对象只会彼此相等，与测试里的值比永远不等："
            "请比它的属性或方法的结果（如 a.x == 1、str(a) == '…'）。"
        )
    return "测试在另一个进程里，只拿得到作答的普通数据与函数：请改写这个测试。"


def _compares(source: str) -> bool:
    """Whether something is held against something else, by an operator or a function that does."""
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Compare):
            return True
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name.lower().replace("_", "").startswith(("assertequal", "assertarrayequal")):
                return True
    return False


def danger(cell: MasterCell, learners: Iterable[str]) -> tuple[str, str] | None:
    """Why a test must not run in the examiner's process, and the remedy.

    There, no text or bytes that come from a learner may ever be run or unpickled; and what a test
    finds there in the history or among all names is the master's own, whoever is graded.
    """
    looks = sorted(SHELL_NAMES & look_at(cell.source).words)
    if looks:
        return f"测试要看作答进程里的 {'、'.join(looks)}。", "请直接检验要用的名字。"
    for node in ast.walk(_tree(cell.source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else None
        called = node.func.id if isinstance(node.func, ast.Name) else called
        arguments = [*node.args, *(word.value for word in node.keywords)]
        if called in {"eval", "exec", "compile", "query", "run_cell", "run_line_magic"} and (
            set(learners) & _names_in(arguments)
        ):
            return f"测试把作答的内容交给 {called} 执行。", "请改为检验普通的值。"
        root = node.func.value if isinstance(node.func, ast.Attribute) else None
        if called in {"load", "loads", "read_pickle"} and (
            called == "read_pickle"
            or (isinstance(root, ast.Name) and root.id in {"pickle", "joblib", "dill", "marshal"})
        ):
            return "测试读 pickle 会执行文件里的程序。", "请改用 CSV 等数据文件。"
    return None


def _tree(source: str) -> ast.AST:
    try:
        return ast.parse(to_python(source))
    except SyntaxError:
        return ast.Module([], [])


def _names_in(nodes: Iterable[ast.AST]) -> set[str]:
    return {n.id for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name)}


def imported(assignment: Assignment) -> tuple[str, ...]:
    """Modules that the master imports and that are installed."""
    names: dict[str, None] = {}
    for master in assignment.notebooks:
        for cell in master.cells:
            if not cell.is_code:
                continue
            for node in ast.walk(_tree(cell.source)):
                if isinstance(node, ast.Import):
                    names |= dict.fromkeys(alias.name for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names[node.module] = None
    return tuple(installed(names, assignment))


def installed(names: Iterable[str], assignment: Assignment) -> Iterator[str]:
    """Names of modules that are installed, not files of the assignment."""
    local = {name.partition("/")[0].removesuffix(".py") for name in assignment.files}
    for name in names:
        root = name.partition(".")[0]
        if root in local or root in ("__main__", "__mp_main__") or root.startswith("_"):
            continue
        try:
            if importlib.util.find_spec(root) is not None:
                yield name
        except (ImportError, ValueError):
            continue


def cell_name(master: MasterNotebook, place: int) -> str:
    """A cell's name for the instructor."""
    return f"{master.name} 的 {master.cells[place].grade_id or f'第 {place + 1} 格'}"
