"""排队：与爱尔兰 A 的公布值、逐秒走一遍的另一种写法相同；手算的小例子。"""

import numpy as np
import pytest

from ccomlib.centre.queueing import MASK, Offered, Windows, play

DAY = 86_400


def offered(rows):
    """（时间、队列、肯等几秒、要处理几秒），按时间排。"""
    time, queue, patience, work = (np.array(column) for column in zip(*rows, strict=True))
    return Offered(time, queue, patience, work.astype(float))


def windows(rows, factor=1.0):
    """（从、到、队列、上一段）；已经按开始排好。"""
    start, end, queue, before = (np.array(column) for column in zip(*rows, strict=True))
    return Windows(start, end, queue, np.full(len(start), factor), before)


def walk(calls, shifts, until):
    """逐秒走：先挂断、再开始各段、再按先来先接、闲得最久的人接。与 play 毫无共同的写法。"""
    count, people = len(calls.time), len(shifts.start)
    free, opened = [None] * people, [False] * people
    busy_until = [0] * people
    waiting = {q: [] for q in range(3)}
    wait, who = [None] * count, [-1] * count
    arrivals = {}
    for k, second in enumerate(calls.time.tolist()):
        arrivals.setdefault(second, []).append(k)
    for now in range(until):
        for w in range(people):
            p = shifts.before[w]
            if not opened[w] and now >= shifts.start[w] and (p < 0 or opened[p]):
                # 上一段最后一通讲完，再歇够原来那么久
                late = max(0, busy_until[p] - shifts.end[p]) if p >= 0 else 0
                if now == shifts.start[w] + late:
                    opened[w], free[w], busy_until[w] = True, now, now
        for k in arrivals.get(now, []):
            waiting[calls.queue[k]].append(k)
        for queue, line in waiting.items():
            line[:] = [k for k in line if now - calls.time[k] <= calls.patience[k]]
            while line:
                ready = [
                    (max(free[w], shifts.start[w]), w)
                    for w in range(people)
                    if shifts.queue[w] == queue and opened[w] and free[w] <= now < shifts.end[w]
                ]
                if not ready:
                    break
                w, k = min(ready)[1], line.pop(0)
                free[w] = busy_until[w] = now + int(calls.work[k] * shifts.factor[w] + 0.5)
                wait[k], who[k] = now - calls.time[k], w
    for k in range(count):
        if who[k] < 0:
            wait[k] = calls.patience[k]
    return np.array(wait), np.array(who)


def random_centre(seed):
    """四十个人、三个队列、三小时：一刻钟一换，有歇的、有换队列的。"""
    rng = np.random.default_rng(seed)
    rows = []
    for person in range(12):
        at = int(rng.integers(0, 600))
        previous = None
        while at < 9_000:
            length = int(rng.integers(300, 2_400))
            rows.append([at, at + length, int(rng.integers(3)), person, previous])
            previous = len(rows) - 1
            at += length + int(rng.integers(0, 2)) * int(rng.integers(60, 900))
    order = sorted(range(len(rows)), key=lambda i: (rows[i][0], i))
    rank = {old: new for new, old in enumerate(order)}
    shifts = windows(
        [
            (rows[i][0], rows[i][1], rows[i][2], -1 if rows[i][4] is None else rank[rows[i][4]])
            for i in order
        ]
    )
    n = 500
    time = np.sort(rng.integers(0, 9_500, n))
    calls = Offered(
        time,
        rng.integers(0, 3, n),
        np.maximum(np.rint(rng.exponential(90, n)), 1).astype(int),
        np.rint(rng.exponential(220, n)) + 20,
    )
    return calls, shifts


@pytest.mark.parametrize("seed", range(12))
def test_it_agrees_with_a_walk_second_by_second(seed):
    calls, shifts = random_centre(seed)
    played = play(calls, shifts, 1, 3)
    wait, who = walk(calls, shifts, 14_000)
    assert played.window.tolist() == who.tolist()
    assert played.wait.tolist() == wait.tolist()
    assert (who < 0).sum() > 30


