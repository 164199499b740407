"""Benchmarks: what is measured and not tested: speed, scores against annotations, facts gained and lost."""
