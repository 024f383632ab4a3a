"""The end of an Application, in the order in which the library does it where it runs by itself."""

from __future__ import annotations

import warnings
from typing import Any, TypeAlias

from telegram.ext import Application
from telegram.warnings import PTBUserWarning

AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


async def stop(application: AnyApplication) -> None:
    """Finish what is at work, and let go of everything; an Application that was never started is just let go of."""
    if application.running:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PTBUserWarning)  # An Application may do without a JobQueue.
            jobs = application.job_queue
        if jobs is not None and jobs.scheduler.running:
            # Else a tick that begins while the one before it is waited for is cancelled in its midst, which is logged
            # as a fault.
            jobs.scheduler.pause()
        await application.stop()
        if application.post_stop is not None:
            await application.post_stop(application)
    await application.shutdown()
    if application.post_shutdown is not None:
        await application.post_shutdown(application)
