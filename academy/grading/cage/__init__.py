"""What keeps a submission inside its own process?  The strongest cage that the machine gives.

:func:`enter` locks a forked child in and returns the :class:`Level` that it tried out;
:func:`available` says beforehand what this machine can give; :func:`check_containment` proves it
by attempting every escape, outside (where it works) and inside (where it must not).
"""

from academy.grading.cage.availability import available, self_test
from academy.grading.cage.bubblewrap import inside as inside_bubblewrap
from academy.grading.cage.bubblewrap import wrap_zygote
from academy.grading.cage.cgroups import Group, worker_group
from academy.grading.cage.checking import Probe, check_containment
from academy.grading.cage.entering import PLACE, enter, prepare
from academy.grading.cage.identity import worker_uid
from academy.grading.cage.level import GUARANTEES, MECHANISMS, Level
from academy.grading.cage.policy import CageError, Policy, require_platform
from academy.grading.cage.remembered import forget
from academy.grading.cage.scratch import is_private, make_scratch, remove_tree, scratch_bytes
from academy.grading.cage.surroundings import default_readable, environment, zygote_environment

__all__ = [
    "GUARANTEES",
    "MECHANISMS",
    "PLACE",
    "CageError",
    "Group",
    "Level",
    "Policy",
    "Probe",
    "available",
    "check_containment",
    "default_readable",
    "enter",
    "environment",
    "forget",
    "inside_bubblewrap",
    "is_private",
    "make_scratch",
    "prepare",
    "remove_tree",
    "require_platform",
    "scratch_bytes",
    "self_test",
    "worker_group",
    "worker_uid",
    "wrap_zygote",
    "zygote_environment",
]
