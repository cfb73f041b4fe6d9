"""Small components of our own: HTML, CSS and JavaScript of this folder, without a frame."""

from cooperations.ui.components.mount import count_table, practice_list, territory_search

__all__ = ["count_table", "practice_list", "territory_search"]
