"""CSV of any encoding and any separator → a raw table."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from cooperations.errors import DataIssue, UnreadableFile
from cooperations.intake.raw import RawTable, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SEPARATORS = (";", ",", "\t", "|")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FRENCH_ENCODINGS = ("cp1252", "mac_roman", "cp850")
"""What the office suites of the last thirty years wrote in France: Windows, Macintosh, DOS."""
FREQUENT = frozenset("éèêàâçôîûùœÉÈÀÇŒ’")
RARE = frozenset("äæëïöüÿÂÊËÎÏÔÙÛ“”«»–—…°€№ª²\u00a0")
"""What French texts hold now and then; other languages write the first ones more often."""
MOSTLY_FRENCH = 0.4
SAMPLE = 200_000
"""In bytes or characters: what is read to recognise an encoding or a separator."""
SAMPLE_RECORDS = 200
MOSTLY_NUL = 0.2
TOO_MANY_CONTROLS = 0.02
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
ESCAPED_FORMULA = re.compile(r"(?:^|[;,\t|\"\n])'[=+\-@]")
NOT_A_TABLE = "Donner un tableau : CSV, XLSX, ODS, GeoJSON ou Parquet."


def read_delimited(file: str, content: bytes) -> RawTable:
    """Return the table of a CSV file; raises UnreadableFile when it is empty or no text."""
    text, encoding = decode(file, content)
    text, notices = _without_nul(file, text)
    body, above, declared = _below_the_cover(text)
    separator = declared or _separator(body)
    table = table_of(file, _records(file, body, separator, above), "csv", encoding)
    return RawTable(**{**vars(table), "notices": (*notices, *table.notices)})


def decode(file: str, content: bytes) -> tuple[str, str]:
    """Return the text of `content` and the encoding that gave it; raises UnreadableFile when it is no text."""
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        encoding = "cp1252"
        text = content.decode(encoding, "replace")
    sample = text[:SAMPLE]
    if len(CONTROLS.findall(sample)) + sample.count("\0") * MOSTLY_NUL > TOO_MANY_CONTROLS * max(len(sample), 50):
        raise UnreadableFile(file, "ce n’est pas un fichier de texte", NOT_A_TABLE)
    return text, encoding


def _encoding(content: bytes) -> str:
    marked = next((name for mark, name in MARKS if content.startswith(mark)), "")
    if marked:
        return marked
    sample = content[:SAMPLE]
    if sample.count(0) > MOSTLY_NUL * len(sample):
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _old_encoding(content)
    return "utf-8"


def _old_encoding(content: bytes) -> str:
    """Return the encoding under which the letters beyond ASCII are most often French ones.

    A general detector reads short French texts as Baltic or Icelandic; it is asked only when none of them is French.
    """
    beyond = bytes(byte for byte in content if byte > 0x7F)[:SAMPLE]  # noqa: PLR2004 - the end of ASCII
    scores = {name: _french_share(beyond.decode(name, "replace")) for name in FRENCH_ENCODINGS}
    best = max(FRENCH_ENCODINGS, key=lambda name: scores[name])
    if scores[best] >= MOSTLY_FRENCH:
        return best
    found = from_bytes(content[:SAMPLE]).best()
    return found.encoding if found else "cp1252"


def _french_share(letters: str) -> float:
    return sum((letter in FREQUENT) + (letter in RARE) / 2 for letter in letters) / len(letters)


def _without_nul(file: str, text: str) -> tuple[str, tuple[DataIssue, ...]]:
    if "\0" not in text:
        return text, ()
    line = text[: text.index("\0")].count("\n") + 1
    problem = "le fichier contient des octets nuls"
    notice = DataIssue(file, line, "", "", problem, "Ils sont retirés ; vérifier les cellules de cette ligne.")
    return text.replace("\0", ""), (notice,)


def _below_the_cover(text: str) -> tuple[str, int, str]:
    """Return the table's text, how many lines stand above it, and the separator that Excel's « sep= » declares."""
    above, separator = 0, ""
    while (line := re.match(r"(?:# |sep=).*?(?:\r\n|\n|\r)", text)) is not None:
        separator = line.group().strip()[4:5] if line.group().startswith("sep=") else separator
        text, above = text[line.end() :], above + 1
    return text, above, separator if separator in SEPARATORS else ""


def _separator(text: str) -> str:
    """Return the separator that cuts most records as it cuts the header."""
    sample = text[:SAMPLE]
    if len(text) > SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    scores = {one: _evenness(sample, one) for one in SEPARATORS}
    best = max(SEPARATORS, key=lambda one: scores[one])
    if scores[best] > (0.0, 1):
        return best
    return next((one for one in SEPARATORS if one not in text), SEPARATORS[0])


def _evenness(sample: str, separator: str) -> tuple[float, int]:
    """Return which share of the records has the header's number of cells, and that number; 0 for a single column."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    records: list[list[str]] = []
    with contextlib.suppress(csv.Error):  # said when the whole file is read
        records.extend(record for record, _ in zip(reader, range(SAMPLE_RECORDS), strict=False) if record)
    width = len(records[0]) if records else 0
    if width <= 1:
        return 0.0, width
    return sum(len(record) == width for record in records) / len(records), width


def _records(file: str, text: str, separator: str, above: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line where it starts; an apostrophe that kept a cell from being a formula goes."""
    escaped = ESCAPED_FORMULA.search(text) is not None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = last = 1
    try:
        for cells in reader:
            yield start + above, [_unescaped(cell) for cell in cells] if escaped else cells
            last, start = start, reader.line_num + 1
    except csv.Error as error:
        problem = f"la ligne {start + above} est illisible"
        raise UnreadableFile(file, problem, "Un guillemet y est sans doute ouvert et jamais fermé.") from error
    _check_last_quote(file, text, separator, last, above)


def _unescaped(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


def _check_last_quote(file: str, text: str, separator: str, last: int, above: int) -> None:
    """Raise UnreadableFile when the last record opens a quote that the file never closes: it swallowed other rows."""
    ending = list(io.StringIO(text, newline=""))[last - 1 :]
    if len(ending) <= 1:
        return
    try:
        list(csv.reader(ending, delimiter=separator, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            problem = f"un guillemet ouvert à partir de la ligne {last + above} n’est jamais fermé"
            raise UnreadableFile(file, problem, "Fermer ce guillemet, ou le retirer.") from error
