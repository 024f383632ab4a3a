"""Words that people put around a request, and what they ask for that only buttons choose; pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.text import fold

_WORDS = frozenset(
    map(
        fold,
        (
            "i'm|i'd|i'll|want|wants|wanna|like|interested|give|send|receive|subscribe|me|"
            "get|instead|sharp|exactly|pünktlich|genau|mostly|mainly|especially|today|tomorrow|"
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
        "silent|silently|quietly|muted|no sound|without sound|without a sound|silent delivery|lautlos|stumm|ohne ton|"
        "silencieux|sans son|silencioso|sin sonido|без звука|only anniversaries|anniversaries only|exact anniversaries|"
        "only exact anniversaries|nur jahrestage|nur an jahrestagen|seulement les anniversaires|solo aniversarios|"
        "только годовщины"
    ).split("|")
)
"""What /settings has buttons for, and nothing else."""

_ADDING = frozenset(map(fold, ("add", "also", "plus", "добавь", "добавить", "ajoute", "ajouter", "agrega", "añade")))
_OPENING = frozenset("change set make move switch start begin update".split())
_BEHIND_OPENING = frozenset("to it the my time timezone hour at on".split())


def read_setting(folded: Sequence[str]) -> int:
    """Return how many of the first words ask for what only a button chooses, such as "silent"; 0 for none."""
    return max((length for length in range(1, len(folded) + 1) if tuple(folded[:length]) in _SETTINGS), default=0)


def opens(folded: Sequence[str]) -> bool:
    """Tell whether the first of two words typed asks for a change and names none: "change to", "make it"."""
    if not folded or folded[0] not in _OPENING:
        return bool(folded) and folded[0] in _ADDING
    return len(folded) == 1 or folded[1] in _BEHIND_OPENING or is_courtesy(folded[1])


def is_courtesy(folded: str) -> bool:
    """Tell whether a folded word asks for nothing itself: "please", "quiero"."""
    return folded in _WORDS
