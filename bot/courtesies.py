"""Words that people put around a request, and that ask for nothing themselves; pure."""

from __future__ import annotations

from store.text import fold

_WORDS = frozenset(
    map(
        fold,
        (
            "i'm|i'd|i'll|want|wants|wanna|like|interested|give|send|receive|subscribe|me|"
            "hi|hello|hey|thanks|thank|digest|digests|zitate|citations|citas|цитаты|bitte|danke|hallo|möchte|will|hätte|gern|gerne|mir|schick|schicke|"
            "sende|zeig|abonnieren|interessiert|bonjour|merci|je|ne|veux|voudrais|j'aimerais|envoie|envoyez|envoie-moi|"
            "envoyez-moi|s'il|plait|plaît|moi|hola|gracias|yo|quiero|quisiera|gustaría|me|envía|envíame|manda|mándame|favor|"
            "привет|спасибо|пожалуйста|хочу|хотел|хотела|присылай|присылайте|пришли|пришлите|отправляй|мне|"
            "интересует|интересуют|подпиши|подпишите|меня"
        ).split("|"),
    )
)


def is_courtesy(folded: str) -> bool:
    """Tell whether a folded word asks for nothing itself: "please", "quiero"."""
    return folded in _WORDS
