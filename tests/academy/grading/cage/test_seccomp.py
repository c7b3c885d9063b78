"""academy.grading.cage.seccomp：在一台小小的 BPF 机器上走一遍过滤程序，两种处理器都走。"""

import errno
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.grading.cage import calls, seccomp

PROCESSORS = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
OWN_PID = 4321
ALLOW, KILL = 0x7FFF0000, 0x80000000


def refused(number):
    return 0x00050000 | number


def judge(code, number, arguments=(), audit=0xC000003E):
    """经典 BPF 的解释器，只认过滤程序用到的几条指令；返回判决。"""
    words = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("=IIQ6Q", number, audit, 0, *(word % 2**64 for word in words))
    accumulator = position = 0
    while True:
        operation, if_true, if_false, value = struct.unpack_from("=HBBI", code, 8 * position)
        position += 1
        if operation == 0x20:
            (accumulator,) = struct.unpack_from("=I", data, value)
        elif operation == 0x54:
            accumulator &= value
        elif operation == 0x15:
            position += if_true if accumulator == value else if_false
        elif operation == 0x35:
            position += if_true if accumulator >= value else if_false
        elif operation == 0x06:
            return value
        else:
            raise AssertionError(f"没见过的指令 {operation:#x}")


def filtered(processor, name, *arguments, owns_nothing=True):
    column, audit = PROCESSORS[processor]
    code = seccomp.program(column, audit, owns_nothing)
    own = code.replace(struct.pack("=I", 0x7FFFFFF1), struct.pack("=I", OWN_PID))
    return judge(own, calls.number(name, column), arguments, audit)


@pytest.fixture(params=PROCESSORS)
def processor(request):
    return request.param


OPEN_TABLES = (
    calls.FILES,
    calls.WAITING,
    calls.MEMORY,
    calls.THREADS,
    calls.ABOUT_ITSELF,
    calls.OPEN_CHANNELS,
    calls.TIMES,
)


def test_every_call_of_the_open_tables_is_allowed(processor):
    column, _ = PROCESSORS[processor]
    names = [name for table in OPEN_TABLES for name in table if table[name][column] is not None]

    assert {filtered(processor, name) for name in names} == {ALLOW}


@pytest.mark.parametrize("name", PROCESSORS)
@given(number=st.integers(0, 2**32 - 1))
def test_everything_else_is_refused(name, number):
    """表外的号：已知范围内 EPERM，更新的 ENOSYS，x32 的号在 x86_64 上结束进程。"""
    column, audit = PROCESSORS[name]
    tables = (*OPEN_TABLES, calls.JUDGED, calls.MODES, calls.UNKNOWN)
    known = {table[key][column] for table in tables for key in table}
    verdict = judge(seccomp.program(column, audit, True), number, (), audit)

    if number in known:
        return
    if column == 0 and number >= 0x40000000:
        assert verdict == KILL
    elif number > calls.LAST_KNOWN:
        assert verdict == refused(errno.ENOSYS)
    else:
        assert verdict == refused(errno.EPERM)


@given(audit=st.integers(0, 2**32 - 1), number=st.integers(0, 500))
def test_another_processors_convention_kills(audit, number):
    if audit == 0xC000003E:
        return

    assert judge(seccomp.program(0, 0xC000003E, True), number, (), audit) == KILL


def test_32_bit_calls_on_x86_kill():
    """int 0x80 里 11 号是 execve，审计号是 i386 的。"""
    assert judge(seccomp.program(0, 0xC000003E, True), 11, (), 0x40000003) == KILL


@pytest.mark.parametrize(
    ("name", "arguments", "verdict"),
    [
        ("clone", (0x3D0F00,), ALLOW),  # glibc 的 pthread_create
        ("clone", (17,), refused(errno.EPERM)),  # fork：SIGCHLD
        ("clone", (0x4111,), refused(errno.EPERM)),  # vfork
        ("clone", (0x10010000,), refused(errno.EPERM)),  # 线程带新的用户命名空间
        ("clone3", (0, 0), refused(errno.ENOSYS)),
        ("openat2", (0, 0), refused(errno.ENOSYS)),
        ("openat", (-100, 0, 0o101, 0o644), ALLOW),
        ("openat", (-100, 0, 0o101, 0o4755), refused(errno.EPERM)),
        ("openat", (-100, 0, 0o101, 0o2755), refused(errno.EPERM)),
        ("kill", (OWN_PID, 9), ALLOW),
        ("kill", (0, 9), refused(errno.EPERM)),
        ("kill", (-1, 9), refused(errno.EPERM)),
        ("kill", (1, 9), refused(errno.EPERM)),
        ("tgkill", (OWN_PID, 5, 6), ALLOW),
        ("tgkill", (1, 5, 6), refused(errno.EPERM)),
        ("rt_sigqueueinfo", (1, 9), refused(errno.EPERM)),
        ("prlimit64", (0, 7), ALLOW),
        ("prlimit64", (1, 7), refused(errno.EPERM)),
        ("socketpair", (1, 0x80001, 0), ALLOW),  # SOCK_STREAM | SOCK_CLOEXEC
        ("socketpair", (1, 2, 0), refused(errno.EPERM)),
        ("socketpair", (2, 1, 0), refused(errno.EPERM)),
        ("sendto", (3, 0, 1, 0, 0, 0), ALLOW),
        ("sendto", (3, 0, 1, 0, 0x7FFF00001000, 16), refused(errno.EPERM)),
        ("sendto", (3, 0, 1, 0, 0x100000000, 16), refused(errno.EPERM)),  # 低 32 位全 0
        ("fcntl", (1, 4), ALLOW),
        ("fcntl", (1, 8), refused(errno.EPERM)),  # F_SETOWN
        ("fcntl", (1, 1024), refused(errno.EPERM)),  # F_SETLEASE
        ("ioctl", (1, 0x5401), ALLOW),  # TCGETS
        ("ioctl", (1, 0x5412), refused(errno.ENOTTY)),  # TIOCSTI
        ("prctl", (15,), ALLOW),  # PR_SET_NAME
        ("prctl", (1,), refused(errno.EPERM)),  # PR_SET_PDEATHSIG
        ("prctl", (4,), refused(errno.EPERM)),  # PR_SET_DUMPABLE
    ],
)
def test_arguments_decide(processor, name, arguments, verdict):
    assert filtered(processor, name, *arguments) == verdict


def test_modes_may_change_where_nothing_outside_is_owned(processor):
    assert filtered(processor, "fchmodat", -100, 0, 0o600) == ALLOW
    assert filtered(processor, "fchmodat", -100, 0, 0o4600) == refused(errno.EPERM)
    assert filtered(processor, "utimensat", -100, 0, 0) == ALLOW


def test_modes_are_left_alone_where_the_graders_files_are_owned(processor):
    """没有自己的挂载、也没换用户：改权限答「成功」而不做，改时间拒绝。"""
    verdict = filtered(processor, "fchmodat", -100, 0, 0o600, owns_nothing=False)

    assert verdict == 0x00050000
    assert filtered(processor, "utimensat", -100, 0, 0, owns_nothing=False) == refused(errno.EPERM)


def test_program_fits_the_kernel():
    """内核最多收 4096 条指令；跳转的距离都在一个字节里。"""
    for column, audit in PROCESSORS.values():
        assert len(seccomp.program(column, audit, True)) // 8 < 1000
