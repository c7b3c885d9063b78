"""What runs on the learner's own machine: set up, a working copy, JupyterLab in Chinese.

These modules are shipped in the learner's package as ``program/launcher`` and also open the
staff's working copy (`ccom lab`).  They use nothing but Python's standard library and one another.
"""
