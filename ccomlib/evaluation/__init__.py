"""评估排班：排好的班，当天执行得怎样？"""

from ccomlib.evaluation.adherence import Adherence, adherence, agent_day_from_log
from ccomlib.evaluation.chain import LossChain, loss_chain
from ccomlib.evaluation.day import DayEvaluation, evaluate_day
from ccomlib.evaluation.heatmap import StaffingHeatmap, heatmap
from ccomlib.evaluation.missed import PARTS, MissedCalls, missed_calls
from ccomlib.evaluation.online import OnlineMap, online_map
from ccomlib.evaluation.service import DEFINITIONS, ServiceLevel, service_level

__all__ = [
    "DEFINITIONS",
    "PARTS",
    "Adherence",
    "DayEvaluation",
    "LossChain",
    "MissedCalls",
    "OnlineMap",
    "ServiceLevel",
    "StaffingHeatmap",
    "adherence",
    "agent_day_from_log",
    "evaluate_day",
    "heatmap",
    "loss_chain",
    "missed_calls",
    "online_map",
    "service_level",
]
