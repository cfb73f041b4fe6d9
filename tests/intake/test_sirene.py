"""The SIRENE stock: what is taken of it, what is left out and why."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.errors import UnreadableFile, http_status
from cooperations.intake import sirene
from cooperations.intake.sirene import COLUMNS, REASONS, SireneCounts, read_sirene
from cooperations.offers.model import Offer
from tests.making import MONT_DE_MARSAN, PAU, plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cooperations.territories import Gazetteer

Row = dict[str, str | None]

ESTABLISHMENT: Row = {
    "siret": "40219200900015",
    "statutDiffusionEtablissement": "O",
    "numeroVoieEtablissement": "12",
    "indiceRepetitionEtablissement": "B",
    "typeVoieEtablissement": "AV",
    "libelleVoieEtablissement": "DES PYRENEES",
    "codePostalEtablissement": "40000",
    "libelleCommuneEtablissement": "MONT-DE-MARSAN",
    "codeCommuneEtablissement": MONT_DE_MARSAN,
    "coordonneeLambertAbscisseEtablissement": "418854.7",
    "coordonneeLambertOrdonneeEtablissement": "6316386.2",
    "etatAdministratifEtablissement": "A",
    "enseigne1Etablissement": "LE POTAGER DU MIDOU",
    "denominationUsuelleEtablissement": None,
    "activitePrincipaleEtablissement": "01.13Z",
    "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
    "caractereEmployeurEtablissement": "O",
}
UNIT: Row = {
    "siren": "402192009",
    "statutDiffusionUniteLegale": "O",
    "denominationUniteLegale": "LES JARDINS DU MIDOU",
    "denominationUsuelle1UniteLegale": None,
    "categorieJuridiqueUniteLegale": "9220",
    "economieSocialeSolidaireUniteLegale": "O",
    "nomUniteLegale": None,
}
AT_PAU: Row = {
    "siret": "64445000900019",
    "numeroVoieEtablissement": None,
    "indiceRepetitionEtablissement": None,
    "typeVoieEtablissement": "RUE",
    "libelleVoieEtablissement": "DU GAVE",
    "codePostalEtablissement": "64000",
    "libelleCommuneEtablissement": "PAU",
    "codeCommuneEtablissement": PAU,
    "coordonneeLambertAbscisseEtablissement": "[ND]",
    "coordonneeLambertOrdonneeEtablissement": "[ND]",
    "enseigne1Etablissement": None,
    "activitePrincipaleEtablissement": "43.32A",
}
COOPERATIVE: Row = {
    "siren": "644450009",
    "denominationUniteLegale": "MENUISERIE DU GAVE",
    "categorieJuridiqueUniteLegale": "5458",
}
PERSON: Row = {
    "denominationUniteLegale": None,
    "nomUniteLegale": "LABORDE",
    "categorieJuridiqueUniteLegale": "1000",
}
HEADER = ",".join(ESTABLISHMENT | UNIT).encode() + b"\n"


def _written(path: Path, rows: Iterable[Row]) -> Path:
    """Write rows as INSEE does: text everywhere; in a CSV an absent cell is empty."""
    frame = pd.DataFrame(list(rows), dtype=object)
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
    else:
        pq.write_table(pa.table({name: pa.array(frame[name].tolist(), pa.string()) for name in frame}), path)
    return path


def _pair(folder: Path, establishments: list[Row], units: list[Row], suffix: str = ".parquet") -> tuple[Path, Path]:
    return (
        _written(folder / f"StockEtablissement{suffix}", [ESTABLISHMENT | row for row in establishments]),
        _written(folder / f"StockUniteLegale{suffix}", [UNIT | row for row in units]),
    )


def _read(*files: Path, **asked: Any) -> tuple[list[dict[str, Any]], SireneCounts]:
    """Return the offers, an absent cell as None, and the counts."""
    stock = read_sirene(*files, **asked)
    frames = [frame.astype(object).where(frame.notna(), None) for frame in stock]
    rows = [{str(name): cell for name, cell in row.items()} for frame in frames for row in frame.to_dict("records")]
    assert stock.counts.read == stock.counts.kept + sum(stock.counts.left_out.values())
    assert stock.counts.kept == len(rows)
    return rows, stock.counts


@pytest.fixture(params=["pair.parquet", "pair.csv", "joined.parquet", "joined.csv"])
def two_structures(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, ...]:
    """Return the same two structures, of Mont-de-Marsan and of Pau, in each shape that the stock has."""
    shape, _, suffix = request.param.partition(".")
    if shape == "pair":
        return _pair(tmp_path, [{}, AT_PAU], [{}, COOPERATIVE], f".{suffix}")
    return (
        _written(tmp_path / f"stock.{suffix}", [ESTABLISHMENT | UNIT, ESTABLISHMENT | UNIT | AT_PAU | COOPERATIVE]),
    )


def test_every_shape_gives_the_same_offers(two_structures: tuple[Path, ...], gazetteer: Gazetteer) -> None:
    """Parquet or CSV, one file or two: the market garden of Mont-de-Marsan and the joiners of Pau."""
    (garden, joiners), counts = _read(*two_structures)
    assert (counts.read, counts.kept) == (2, 2)
    point = garden.pop("longitude"), garden.pop("latitude")
    found = gazetteer.locate(*point)
    assert found
    assert found.code == MONT_DE_MARSAN
    assert point == pytest.approx((-0.4997, 43.8904), abs=1e-4)
    assert garden == {
        "source": "sirene",
        "source_key": "40219200900015",
        "siret": "40219200900015",
        "name": "LES JARDINS DU MIDOU",
        "trade_name": "LE POTAGER DU MIDOU",
        "family": "association",
        "kind": None,
        "naf": "0113Z",
        "address": "12 B AV DES PYRENEES",
        "post_code": "40000",
        "city": "MONT-DE-MARSAN",
        "commune_code": "40192",
        "department_code": "40",
    }
    assert (joiners["family"], joiners["kind"], joiners["trade_name"]) == ("cooperative", "SCOP", None)
    assert (joiners["address"], joiners["longitude"], joiners["latitude"]) == ("RUE DU GAVE", None, None)


def test_frames_have_the_columns_of_an_offer(two_structures: tuple[Path, ...]) -> None:
    """What is read needs no renaming, and validates once its place and date are told."""
    frame = next(iter(read_sirene(*two_structures)))
    assert tuple(frame.columns) == COLUMNS
    assert set(COLUMNS) <= set(Offer.model_fields)
    cells = frame.iloc[0].dropna().to_dict()
    offer = Offer.model_validate(
        cells | {"id": "sirene-40219200900015", "precision": "adresse", "source_date": "2026-11-01"}
    )
    assert offer.siret == "40219200900015"


@pytest.mark.parametrize(
    ("establishment", "unit", "reason"),
    [
        pytest.param({"etatAdministratifEtablissement": "F"}, {}, "ferme", id="it has closed"),
        pytest.param({"statutDiffusionEtablissement": "P"}, {}, "non_diffusible", id="the place is not public"),
        pytest.param({}, {"statutDiffusionUniteLegale": "P"}, "non_diffusible", id="nor is the organisation"),
        pytest.param({}, {"economieSocialeSolidaireUniteLegale": "N"}, "hors_ess", id="it is not of the ESS"),
        pytest.param({}, {"economieSocialeSolidaireUniteLegale": None}, "hors_ess", id="it does not say that it is"),
        pytest.param({"siret": "33063000500016"}, {}, "hors_ess", id="its organisation is unknown"),
        pytest.param({}, PERSON, "personne_physique", id="a person who declared the ESS"),
        pytest.param({}, {"categorieJuridiqueUniteLegale": "2110"}, "personne_physique", id="persons together"),
        pytest.param({}, {"categorieJuridiqueUniteLegale": None}, "personne_physique", id="perhaps a person"),
        pytest.param({}, {"denominationUniteLegale": "[ND]"}, "sans_nom", id="its name is not published"),
        pytest.param({"codeCommuneEtablissement": "31555"}, {}, "autre_departement", id="it is in Toulouse"),
        pytest.param({"codeCommuneEtablissement": None}, {}, "autre_departement", id="nobody knows where it is"),
    ],
)
def test_what_is_left_out_is_counted_with_its_reason(
    tmp_path: Path, establishment: Row, unit: Row, reason: str
) -> None:
    """Nothing disappears: a row is either an offer or one more of its reason."""
    files = _pair(tmp_path, [{**AT_PAU}, establishment], [COOPERATIVE, unit])
    rows, counts = _read(*files, departments=("40", "64"))
    assert [row["name"] for row in rows] == ["MENUISERIE DU GAVE"]
    assert {code: count for code, count in counts.left_out.items() if count} == {reason: 1}
    assert REASONS.label(reason)


def test_a_persons_name_never_comes_out(tmp_path: Path) -> None:
    """Not even as the name under which a person trades."""
    files = _pair(tmp_path, [{"enseigne1Etablissement": "JEAN LABORDE"}], [PERSON])
    rows, counts = _read(*files)
    assert rows == []
    assert counts.left_out["personne_physique"] == 1


@pytest.mark.parametrize(
    ("establishment", "unit", "name", "trade_name"),
    [
        pytest.param({}, {}, "LES JARDINS DU MIDOU", "LE POTAGER DU MIDOU", id="both"),
        pytest.param({"enseigne1Etablissement": "LES JARDINS DU MIDOU"}, {}, "LES JARDINS DU MIDOU", None, id="twice"),
        pytest.param(
            {"enseigne1Etablissement": None, "denominationUsuelleEtablissement": "LE POTAGER"},
            {},
            "LES JARDINS DU MIDOU",
            "LE POTAGER",
            id="a usual name for want of a sign",
        ),
        pytest.param(
            {},
            {"denominationUniteLegale": None, "denominationUsuelle1UniteLegale": "LE MIDOU"},
            "LE MIDOU",
            "LE POTAGER DU MIDOU",
            id="a usual name for want of a legal one",
        ),
    ],
)
def test_names(tmp_path: Path, establishment: Row, unit: Row, name: str, trade_name: str | None) -> None:
    """The legal name first; what the place is called besides, when that says something else."""
    (row,), _ = _read(*_pair(tmp_path, [establishment], [unit]))
    assert (row["name"], row["trade_name"]) == (name, trade_name)


def test_codes_of_another_nomenclature_are_not_taken_for_ours(tmp_path: Path) -> None:
    """A NAF code of 1993 or of 2025 means something else."""
    files = _pair(tmp_path, [{"nomenclatureActivitePrincipaleEtablissement": "NAF1993"}], [{}])
    assert _read(*files)[0][0]["naf"] is None


def test_overseas_coordinates_are_not_lambert_93(tmp_path: Path) -> None:
    """In Saint-Denis (Réunion) they follow another system: no point is better than one in the Landes."""
    files = _pair(tmp_path, [{"codeCommuneEtablissement": "97411"}], [{}])
    (row,), _ = _read(*files)
    assert (row["department_code"], row["longitude"], row["latitude"]) == ("974", None, None)


def test_departments_of_corsica_keep_their_letter(tmp_path: Path) -> None:
    """Ajaccio is in 2A."""
    (row,), _ = _read(*_pair(tmp_path, [{"codeCommuneEtablissement": "2A004"}], [{}]), departments=["2A"])
    assert row["department_code"] == "2A"


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_zeros_at_the_start_stay(tmp_path: Path, suffix: str) -> None:
    """The codes of the Ain begin with a zero, and so do many SIREN."""
    ain: Row = {"siret": "03214567400019", "codePostalEtablissement": "01000", "codeCommuneEtablissement": "01053"}
    (row,), _ = _read(*_pair(tmp_path, [ain], [{"siren": "032145674"}], suffix))
    assert (row["siret"], row["post_code"], row["commune_code"]) == ("03214567400019", "01000", "01053")
    assert row["department_code"] == "01"


def test_a_parquet_that_kept_codes_as_numbers_gets_its_zeros_back(tmp_path: Path) -> None:
    """Whoever converts the CSV without care makes numbers of codes; their lengths are known."""
    ain: Row = {"siret": "03214567400019", "codePostalEtablissement": "01000", "codeCommuneEtablissement": "01053"}
    establishments, units = _pair(tmp_path, [ain, AT_PAU], [{"siren": "032145674"}, COOPERATIVE], ".csv")
    for path in (establishments, units):
        pd.read_csv(path).to_parquet(path.with_suffix(".parquet"))
    rows, _ = _read(establishments.with_suffix(".parquet"), units.with_suffix(".parquet"))
    assert [row["siret"] for row in rows] == ["03214567400019", "64445000900019"]
    assert [row["commune_code"] for row in rows] == ["01053", PAU]
    assert [row["address"] for row in rows] == ["12 B AV DES PYRENEES", "RUE DU GAVE"]


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_any_way_of_writing_a_csv(tmp_path: Path, quoting: Any, delimiter: str, encoding: str) -> None:
    """Quotes, separators, line breaks and accents are those of whoever exported the file."""
    name = 'ATELIER « L’ÉTAPE »; dit "Le Midou",\nsuite'
    path = tmp_path / "l'export [1].csv"
    frame = pd.DataFrame([ESTABLISHMENT | UNIT | {"denominationUniteLegale": name}], dtype=object)
    frame.to_csv(path, index=False, quoting=quoting, sep=delimiter, encoding=encoding, lineterminator="\r\n")
    (row,), _ = _read(path)
    assert (row["name"], row["siret"]) == (name, "40219200900015")


def test_columns_that_came_late_may_be_missing(tmp_path: Path) -> None:
    """A stock of 2021 has no coordinates: its structures have no point, and are all there."""
    old = {name: cell for name, cell in ESTABLISHMENT.items() if not name.startswith("coordonnee")}
    (row,), _ = _read(_written(tmp_path / "2021.csv", [old | UNIT]))
    assert (row["name"], row["longitude"]) == ("LES JARDINS DU MIDOU", None)


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_missing_columns_are_named(tmp_path: Path, suffix: str) -> None:
    """Whoever gives the file of another year, or the wrong one, knows what to look for."""
    without = {name: cell for name, cell in UNIT.items() if name != "economieSocialeSolidaireUniteLegale"}
    establishments = _written(tmp_path / f"etablissements{suffix}", [ESTABLISHMENT])
    units = _written(tmp_path / f"unites{suffix}", [without])
    with pytest.raises(UnreadableFile) as caught:
        read_sirene(establishments, units)
    said = "ce n’est pas le fichier attendu, 1 colonne manque : « economieSocialeSolidaireUniteLegale »"
    assert said in plain(str(caught.value))
    assert "unites" in str(caught.value)
    assert http_status(caught.value) == 422


def test_establishments_alone_are_not_enough(tmp_path: Path) -> None:
    """Only the legal unit says that it is of the ESS."""
    with pytest.raises(UnreadableFile, match="4 colonnes manquent") as caught:
        read_sirene(_written(tmp_path / "etablissements.csv", [ESTABLISHMENT]))
    assert "categorieJuridiqueUniteLegale" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "colonnes manquent", id="empty"),
        pytest.param(b"PK\x03\x04 and so on", "archive", id="the ZIP as it is downloaded"),
        pytest.param(b"PAR1 and so on", "abîmé", id="the beginning of a Parquet"),
        pytest.param("siret;département\n".encode("latin-1"), "UTF-8", id="another encoding"),
        pytest.param(bytes(range(256)), "colonnes manquent", id="bytes"),
    ],
)
def test_other_files_are_refused_in_french(tmp_path: Path, content: bytes, said: str) -> None:
    """Whatever the file, the answer is a sentence."""
    path = tmp_path / "stock"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=said):
        read_sirene(path)


@given(st.binary(max_size=2000), st.sampled_from([b"", b"PAR1", b"siret,", HEADER, HEADER + b"40219200900015,O,"]))
def test_any_bytes_give_rows_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, start: bytes
) -> None:
    """Never a traceback."""
    path = tmp_path_factory.mktemp("any") / "stock"
    path.write_bytes(start + content)
    try:
        _read(path)
    except UnreadableFile as error:
        assert str(error).endswith(".")  # noqa: PT017 - rows are as good an answer


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    """A folder was moved meanwhile."""
    with pytest.raises(UnreadableFile, match="ne s’ouvre pas"):
        read_sirene(tmp_path / "absent.parquet")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("33063,O", id="cells are missing"),
        pytest.param('"33063', id="a quote is not closed"),
    ],
)
def test_a_damaged_line_is_said(tmp_path: Path, line: str) -> None:
    """The rows before it do not make the file good."""
    path = _written(tmp_path / "stock.csv", [ESTABLISHMENT | UNIT])
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"abîmé.*ligne 3"):
        _read(path)


def test_a_damaged_unit_file_is_the_one_named(tmp_path: Path) -> None:
    """Of the two files, the one to download again."""
    establishments, units = _pair(tmp_path, [{}], [{}], ".csv")
    units.write_text(units.read_text(encoding="utf-8") + "402\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="StockUniteLegale"):
        _read(establishments, units)


def test_a_unit_told_twice_gives_one_offer(tmp_path: Path) -> None:
    """A file made of two extracts repeats some units; their establishments are not doubled."""
    rows, counts = _read(*_pair(tmp_path, [{}], [{}, {}]))
    assert (len(rows), counts.read) == (1, 1)


def test_a_stock_comes_in_frames_and_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits sees the rows go by; whoever reads never holds them all."""
    monkeypatch.setattr(sirene, "CHUNK_ROWS", 2048)
    path = tmp_path / "stock.parquet"
    table = pa.table({name: pa.array([cell] * 10_000, pa.string()) for name, cell in (ESTABLISHMENT | UNIT).items()})
    pq.write_table(table, path)
    progress: list[tuple[int, int | None]] = []
    stock = read_sirene(path, on_progress=lambda read, total: progress.append((read, total)))
    sizes = [len(frame) for frame in stock]
    assert sum(sizes) == 10_000
    assert max(sizes) <= 2 * 2048
    assert progress == sorted(progress)
    assert progress[-1] == (10_000, 10_000)


def test_reading_may_stop_and_start_again(tmp_path: Path) -> None:
    """A preview takes the first frame and leaves; the import then reads everything, and counts from zero."""
    stock = read_sirene(*_pair(tmp_path, [{}, AT_PAU], [{}, COOPERATIVE]))
    preview = iter(stock)
    next(preview)
    preview.close()
    assert [len(frame) for frame in stock] == [2]
    assert stock.counts.read == 2
