"""Putting text that comes from outside into Streamlit's Markdown, and into Folium's scripts."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

_MARKDOWN = str.maketrans({char: f"\\{char}" for char in r"\`*_{}[]()#+-.!|~<>$:&="})
_TEMPLATE_LITERAL = str.maketrans({"`": "&#96;", "$": "&#36;", "\\": "&#92;"})


def escape_markdown(text: str) -> str:
    """Return `text` so that Streamlit's Markdown shows it as it is."""
    for start in ("://", "www.", "@"):
        # A bare address would become a link: an invisible word joiner keeps it text.
        text = text.replace(start, f"{start[0]}\u2060{start[1:]}")
    return text.translate(_MARKDOWN)


def markdown_link(text: str, url: str) -> str:
    """Return a link whose text and address cannot be anything else."""
    return f"[{escape_markdown(text)}]({quote(url, safe=':/?#@!$&*+,;=%')})"


def tooltip_text(text: str) -> str:
    """Return `text` for a Folium tooltip, which is HTML inside a JavaScript template literal."""
    return escape(text).translate(_TEMPLATE_LITERAL)
