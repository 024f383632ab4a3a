"""Words that people put around a request, and what they ask for that only buttons choose; pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.text import fold

_WORDS = frozenset(
    map(
        fold,
        (
            "i'm|i'd|i'll|want|wants|wanna|like|interested|give|send|receive|subscribe|me|"
            "always|immer|etwas|toujours|siempre|всегда|get|instead|sharp|exactly|pünktlich|genau|mostly|mainly|especially|today|tomorrow|"
            "nur|heute|morgen|jetzt|только|сегодня|завтра|сейчас|seulement|uniquement|aujourd'hui|demain|maintenant|"
            "solo|solamente|únicamente|hoy|ahora|"
            "zitat|bekommen|erhalten|citation|recevoir|cita|recibir|цитата|цитату|получать|"
            "hi|hello|hey|thanks|thank|digest|digests|zitate|citations|citas|цитаты|bitte|danke|hallo|möchte|will|hätte|gern|gerne|mir|schick|schicke|"
            "sende|zeig|abonnieren|interessiert|bonjour|merci|je|ne|veux|voudrais|j'aimerais|envoie|envoyez|envoie-moi|"
            "envoyez-moi|s'il|plait|plaît|moi|hola|gracias|yo|quiero|quisiera|gustaría|me|envía|envíame|manda|mándame|favor|"
            "привет|спасибо|пожалуйста|хочу|хотел|хотела|присылай|присылайте|пришли|пришлите|отправляй|мне|"
            "интересует|интересуют|подпиши|подпишите|меня"
        ).split("|"),
    )
)


_SETTINGS = frozenset(
    tuple(fold(said).split())
    for said in (
        "silent|silently|quiet|quietly|mute|muted|unmute|loud|loudly|"
        "no sound|without sound|without a sound|silent delivery|lautlos|stumm|ohne ton|"
        "silencieux|sans son|silencioso|sin sonido|без звука|only anniversaries|anniversaries only|exact anniversaries|"
        "only exact anniversaries|nur jahrestage|nur an jahrestagen|seulement les anniversaires|solo aniversarios|"
        "только годовщины"
    ).split("|")
)
"""What /settings has buttons for, and nothing else."""

_ADDING = frozenset(map(fold, ("add", "also", "plus", "добавь", "добавить", "ajoute", "ajouter", "agrega", "añade")))
_OPENING = frozenset("change set make move switch start begin update".split())
_BEHIND_OPENING = frozenset("to it the my time timezone hour at on".split())
_BETWEEN = frozenset("the my it".split())
_CHANGED = frozenset("time hour".split())
"""What is changed, where the hour or the zone itself follows: "change the time to 9"."""


def read_setting(folded: Sequence[str]) -> int:
    """Return how many of the first words ask for what only a button chooses, such as "silent"; 0 for none."""
    return max((length for length in range(1, len(folded) + 1) if tuple(folded[:length]) in _SETTINGS), default=0)


def opens(folded: Sequence[str]) -> int:
    """Return how many of the first words ask for a change and name no subject: "change to", "set the time to"; or 0."""
    if not folded or folded[0] not in _OPENING:
        return int(bool(folded) and folded[0] in _ADDING)
    if len(folded) > 1 and not (folded[1] in _BEHIND_OPENING or is_courtesy(folded[1])):
        return 0
    named = next((at for at in range(1, len(folded)) if folded[at] not in _BETWEEN), 0)
    return 1 + named if folded[named] in _CHANGED else 1


def is_courtesy(folded: str) -> bool:
    """Tell whether a folded word asks for nothing itself: "please", "quiero"."""
    return folded in _WORDS
