"""Reading data/: files → records, with every defect collected before anything is taken."""

from cooperations.dataset.load import Dataset, load_dataset

__all__ = ["Dataset", "load_dataset"]
