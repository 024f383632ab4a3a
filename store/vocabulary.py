"""The words and the names of an archive, as the tables `terms`, `called`, `said`, `persons` and `sounds` have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from store.spellings import common_form
from store.stems import Stemmer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    Ask = Callable[[str, Sequence[object] | Mapping[str, object]], list[Any]]
    """Runs a statement with its values, and returns the rows."""


class Forms(NamedTuple):
    """What stands for a word: the `tokens` to look for in the index, and the words of its stem with their passages."""

    tokens: tuple[str, ...]
    passages: dict[str, int]


class Named(NamedTuple):
    """That a name, as typed without blanks, is `how` a thing is called for which the archive says `words`, `said_how`.

    The kinds of names are those of the tables `called` and `said`. Where `key` is the stem of a single word, `name` is
    that word.
    """

    key: str
    root: str
    how: str
    words: str
    said_how: str
    name: str


_CALLED = "SELECT key, thing, root, how, name FROM called"


class Vocabulary:
    """The words and names of the archive that `ask` asks, as of its last commit.

    Every method may raise what `ask` raises.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._stemmer: Stemmer | None = None

    def close(self) -> None:
        """Let go of what is kept in memory."""
        if self._stemmer is not None:
            self._stemmer.close()

    def forms(self, words: Collection[str]) -> dict[str, Forms]:
        """Return for each of these folded words what to look for, and the words that are forms of the same one.

        A word is left out where the archive does not hold it, even if it holds other forms of it: see `akin`.
        """
        rows = self._ask(
            f"""
            SELECT typed.word, typed.token, other.word, other.token, other.stem, other.passages
            FROM terms AS typed JOIN terms AS other ON other.family = typed.family
            WHERE typed.word IN ({_marks(words)})
            ORDER BY typed.word, typed.token, other.word, other.token
            """,
            tuple(words),
        )
        tokens: dict[str, dict[str, str]] = {}
        passages: dict[str, dict[str, int]] = {}
        for word, token, other, other_token, stem, count in rows:
            # The index finds all words of a stem by any of them; the word itself is asked for as it was typed.
            by_stem = tokens.setdefault(word, {})
            if other == word and other_token == token:
                by_stem[stem] = token
            else:
                by_stem.setdefault(stem, other_token)
            held = passages.setdefault(word, {})
            held[other] = held.get(other, 0) + count
        return {
            word: Forms(tuple(sorted(by_stem.values(), key=lambda t: (t != word, t))), passages[word])
            for word, by_stem in tokens.items()
        }

    def known(self, words: Collection[str]) -> dict[str, int]:
        """Return those folded words that the archive holds, each with the number of passages that do."""
        return dict(
            self._ask(
                f"SELECT word, sum(passages) FROM terms WHERE word IN ({_marks(words)}) GROUP BY word", tuple(words)
            )
        )

    def near(self, length_from: int, length_to: int) -> tuple[tuple[str, int], ...]:
        """Return the words of the archive of so many letters, both ends included, each with its passages."""
        rows = self._ask(
            "SELECT word, sum(passages) FROM terms WHERE length(word) BETWEEN ? AND ? GROUP BY length(word), word",
            (length_from, length_to),
        )
        return tuple(rows)

    def akin(self, word: str) -> Forms:
        """Return what stands for a folded word that the archive may not hold itself, but other forms of it."""
        family = self.families((word,))
        rows = self._ask(
            "SELECT word, token, stem, passages FROM terms WHERE family = ? ORDER BY word, token",
            tuple(family.values()),
        )
        tokens: dict[str, str] = {}
        passages: dict[str, int] = {}
        for other, token, stem, count in rows:
            tokens.setdefault(stem, token)
            passages[other] = passages.get(other, 0) + count
        return Forms(tuple(tokens.values()), passages)

    def families(self, words: Collection[str]) -> dict[str, str]:
        """Return for each of these folded words what all its forms share, as `terms.family` has it."""
        forms = {word: common_form(word) for word in words}
        stems = self.stems(forms.values())
        return {word: stems[form] for word, form in forms.items()}

    def stems(self, words: Collection[str]) -> dict[str, str]:
        """Return what the full-text index makes of each of these words; what it cuts in two has a blank between."""
        if self._stemmer is None:
            self._stemmer = Stemmer()
        return self._stemmer.stems(words)

    def called(self, keys: Collection[str]) -> dict[str, list[Named]]:
        """Return by key the things that are called so, each with what the archive says for it; keys have no blanks."""
        found: dict[str, list[Named]] = {}
        for name in self._named(f"{_CALLED} WHERE key IN ({_marks(keys)})", tuple(keys)):
            found.setdefault(name.key, []).append(name)
        return found

    def bent(self, roots: Collection[str]) -> dict[str, list[Named]]:
        """Return by the root of a name, as `store.endings` has it, the things that are called so."""
        found: dict[str, list[Named]] = {}
        for name in self._named(f"{_CALLED} WHERE root IN ({_marks(roots)}) AND root <> ''", tuple(roots)):
            found.setdefault(name.root, []).append(name)
        return found

    def unspoken(self) -> frozenset[str]:
        """Return the names, without blanks, of things in `aliases.toml` of which the archive does not speak."""
        return self._listed("unspoken")

    def of_names(self) -> frozenset[str]:
        """Return the words of names of what the archive speaks of that it does not have itself."""
        return self._listed("words of names")

    def borne(self) -> frozenset[str]:
        """Return the folded words of such names that the archive says as names: "Xi" of "Xi Jinping"."""
        return self._listed("borne")

    def _listed(self, name: str) -> frozenset[str]:
        """Return the list of words that the table `about` has by a name."""
        rows = self._ask("SELECT one.value FROM about, json_each(about.value) AS one WHERE name = ?", (name,))
        return frozenset(one for (one,) in rows)

    def called_nearly(self, root: str, beginning: str) -> list[Named]:
        """Return the things with a name of this root, or in another language that begins so: to look among."""
        # Asked for either in one condition, SQLite reads the whole table.
        return self._named(
            f"{_CALLED} WHERE root = ? AND root <> '' "
            f"UNION {_CALLED} WHERE key >= ? AND key < ? || char(1114111) AND how = 'foreign'",
            (root, beginning, beginning),
        )

    def _named(self, called: str, values: Sequence[object]) -> list[Named]:
        """Return what the archive says for some rows of the table `called`."""
        rows = self._ask(
            "SELECT key, root, name_of.how, said.words, said.how, name "
            f"FROM ({called}) AS name_of JOIN said USING (thing) ORDER BY key, thing, said.words",
            values,
        )
        return [Named(*row) for row in rows]

    def given_names(self, words: Collection[str]) -> dict[str, frozenset[str]]:
        """Return which of these folded words are surnames of persons that texts name, with their given names."""
        rows = self._ask(
            f"SELECT DISTINCT surname, given FROM persons WHERE surname IN ({_marks(words)})", tuple(words)
        )
        found: dict[str, set[str]] = {}
        for surname, given in rows:
            found.setdefault(surname, set()).add(given)
        return {surname: frozenset(given - {""}) for surname, given in found.items()}

    def sounding(self, beginnings: Collection[str]) -> list[tuple[str, str]]:
        """Return how names of persons sound that begin so, each with the name: to look among."""
        if not beginnings:
            return []
        begin = " OR ".join("(sound >= ? AND sound < ? || char(1114111))" for _ in beginnings)
        return self._ask(
            f"SELECT sound, name FROM sounds WHERE {begin}",
            tuple(beginning for beginning in beginnings for _ in "ab"),
        )

    def has_phrase(self, expression: str) -> bool:
        """Tell whether any passage matches an FTS5 expression."""
        return bool(self._ask("SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? LIMIT 1", (expression,)))


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
