"""What must come out of each sample text, kept as JSON beside it or, for the seeds, under the seed's name.

`python -m tests.goldens` writes the files anew from what the parsers do now: read each line of the difference against
the text before it is committed.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from store.ingest.parse import Parsed, parse
from store.model import Source

GOLDEN = Path(__file__).parent / "golden"
SEEDS = Path(__file__).parents[1] / "seeds"


class Sample(NamedTuple):
    """A text, its entry in `sources.toml`, and the file that says what must come out of it."""

    text: Path
    source: Source
    expected: Path


def samples() -> Iterator[Sample]:
    """Yield the seeds and the texts of `tests/golden/<format>/`."""
    entries = tomllib.loads((SEEDS / "sources.toml").read_text(encoding="utf-8"))
    for text in sorted(SEEDS.glob("*.txt")):
        found = sorted(GOLDEN.glob(f"*/{text.stem}.json"))
        expected = found[0] if found else GOLDEN / "unsorted" / f"{text.stem}.json"
        yield Sample(text, Source(file=text.name, **entries.get(text.name, {})), expected)
    for text in sorted(GOLDEN.glob("*/*.txt")):
        entry = text.with_suffix(".toml")
        known = tomllib.loads(entry.read_text(encoding="utf-8")) if entry.exists() else {}
        yield Sample(text, Source(file=text.name, **known), text.with_suffix(".json"))


def read(sample: Sample) -> Parsed:
    """Parse a sample as a build does."""
    return parse(sample.source, sample.text.read_text(encoding="utf-8"))


def described(parsed: Parsed) -> dict[str, Any]:
    """Return what a golden file states of a text: the document, and each passage with all that is said of it."""
    document = {
        name: value.isoformat() if isinstance(value, date) else value
        for name in ("title", "date", "dated", "published", "kind", "outlet", "venue", "language", "url")
        for value in [getattr(parsed.document, name)]
    }
    document["speakers"] = list(parsed.document.speakers)
    passages = [
        {
            "line": passage.line,
            "attribution": str(passage.attribution),
            "speaker": passage.speaker,
            "question": passage.question,
            **({"verbatim": list(passage.verbatim)} if passage.verbatim else {}),
            **({"formula": True} if passage.formula else {}),
            "text": passage.text,
        }
        for passage in parsed.passages
    ]
    return {"format": parsed.format, "document": document, "passages": passages}


def main() -> None:
    """Write every golden file anew, in the folder of the format that read it."""
    for sample in samples():
        parsed = read(sample)
        target = GOLDEN / parsed.format / sample.expected.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(described(parsed), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        if sample.expected != target:
            sample.expected.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
