"""Made-up records at real places of Aquitaine, and what hypothesis draws them from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cooperations import vocabularies as v
from cooperations.catalogue import Catalogue
from cooperations.criteria import Criteria
from cooperations.dataset import Dataset
from cooperations.model import Event, Participation, Practice, Structure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.territories import Gazetteer

BEGLES, BORDEAUX, LANGON, PESSAC, LE_HAILLAN = "33039", "33063", "33227", "33318", "33200"
MONT_DE_MARSAN, VILLENEUVE_DE_MARSAN, PAU, AGEN, PERIGUEUX = "40192", "40331", "64445", "47001", "24322"
COMMUNES = (BEGLES, BORDEAUX, LANGON, PESSAC, LE_HAILLAN, MONT_DE_MARSAN, VILLENEUVE_DE_MARSAN, PAU, AGEN, PERIGUEUX)

BORDEAUX_METROPOLE, PAYS_FOYEN, PAYS_DE_NAY = "243300316", "243301371", "246401756"
"""The metropolis; a straddler between Dordogne and Gironde; one between Béarn and the Hautes-Pyrénées."""

AQUITAINE = "region:72"
DEPARTMENTS = ("24", "33", "40", "47", "64")
OUTSIDE = ("16", "17", "79", "86")

WHOLE_WORLD = (-180.0, -90.0, 180.0, 90.0)
AROUND_AQUITAINE = (-2.0, 42.7, 1.6, 45.8)


def plain(text: str) -> str:
    """Return `text` with ordinary spaces for no-break ones, so that tests are typed as people type."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def a_practice(practice_id: str = "essai", **cells: str) -> Practice:
    """Return a practice of which nothing is known but what `cells` say, by published column names."""
    nothing_known = {
        "id": practice_id,
        "nom": f"Pratique {practice_id}",
        "type_pratique": "mutualisation_achats",
        "sous_type_deduit": "non",
        "description": "Une pratique d’essai.",
        "precision_localisation": "inconnue",
        "statut": "inconnu",
        "source": "Un essai",
        "extrait_source": "Un extrait",
        "confiance": "compte_rendu_seul",
        "date_verification": "2016-07-12",
    }
    return Practice.model_validate(nothing_known | cells)


def at_address(longitude: float, latitude: float, commune: str = BORDEAUX) -> dict[str, str]:
    """Return the cells that place a practice by a point."""
    return {
        "territoires": f"commune:{commune}",
        "precision_localisation": "adresse",
        "longitude": str(longitude),
        "latitude": str(latitude),
    }


def over(precision: str, *territories: str) -> dict[str, str]:
    """Return the cells that place a practice by its territories."""
    return {"territoires": "|".join(territories), "precision_localisation": precision}


def a_dataset(
    practices: Iterable[Practice],
    structures: Iterable[Structure] = (),
    participations: Iterable[Participation] = (),
    events: Iterable[Event] = (),
    digest: str = "essai",
) -> Dataset:
    """Return a dataset of made-up records."""
    return Dataset(tuple(practices), tuple(structures), tuple(participations), tuple(events), digest)


def a_catalogue(gazetteer: Gazetteer, practices: Iterable[Practice]) -> Catalogue:
    """Return the catalogue of made-up practices."""
    return Catalogue(a_dataset(practices), gazetteer, revision=1)


def _some(codes: Iterable[str], level: str, *, most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    keys = st.sampled_from([f"{level}:{code}" for code in codes])
    return st.lists(keys, min_size=1, max_size=most, unique=True).map(tuple)


def _placed(precision: str, keys: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[dict[str, str]]:
    return keys.map(lambda held: over(precision, *held))


LONGITUDES = st.floats(AROUND_AQUITAINE[0], AROUND_AQUITAINE[2], allow_nan=False)
LATITUDES = st.floats(AROUND_AQUITAINE[1], AROUND_AQUITAINE[3], allow_nan=False)

_PLACES: st.SearchStrategy[dict[str, str]] = st.one_of(
    st.builds(at_address, LONGITUDES, LATITUDES, st.sampled_from(COMMUNES)),
    st.just(at_address(-0.561249, 44.849663)),
    _placed("commune", _some(COMMUNES, "commune")),
    _placed("epci", _some((BORDEAUX_METROPOLE, PAYS_FOYEN, PAYS_DE_NAY), "epci")),
    _placed("departement", _some(DEPARTMENTS, "departement")),
    _placed("departement", st.just((AQUITAINE, "departement:40", f"commune:{AGEN}"))),
    _placed("region", st.just((AQUITAINE,))),
    _placed("hors_perimetre", _some(OUTSIDE, "departement")),
    st.just({"precision_localisation": "hors_perimetre"}),
    st.just({"precision_localisation": "inconnue"}),
)
_KINDS = st.sampled_from([(term.parent or term.code, term.code if term.parent else "") for term in v.PRACTICES])
_PERIODS = st.sampled_from(({}, {"periode_debut": "2013"}, {"periode_debut": "2015-07", "periode_fin": "2017-01-31"}))
_WORDS = ("épicerie", "Réponse groupée", "l’insertion", "compostage", "marché d’ÉLECTRICITÉ", "Œuvre")


@st.composite
def practice_lists(draw: st.DrawFn, *, most: int = 25) -> list[Practice]:
    """Draw practices of every type, status and way of being located, or not."""
    drawn: list[Practice] = []
    for number in range(draw(st.integers(0, most))):
        practice_type, subtype = draw(_KINDS)
        cells: dict[str, Any] = draw(_PLACES) | {
            "type_pratique": practice_type,
            "sous_type": subtype,
            "statut": draw(st.sampled_from(v.STATUSES.codes)),
            "description": draw(st.sampled_from(_WORDS)),
            **draw(_PERIODS),
        }
        drawn.append(a_practice(f"pratique-{number}", **cells))
    return drawn


def _several(values: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(tuple(values)), max_size=3, unique=True).map(tuple)


TERRITORY_KEYS = (
    AQUITAINE,
    *(f"departement:{code}" for code in (*DEPARTMENTS, *OUTSIDE)),
    *(f"epci:{code}" for code in (BORDEAUX_METROPOLE, PAYS_FOYEN, PAYS_DE_NAY)),
    *(f"commune:{code}" for code in COMMUNES),
)
TEXTS = st.one_of(st.just(""), st.sampled_from(_WORDS), st.text(max_size=200).map(str.strip))
CRITERIA = st.builds(
    Criteria,
    practice_types=_several(v.PRACTICES.codes),
    territories=_several(TERRITORY_KEYS),
    reach=st.sampled_from(v.REACHES.codes),
    statuses=_several(v.STATUSES.codes),
    locations=_several(v.LOCATION_GROUPS.codes),
    text=st.one_of(st.just(""), st.just(""), st.sampled_from(_WORDS)),
    start=st.sampled_from(("", "", "2014", "2015-06")),
    end=st.sampled_from(("", "", "2016", "2015-06-30")),
)
"""Criteria that keep something now and then: half are without a text."""
