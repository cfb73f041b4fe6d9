"""Timings of the running application, as ratios against a peer measured in the same run."""
