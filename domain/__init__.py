"""The business as plain values and functions; standard library only."""
