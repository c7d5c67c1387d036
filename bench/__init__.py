"""Benchmarks: `make bench` prints one JSON object. Ratios to the bare app of the same run are what to compare."""
