"""How does a forked child lock itself in?  Mechanism by mechanism, and then it tries the doors."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from academy.grading.cage import (
    bubblewrap,
    cgroups,
    doors,
    identity,
    landlock,
    linux,
    mounts,
    rlimits,
    scratch,
    seccomp,
    surroundings,
)
from academy.grading.cage.level import Level
from academy.grading.cage.policy import CageError, Policy, require_platform

__all__ = ["PLACE", "enter", "prepare"]

# the same for every submission, so that a printed working folder is the same at every grading
PLACE = Path("/tmp")


def prepare() -> None:
    """Look up, once in a zygote, what every child of it needs to :func:`enter`; it is faster then."""
    require_platform()
    surroundings.default_readable()
    rlimits.load()
    if sys.platform != "linux":
        return
    linux.load()
    bubblewrap.inside()
    landlock.abi()
    seccomp.available()
    machine = linux.architecture()
    if machine is not None:
        for owns_nothing in (True, False):
            seccomp.program(machine.column, machine.audit, owns_nothing)
    if os.getuid() != 0:
        rlimits.threads_of_user(os.getuid())


def enter(policy: Policy) -> Level:
    """Lock this process in, irrevocably, as strongly as the machine allows.

    Called in a freshly forked child with one thread, before it sees anything of a submission. A
    mechanism that the machine lacks is left out: look at the returned level, which was tried out.

    Afterwards the working folder is the only one to write to, but for HOME and TMPDIR. Where
    mounts are possible, it is ``/tmp/work`` in a bounded mount in memory, holds what was in
    ``policy.scratch``, and only this process sees it: to look at its files from outside, open it
    here (``os.open(".", os.O_RDONLY)``) and pass the descriptor. Elsewhere it is
    ``policy.scratch``.

    Raises
    ------
    CageError
        On Windows, or in a process with several threads, which cannot be caged as a whole.
    """
    require_platform()
    _close_descriptors(policy.keep_fds)
    if sys.platform == "linux":
        return _Entry(policy).enter()
    _settle(policy, policy.scratch, policy.scratch, policy.scratch)
    rlimits.apply(policy.memory_bytes, policy.file_bytes, policy.cpu_seconds, None)
    note = f"{sys.platform} 上只有 rlimits：学员代码读得到、写得了评分人的文件"
    return doors.level(policy, ["rlimits"], [note])


class _Entry:
    """One process on its way into the cage, on Linux."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.applied: list[str] = []
        self.notes: list[str] = []
        more = (path for path in policy.readable if path.is_absolute())
        self.readable = tuple(dict.fromkeys((*surroundings.default_readable(), *more)))
        self.uid = policy.uid if os.geteuid() == 0 else None
        self.place = policy.scratch
        self.frozen = False

    def enter(self) -> Level:
        """All steps, in the only order that works: mounts, user, limits, Landlock, seccomp."""
        if len(os.listdir("/proc/self/task")) != 1:
            raise CageError("进程里已有多个线程，无法整体隔离：请在只有一个线程时隔离。")
        parent = os.getppid()
        with suppress(OSError):
            os.setsid()
        with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="utf-8") as score:
            score.write("1000")  # when memory runs out, this process goes, not its zygote
        if bubblewrap.inside():
            self.applied.append("bwrap")
        if cgroups.inside():
            self.applied.append("cgroup")
        self._change_user_and_mounts()
        self._limit()
        linux.prctl(linux.PR_SET_DUMPABLE, 0)
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)  # the zygote ended before the line above
        self._filter()
        return doors.level(self.policy, self.applied, self.notes)

    def _change_user_and_mounts(self) -> None:
        """With CAP_SYS_ADMIN mounts come first; else the new user makes them in a user namespace."""
        contents = None
        viewed = False
        if identity.has_capability(identity.CAP_SYS_ADMIN):
            with suppress(OSError):
                mounts.own_view()
                viewed = True
                self._open_the_way()
        self._keep_user_if_python_is_closed()
        if viewed:
            with suppress(OSError):
                contents = self._mount()
        if contents is None and self.policy.uid is not None and os.geteuid() == 0:
            scratch.give(self.policy.scratch, 0 if self.uid is None else self.uid)
        if self.uid is not None:
            identity.become(self.uid)
            self.applied.append("uid")
        if contents is None:
            try:
                mounts.own_view_as_user()
                contents = self._mount()
            except OSError:
                self.notes.append("这台机器不让普通用户挂载：草稿文件夹只限单个文件的大小")
        identity.drop_capabilities()
        os.umask(0o077)
        if contents is None:
            folder = self.policy.scratch
            _settle(self.policy, folder, folder, folder)
            return
        self.applied.append("mounts")
        work, home = self.place / "work", self.place / "home"
        for folder in (work, home):
            folder.mkdir()
        scratch.write_tree(work, contents)
        _settle(self.policy, work, home, self.place)

    def _open_the_way(self) -> None:
        """Show the new user what lies behind closed folders: an interpreter in root's home."""
        if self.uid is not None:
            uid = self.uid
            closed = identity.out_of_reach(self.readable, uid)
            mounts.show(closed, lambda folder: identity.can_enter(folder, uid))

    def _keep_user_if_python_is_closed(self) -> None:
        needed = surroundings.interpreter_paths()
        if self.uid is not None and identity.out_of_reach(needed, self.uid):
            self.notes.append("解释器所在的文件夹不对其他用户开放，也无法另行挂载：没有换用户")
            self.uid = None

    def _mount(self) -> dict[str, bytes]:
        """Mount the bounded folder over ``/tmp``, or over the scratch folder if ``/tmp`` is needed."""
        contents = scratch.read_tree(self.policy.scratch)
        with suppress(OSError):
            mounts.freeze()
            self.frozen = True
        needed = any(path.is_relative_to(PLACE) for path in self.readable)
        place = self.policy.scratch if needed or not PLACE.is_dir() else PLACE
        mounts.mount_scratch(place, self.policy.total_bytes, self.uid)
        self.place = place
        return contents

    def _limit(self) -> None:
        policy = self.policy
        threads = 0 if "uid" in self.applied else rlimits.threads_of_user(os.getuid())
        rlimits.apply(policy.memory_bytes, policy.file_bytes, policy.cpu_seconds, threads)
        self.applied.append("rlimits")

    def _filter(self) -> None:
        if landlock.abi():
            landlock.restrict(self.readable, [self.place], surroundings.DEVICES)
            self.applied.append("landlock")
        else:
            self.notes.append("内核没有 Landlock（需要 Linux 5.13 以上并启用）")
        if seccomp.available():
            owns_nothing = self.frozen or "uid" in self.applied or "bwrap" in self.applied
            seccomp.install(os.getpid(), owns_nothing)
            self.applied.append("seccomp")
        else:
            self.notes.append("内核或处理器不支持 seccomp 过滤")


def _close_descriptors(keep: tuple[int, ...] | None) -> None:
    if keep is None:
        return
    import resource

    first = 3
    for descriptor in sorted({fd for fd in keep if fd > 2}):
        os.closerange(first, descriptor)
        first = descriptor + 1
    os.closerange(first, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 1 << 20))


def _settle(policy: Policy, work: Path, home: Path, temporary: Path) -> None:
    """Move into the working folder, with an environment that points nowhere else."""
    os.environ.clear()
    os.environ.update(surroundings.environment(home, temporary, policy.environment))
    tempfile.tempdir = None
    os.chdir(work)
