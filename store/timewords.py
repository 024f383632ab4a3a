"""Words that tell of time, in the languages of the seeds and their neighbours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeWords:
    """What tells of time in a language, as patterns: habits, what is to come and what is over, and relative years."""

    habit: str
    future: str
    past: str
    last_year: str
    this_year: str
    next_year: str
    some_year: str


def time_words(language: str | None) -> TimeWords:
    """Return the words of a language given as BCP 47 tag; English ones where it is None or has none here."""
    return _LANGUAGES.get((language or "en").replace("_", "-").partition("-")[0].lower(), _LANGUAGES["en"])


_LANGUAGES = {
    "en": TimeWords(
        habit=r"traditionally|by tradition|(?:every|each) year|annually|yearly|usually|always|as a rule"
        r"|celebrates?|commemorates?",
        future=r"will|shall|['’]ll|won['’]t|going to|upcoming|forthcoming|next|scheduled for|to be held"
        r"|(?:is|are|been) (?:scheduled|planned|slated|expected|due|set)|(?:is|are) to|(?:plans?|intends?) to",
        past=r"said|told|was|were|did|had|took|held|met|gave|began|came|went|made|spoke|saw|became|brought|left|sent|won"
        r"|lost|fell|led|wrote|got|found|struck|broke|rose|fought|shot|built|paid|thought|withdrew|flew|\w{2,}ed",
        last_year=r"last year",
        this_year=r"this year",
        next_year=r"next year",
        some_year=r"years? ago|(?:that|the same|the following|the previous) year",
    ),
    "ru": TimeWords(
        habit=r"традиционно|по традиции|кажд(?:ый|ого) год(?:а|у)?|ежегодно|обычно|всегда|как правило",
        future=r"буд(?:у|ет|ут|ем)|состо(?:и|я)тся|пройд(?:ё|е|у)т|предстоит|запланирован\w*|планиру\w+|намерен\w*"
        r"|следующ\w+|предстоящ\w+|ближайш\w+",
        past=r"\w{2,}л(?:а|о|и|ся|ась|ось|ись)?",
        last_year=r"в прошлом году|прошлого года",
        this_year=r"в этом году|в нынешнем году|(?:этого|сего|нынешнего) года",
        next_year=r"в (?:следующем|будущем) году|(?:следующего|будущего) года",
        some_year=r"(?:лет|года?) назад|в том же году|того же года",
    ),
    "de": TimeWords(
        habit=r"traditionell|traditionsgemäß|jedes jahr|jährlich|alljährlich|gewöhnlich|immer|in der regel",
        future=r"wird|werden|werde|soll|sollen|geplant|bevorstehend\w*|nächste[nrms]?|kommende[nrms]?",
        past=r"wurden?|war|waren|hat|haben|hatten?|sagte|fand|fanden",
        last_year=r"(?:im )?(?:letzten|vergangenen|vorigen) jahr(?:es)?|letztes jahr",
        this_year=r"in diesem jahr|dieses jahr(?:es)?",
        next_year=r"im (?:nächsten|kommenden) jahr|(?:nächstes|kommendes) jahr",
        some_year=r"vor [\w ]{1,12} jahren|vor einem jahr|im selben jahr|im gleichen jahr",
    ),
    "fr": TimeWords(
        habit=r"traditionnellement|par tradition|chaque année|tous les ans|annuellement|d['’]habitude|toujours",
        future=r"sera|seront|aura|auront|va|vont|allons|prévue?s?|prochaine?s?|\w{2,}r(?:a|ont|ons)",
        past=r"a|ont|était|étaient|avait|avaient|fut|furent|eut",
        last_year=r"l['’]année (?:dernière|passée)|l['’]an (?:dernier|passé)",
        this_year=r"cette année",
        next_year=r"l['’]année prochaine|l['’]an prochain",
        some_year=r"il y a [\w ]{1,12} ans?|la même année",
    ),
    "es": TimeWords(
        habit=r"tradicionalmente|por tradición|cada año|todos los años|anualmente|normalmente|siempre",
        future=r"próxim[oa]s?|va a|van a|vamos a|previst[oa]s?|\w+(?:rá|rán|remos)",
        past=r"fue|fueron|había|hubo|era|eran|\w+(?:ó|aron|ieron)",
        last_year=r"(?:el )?año pasado",
        this_year=r"(?:de )?este año",
        next_year=r"(?:el )?próximo año|(?:el )?año que viene",
        some_year=r"hace [\w ]{1,12} años?|(?:ese|el) mismo año",
    ),
}
