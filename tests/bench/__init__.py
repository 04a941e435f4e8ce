"""Benchmarks: figures side by side in one run (`make bench`), never a timed test."""
