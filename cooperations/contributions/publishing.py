"""The published dataset, with what was accepted, written back as the files of data/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.dataset.writer import csv_text
from cooperations.tableschema import publish

if TYPE_CHECKING:
    from pathlib import Path

    from cooperations.dataset import Dataset


def export(dataset: Dataset, folder: Path) -> list[str]:
    """Write the files of data/ into a folder; return the names of those that changed there."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for model, records in dataset.records():
        path, text = folder / model.file_name, csv_text(model, records).encode()
        if not path.is_file() or path.read_bytes() != text:
            path.write_bytes(text)
            changed.append(model.file_name)
    return changed + publish(folder)
