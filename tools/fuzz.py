"""评分经得起乱来吗？随机造出字节、笔记本、文件夹去试裁判，到时间为止，一轮换一个种子。

    python tools/fuzz.py --seconds 600            # 一轮接一轮，共十分钟
    python tools/fuzz.py --only folders           # 只试文件夹：wire、notebooks、folders
    python tools/fuzz.py --seed 17 --seconds 60   # 从那个种子重来

找到一个就停，说出种子与例子；修好以后把例子放进 tests/academy/grading/fuzz/corpus/，从此每次 make test 都试。
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = "tests/academy/grading/fuzz"
# 一轮是 make test 里的几倍；短一些，时间到了停得准
TIMES = 5
# 时间到了还没跑完的一轮再等这么久
GRACE_SECONDS = 60


def one_round(seed: int, only: str, seconds: float) -> int | None:
    """跑一轮：pytest 的返回值；时间到了还没完是 None。"""
    paths = [f"{TESTS}/test_{only}.py"] if only else [TESTS]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
    command += ["--hypothesis-profile=fuzz", f"--hypothesis-seed={seed}", *paths]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "CCOM_FUZZ": str(TIMES)}, text=True
    )
    try:
        return process.wait(seconds + GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        # 像 Ctrl-C 一样停，测试收拾它起的进程
        process.send_signal(signal.SIGINT)
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=300, help="一共多久（秒）")
    parser.add_argument("--seed", type=int, help="第一轮的种子；不写就随机")
    parser.add_argument("--only", choices=["wire", "notebooks", "folders"], default="")
    options = parser.parse_args()
    end = time.monotonic() + options.seconds
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    rounds = 0
    while (left := end - time.monotonic()) > 0:
        print(f"第 {rounds + 1} 轮，种子 {seed}", flush=True)
        code = one_round(seed, options.only, left)
        if code:
            print(f"找到一个：python tools/fuzz.py --seed {seed} 可以重来。")
            return code
        rounds += code is not None
        seed += 1
    if not rounds:
        print("时间到了，一轮也没有跑完：请加大 --seconds。")
        return 1
    print(f"跑完 {rounds} 轮，没有找到。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
