"""Reads plan documents into plan values, and says what it doubts."""
