from __future__ import annotations

import pytest

from tests.bench.table import print_table


def test_table_that_goes_to_no_terminal_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    columns = [f"a column number {number}" for number in range(9)]
    print_table("wide", columns, [["0.00"] * 9])
    head = capsys.readouterr().out.splitlines()[2]
    assert [cell.strip() for cell in head.strip("┃").split("┃")] == columns
