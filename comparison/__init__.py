"""Comparison: the plans of different localities side by side; what aligns, what is missing, and what cannot be compared."""
