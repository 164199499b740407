"""Language: text to a `Doc` with its syllables and sentences; the only door of underthesea's models."""

from functools import cache

import spacy
from spacy.attrs import NORM  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc

from extractors.layers.instruments import mark_instruments
from extractors.layers.numbers import mark_numbers
from extractors.layers.places import mark_places
from extractors.layers.roles import mark_roles
from extractors.layers.syllables import SyllableTokenizer, fold_syllable
from extractors.layers.times import mark_times
from extractors.layers.tree import mark_lines
from extractors.layers.units import mark_units
from pipeline.pages import Text


@cache
def vietnamese() -> Language:
    """A blank pipeline whose tokens are syllables and whose norms are comparison keys."""
    nlp = spacy.blank("xx")
    nlp.vocab.lex_attr_getters[NORM] = fold_syllable  # type: ignore[attr-defined]
    nlp.tokenizer = SyllableTokenizer(nlp.vocab)
    return nlp


def make_doc(text: Text) -> Doc:
    """The canonical text as a `Doc`, with the way back to pages and boxes beside it."""
    doc = vietnamese().tokenizer(text.text)
    doc.user_data["text"] = text.text
    doc.user_data["runs"] = text.runs
    doc.user_data["tables"] = text.tables
    doc.user_data["emphasis"] = text.emphasis
    mark_lines(doc)
    mark_places(doc)
    mark_instruments(doc)
    mark_numbers(doc)
    mark_times(doc)
    mark_units(doc)
    mark_roles(doc)
    return doc
