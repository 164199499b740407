"""Generator: invented plans of known truth, composed from a grammar of phrases of their own.

Phrases stand in the TOML files beside this module and were written from a catalogue of patterns, not from the words the
extractors know; nothing here imports an extractor. What is composed is a source in the notation of the sample plans
(corpus/README.md), so that text and truth come from one line and every format can be written.
"""
