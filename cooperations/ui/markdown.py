"""Putting text that comes from outside into Streamlit's Markdown, and into Folium's scripts."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

_MARKDOWN = str.maketrans({char: f"\\{char}" for char in r"\`*_{}[]()#+-.!|~<>$:&="})
# What Streamlit makes of a text even when its signs are escaped: links, icons, its own logo, arrows and dashes.
_MADE = re.compile(r"://|www\.|@|:material/|:streamlit:|(?<!\S)(?:<->|->|<-|--|>=|<=|~=)(?!\S)")
# Branca compiles what Folium wrote as a Jinja template: no brace of a text may reach it, or the server would run it.
_TEMPLATE_LITERAL = str.maketrans({"`": "&#96;", "$": "&#36;", "\\": "&#92;", "{": "&#123;", "}": "&#125;"})


def escape_markdown(text: str) -> str:
    """Return `text` so that Streamlit's Markdown shows it as it is."""
    # An invisible word joiner keeps it text.
    return _MADE.sub(lambda found: f"{found[0][0]}\u2060{found[0][1:]}", text).translate(_MARKDOWN)


def markdown_link(text: str, url: str) -> str:
    """Return a link whose text and address cannot be anything else."""
    return f"[{escape_markdown(text)}]({quote(url, safe=':/?#@!$&*+,;=%')})"


def tooltip_text(text: str) -> str:
    """Return `text` for a Folium tooltip, which is HTML inside a JavaScript template literal inside a template."""
    return escape(text).translate(_TEMPLATE_LITERAL)
