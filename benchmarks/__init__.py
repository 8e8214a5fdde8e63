"""Measurements: `make bench` and the figures behind decisions."""
