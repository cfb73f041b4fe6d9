"""The error of a cell that cannot be taken, said in French."""

from __future__ import annotations

from pydantic_core import PydanticCustomError


def refuse(problem: str, remedy: str, column: str = "", value: object = "") -> PydanticCustomError:
    """Return the error to raise for a cell, in French; a row's own check says which `column` and `value` it means."""
    shown = "" if value is None else str(value)
    return PydanticCustomError(
        "cell", "{problem}", {"problem": problem, "remedy": remedy, "column": column, "value": shown}
    )
