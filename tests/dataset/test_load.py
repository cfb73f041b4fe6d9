"""data/ as people damage it."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.dataset import Dataset, load_dataset
from cooperations.dataset.load import digest_of
from cooperations.dataset.reader import columns, read_table
from cooperations.errors import DataIssue, DatasetError
from cooperations.model import RECORDS, Practice
from tests.making import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cooperations.territories import Gazetteer

    Damage = Callable[[Path], None]


def rows_of(path: Path) -> list[list[str]]:
    """Return the cells of a CSV file, header first."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def write(path: Path, rows: list[list[str]], separator: str = ",") -> None:
    """Write cells as a CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def setting(file: str, row_id: str, **cells: str) -> Damage:
    """Return what writes `cells` in the row of `file` whose first cell is `row_id`."""

    def damage(folder: Path) -> None:
        rows = rows_of(folder / file)
        row = next(row for row in rows if row[0] == row_id)
        for name, value in cells.items():
            row[rows[0].index(name)] = value
        write(folder / file, rows)

    return damage


def replacing(file: str, old: str, new: str) -> Damage:
    """Return what replaces the first occurrence of a text of `file`."""

    def damage(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return damage


def holding(file: str, content: bytes) -> Damage:
    """Return what makes `file` hold `content`."""

    def damage(folder: Path) -> None:
        (folder / file).write_bytes(content)

    return damage


def in_cp1252(folder: Path) -> None:
    """Save the practices as an old spreadsheet does."""
    path = folder / "pratiques.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))


def with_semicolons(folder: Path) -> None:
    """Save the practices as a French spreadsheet does."""
    write(folder / "pratiques.csv", rows_of(folder / "pratiques.csv"), separator=";")


def without_file(folder: Path) -> None:
    """Lose the practices."""
    (folder / "pratiques.csv").unlink()


def without_column(folder: Path) -> None:
    """Lose the column of statuses."""
    rows = rows_of(folder / "pratiques.csv")
    at = rows[0].index("statut")
    write(folder / "pratiques.csv", [row[:at] + row[at + 1 :] for row in rows])


def with_column(name: str) -> Damage:
    """Return what adds a column at the end."""

    def damage(folder: Path) -> None:
        rows = rows_of(folder / "pratiques.csv")
        write(folder / "pratiques.csv", [rows[0] + [name]] + [[*row, ""] for row in rows[1:]])

    return damage


def with_row_twice(folder: Path) -> None:
    """Paste the row of Cap Solidaire again, at the end."""
    rows = rows_of(folder / "pratiques.csv")
    write(folder / "pratiques.csv", [*rows, next(row for row in rows if row[0] == "cap-solidaire")])


@dataclass(frozen=True)
class Expected:
    """Where an issue is, and words that its problem and its remedy must have."""

    file: str
    line: int
    column: str
    value: str
    problem: str
    remedy: str


PRACTICES, STRUCTURES, LINKS, EVENTS = "pratiques.csv", "structures.csv", "participations.csv", "evenements.csv"
ARCINS = "groupement-aci-bordeaux-metropole"

DEFECTS: dict[str, tuple[Damage, Expected]] = {
    "unknown type is refused with a suggestion": (
        setting(PRACTICES, "la-ristourne", type_pratique="mutualisation_achat"),
        Expected(
            PRACTICES,
            11,
            "type_pratique",
            "mutualisation_achat",
            "code inconnu du vocabulaire « type_pratique »",
            "Vouliez-vous dire « mutualisation_achats » ?",
        ),
    ),
    "type like no other is refused with the list": (
        setting(PRACTICES, "la-ristourne", type_pratique="xyz"),
        Expected(
            PRACTICES, 11, "type_pratique", "xyz", "code inconnu", "Les codes possibles sont : groupement_acteurs,"
        ),
    ),
    "malformed date is refused with an example": (
        setting(PRACTICES, "cap-solidaire", periode_debut="juin 2013"),
        Expected(PRACTICES, 4, "periode_debut", "juin 2013", "date malformée", "AAAA-MM"),
    ),
    "malformed day of verification is refused": (
        setting(STRUCTURES, "ardits", date_verification="23/11/2026"),
        Expected(STRUCTURES, 5, "date_verification", "23/11/2026", "date malformée", "AAAA-MM-JJ"),
    ),
    "malformed hour is refused with an example": (
        setting(EVENTS, "gt-2016-09-22", debut="2016-09-22 9h"),
        Expected(EVENTS, 3, "debut", "2016-09-22 9h", "date et heure malformées", "2016-09-22T09:00:00+02:00"),
    ),
    "empty obligatory cell is refused": (
        setting(PRACTICES, "ptce", statut="  "),
        Expected(PRACTICES, 2, "statut", "", "valeur obligatoire absente", "Remplir cette cellule"),
    ),
    "department that does not exist is refused": (
        setting(PRACTICES, "marche-erdf-landes", territoires="departement:99"),
        Expected(PRACTICES, 8, "territoires", "departement:99", "code absent de geo/", "code INSEE"),
    ),
    "former commune is refused with the commune of today": (
        setting(STRUCTURES, "cafe-michel", code_commune="33409"),
        Expected(
            STRUCTURES,
            7,
            "code_commune",
            "33409",
            "code absent de geo/",
            "Vouliez-vous dire « 33008 » (Porte-de-Benauge) ?",
        ),
    ),
    "former commune of a practice is refused with the key of today": (
        setting(PRACTICES, "marche-erdf-landes", territoires="commune:33409", precision_localisation="commune"),
        Expected(
            PRACTICES,
            8,
            "territoires",
            "commune:33409",
            "code absent de geo/",
            "Vouliez-vous dire « commune:33008 » (Porte-de-Benauge) ?",
        ),
    ),
    "commune that does not exist is refused": (
        setting(STRUCTURES, "cafe-michel", code_commune="33999"),
        Expected(STRUCTURES, 7, "code_commune", "33999", "code absent de geo/", "code INSEE"),
    ),
    "territory in words is refused with an example": (
        setting(PRACTICES, "marche-erdf-landes", territoires="Landes"),
        Expected(PRACTICES, 8, "territoires", "Landes", "territoire « Landes » malformé", "departement:40"),
    ),
    "department outside Aquitaine is refused": (
        setting(PRACTICES, "marche-erdf-landes", territoires="departement:16"),
        Expected(
            PRACTICES, 8, "territoires", "departement:16", "Charente (16) est hors de la région", "hors_perimetre"
        ),
    ),
    "id already taken is refused with its first line": (
        with_row_twice,
        Expected(PRACTICES, 21, "id", "cap-solidaire", "déjà ligne 4", "retirer la ligne"),
    ),
    "id with capitals is refused with an example": (
        setting(PRACTICES, "gie-green", id="GIE Green"),
        Expected(PRACTICES, 9, "id", "GIE Green", "identifiant malformé", "loc-halle-bio"),
    ),
    "swapped longitude and latitude are recognised": (
        setting(PRACTICES, ARCINS, longitude="44.807634", latitude="-0.541228"),
        Expected(PRACTICES, 7, "longitude", "44.8076 ; -0.541228", "longitude et latitude inversées", "Échanger"),
    ),
    "lost minus sign is recognised": (
        setting(PRACTICES, ARCINS, longitude="0.541228"),
        Expected(PRACTICES, 7, "longitude", "0.541228 ; 44.8076", "signe moins", "Vouliez-vous dire « -0.541228 » ?"),
    ),
    "point outside the declared commune is placed": (
        setting(PRACTICES, ARCINS, territoires="departement:40"),
        Expected(
            PRACTICES,
            7,
            "longitude",
            "-0.541228 ; 44.8076",
            "le point tombe dans Bègles (commune, 33), et non dans Landes (40)",
            "Corriger le point ou le territoire",
        ),
    ),
    "point in the ocean is said to be nowhere": (
        setting(PRACTICES, ARCINS, longitude="-5.5"),
        Expected(PRACTICES, 7, "longitude", "-5.5 ; 44.8076", "hors des territoires connus", "Corriger le point"),
    ),
    "point of a structure outside its commune is placed": (
        setting(STRUCTURES, "ardits", code_commune="40192"),
        Expected(
            STRUCTURES,
            5,
            "longitude",
            "-0.303432 ; 43.9013",
            "le point tombe dans Villeneuve-de-Marsan (commune, 40)",
            "Corriger le point",
        ),
    ),
    "longitude with a comma is refused with an example": (
        setting(PRACTICES, ARCINS, longitude="-0,541228"),
        Expected(PRACTICES, 7, "longitude", "-0,541228", "longitude illisible", "avec un point, comme 44.84966"),
    ),
    "latitude beyond the pole is refused": (
        setting(PRACTICES, ARCINS, latitude="448.07634"),
        Expected(PRACTICES, 7, "latitude", "448.07634", "latitude impossible", "entre -90 et 90"),
    ),
    "empty file is refused": (
        holding(PRACTICES, b""),
        Expected(PRACTICES, 0, "", "", "fichier vide", "ligne des noms de colonnes"),
    ),
    "semicolons are refused": (
        with_semicolons,
        Expected(PRACTICES, 1, "", "", "points-virgules", "virgule comme séparateur"),
    ),
    "missing column is named": (
        without_column,
        Expected(PRACTICES, 1, "statut", "", "colonne absente", "Ajouter la colonne"),
    ),
    "unknown column is refused with a suggestion": (
        replacing(PRACTICES, "type_pratique", "type_de_pratique"),
        Expected(PRACTICES, 1, "type_de_pratique", "", "colonne inconnue", "Vouliez-vous dire « type_pratique » ?"),
    ),
    "column of a person is refused": (
        with_column("telephone"),
        Expected(PRACTICES, 1, "telephone", "", "colonne inconnue", "Retirer cette colonne"),
    ),
    "column given twice is named": (
        with_column("statut"),
        Expected(PRACTICES, 1, "statut", "", "colonne en double", "une seule colonne"),
    ),
    "missing file is named": (
        without_file,
        Expected(PRACTICES, 0, "", "", "fichier introuvable", "Remettre le fichier"),
    ),
    "unbalanced quotes are refused": (
        replacing(PRACTICES, "\nloc-halle-bio,Loc’Halle Bio", '\nloc-halle-bio,"Loc’Halle Bio'),
        Expected(PRACTICES, 10, "", "", "ligne illisible", "guillemets"),
    ),
    "too many cells are refused": (
        replacing(PRACTICES, "\nloc-halle-bio,Loc’Halle Bio", "\nloc-halle-bio,Loc’Halle, Bio"),
        Expected(PRACTICES, 10, "", "", "24 valeurs pour 23 colonnes", "Mettre entre guillemets"),
    ),
    "wrong key of a SIRET is refused": (
        setting(STRUCTURES, "ardits", siret="41843528500031"),
        Expected(STRUCTURES, 5, "siret", "41843528500031", "clé du SIRET fausse", "annuaire des entreprises"),
    ),
    "short SIRET is refused": (
        setting(STRUCTURES, "ardits", siret="418435285"),
        Expected(STRUCTURES, 5, "siret", "418435285", "SIRET malformé", "14 chiffres"),
    ),
    "script in place of a site is refused": (
        setting(STRUCTURES, "les-detritivores", site_internet="javascript:alert(1)"),
        Expected(STRUCTURES, 21, "site_internet", "javascript:alert(1)", "adresse internet refusée", "https://"),
    ),
    "neither yes nor no is refused": (
        setting(STRUCTURES, "garie", membre_gt="peut-être"),
        Expected(STRUCTURES, 14, "membre_gt", "peut-être", "ni « oui » ni « non »", "Écrire oui ou non"),
    ),
    "sub-type of another type is refused": (
        setting(PRACTICES, "la-ristourne", sous_type="creation_activites"),
        Expected(
            PRACTICES,
            11,
            "sous_type",
            "creation_activites",
            "sous-type étranger au type",
            "Choisir un sous-type de ce type",
        ),
    ),
    "end before the start is refused": (
        setting(PRACTICES, "cap-solidaire", periode_fin="2012"),
        Expected(
            PRACTICES, 4, "periode_fin", "2012", "finit avant de commencer", "Corriger periode_debut ou periode_fin"
        ),
    ),
    "half a point is refused": (
        setting(STRUCTURES, "ardits", latitude=""),
        Expected(STRUCTURES, 5, "latitude", "", "une coordonnée manque", "Donner la longitude et la latitude"),
    ),
    "link to no practice is refused": (
        setting(LINKS, "cap-solidaire", id_pratique="cap-solidair"),
        Expected(LINKS, 2, "id_pratique", "cap-solidair", "identifiant absent de pratiques.csv", "pratiques.csv"),
    ),
    "link to no structure is refused": (
        setting(LINKS, "cap-solidaire", id_structure="personne"),
        Expected(LINKS, 2, "id_structure", "personne", "identifiant absent de structures.csv", "structures.csv"),
    ),
    "meeting of no organiser is refused": (
        setting(EVENTS, "programme-2017", id_organisateur="personne"),
        Expected(EVENTS, 4, "id_organisateur", "personne", "identifiant absent de structures.csv", "structures.csv"),
    ),
    "name over 300 characters is refused and cut": (
        setting(PRACTICES, "gie-green", nom="G" * 301),
        Expected(PRACTICES, 9, "nom", "G" * 80 + "…", "texte de plus de 300 caractères", "Raccourcir"),
    ),
}


def issues_of(folder: Path, gazetteer: Gazetteer) -> tuple[DataIssue, ...]:
    """Return the issues for which a folder is refused."""
    with pytest.raises(DatasetError) as refused:
        load_dataset(folder, gazetteer)
    return refused.value.issues


@pytest.mark.parametrize(("damage", "expected"), DEFECTS.values(), ids=DEFECTS)
def test_a_defect_is_located_and_its_remedy_said(
    data_copy: Path, gazetteer: Gazetteer, damage: Damage, expected: Expected
) -> None:
    """One defect gives one issue: file, line, column, value, problem and remedy, in French."""
    damage(data_copy)
    (issue,) = issues_of(data_copy, gazetteer)
    assert (issue.file, issue.line) == (expected.file, expected.line)
    assert (issue.column, issue.value) == (expected.column, expected.value)
    assert expected.problem in plain(issue.problem)
    assert expected.remedy in plain(issue.remedy)
    assert issue.remedy.endswith((".", "?"))


def test_a_person_reads_the_defect_in_one_sentence(data_copy: Path, gazetteer: Gazetteer) -> None:
    """The sentence is enough to repair the file in a spreadsheet."""
    setting(PRACTICES, "la-ristourne", statut="actif")(data_copy)
    with pytest.raises(DatasetError) as refused:
        load_dataset(data_copy, gazetteer)
    assert plain(str(refused.value)) == (
        "pratiques.csv, ligne 11, colonne « statut » : code inconnu du vocabulaire « statut » (valeur : « actif »). "
        "Vouliez-vous dire « active » ?"
    )


def test_an_old_encoding_is_shown_where_it_starts(data_copy: Path, gazetteer: Gazetteer) -> None:
    """A file saved without UTF-8 is shown as the person sees it, on one line, with the way to save it."""
    in_cp1252(data_copy)
    (issue,) = issues_of(data_copy, gazetteer)
    assert (issue.file, issue.line, issue.problem) == (PRACTICES, 2, "le fichier n’est pas en UTF-8")
    assert "Pôles" in issue.value
    assert len(issue.value.splitlines()) == 1
    assert "« CSV UTF-8 »" in plain(issue.remedy)


def test_a_header_alone_is_said_to_hold_nothing(data_copy: Path, gazetteer: Gazetteer) -> None:
    """Someone who lost every row is told so, and not only that each link is broken."""
    holding(PRACTICES, f"{HEADER}\n".encode())(data_copy)
    assert "aucune pratique" in {issue.problem for issue in issues_of(data_copy, gazetteer)}


def places(issues: tuple[DataIssue, ...]) -> list[tuple[str, int, str]]:
    """Return where issues are."""
    return [(issue.file, issue.line, issue.column) for issue in issues]


def test_several_defects_are_all_said_at_once(data_copy: Path, gazetteer: Gazetteer) -> None:
    """A person repairs everything in one go: cells, rows and files, in the order of the files."""
    setting(PRACTICES, "la-ristourne", statut="actif", precision_localisation="partout")(data_copy)
    setting(PRACTICES, ARCINS, longitude="0.541228")(data_copy)
    setting(STRUCTURES, "ardits", siret="41843528500031")(data_copy)
    with_row_twice(data_copy)
    holding(EVENTS, b"")(data_copy)
    assert places(issues_of(data_copy, gazetteer)) == [
        (EVENTS, 0, ""),
        (PRACTICES, 7, "longitude"),
        (PRACTICES, 11, "precision_localisation"),
        (PRACTICES, 11, "statut"),
        (PRACTICES, 21, "id"),
        (STRUCTURES, 5, "siret"),
    ]


def test_a_broken_link_is_said_beside_other_defects(data_copy: Path, gazetteer: Gazetteer) -> None:
    """A wrong hour of a meeting does not hide a link to no structure."""
    setting(EVENTS, "gt-2016-09-22", debut="jeudi")(data_copy)
    setting(LINKS, "cap-solidaire", id_structure="personne")(data_copy)
    assert places(issues_of(data_copy, gazetteer)) == [(EVENTS, 3, "debut"), (LINKS, 2, "id_structure")]


def test_a_refused_row_is_not_said_missing(data_copy: Path, gazetteer: Gazetteer) -> None:
    """A practice whose status is wrong is there all the same: links to it are not defects."""
    setting(PRACTICES, "cap-solidaire", statut="actif")(data_copy)
    assert places(issues_of(data_copy, gazetteer)) == [(PRACTICES, 4, "statut")]


def test_every_file_may_be_missing(tmp_path: Path, gazetteer: Gazetteer) -> None:
    """A folder of nothing gives one issue per file."""
    issues = issues_of(tmp_path, gazetteer)
    assert sorted(issue.file for issue in issues) == sorted(model.file_name for model in RECORDS)


def without_digest(dataset: Dataset) -> list[object]:
    """Return the records of a dataset."""
    return [records for _, records in dataset.records()]


def spaced(text: str) -> str:
    """Return the rows of a CSV text with blank lines and empty rows between them."""
    lines = text.splitlines()
    return "\n\n".join([*lines, "," * lines[0].count(",")]) + "\n\n"


@pytest.mark.parametrize(
    "saved",
    [
        pytest.param(lambda text: b"\xef\xbb\xbf" + text.encode(), id="with a byte order mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="with Windows ends of lines"),
        pytest.param(lambda text: spaced(text).encode(), id="with blank lines"),
        pytest.param(lambda text: text.rstrip("\n").encode(), id="without the last end of line"),
        pytest.param(lambda text: text.replace(",statut,", ", statut ,").encode(), id="with spaces in the header"),
    ],
)
def test_what_spreadsheets_do_is_accepted(
    data_copy: Path, gazetteer: Gazetteer, dataset: Dataset, saved: Callable[[str], bytes]
) -> None:
    """The same records are read from every right way of saving a file."""
    for model in RECORDS:
        path = data_copy / model.file_name
        path.write_bytes(saved(path.read_text(encoding="utf-8")))
    assert without_digest(load_dataset(data_copy, gazetteer)) == without_digest(dataset)


def test_columns_may_be_in_another_order(data_copy: Path, gazetteer: Gazetteer, dataset: Dataset) -> None:
    """Columns are known by their names."""
    for model in RECORDS:
        path = data_copy / model.file_name
        write(path, [row[::-1] for row in rows_of(path)])
    assert without_digest(load_dataset(data_copy, gazetteer)) == without_digest(dataset)


def test_lines_are_counted_over_cells_of_several_lines(data_copy: Path, gazetteer: Gazetteer) -> None:
    """A description on three lines moves the rows after it, and the issue follows."""
    setting(PRACTICES, "ptce", description="Une\nloi\nde 2014")(data_copy)
    setting(PRACTICES, "cap-solidaire", statut="actif")(data_copy)
    (issue,) = issues_of(data_copy, gazetteer)
    assert issue.line == 6


def test_the_digest_follows_the_files(data_copy: Path, dataset: Dataset) -> None:
    """A changed byte is seen, and so is a file that is gone."""
    seen = {dataset.digest, digest_of(data_copy)}
    assert len(seen) == 1
    for damage in (setting(PRACTICES, "ptce", statut="active"), without_file):
        damage(data_copy)
        seen.add(digest_of(data_copy))
    assert len(seen) == 3


HEADER = ",".join(columns(Practice))
ROW = "essai,Essai,mutualisation_achats,,non,Un essai,,inconnue,,,,,,inconnu,Essai,,Essai,sure,2016-07-12,"
BYTES = st.one_of(
    st.binary(),
    st.text().map(str.encode),
    st.binary().map(lambda tail: f"{HEADER}\n".encode() + tail),
    st.text().map(lambda tail: f"{HEADER}\n{ROW}\n{tail}".encode()),
    st.lists(st.text(), min_size=20, max_size=20).map(lambda cells: f"{HEADER}\n{','.join(cells)}\n".encode()),
    st.tuples(st.integers(0, len(ROW)), st.text(max_size=3)).map(
        lambda cut: f"{HEADER}\n{ROW[: cut[0]]}{cut[1]}{ROW[cut[0] :]}\n".encode()
    ),
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file to be written over."""
    return tmp_path_factory.mktemp("data") / "pratiques.csv"


@given(content=BYTES)
def test_any_bytes_give_records_or_issues(scratch: Path, content: bytes) -> None:
    """Whatever is in the file, it is read or refused, line by line, without another error."""
    scratch.write_bytes(content)
    table = read_table(scratch, Practice)
    assert all(issue.file == "pratiques.csv" and issue.problem and issue.remedy for issue in table.issues)
    assert all(row.record.id and row.line > 1 for row in table.rows)


@given(content=BYTES)
def test_any_bytes_give_a_dataset_or_a_french_refusal(
    data_folder: Path, scratch: Path, gazetteer: Gazetteer, content: bytes
) -> None:
    """The whole folder as well is loaded or refused, and never anything else."""
    for model in RECORDS[1:]:
        (scratch.parent / model.file_name).write_bytes((data_folder / model.file_name).read_bytes())
    scratch.write_bytes(content)
    with suppress(DatasetError):
        assert load_dataset(scratch.parent, gazetteer).practices
