"""Which sample files in the shape of real exports does a role practise on?"""

from academy.exports.build import FOLDER, LIST, learners_folder, role_files
from academy.exports.workbook import stable_workbook, stored

__all__ = ["FOLDER", "LIST", "learners_folder", "role_files", "stable_workbook", "stored"]
