"""nbgrader 的全部设置。`nbgrader …`、formgrader 与 `ccom …` 都读这一份。"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent

c = get_config()  # noqa: F821  由 nbgrader 提供

c.CourseDirectory.course_id = "ccom"
c.CourseDirectory.root = str(ROOT)
# data/ 随试卷发下去；评分时用 source/ 里的同名文件盖回去
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".graded.json"]
c.CourseDirectory.max_file_size = 10_000

# 多人共用的机器上，把它指到大家都能读写的文件夹
c.Exchange.root = os.environ.get("CCOM_EXCHANGE", str(ROOT / "exchange"))
# 收卷时按学号收，不看文件的系统属主：考务常常替整班交卷
c.ExchangeCollect.check_owner = False
c.ExchangeCollect.before_duedate = True

# 与课程笔记本同一句占位：答案那一格里要改的地方
c.ClearSolutions.code_stub = {"python": "# 把上面的 ... 换成你的答案"}


c.ExecutePreprocessor.timeout = int(os.environ.get("CCOM_CELL_SECONDS", "30"))
c.ExecutePreprocessor.interrupt_on_timeout = True
c.ExecutePreprocessor.extra_arguments = ["--log-level=40"]
# 学员删掉的评分格补回来，按未作答计分，而不是永远等人工评分
c.OverwriteCells.add_missing_cells = True
