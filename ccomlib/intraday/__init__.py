"""现场：今天会怎样，现在怎样，出了事几级，剩下的时段怎么救？

``reforecast`` 更新当天预测，``reforecast_days`` 在过去的日子上看它准不准，``rolling_service_level`` 与 ``state_log`` 看现状，
``trigger_ladder`` 决定动用到哪一级（与 ``reserve`` 里的是同一个），``incident_level`` 给突发事件定级，
``reallocate_breaks`` 与 ``recovery_staffing`` 安排补救。
"""

from ccomlib.reserve import Level, TriggerLadder, trigger_ladder

from .breaks import BreakPlan, reallocate_breaks
from .hindsight import ReforecastDays, reforecast_days
from .incident import GRADES, Grade, Incident, incident_level
from .recovery import Recovery, recovery_staffing
from .reforecast import Reforecast, reforecast
from .rolling import RollingServiceLevel, rolling_service_level
from .states import STATES, StateLog, cut_log, state_log

__all__ = [
    "GRADES",
    "STATES",
    "BreakPlan",
    "Grade",
    "Incident",
    "Level",
    "Recovery",
    "Reforecast",
    "ReforecastDays",
    "RollingServiceLevel",
    "StateLog",
    "TriggerLadder",
    "cut_log",
    "incident_level",
    "reallocate_breaks",
    "recovery_staffing",
    "reforecast",
    "reforecast_days",
    "rolling_service_level",
    "state_log",
    "trigger_ladder",
]
