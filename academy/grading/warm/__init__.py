"""How does a process stand ready in milliseconds?  The zygote, what it forks, and who owns it."""
