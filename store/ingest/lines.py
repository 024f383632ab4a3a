"""What the lines of a file tell, each by itself and beside the others; pure."""

from __future__ import annotations

import re

_ENDED = re.compile(r"""[.!?…。！？؟।:;][”"’'»)\]*_]*$""")


def is_ended(line: str) -> bool:
    """Tell whether a line ends as a sentence does, or before what it announces; marks of Markdown may stand behind."""
    return _ENDED.search(line) is not None
