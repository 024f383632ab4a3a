#!/usr/bin/env python3
"""Ask the bot on this machine whether it is well, and end with 0 if it is: the image's health check.

The address is that of QUOTEBOT_METRICS_LISTEN. What the bot answers is printed, for `docker inspect` to show.
"""

import os
import sys
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

PATIENCE_S = 8.0


def main() -> int:
    """Return the exit status, 0 or 1: Docker knows no other."""
    host, _, port = os.environ.get("QUOTEBOT_METRICS_LISTEN", "").strip().rpartition(":")
    if not port.isdigit():
        print("QUOTEBOT_METRICS_LISTEN is not set: there is nothing to ask.")
        return 1
    everywhere = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - what is listened on, not by us
    url = f"http://{everywhere.get(host, host)}:{port}/healthz"
    try:
        with build_opener(ProxyHandler({})).open(url, timeout=PATIENCE_S) as answer:
            print(answer.read().decode(errors="replace").strip())
            return 0
    except HTTPError as error:
        print(error.read().decode(errors="replace").strip() or error)
    except (URLError, OSError) as error:
        print(f"{url} does not answer: {error}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
