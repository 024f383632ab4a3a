"""Courtesies and stage directions of a speaker: words that are kept but never shown unasked."""

from __future__ import annotations

import re

from store.text import fold, sentences, words

_MOST_WORDS = 14
_ADDRESS = re.compile(
    r"""^\W*(?:
        (?:dear|esteemed|distinguished|respected)\ .*
      | (?:ladies\ and\ gentlemen|colleagues|friends|comrades|excellenc(?:y|ies)|(?:mr|mrs|ms|madam|dr)\b\.?)[^.?!]*[,!]
      | (?:уважаемые|дорогие)\b.*
      | (?:sehr\ geehrte|liebe\ (?:freunde|kolleg\w+)|meine\ damen)\b.*
      | (?:mesdames|chers\ (?:amis|coll[eè]gues))\b.*
      | (?:se[nñ]oras|queridos|estimados)\b.*
    )$""",
    re.VERBOSE,
)
"""How an audience is addressed; a sentence about something may begin so too: "Dear friends, we have been deceived."."""
_PREDICATES = frozenset(
    "am are be been can could did do does had has have is may might must never no not shall should that there was were"
    " will would".split()
)
_COURTESY = re.compile(
    r"""^\W*(?:
        (?:hello|hi|greetings|goodbye|happy\ new\ year)\b.*
      | welcome(?:\W*|,?\ (?:to|all|back|colleagues|dear|everybody|everyone|friends|ladies)\b.*)
      | good\ (?:morning|afternoon|evening|day|night|bye|luck)\b.* | best\ (?:of\ luck|wishes|regards)\b.*
      | (?:my\ |our\ |many\ |again,?\ )*(?:congratulations|congrats)\b.*
      | (?:really\ |very\ |another\ |what\ an?\ )*(?:great|good|nice|solid|strong|super|fantastic|amazing|impressive)
        \ (?:quarter|year|results?|numbers|job|work|execution|performance)(?:\ (?:again|there|here))?,?
        (?:\ (?:guys|all|everyone|everybody|team|folks|today))?\W*
      | (?:many\ |once\ again,?\ )?(?:thank\ you|thanks(?!\ to\b))\b.*
      | (?:i\ )?(?:would\ like\ to\ )?thank\ (?:you|everyone|everybody)\b.*
      | let(?:'s|\ us)\ (?:now\ )?(?:go|move|turn|proceed|begin|start|get\ started|continue|switch|finish|stop|wrap)
        (?:\ (?:ahead|here|now|on|over|there|up|to|with|the|this|our|your|first|next|interactive|format|part|answers?
          |conversation|debate|discussion|floor|meeting|questions?|session|talk|and|q|a))*\W*
      | (?:i\ am|i'm|we\ are|now\ i\ am)\ (?:now\ )?ready
        (?:\W*|\ (?:to\ (?:take|answer|hear|respond\ to)|for)\ (?:\w+\ )?(?:questions?|you)\b.*)
      | please(?:\W*|,?\ (?:ask|be\ seated|begin|come\ in|continue|go|proceed|sit|start|take)\b.{0,40})
      | (?:go\ ahead|next\ question|one\ (?:more|last)\ question|over\ to\ you)\b.*
      | (?:may\ )?god\ (?:bless|save)\b[^,;:]{0,40} | long\ live\b[^,;:]{0,40}
      | (?:the\ floor\ is\ yours|you\ have\ the\ floor)\b.*
      | (?:i'm|i\ am)?\ ?(?:sorry|all\ done|that's\ (?:all|it)|that\ is\ all)\W*
      | (?:добрый\ (?:день|вечер)|доброе\ утро|здравствуйте|спасибо|благодарю)\b.*
      | (?:guten\ (?:tag|morgen|abend)|vielen\ dank|danke)\b.*
      | (?:bonjour|bonsoir|merci)\b.*
      | (?:buenos\ d[ií]as|buenas\ (?:tardes|noches)|(?:muchas\ )?gracias)\b.*
    )$""",
    re.VERBOSE,
)


def is_formula(text: str) -> bool:
    """Tell whether a paragraph is nothing but courtesy or stage direction, in one to three short sentences."""
    parts = [text[start:end] for start, end in sentences(text)]
    return 0 < len(parts) <= 3 and all(len(part.split()) <= _MOST_WORDS and _is_courtesy(fold(part)) for part in parts)


def _is_courtesy(sentence: str) -> bool:
    if _ADDRESS.match(sentence):
        return _PREDICATES.isdisjoint(words(sentence))
    return _COURTESY.match(sentence) is not None
