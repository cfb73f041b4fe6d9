"""What is checked of a proposal before somebody decides: schema, place, duplicates, links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cooperations.contributions.building import Context, changes_of
from cooperations.contributions.near import near, near_names
from cooperations.decisions import PARIS
from cooperations.errors import CooperationsError
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.catalogue import Catalogue
    from cooperations.contributions.content import Content
    from cooperations.contributions.model import Proposal

SEPARATOR = "\u00a0; "
_PLACES = {"territoires", "precision_localisation", "longitude", "latitude", "code_commune", ""}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and what it says; `level` is ok, avis (to look at) or erreur (cannot be published as it is)."""

    name: str
    level: str
    text: str


def examine(proposal: Proposal, catalogue: Catalogue, waiting: dict[str, str]) -> list[Finding]:
    """Return what each check says; `waiting` are the names of the proposals that wait, by id."""
    content = proposal.said
    return [
        _schema(proposal, content, catalogue),
        _place(content, catalogue, proposal),
        *_duplicates(proposal, content, catalogue, waiting),
        _links(content),
    ]


def _schema(proposal: Proposal, content: Content, catalogue: Catalogue) -> Finding:
    context = Context(catalogue, datetime.now(PARIS).date(), proposal.organisation or "")
    try:
        changes_of(proposal.about, proposal.target_id, content, context)
    except CooperationsError as error:
        return Finding("Schéma", "erreur", str(error))
    return Finding("Schéma", "ok", "Chaque valeur est de celles que le modèle admet.")


def _place(content: Content, catalogue: Catalogue, proposal: Proposal) -> Finding:
    values = content.values
    if proposal.kind == "correction" and not _PLACES & values.keys():
        return Finding("Lieu", "ok", "Le lieu ne change pas.")
    keys = [key for key in values.get("territoires", "").split("|") if key]
    if values.get("code_commune"):
        keys.append(f"commune:{values['code_commune']}")
    if not keys:
        return Finding("Lieu", "avis", "Aucun territoire n’est donné.")
    names = ", ".join(catalogue.gazetteer[key].label for key in keys if key in catalogue.gazetteer)
    point = " Le point y tombe." if values.get("longitude") else ""
    return Finding("Lieu", "ok", f"{names}.{point}")


def _duplicates(
    proposal: Proposal, content: Content, catalogue: Catalogue, waiting: dict[str, str]
) -> Iterator[Finding]:
    name = content.values.get("nom", proposal.name)
    territories = [key for key in content.values.get("territoires", "").split("|") if key]
    actors = {actor.structure_id for actor in content.actors or ()}
    close: list[str] = []
    if proposal.about == "pratique":
        close = [
            f"«\u00a0{one.name}\u00a0» ({one.about})"
            for one in near(catalogue, name, territories, actors, but=proposal.target_id)
            if one.probably
        ]
    elif proposal.about == "structure":
        known = {one.id: one.name for one in catalogue.structures.values() if one.id != proposal.target_id}
        close = [f"«\u00a0{known[key]}\u00a0»" for key in near_names(name, known)]
    others = {key: one for key, one in waiting.items() if key != proposal.id}
    same = near_names(name, others) if proposal.kind != "correction" else []
    close += [f"«\u00a0{others[key]}\u00a0», proposée aussi" for key in same]
    said = f"Ressemble à\u00a0: {SEPARATOR.join(close)}." if close else "Rien de connu ne lui ressemble."
    yield Finding("Doublons", "avis" if close else "ok", said)


def _links(content: Content) -> Finding:
    addresses = [content.values[name] for name in ("source_url", "site_internet") if content.values.get(name)]
    bad = [one for one in addresses if urlsplit(one).scheme != "https"]
    if not addresses:
        sourced = bool(fold(content.values.get("source", "")))
        return Finding("Sources", "ok" if sourced else "avis", "Sans lien." if sourced else "Sans source ni lien.")
    said = f"Lien sans chiffrement\u00a0: {', '.join(bad)}." if bad else "Liens bien écrits."
    return Finding("Sources", "avis" if bad else "ok", said)
