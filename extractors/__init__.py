"""Extractors: how each kind of fact is found in a marked `Doc`. One file a kind, one function `extract(doc)` in each."""
