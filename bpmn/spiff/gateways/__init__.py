"""Gateways, one a file."""
