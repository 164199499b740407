"""Corpus: sample plans of our own making, with the truth that an extractor is measured against."""
