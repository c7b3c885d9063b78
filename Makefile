# 只需要 Python 3.11+ 与 make；其余都装进 .venv
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BENCH := .venv-bench
# pyworkforce 的新版要 3.12 以上
BENCH_PYTHON ?= $(PYTHON)
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
# make lab LAB="--port 8890 --no-browser" 等；全部选项见 ccom lab --help
LAB ?=
# make fuzz SECONDS=600 FUZZ="--only wire --seed 17"
SECONDS ?= 300
FUZZ ?=

# 课上的计算都小，BLAS 多开线程只会互相抢
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help venv demo test preflight lab notebooks toolbook mutants fuzz bench lint lock clean

help:
	@echo "make demo       演一期：30 名模拟学员从发卷到成绩"
	@echo "make lab        在工作副本里打开中文 JupyterLab（备课用）"
	@echo "make test       全部测试（含浏览器）"
	@echo "make notebooks  由 text/ 里的母本生成笔记本"
	@echo "make toolbook   由 ccomlib 生成工具手册与它的图"
	@echo "make mutants    改坏考务的规则，看测试抓不抓得住"
	@echo "make fuzz       随机造出字节、笔记本、文件夹去试裁判，SECONDS=600 是十分钟"
	@echo "make bench      与同类工具比速度"
	@echo "make lint       ruff 与 import-linter"

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 14) else "需要 Python 3.11–3.13，现在是 %d.%d：请用 make PYTHON=python3.12 指定。" % v[:2])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q $(VENV)/lib || true
	@touch $(STAMP)

venv: $(STAMP)

demo: venv
	$(BIN)/ccom demo

# 缺系统程序先说；起内核的测试（标记 kernels）一个一个来，其余两个进程分着跑，最长的先开始
test: preflight lint
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not kernels" tests/project tests/academy tests/notebooks tests/ccomlib
	$(BIN)/python -m pytest -q -m kernels tests

preflight:
	@$(PYTHON) tools/preflight.py

lint: venv
	$(BIN)/ruff check -q .
	$(BIN)/ruff format -q --check .
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

lab: venv
	@$(BIN)/ccom lab $(LAB)

# make notebooks FORCE=1 连生成以后被改过的也覆盖
notebooks: venv
	$(BIN)/ccom notebooks $(if $(FORCE),--force)

toolbook: venv
	$(BIN)/python -m academy.toolbook

# 对手只装进比速度用的环境，不进课程的环境
$(BENCH)/.installed: requirements-bench.txt pyproject.toml
	$(BENCH_PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-bench.txt
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BENCH)/bin/python -m compileall -q $(BENCH)/lib || true
	@touch $@

# 把 academy/exam 一处一处改坏，看测试红不红；make mutants MUTANTS=verdict 只看一个模块
mutants: venv
	$(BIN)/python tools/mutants.py $(MUTANTS)

# 找到一个就停；有时间上限，一轮一个种子
fuzz: venv
	$(BIN)/python tools/fuzz.py --seconds $(SECONDS) $(FUZZ)

bench: $(BENCH)/.installed
	@for script in benchmarks/bench_*.py; do $(BENCH)/bin/python $$script || exit 1; done

lock: venv
	$(COMPILE) --extra dev --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra dev --extra bench --output-file requirements-bench.txt pyproject.toml

clean:
	rm -rf $(VENV) $(BENCH) .demo .pytest_cache .ruff_cache
