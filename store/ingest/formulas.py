"""Courtesies and stage directions of a speaker: words that are kept but never shown unasked."""

from __future__ import annotations

import re

from store.text import fold, sentences

_MOST_WORDS = 14
_FORMULA = re.compile(
    r"""^\W*(?:
        (?:dear|esteemed|distinguished|respected)\ .*
      | (?:ladies\ and\ gentlemen|colleagues|friends|comrades|excellenc(?:y|ies)|(?:mr|mrs|ms|madam|dr)\b\.?)[^.?!]*[,!]
      | (?:hello|hi|welcome|greetings|goodbye|happy\ new\ year)\b.*
      | good\ (?:morning|afternoon|evening|day|night|bye|luck)\b.*
      | (?:many\ |once\ again,?\ )?(?:thank\ you|thanks)\b.*
      | (?:i\ )?(?:would\ like\ to\ )?thank\ (?:you|everyone|everybody)\b.*
      | let(?:'s|\ us)\ (?:go|move|turn|proceed|begin|start|get\ started|continue|switch|finish|stop|wrap)\b.*
      | (?:i\ am|i'm|we\ are|now\ i\ am)\ (?:now\ )?ready\ (?:to\ (?:take|answer|hear|respond)|for)\b.*
      | (?:please|go\ ahead|next\ question|one\ (?:more|last)\ question|over\ to\ you)\b.*
      | (?:the\ floor\ is\ yours|you\ have\ the\ floor)\b.*
      | (?:i'm|i\ am)?\ ?(?:sorry|all\ done|that's\ (?:all|it)|that\ is\ all)\W*
      | (?:уважаемые|дорогие|добрый\ (?:день|вечер)|доброе\ утро|здравствуйте|спасибо|благодарю)\b.*
      | (?:sehr\ geehrte|liebe\ (?:freunde|kolleg\w+)|meine\ damen|guten\ (?:tag|morgen|abend)|vielen\ dank|danke)\b.*
      | (?:mesdames|chers\ (?:amis|coll[eè]gues)|bonjour|bonsoir|merci)\b.*
      | (?:se[nñ]oras|queridos|estimados|buenos\ d[ií]as|buenas\ (?:tardes|noches)|(?:muchas\ )?gracias)\b.*
    )$""",
    re.VERBOSE,
)


def is_formula(text: str) -> bool:
    """Tell whether a paragraph is nothing but courtesy or stage direction, in one to three short sentences."""
    parts = [text[start:end] for start, end in sentences(text)]
    return 0 < len(parts) <= 3 and all(
        len(part.split()) <= _MOST_WORDS and _FORMULA.match(fold(part)) is not None for part in parts
    )
