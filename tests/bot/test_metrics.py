from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families
from telegram import Update

from bot.metrics import Metrics


def values(metrics: Metrics) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(metrics.exposed().decode())
        for sample in family.samples
    }


def test_commands_that_there_are_not_are_counted_together() -> None:
    metrics = Metrics(["quote"])
    for command in ("quote", "weather", "what somebody wrote"):
        metrics.answered(command, "answered")
    assert values(metrics)["quotebot_answers_total", "answered", "quote"] == 1
    assert values(metrics)["quotebot_answers_total", "answered", "other"] == 2


def test_updates_of_kinds_that_the_library_does_not_know_are_counted_together() -> None:
    metrics = Metrics()
    metrics.received(Update(1))
    metrics.received(object())
    assert values(metrics)["quotebot_updates_total", "other"] == 2


def test_the_wait_for_an_answer_ends_with_the_first_request() -> None:
    now = 0.0
    metrics = Metrics(clock=lambda: now)
    metrics.leaves()  # answers nothing
    with metrics.answering(came=0.0):
        now = 0.02
        metrics.leaves()
        now = 9.0
        metrics.leaves()
    metrics.leaves()
    found = values(metrics)
    assert found["quotebot_answer_seconds_count",] == 1
    assert found["quotebot_answer_seconds_sum",] == 0.02


def test_two_bots_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.reloads.labels("done").inc()
    assert values(one)["quotebot_reloads_total", "done"] == 1
    assert ("quotebot_reloads_total", "done") not in values(other)
