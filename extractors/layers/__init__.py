"""Layers: what stands in the text. Each layer marks spans of a `Doc` under its name and knows no facts."""
