"""What runs in the learner's process, beside the learner's own cells."""
