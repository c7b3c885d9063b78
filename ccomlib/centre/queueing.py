"""排队：来电、坐席在线的各段、各人的耐心摆在一起，谁等多久、谁接起、谁挂断？

四个队列一起过一遍时间：先来先接，闲得最久的人接下一通，等过了耐心就挂断。
时间都是整数秒，所以各平台的结果一个字节也不差。
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace

import numpy as np

__all__ = ["Offered", "Played", "Windows", "play"]

DAY = 86_400
BITS = 19
MASK = (1 << BITS) - 1
# 一通来电：序号、时间、队列、肯等几秒、要处理几秒
Call = tuple[int, int, int, int, float]


@dataclass(frozen=True, eq=False)
class Offered:
    """来电，按时间排，一通一个值。"""

    time: np.ndarray
    """从头一天零点起的第几秒。"""
    queue: np.ndarray
    patience: np.ndarray
    """肯等几秒；等的秒数超过它就挂断。"""
    work: np.ndarray
    """由平均水平的人接，要处理几秒。"""


@dataclass(frozen=True, eq=False)
class Windows:
    """坐席在线的各段，按开始排，一段一个值；一段里只接一个队列。"""

    start: np.ndarray
    end: np.ndarray
    queue: np.ndarray
    factor: np.ndarray
    """这个人处理时长的倍数。"""
    before: np.ndarray
    """同一个人当天的上一段（序号）；没有的是 -1。"""


@dataclass(frozen=True, eq=False)
class Played:
    """过完一遍的结果。"""

    wait: np.ndarray
    """一通一个值：等了几秒；放弃的是挂断前等了几秒。"""
    window: np.ndarray
    """在哪一段接起；放弃的是 -1。"""
    handle: np.ndarray
    """处理几秒；放弃的是 0。"""
    shift: np.ndarray
    """一段一个值：上一段最后一通没有讲完，这一段晚开始几秒。"""
    until: np.ndarray
    """一段一个值：实际到什么时候（最后一通讲完）。"""


def play(offered: Offered, windows: Windows, days: int, queues: int) -> Played:
    """把来电依次交给在线的人。

    Notes
    -----
    一段开始前，那个人上一段的最后一通要先讲完；小休与用餐顺延，时长不变。
    来电只能等到某人回来时，先记在 ``held`` 里，等时间到了再定：那时他别的队列里的电话已经有数。

    Examples
    --------
    >>> one = np.array([1.0]); zero = np.array([0])
    >>> calls = Offered(np.array([0, 10]), np.array([0, 0]), np.array([60, 60]), np.array([30, 30]))
    >>> played = play(calls, Windows(zero, np.array([100]), zero, one, np.array([-1])), 1, 1)
    >>> played.wait.tolist(), played.handle.tolist()
    ([0, 20], [30, 30])
    """
    if len(windows.start) > MASK:
        raise ValueError(f"在线的段有 {len(windows.start)} 个，最多 {MASK} 个：请缩短天数。")
    start, end = windows.start.tolist(), windows.end.tolist()
    factor, before = windows.factor.tolist(), windows.before.tolist()
    owner = windows.queue.tolist()
    # 还没有开始的段界限是 −1：下面的快路认得出，交给慢路
    limit = [-1] * len(start)
    fresh, shift, last = [True] * len(start), [0] * len(start), list(start)
    heaps: list[list[int]] = [[] for _ in range(queues)]
    held: list[list[Call]] = [[] for _ in range(queues)]
    never = (days + 2) * DAY
    due = [never] * queues
    wait, window, handle = (np.zeros(len(offered.time), dtype=np.int64) for _ in range(3))
    window -= 1

    def open_up(w: int) -> None:
        """一段开始：上一段讲到几点，这一段就晚几秒。"""
        fresh[w], limit[w] = False, end[w]
        p = before[w]
        if p >= 0:
            if fresh[p]:
                open_up(p)
            late = max(last[p], start[p] + shift[p]) - end[p]
            if late > 0:
                shift[w] = late
        last[w] = max(last[w], start[w] + shift[w])

    def serve(call: Call, now: int) -> bool:
        """接一通；还定不下来的返回假。"""
        k, arrived, queue, patient, size = call
        heap = heaps[queue]
        while heap:
            key = heap[0]
            w, begin = key & MASK, key >> BITS
            if fresh[w]:
                if begin > now:
                    due[queue] = begin
                    return False
                open_up(w)
                heapreplace(heap, (start[w] + shift[w]) << BITS | w)
                continue
            if begin < now:
                begin = now
            if begin >= end[w]:
                heappop(heap)
                continue
            if begin - arrived > patient:
                wait[k] = patient
                return True
            seconds = int(size * factor[w] + 0.5)
            last[w] = begin + seconds
            heapreplace(heap, last[w] << BITS | w)
            wait[k], window[k], handle[k] = begin - arrived, w, seconds
            return True
        due[queue] = never
        return False

    def release(queue: int, now: int) -> None:
        """时间到了：记着的来电依次再定。"""
        due[queue] = never
        done = 0
        for call in held[queue]:
            if not serve(call, max(now, call[1])):
                break
            done += 1
        del held[queue][:done]

    bounds = np.arange(days + 1) * DAY
    first_call = np.searchsorted(offered.time, bounds).tolist()
    first_window = np.searchsorted(windows.start, bounds).tolist()
    for day in range(days):
        for w in range(first_window[day], first_window[day + 1]):
            heaps[owner[w]].append(start[w] << BITS | w)
        for queue in range(queues):
            heapify(heaps[queue])
            if held[queue]:
                release(queue, day * DAY)
        soonest = min(due)
        today = slice(first_call[day], first_call[day + 1])
        # 一天的数取出来放在一起，比散在几百万个里快一倍
        calls = zip(
            range(today.start, today.stop),
            *(value[today].tolist() for value in (offered.time, offered.queue)),
            *(value[today].tolist() for value in (offered.patience, offered.work)),
            strict=True,
        )
        rows: list[int] = []
        waits: list[int] = []
        sizes: list[int] = []
        for call in calls:
            k, now, queue, patient, size = call
            while soonest <= now:
                release(due.index(soonest), soonest)
                soonest = min(due)
            if held[queue]:
                held[queue].append(call)
                continue
            heap = heaps[queue]
            if heap:
                key = heap[0]
                w = key & MASK
                begin = key >> BITS
                if begin < now:
                    begin = now
                # 快路：闲得最久的人在线；与 serve 一样，只是不叫函数
                if begin < limit[w]:
                    if begin - now > patient:
                        wait[k] = patient
                        continue
                    seconds = int(size * factor[w] + 0.5)
                    begin += seconds
                    last[w] = begin
                    heapreplace(heap, begin << BITS | w)
                    rows.append(k << BITS | w)
                    sizes.append(seconds)
                    waits.append(begin - now)
                    continue
            if not serve(call, now):
                held[queue].append(call)
                soonest = min(due)
        place = np.array(rows, dtype=np.int64)
        k = place >> BITS
        window[k] = place & MASK
        handle[k] = sizes
        wait[k] = waits
        wait[k] -= handle[k]
    for queue in range(queues):
        while due[queue] < never:
            release(queue, due[queue])
        for k, _, _, patient, _ in held[queue]:
            wait[k] = patient
    for w in range(len(start)):
        if fresh[w]:
            open_up(w)
    until = np.maximum(last, windows.end)
    return Played(wait, window, handle, np.array(shift, dtype=np.int64), until)
