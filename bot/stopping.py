"""The end of an Application, in the order in which the library does it where it runs by itself."""

from __future__ import annotations

from typing import Any, TypeAlias

from telegram.ext import Application

AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


async def stop(application: AnyApplication) -> None:
    """Finish what is at work, and let go of everything; an Application that was never started is just let go of."""
    if application.running:
        if application.job_queue is not None and application.job_queue.scheduler.running:
            # Else a tick that begins while the one before it is waited for is cancelled in its midst, which is logged
            # as a fault.
            application.job_queue.scheduler.pause()
        await application.stop()
        if application.post_stop is not None:
            await application.post_stop(application)
    await application.shutdown()
    if application.post_shutdown is not None:
        await application.post_shutdown(application)
