"""What runs in the examiner's process.  It imports nothing of the learner's side."""
