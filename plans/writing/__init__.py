"""Plans back on paper: what is written here reads in again to the same rows."""
