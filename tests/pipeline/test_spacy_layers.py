"""The layers in spaCy: the same characters, and strings that survive storing."""

from pathlib import Path

import pytest
from spacy.tokens import DocBin

from pipeline.ingest import read
from pipeline.language import make_doc
from pipeline.spacy_layers import as_spacy
from pipeline.unwrap import unwrap

PLANS = sorted((Path(__file__).parents[2] / "corpus" / "formats" / "txt").glob("*.txt"))


@pytest.mark.parametrize("path", PLANS[::4], ids=lambda path: path.stem)
def test_every_mark_is_a_span_of_whole_syllables(path: Path) -> None:
    doc = make_doc(unwrap(read(path)))
    drawn = as_spacy(doc)
    assert drawn.text == doc.text
    for layer, found in doc.layers.items():
        marks = [(mark.start, mark.end, mark.label) for mark in found if mark.start < mark.end]
        assert [(span.start_char, span.end_char, span.label_) for span in drawn.spans[layer]] == marks
    assert {"lines", "numbers", "times", "units", "roles", "instruments", "places"} <= set(drawn.spans)


def test_layers_survive_storing() -> None:
    drawn = as_spacy(make_doc(unwrap(read(PLANS[0]))))
    (stored,) = DocBin().from_bytes(DocBin(docs=[drawn], store_user_data=True).to_bytes()).get_docs(drawn.vocab)
    for layer, spans in drawn.spans.items():
        assert [(s.start, s.end, s.label_, s.id_) for s in stored.spans[layer]] == [(s.start, s.end, s.label_, s.id_) for s in spans]
