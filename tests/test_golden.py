"""Every sample text gives what was read in it by a person, and every format has one."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

import pytest

from store.ingest.parse import FORMATS
from tests.goldens import GOLDEN, SEEDS, Sample, described, read, samples

SAMPLES = tuple(samples())

SEED_DIGESTS = {
    "000_b67fdff47a7d7312.txt": "85464104099343692af429a06aade980eefaaf5068343ddb87b1eb44240c061b",
    "001_10286d6be6f0cf31.txt": "21703d373259159366a2f7d5bb030cc2df3e54762cda873f296be4f312a27488",
    "002_cccc7ed59626c0d0.txt": "5b4a38dbdd66c6a462e5c14fd20964b3642e5f4bd7a1b17999a25cf7b922a385",
    "003_ee176612e28ec9f6.txt": "4ec83f446f483dbb5f6354f45494cb86f6cdcec2a1f987e62dceef28e36b8a55",
    "004_db014c9c0943f53f.txt": "041160d5e420ee39ae4ae8b5ecf174b8aa77e0627348ee0d406e87635727ea15",
}


@pytest.mark.parametrize(("name", "digest"), SEED_DIGESTS.items())
def test_seed_is_kept_byte_for_byte(name: str, digest: str) -> None:
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.text.stem)
def test_text_gives_what_was_read_in_it(sample: Sample) -> None:
    assert sample.expected.exists(), f"no golden file for {sample.text.name}: run python -m tests.goldens and read it"
    expected = json.loads(sample.expected.read_text(encoding="utf-8"))
    got = json.loads(json.dumps(described(read(sample))))
    assert got["document"] == expected["document"]
    assert got["format"] == expected["format"] == sample.expected.parent.name
    for ours, theirs in zip(got["passages"], expected["passages"], strict=True):
        assert ours == theirs


def test_no_golden_file_is_an_orphan() -> None:
    assert set(GOLDEN.glob("*/*.json")) == {sample.expected for sample in SAMPLES}


def test_every_format_has_a_sample() -> None:
    assert set(FORMATS) == {sample.expected.parent.name for sample in SAMPLES}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.text.stem)
def test_ids_are_distinct_and_fit_the_interface(sample: Sample) -> None:
    parsed = read(sample)
    ids = [passage.id for passage in parsed.passages]
    assert max(Counter(ids).values()) == 1
    assert all(len(i) <= 32 and i.replace("_", "").replace("-", "").isalnum() and i.isascii() for i in ids)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.text.stem)
def test_verbatim_strings_stand_in_their_passage(sample: Sample) -> None:
    for passage in read(sample).passages:
        assert all(string in passage.text for string in passage.verbatim)
        assert bool(passage.verbatim) == (passage.attribution == "quoted")
