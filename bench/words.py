"""Numbers as the table says them, in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cooperations.text import decimal

if TYPE_CHECKING:
    from collections.abc import Sequence


def seconds(value: float) -> str:
    """Return « 1,07 s »."""
    return f"{decimal(value, 2)} s"


def milliseconds(value: float) -> str:
    """Return seconds as « 2,3 ms », without decimals from ten."""
    shown = 1000 * value
    return f"{decimal(shown, 0 if shown >= 10 else 1)} ms"


def kilobytes(value: float) -> str:
    """Return bytes as « 9,9 ko »."""
    return f"{decimal(value / 1000, 1)} ko"


def times(ratio: float) -> str:
    """Return « ×1,12 »."""
    return f"×{decimal(ratio, 2 if ratio < 10 else 0)}"


def quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile; NaN of nothing."""
    return float(np.quantile(values, share)) if len(values) else float("nan")


def spread(values: Sequence[float]) -> str:
    """Return « p50 1,2 ms, p95 3,4 ms, p99 5,6 ms »."""
    return ", ".join(f"p{share} {milliseconds(quantile(values, share / 100))}" for share in (50, 95, 99))
