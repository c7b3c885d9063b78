"""How does grading meet an nbgrader course?  Reads what was handed in, writes what was found."""