@pytest.mark.parametrize(
    ("agents", "abandoned", "waited"),
    [(11, 0.09416, 11.30), (12, 0.06160, 7.39), (14, 0.02284, 2.741)],
)
def test_erlang_a_is_reached_in_the_long_run(agents, abandoned, waited):
    """domain.md 4.1 的公布值：每半小时 100 通、处理 180 秒、耐心 120 秒；三十天约十四万通。"""
    rng = np.random.default_rng(agents)
    days = 30
    n = rng.poisson(100 * 48 * days)
    calls = Offered(
        np.sort(rng.integers(0, DAY * days, n)),
        np.zeros(n, dtype=int),
        np.floor(rng.exponential(120, n)).astype(int),
        np.maximum(rng.exponential(180, n), 1),
    )
    rows = [(day * DAY, (day + 1) * DAY, 0, -1) for day in range(days) for _ in range(agents)]
    rows = [(*row[:3], i - agents if i >= agents else -1) for i, row in enumerate(rows)]
    played = play(calls, windows(rows), days, 1)
    assert (played.window < 0).mean() == pytest.approx(abandoned, rel=0.06)
    assert played.wait.mean() == pytest.approx(waited, rel=0.06)


def test_the_longest_idle_agent_takes_the_next_call():
    calls = offered([(0, 0, 60, 50), (10, 0, 60, 5), (20, 0, 60, 5), (30, 0, 60, 5)])
    shifts = windows([(0, 100, 0, -1), (0, 100, 0, -1), (0, 100, 0, -1)])
    assert play(calls, shifts, 1, 1).window.tolist() == [0, 1, 2, 1]


def test_a_break_is_put_off_until_the_call_is_over_and_keeps_its_length():
    """讲到 130 秒，本来 100 秒歇、200 秒回：改成 130 秒歇、230 秒回。"""
    calls = offered([(60, 0, 60, 70), (205, 0, 60, 10)])
    shifts = windows([(0, 100, 0, -1), (200, 400, 0, 0)])
    played = play(calls, shifts, 1, 1)
    assert played.shift.tolist() == [0, 30]
    assert played.wait.tolist() == [0, 25]
    assert played.until.tolist() == [130, 400]


def test_a_caller_waits_for_an_agent_who_is_still_busy_in_another_queue():
    """100 秒换到队列 1，可是队列 0 的一通讲到 150 秒：先来的那一通等到 150 秒。"""
    calls = offered([(70, 1, 200, 10), (90, 0, 60, 60)])
    shifts = windows([(0, 100, 0, -1), (100, 400, 1, 0)])
    played = play(calls, shifts, 1, 2)
    assert played.wait.tolist() == [80, 0]


@pytest.mark.parametrize(("patience", "answered"), [(79, False), (80, True)])
def test_patience_of_just_long_enough_is_enough(patience, answered):
    calls = offered([(20, 0, patience, 10)])
    played = play(calls, windows([(100, 400, 0, -1)]), 1, 1)
    assert (played.window[0] == 0) == answered
    assert played.wait[0] == min(patience, 80)


@pytest.mark.parametrize(("arrives", "answered"), [(399, True), (400, False)])
def test_no_call_is_taken_after_the_window_ends(arrives, answered):
    calls = offered([(arrives, 0, 60, 30)])
    played = play(calls, windows([(100, 400, 0, -1)]), 1, 1)
    assert (played.window[0] == 0) == answered
    assert played.until[0] == (429 if answered else 400)


def test_slow_agents_take_longer():
    calls = offered([(0, 0, 60, 100)])
    assert play(calls, windows([(0, 900, 0, -1)], 1.25), 1, 1).handle.tolist() == [125]


def test_a_caller_at_midnight_is_answered_by_the_next_day():
    calls = offered([(DAY - 10, 0, 60, 30)])
    played = play(calls, windows([(DAY, DAY + 900, 0, -1)]), 2, 1)
    assert played.wait.tolist() == [10]


def test_nobody_on_duty_means_everybody_hangs_up():
    calls = offered([(0, 0, 60, 100), (5, 0, 20, 100)])
    played = play(calls, windows([(DAY - 900, DAY, 0, -1)]), 1, 1)
    assert played.window.tolist() == [-1, -1]
    assert played.wait.tolist() == [60, 20]


def test_too_many_windows_are_refused():
    many = np.zeros(MASK + 1, dtype=int)
    with pytest.raises(ValueError, match="请缩短天数"):
        play(offered([(0, 0, 1, 1)]), Windows(many, many, many, many, many), 1, 1)
