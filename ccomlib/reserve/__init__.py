"""机动部队：突发来了，要备多少人、从哪里来、什么时候动用、什么时候撤？"""

from ccomlib.reserve.ladder import LadderRun, TriggerLadder, trigger_ladder
from ccomlib.reserve.layers import ErrorLayers, error_layers
from ccomlib.reserve.levels import DEFAULT, Level
from ccomlib.reserve.metrics import MobilisationMetrics, mobilisation_metrics
from ccomlib.reserve.sizing import Reserve, reserve_size
from ccomlib.reserve.sources import Mobilisation, sources

__all__ = [
    "DEFAULT",
    "ErrorLayers",
    "LadderRun",
    "Level",
    "Mobilisation",
    "MobilisationMetrics",
    "Reserve",
    "TriggerLadder",
    "error_layers",
    "mobilisation_metrics",
    "reserve_size",
    "sources",
    "trigger_ladder",
]
