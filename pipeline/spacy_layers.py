"""spaCy layers: a marked document as a spaCy `Doc` with a span group a layer, to be drawn, stored or trained on.

Tokens are syllables, their norms the comparison keys. A span's label is the mark's, its id the mark's value as compact JSON: strings
survive `DocBin`, `nlp.pipe(n_process=2)` and displaCy, typed objects in `Span._` do not (explosion/spaCy#10663). Reading plans needs
none of this, and spaCy takes longer to start than many plans to be read.
"""

import re
from operator import ne
from typing import Any

from pydantic_core import to_json
from spacy.attrs import NORM  # type: ignore[import-not-found]
from spacy.tokens import Doc, SpanGroup
from spacy.vocab import Vocab

from extractors.layers import marks
from extractors.layers.syllables import fold_syllable

_SPACED = re.compile(r"(?:[^\W\d_]+|\d+|\S)[ ]?|\s")


def as_spacy(doc: marks.Doc, vocab: Vocab | None = None) -> Doc:
    r"""The document for spaCy; `text` and offsets are the same. A `vocab` that is shared keeps every string it ever saw.

    >>> from pipeline.language import make_doc
    >>> from pipeline.pages import Text
    >>> drawn = as_spacy(make_doc(Text(text="KẾ HOẠCH\n- Đạt 95% trẻ em.")))
    >>> [(span.text, span.label_, span.id_) for span in drawn.spans["numbers"]]
    [('95%', 'percentage', '{"value":95,"unit":"%","noun":"","worded":false}')]
    """
    spaced = _SPACED.findall(doc.text)
    words = [token.rstrip(" ") or token for token in spaced]
    whole = Doc(vocab or Vocab(lex_attr_getters={NORM: fold_syllable}), words=words, spaces=list(map(ne, words, spaced)))
    for layer, found in doc.layers.items():
        spans = [whole.char_span(mark.start, mark.end, label=mark.label, span_id=_written(mark.value)) for mark in found]
        whole.spans[layer] = SpanGroup(whole, name=layer, spans=[span for span in spans if span is not None])
    return whole


def _written(value: Any) -> str:
    """A value as one string, without its null fields."""
    return to_json(_named(value), exclude_none=True).decode() if value else ""


def _named(value: Any) -> Any:
    """Named tuples as dictionaries, at any depth."""
    if hasattr(value, "_asdict"):
        return {name: _named(field) for name, field in value._asdict().items() if field is not None}
    return [_named(field) for field in value] if isinstance(value, tuple) else value
