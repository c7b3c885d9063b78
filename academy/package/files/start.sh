#!/bin/sh
# 双击或在终端里运行：找一个能用的 Python，交给 program/start.py
cd "$(dirname "$0")" || exit 1
if [ ! -f program/start.py ]; then
  echo "！请先把压缩包整个解压，再从解压出来的文件夹里打开。"
  exit 1
fi
# 从访达双击时，PATH 里常常没有这几处
framework=/Library/Frameworks/Python.framework/Versions
PATH="$PATH:${CCOM_PATHS-/usr/local/bin:/opt/homebrew/bin:$framework/3.12/bin:$framework/3.13/bin:$framework/3.11/bin}"
export PATH PYTHONUTF8=1

found=""
for name in python3.12 python3.13 python3.11 python3 python; do
  command -v "$name" >/dev/null 2>&1 || continue
  if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
    found="$name"
    break
  fi
  # 太旧或太新的也记下：由 start.py 说清是几
  [ -z "$found" ] && "$name" -c "" 2>/dev/null && found="$name"
done
if [ -z "$found" ]; then
  cat program/no_python.txt
  status=1
else
  "$found" program/start.py "$@"
  status=$?
fi
# 从桌面打开的窗口会自己关掉：出了错要让人看得见
if [ "$status" -ne 0 ] && [ -t 0 ]; then
  printf '按回车键关闭……'
  read -r _
fi
exit "$status"
