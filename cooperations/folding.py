"""Folding many texts at once: what `text.fold` says of each, in Arrow."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cooperations.text import fold

_MARKS = "[\u0300-\u034e\u0350-\u036f]+"
"""The marks that compose the letters of European languages; U+034F is not one."""
_BLANK = "[\\x09-\\x0d\\x1c-\\x1f ]"


def fold_all(texts: pa.Array) -> pa.Array:
    """Return texts folded; an absent one stays absent."""
    held = texts.dictionary_encode()
    return _fold(held.dictionary.cast(pa.large_string())).take(held.indices)


def joined(*texts: Any) -> pa.Array:
    """Return folded texts joined by spaces, leaving out what is absent or empty; each row has one that is not."""
    some = [pc.if_else(pc.equal(one, ""), pa.scalar(None, pa.large_string()), one) for one in texts]
    return pc.binary_join_element_wise(*some, pa.scalar(" ", pa.large_string()), null_handling="skip")


def _fold(texts: pa.Array) -> pa.Array:
    kept = pc.replace_substring(pc.replace_substring(texts, "-", " "), "’", "'")
    kept = _where(kept, pc.invert(pc.string_is_ascii(kept)), _without_accents)
    kept = _where(kept, pc.match_substring_regex(kept, "^ | $|  |[\\x09-\\x0d\\x1c-\\x1f]"), _single_spaced)
    kept = pc.ascii_lower(kept)
    other = pc.invert(pc.string_is_ascii(kept))
    return pc.replace_with_mask(kept, other, pa.array(map(fold, texts.filter(other).to_pylist()), pa.large_string()))


def _where(texts: pa.Array, mask: pa.Array, change: Any) -> pa.Array:
    return pc.replace_with_mask(texts, mask, change(texts.filter(mask)))


def _without_accents(texts: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKD"), _MARKS, "")


def _single_spaced(texts: pa.Array) -> pa.Array:
    return pc.utf8_trim(pc.replace_substring_regex(texts, f"{_BLANK}+", " "), " ")
