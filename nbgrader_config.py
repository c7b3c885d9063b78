"""nbgrader 的全部设置。`nbgrader …`、formgrader 与 `ccom …` 都读这一份。"""

import os
from pathlib import Path

from academy.grading.desk.nbgrader_steps import use_referee

ROOT = Path(__file__).resolve().parent

c = get_config()  # noqa: F821  由 nbgrader 提供

c.CourseDirectory.course_id = "ccom"
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.max_file_size = 10_000

# 多人共用的机器上，把它指到大家都能读写的文件夹
c.Exchange.root = os.environ.get("CCOM_EXCHANGE", str(ROOT / "exchange"))
# 收卷时按学号收，不看文件的系统属主：考务常常替整班交卷
c.ExchangeCollect.check_owner = False
c.ExchangeCollect.before_duedate = True

# 与课程笔记本同一句占位：答案那一格里要改的地方
c.ClearSolutions.code_stub = {"python": "# 把上面的 ... 换成你的答案"}

# 评分：ccom grade、nbgrader autograde 与 formgrader 都用裁判（academy/grading/README.md）
use_referee(c)
c.Referee.cell_seconds = float(os.environ.get("CCOM_CELL_SECONDS", "30"))
c.Referee.seats = "academy.exam.seating.graded_seat.seat_of"
# 试卷的反馈不露隐藏测试；练习的反馈照 nbgrader 的样子全给
c.Referee.hide_tests = ["*-final", "*-resit*"]
# 母本自己的答案必须得满分；评分格都要在考官的进程里跑，学员的程序够不着；警告不扣分
c.Referee.full_points = True
c.Referee.shielded = "all"
c.Referee.stderr_fails = False
# 没有作答也得分的评分格，发卷时就拒绝
c.Referee.free_points = False
# 考务专用机上请打开：守不住其中任何一项就不评（考务手册「隔离」）
# c.Referee.require = ["all"]
# 只评名单里的人；别的文件夹名不当作学员
c.Autograde.create_student = False
