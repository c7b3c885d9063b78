"""What holds a caged process, and is that enough?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

__all__ = ["GUARANTEES", "MECHANISMS", "Level"]

GUARANTEES: dict[str, str] = {
    "files": "读不到、写不了草稿文件夹以外的文件",
    "network": "不能联网",
    "sockets": "连不上本机的其他程序",
    "signals": "不能给其他进程发信号",
    "processes": "不能启动其他程序或分身",
    "introspection": "看不到其他进程的内存与环境变量",
    "memory": "内存有上限",
    "disk": "草稿文件夹的总容量有上限",
}
MECHANISMS = ("uid", "landlock", "seccomp", "rlimits", "mounts", "bwrap", "cgroup")


@dataclass(frozen=True)
class Level:
    """What was found to hold: guarantee to the mechanisms that give it.

    ``mechanisms`` are all that are in force, ``notes`` (Chinese) say why one is not.
    """

    held: Mapping[str, str]
    mechanisms: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def name(self) -> str:
        """One short word for the record, such as ``uid+landlock+seccomp+rlimits+mounts``."""
        return "+".join(self.mechanisms) or "none"

    def missing(self, required: Iterable[str]) -> tuple[str, ...]:
        """Those of `required` that do not hold, in the order of :data:`GUARANTEES`.

        Parameters
        ----------
        required : names of guarantees or mechanisms; ``all`` stands for every guarantee.

        Raises
        ------
        ValueError
            A name is neither.
        """
        wanted: set[str] = set()
        for name in required:
            if name == "all":
                wanted.update(GUARANTEES)
            elif name in GUARANTEES or name in MECHANISMS:
                wanted.add(name)
            else:
                known = "、".join(["all", *GUARANTEES, *MECHANISMS])
                raise ValueError(f"require 里的「{name}」不认识，可以写：{known}。")
        present = {*self.held, *self.mechanisms}
        return tuple(name for name in (*GUARANTEES, *MECHANISMS) if name in wanted - present)

    def __str__(self) -> str:
        lost = self.missing(["all"])
        if not lost:
            return f"隔离方式 {self.name}，各项都守住。"
        return f"隔离方式 {self.name}，没有守住：{'、'.join(GUARANTEES[name] for name in lost)}。"
