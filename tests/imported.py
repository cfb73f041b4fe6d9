"""Small lists to import, as their sources write them, at real places of Aquitaine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.offers.offering import ARCINS, ARDITS, LANDES_PARTAGE

if TYPE_CHECKING:
    from pathlib import Path

SIAE_COLUMNS = (
    "pk", "kind", "siret", "naf", "name", "brand", "address_line_1", "address_line_2", "post_code", "city",
    "department", "lon", "lat", "geocoding_score", "website", "description", "source",
)  # fmt: skip
PARTAGE = {
    "pk": "1", "kind": "ACI", "siret": LANDES_PARTAGE, "naf": "8130Z", "name": "LANDES PARTAGE",
    "address_line_1": "50 avenue Robert Caussèque", "post_code": "40000", "city": "Mont-de-Marsan",
    "department": "40", "lon": "-0.524799", "lat": "43.906091", "geocoding_score": "0.9", "source": "ASP",
}  # fmt: skip
ATELIER = {
    "pk": "2", "kind": "ACI", "siret": ARDITS, "naf": "8121Z", "name": "ARDITS",
    "address_line_1": "230 chemin des Tablettes", "post_code": "40190", "city": "Villeneuve-de-Marsan",
    "department": "40", "lon": "-0.303432", "lat": "43.901304", "geocoding_score": "0.9", "source": "ASP",
}  # fmt: skip
BEGLES = {
    "pk": "3", "kind": "EI", "siret": ARCINS, "naf": "3811Z", "name": "ARCINS ENVIRONNEMENT SERVICE",
    "address_line_1": "7 allée de Francs", "post_code": "33130", "city": "Bègles",
    "department": "33", "lon": "-0.541228", "lat": "44.807634", "geocoding_score": "0.9", "source": "ASP",
}  # fmt: skip
THREE = (PARTAGE, ATELIER, BEGLES)
WRONG_KEY = ATELIER | {"siret": "41843528500031"}


def a_siae_file(folder: Path, *rows: dict[str, str], name: str = "siae.csv") -> Path:
    """Write a list of the SIAE as their open file has it."""
    lines = [",".join(SIAE_COLUMNS), *(",".join(row.get(column, "") for column in SIAE_COLUMNS) for row in rows)]
    return written(folder, name, lines)


def written(folder: Path, name: str, lines: list[str]) -> Path:
    """Write the lines of a file."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


CONTRACT = {
    "id": "2019-01", "objet": "Entretien des espaces verts", "cpv": "77310000-6", "montant": "12500.50",
    "date": "2019-05-02", "lieu_nom": "Landes", "dep": "40", "acheteur_siret": "22400001800016",
    "acheteur": "Département des Landes", "tit_id": ARDITS, "tit_nom": "ARDITS", "source": "data.gouv.fr",
}  # fmt: skip
DECP_LINES = [",".join(CONTRACT), ",".join(CONTRACT.values())]
