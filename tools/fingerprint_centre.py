"""记下虚拟中心各表的指纹：tests/ccomlib/centre/fingerprints.json。

添了一张表以后运行 ``python tools/fingerprint_centre.py``：只记新表。旧表的指纹变了就报错，
说明旧数据的字节变了；有意改动生成规则时，写 ``--accept 表名 …`` 重记这几张，并写进 CHANGELOG。
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ccomlib import centre

RECORD = Path(__file__).resolve().parents[1] / "tests/ccomlib/centre/fingerprints.json"


def main() -> None:
    parser = argparse.ArgumentParser(description="记下虚拟中心各表的指纹")
    parser.add_argument("--accept", nargs="+", default=[], metavar="表名", help="重记变了的旧表")
    accepted = parser.parse_args().accept
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    changed = set()
    for seed, known in record.items():
        hub = centre.open_centre(int(seed))
        for name in centre.TABLES:
            now = hub.fingerprint(name)
            if name in accepted or name not in known:
                known[name] = now
            elif known[name] != now:
                changed.add(name)
        record[seed] = {name: known[name] for name in centre.TABLES}
    if changed:
        sys.exit(
            f"旧表变了：{'、'.join(sorted(changed))}。不是有意的就改回去；有意的写 --accept 表名。"
        )
    RECORD.write_text(
        json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    main()
