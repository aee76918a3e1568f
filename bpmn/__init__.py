"""What a process is: reads, normalises, checks and explains definitions."""
