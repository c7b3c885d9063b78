"""What are seats' data made of?  The parts; a paper's seat.py only chooses.

Everything random comes from a named stream of the seat (`Seat`), so that one table can change
without another; `draw` makes again what would let a wrong method pass.
"""

from academy.seatkit.calls import Traffic, cells, curve, daily, repeats, usual_traffic
from academy.seatkit.clock import WEEKDAYS, scattered, slots, weekdays
from academy.seatkit.decisions import (
    blamed,
    dispersed,
    lendable,
    plans,
    rostered,
    twins,
)
from academy.seatkit.drawing import SeatError, apart, draw
from academy.seatkit.export import Export
from academy.seatkit.planning import Situation, planning_tables
from academy.seatkit.rosters import Roster
from academy.seatkit.samples import exact
from academy.seatkit.scores import paired, process, ratings
from academy.seatkit.service import service_day
from academy.seatkit.sheets import between, sheet
from academy.seatkit.situations import Gauge, situations
from academy.seatkit.sizing import leaning, lost_hours, mobilised, sources
from academy.seatkit.staffing import hiring
from academy.seatkit.streams import Seat
from academy.seatkit.surveys import recommendations, responses

__all__ = [
    "WEEKDAYS",
    "Export",
    "Gauge",
    "Roster",
    "Seat",
    "SeatError",
    "Situation",
    "Traffic",
    "apart",
    "between",
    "blamed",
    "cells",
    "curve",
    "daily",
    "dispersed",
    "draw",
    "exact",
    "hiring",
    "leaning",
    "lendable",
    "lost_hours",
    "mobilised",
    "paired",
    "planning_tables",
    "plans",
    "process",
    "ratings",
    "recommendations",
    "repeats",
    "responses",
    "rostered",
    "scattered",
    "service_day",
    "sheet",
    "situations",
    "slots",
    "sources",
    "twins",
    "usual_traffic",
    "weekdays",
]
