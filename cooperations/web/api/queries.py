"""The query parameters of the API: the same names, and the same values, as in the addresses of the pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from cooperations.criteria import Criteria, from_query
from cooperations.errors import InvalidParameter
from cooperations.features.window import DEFAULT_LIMIT, MOST_FEATURES, Window, box_of, period_of
from cooperations.offers.needs import Need, need_from_query
from cooperations.query import sure
from cooperations.territories import LEVEL_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.territories import Gazetteer

LONGEST = 300
Text = Annotated[str, Field(max_length=LONGEST)]
Several = Annotated[list[Text], Field(max_length=100)]


class Known(BaseModel):
    """Parameters that are all known: another one is refused."""

    model_config = ConfigDict(extra="forbid")

    def pairs(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield the given parameters, one pair per value."""
        for name in names:
            value = getattr(self, name)
            yield from ((name, one) for one in (value if isinstance(value, list) else [value]) if one)


class Asked(Known):
    """What every answer in JSON takes."""

    f: Literal["json"] = Field("json", description="Le format : « json », le seul.")


class Placed(Known):
    """Where and when."""

    bbox: Text = Field("", description="« ouest,sud,est,nord » en degrés (CRS84).")
    datetime: Text = Field("", description="Un jour AAAA-MM-JJ, ou « début/fin » (« .. » laisse ouvert).")

    def window(self) -> Window:
        """Return the whole window; raises InvalidParameter."""
        return Window(box_of(self.bbox) if self.bbox else None, period_of(self.datetime))


class Windowed(Asked, Placed):
    """What every collection takes."""

    limit: int = Field(DEFAULT_LIMIT, ge=1, description=f"Objets par page, {MOST_FEATURES} au plus.")
    apres: Text = Field("", description="L’identifiant après lequel la page commence ; les liens « next » le donnent.")

    def window(self) -> Window:
        """Return the page of the window. More than the most is the most, as the standard wants."""
        return replace(super().window(), limit=min(self.limit, MOST_FEATURES), after=self.apres)


class EventFilters(Known):
    """Those of the criteria of the pages that meetings answer to."""

    type: Several = Field([], description="Types ou sous-types de pratique.")
    territoire: Several = Field([], description="Territoires, « niveau:code ».")
    portee: Text = Field("", description="« dedans », « couvrant » ou « entier ».")
    q: Text = Field("", description="Texte libre, sans égard aux accents ni à la casse.")
    debut: Text = Field("", description="Début de la période\u00a0: une année, un mois ou un jour.")
    fin: Text = Field("", description="Fin de la période, de même.")

    def criteria(self, gazetteer: Gazetteer) -> Criteria:
        """Return the criteria; raises InvalidParameter for the first that makes no sense."""
        return sure(
            from_query(
                self.pairs(*(name for name in Criteria.parameters if name in type(self).model_fields)), gazetteer
            )
        )


class PracticeFilters(EventFilters):
    """The criteria of the pages."""

    statut: Several = Field([], description="Statuts.")
    localisation: Several = Field([], description="Groupes de localisation.")


class EventItems(Windowed, EventFilters):
    """Criteria and page."""


class PracticeItems(Windowed, PracticeFilters):
    """Criteria and page."""


class PracticeFile(Placed, PracticeFilters):
    """Criteria and window."""


class NeedFilters(Known):
    """The need of a buyer, as in the page « Trouver une offre »."""

    lieu: Text = Field("", description="Un territoire « niveau:code », ou « point:longitude,latitude ».")
    rayon: Text = Field("30", description="Kilomètres, à vol d’oiseau.")
    achat: Several = Field([], description="Familles d’achat.")
    q: Text = Field("", description="Texte libre.")
    type: Several = Field([], description="Types de pratique auxquels la structure a pris part.")
    categorie: Several = Field([], description="Catégories : ACI, EI, ESAT, SCOP…")
    famille: Several = Field([], description="Familles juridiques.")
    prestation: Several = Field([], description="Types de prestation.")
    loin: Text = Field("", description="« oui » : aussi celles, plus loin, qui disent venir.")

    def need(self, gazetteer: Gazetteer) -> Need:
        """Return the need; raises InvalidParameter for the first parameter that makes no sense."""
        return sure(need_from_query(self.pairs(*Need.parameters), gazetteer))


class StructureItems(Windowed, NeedFilters):
    """Need and page."""


class StructureFile(Placed, NeedFilters):
    """Need and window."""


class TerritoryFilters(Known):
    """Levels."""

    niveau: Several = Field([], description="« commune », « epci », « departement » ou « region ».")

    def levels(self) -> tuple[str, ...]:
        """Return the levels; raises InvalidParameter."""
        if not set(self.niveau) <= set(LEVEL_LABELS):
            raise InvalidParameter("niveau", f"une valeur parmi {', '.join(LEVEL_LABELS)} est attendue")
        return tuple(dict.fromkeys(self.niveau))


class TerritoryItems(Windowed, TerritoryFilters):
    """Levels and page."""


class TerritoryFile(Placed, TerritoryFilters):
    """Levels and window."""


class CoverageCells(Asked, PracticeFilters):
    """Criteria, and how to count."""

    compter: Text = Field(
        "ici", description="« ici », ou « couvrant » : aussi ce qui vaut pour un territoire plus vaste."
    )


class Proximity(Asked, NeedFilters):
    """A need that has a place."""

    limit: int = Field(50, ge=1, le=MOST_FEATURES, description="Structures au plus.")
