"""Any table that people send → a raw table. What a file is, is told by its content first, then by its name."""

from __future__ import annotations

from pathlib import Path

from cooperations.errors import UnreadableFile
from cooperations.intake.columnar import read_parquet
from cooperations.intake.delimited import NOT_A_TABLE, decode, read_delimited
from cooperations.intake.features import read_geojson
from cooperations.intake.office import read_workbook
from cooperations.intake.raw import MAX_BYTES, RawTable
from cooperations.text import number

MEGABYTE = 1024 * 1024
OTHERS = {
    b"%PDF": "c’est un document PDF",
    b"\x1f\x8b": "c’est une archive compressée",
    b"7z\xbc\xaf": "c’est une archive compressée",
    b"Rar!": "c’est une archive compressée",
    b"\x89PNG": "c’est une image",
    b"\xff\xd8\xff": "c’est une image",
    b"{\\rtf": "c’est un document RTF",
}
PAGES = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta")


def read_table(name: str, content: bytes | Path, *, sheet: str | None = None) -> RawTable:
    """Return the table of a file, whatever it is; raises UnreadableFile, which says why and what to do.

    `sheet` chooses one of a workbook's sheets. Files over `MAX_BYTES` are refused before they are read.
    """
    held = _bytes(name, content)
    if not held.strip():
        raise UnreadableFile(name, "le fichier est vide", "Donner un fichier avec une ligne de noms de colonnes.")
    form = form_of(name, held)
    if form in {"xlsx", "xls", "ods"}:
        return read_workbook(name, held, form, sheet)
    if form == "parquet":
        return read_parquet(name, held)
    return read_geojson(name, decode(name, held)[0]) if form == "geojson" else read_delimited(name, held)


def form_of(name: str, content: bytes) -> str:
    """Return csv, xlsx, xls, ods, geojson or parquet; raises UnreadableFile for another known kind of file."""
    start = content[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, problem in OTHERS.items():
        if content.startswith(mark):
            raise UnreadableFile(name, problem, NOT_A_TABLE)
    if start.lower().startswith(PAGES):
        raise UnreadableFile(name, "c’est une page internet ou un document XML", NOT_A_TABLE)
    if content.startswith(b"PK\x03\x04"):
        return _office_form(name, content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    if content.startswith(b"PAR1"):
        return "parquet"
    named_json = name.casefold().endswith((".json", ".geojson"))
    return "geojson" if start.startswith(b"{") or (named_json and start.startswith(b"[")) else "csv"


def _office_form(name: str, content: bytes) -> str:
    if b"application/vnd.oasis.opendocument.spreadsheet" in content[:200]:
        return "ods"
    if b"xl/workbook.xml" in content or b"xl/workbook.bin" in content:
        return "xlsx"
    raise UnreadableFile(name, "c’est une archive, ou un document sans feuille de calcul", NOT_A_TABLE)


def _bytes(name: str, content: bytes | Path) -> bytes:
    try:
        size = content.stat().st_size if isinstance(content, Path) else len(content)
        if size > MAX_BYTES:
            problem = (
                f"le fichier fait {number(size // MEGABYTE)} Mo, la limite est de {number(MAX_BYTES // MEGABYTE)} Mo"
            )
            raise UnreadableFile(name, problem, "Garder les lignes et les colonnes utiles.")
        return content.read_bytes() if isinstance(content, Path) else content
    except OSError as error:
        raise UnreadableFile(name, "le fichier est introuvable ou illisible", "Vérifier son chemin.") from error
