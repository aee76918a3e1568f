"""Runs cases; knows no plan and no department."""
