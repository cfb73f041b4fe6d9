"""The published descriptions, generated from the model: Table Schema, data package, vocabulary."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cooperations.errors import DataIssue, DatasetError
from cooperations.fields import TableType
from cooperations.model import RECORDS, Participation, Practice, Record, Structure
from cooperations.purchases import FAMILIES
from cooperations.vocabularies import PRACTICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pydantic.fields import FieldInfo

SCHEMA_STANDARD = "https://frictionlessdata.io/schemas/table-schema.json"
LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
}
_LIMITS = {"max_length": "maxLength"}


def table_schema(model: type[Record]) -> dict[str, Any]:
    """Return the Table Schema of one published file."""
    schema: dict[str, Any] = {
        "$schema": SCHEMA_STANDARD,
        "title": model.title,
        "fields": [_field(info) for info in model.model_fields.values()],
        "primaryKey": list(model.primary_key),
        "missingValues": [""],
    }
    if model is Participation:
        schema["foreignKeys"] = [_foreign_key("id_pratique", Practice), _foreign_key("id_structure", Structure)]
    return schema


@dataclass(frozen=True, slots=True)
class Published:
    """A vocabulary published as a file: its title, its columns with their description, its rows."""

    file_name: str
    title: str
    columns: dict[str, str]
    rows: tuple[tuple[str, ...], ...]

    def schema(self) -> dict[str, Any]:
        """Return its Table Schema."""
        described = [{"name": name, "description": text, "type": "string"} for name, text in self.columns.items()]
        return {
            "$schema": SCHEMA_STANDARD,
            "title": self.title,
            "fields": described,
            "primaryKey": ["code"],
            "missingValues": [""],
        }

    def csv(self) -> str:
        """Return its rows as the text of a CSV file."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue()


VOCABULARIES = (
    Published(
        "types_pratiques.csv",
        "Vocabulaire des types de pratiques",
        {
            "code": "Code publié.",
            "libelle": "Libellé.",
            "code_parent": "Code du type dont celui-ci est un sous-type.",
            "definition": "Définition.",
        },
        tuple((term.code, term.label, term.parent or "", term.definition) for term in PRACTICES),
    ),
    Published(
        "familles_achat.csv",
        "Familles d’achat",
        {
            "code": "Code publié.",
            "libelle": "Libellé.",
            "definition": "Ce que la famille comprend.",
            "cpv": "Débuts des codes CPV équivalents, séparés par « | » ; le plus long l’emporte.",
            "naf": "Débuts des codes NAF équivalents, sans point, séparés par « | » ; le plus long l’emporte.",
            "mots": "Débuts de mots qui disent la famille dans un nom ou une description, séparés par « | ».",
        },
        tuple(
            (one.code, one.label, one.definition, "|".join(one.cpv), "|".join(one.naf), "|".join(one.words))
            for one in FAMILIES
        ),
    ),
)


def data_package() -> dict[str, Any]:
    """Return the Data Package that ties the files to their schemas."""
    return {
        "name": "cooperations-ess-aquitaine",
        "title": "Pratiques de coopération économique de l’ESS en Aquitaine",
        "licenses": [LICENCE],
        "resources": [_resource(name) for name in (*_names(RECORDS), *_names(VOCABULARIES))],
    }


def _names(described: Iterable[type[Record] | Published]) -> Iterator[str]:
    return (one.file_name for one in described)


def published_files() -> dict[str, str]:
    """Return each generated file of data/ by name, with the text that it must hold."""
    texts = {_schema_name(model.file_name): _json(table_schema(model)) for model in RECORDS}
    for one in VOCABULARIES:
        texts |= {one.file_name: one.csv(), _schema_name(one.file_name): _json(one.schema())}
    return texts | {"datapackage.json": _json(data_package())}


def publish(folder: Path) -> list[str]:
    """Write the generated files into `folder`; return what changed. Raises DatasetError."""
    if not folder.is_dir():
        raise DatasetError([DataIssue(folder.name, 0, "", "", "dossier introuvable", "Vérifier COOPERATIONS_DATA.")])
    changed = stale_files(folder)
    for name in changed:
        (folder / name).write_bytes(published_files()[name].encode())
    return changed


def stale_files(folder: Path) -> list[str]:
    """Return the names of the generated files of `folder` that are missing or out of date."""
    texts = published_files()
    return [name for name, text in texts.items() if _read(folder / name) != text.encode()]


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _field(info: FieldInfo) -> dict[str, Any]:
    marker = table_type(info)
    constraints = dict(marker.constraints)
    constraints |= {
        name: getattr(item, key) for item in info.metadata for key, name in _LIMITS.items() if hasattr(item, key)
    }
    if info.is_required():
        constraints["required"] = True
    field: dict[str, Any] = {"name": info.alias, "description": info.description, "type": marker.type}
    field |= {"format": marker.format} if marker.format else {}
    field |= marker.extra
    return field | ({"constraints": constraints} if constraints else {})


def table_type(info: FieldInfo) -> TableType:
    """Return how Table Schema names the type of a published column."""
    candidates = [*info.metadata, *_nested_metadata(info.annotation)]
    return next(item for item in candidates if isinstance(item, TableType))


def _nested_metadata(annotation: Any) -> list[Any]:
    found = list(getattr(annotation, "__metadata__", ()))
    for argument in getattr(annotation, "__args__", ()):
        found += _nested_metadata(argument)
    return found


def _foreign_key(field: str, target: type[Record]) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": _resource_name(target.file_name), "fields": ["id"]}}


def _resource(file_name: str) -> dict[str, Any]:
    return {
        "name": _resource_name(file_name),
        "path": file_name,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema_name(file_name),
    }


def _resource_name(file_name: str) -> str:
    return file_name.removesuffix(".csv")


def _schema_name(file_name: str) -> str:
    return f"{_resource_name(file_name)}.schema.json"


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
