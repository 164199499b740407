"""Language: text to a `Doc` with its syllables and sentences; the only door of underthesea's models."""

from functools import cache

import spacy
from spacy.attrs import NORM  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc

from extractors.layers.syllables import SyllableTokenizer, fold_syllable
from extractors.layers.tree import mark_lines
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
    return doc
