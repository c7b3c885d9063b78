"""一通一通的来电：什么时候来、谁接的、等了几秒、讲了几秒？各张话务表都从这里数出来。"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .attendance import Shifted
from .calendar import Days
from .demand import day_factors, slot_events, standard_aht
from .queueing import Offered, play
from .registry import part
from .truth import QUEUES, Planted

__all__ = ["CALL_CV", "Traffic", "take_calls", "traffic"]

DAY, SLOT = 86_400, 1_800
# 单通处理时长的离散系数（对数正态）：与指数分布一样散，爱尔兰公式的假定在这一点上成立
CALL_CV = 1.0
AFTER = (0.08, 0.26)
HOLD, HOLD_SHARE = (0.05, 0.30), 0.25
SEARCH_SHARE = 0.6
# 打错的、说一句就完的，与没完没了的：平均的人要处理的秒数不出这个范围
SHORTEST, LONGEST = 20, 3_600
REPAIR = QUEUES.index("报修")


@dataclass(frozen=True, eq=False)
class Traffic:
    """若干天的每一通来电，按时间排，一通一个值；时间都是整数秒。"""

    days: Days
    time: np.ndarray
    """从头一天零点起的第几秒打进来。"""
    queue: np.ndarray
    wait: np.ndarray
    row: np.ndarray
    """谁接的：``Rota`` 的第几行；放弃的是 -1。"""
    handle: np.ndarray
    """处理几秒 = 通话 + 保持 + 话后；放弃的是 0。"""
    hold: np.ndarray
    after: np.ndarray
    event: np.ndarray
    """时段上的事件，形状 (天, 48)。"""
    delay: np.ndarray
    """在线的各段晚开始几秒，见 ``queueing.Played.shift``。"""
    until: np.ndarray
    """在线的各段实际到第几秒。"""

    @property
    def answered(self) -> np.ndarray:
        """接起了没有。"""
        return self.row >= 0

    @property
    def cell(self) -> np.ndarray:
        """落在 (天, 时段, 队列) 的第几格。"""
        return self.time // SLOT * len(QUEUES) + self.queue


def take_calls(
    shifted: Shifted, planted: Planted, rng: np.random.Generator, *, pooled: bool = False
) -> Traffic:
    """让来电与在线的人过一遍排队；``pooled`` 为真时四个队列合成一条，谁在线都接。

    Notes
    -----
    呼入量 ~ 泊松（期望 × 当日效应），当日效应 ~ 伽马（均值 1，离散系数 day_cv），一格之内均匀到来；
    耐心 ~ 指数分布；处理时长 ~ 对数正态，再乘以接听人的倍数。
    """
    days = shifted.rota.days
    share = planted.share[days.off.astype(int)].transpose(0, 2, 1)
    event, factor = slot_events(days, planted)
    shape = planted.day_cv**-2.0
    effect = rng.gamma(shape, 1 / shape, (len(days), len(QUEUES)))
    mean = day_factors(days, planted)[:, None, :] * share * factor
    # 各平台的 exp、pow 末位不同；抽整数前先舍入，同一种子才处处得到同样的字节
    calls = rng.poisson(np.round(mean * effect[:, None, :], 6)).ravel()

    cell = np.repeat(np.arange(calls.size), calls)
    count = len(cell)
    line = (cell // len(QUEUES) * SLOT + rng.integers(0, SLOT, count)) * len(QUEUES)
    line = np.sort(line + cell % len(QUEUES))
    time, queue = np.divmod(line, len(QUEUES))
    # 肯等 p 秒的，等到第 ⌊p⌋ 秒还接得着
    patience = np.round(rng.exponential(planted.patience, count), 6)
    sigma = np.sqrt(np.log1p(CALL_CV**2))
    size = np.exp(sigma * rng.standard_normal(count) - sigma**2 / 2)
    usual = standard_aht(days, planted).ravel()[time // SLOT * len(QUEUES) + queue]
    work = np.round(np.clip(usual * size, SHORTEST, LONGEST), 3)
    windows, line = shifted.windows, queue
    if pooled:
        line = np.zeros_like(queue)
        windows = replace(windows, queue=np.zeros_like(windows.queue))
    offered = Offered(time, line, np.floor(patience).astype(np.int64), work)
    played = play(offered, windows, len(days), len(QUEUES))
    lost = played.window < 0
    row = np.where(lost, -1, _rows(shifted)[played.window])
    hold, after = _split(planted, days, time, queue, played.handle, rng)
    # 一百多万通，存成 32 位，省一半内存
    return Traffic(
        days=days,
        time=time.astype(np.int32),
        queue=queue.astype(np.int32),
        wait=np.where(lost, np.maximum(np.rint(patience), 1), played.wait).astype(np.int32),
        row=row.astype(np.int32),
        handle=played.handle.astype(np.int32),
        hold=hold.astype(np.int32),
        after=after.astype(np.int32),
        event=event,
        delay=played.shift,
        until=played.until,
    )


def _rows(shifted: Shifted) -> np.ndarray:
    """在线的各段属于哪一行（人天）。"""
    on = shifted.window >= 0
    rows = np.empty(on.sum(), dtype=np.int64)
    rows[shifted.window[on]] = shifted.row[on]
    return rows


def _split(
    planted: Planted,
    days: Days,
    time: np.ndarray,
    queue: np.ndarray,
    handle: np.ndarray,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """处理秒里的保持与话后；知识库改版后报修多出来的秒数都在保持里，六成的电话有。"""
    count = len(time)
    shifted = planted.aht_shift_date.to_datetime64().astype("datetime64[D]")
    slow = (queue == REPAIR) & (days.date[time // DAY] >= shifted)
    search = slow & (rng.random(count) < SEARCH_SHARE)
    more = (1 - 1 / planted.aht_shift) / SEARCH_SHARE * search
    base = handle * (1 - more)
    after = np.rint(np.round(base * rng.uniform(*AFTER, count), 6))
    after = np.where(handle > 0, np.maximum(after, 1), 0)
    held = rng.random(count) < HOLD_SHARE
    hold = np.rint(np.round(base * rng.uniform(*HOLD, count) * held + handle * more, 6))
    return hold, after


@part("180 天的每一通来电", stream="calls_interval")
def traffic(planted: Planted, shifted: Shifted, rng: np.random.Generator) -> Traffic:
    """2025-01-01 至 06-29，约一百五十万通。"""
    return take_calls(shifted, planted, rng)
