"""OGC API – Features Part 1 Core: landing page, conformance, collections, items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import JSONResponse, Response

from cooperations.downloads import FORMATS
from cooperations.errors import UnknownFeature
from cooperations.features.others import event_feature, event_page, territory_feature, territory_page
from cooperations.features.practices import practice_feature, practice_page
from cooperations.features.structures import structure_features, structure_page
from cooperations.runtime import application
from cooperations.web.answers import kept_json, tagged_json
from cooperations.web.api.links import GEOJSON, JSON, OPENAPI, Link, link, page_links
from cooperations.web.api.problems import PROBLEMS, UNCHANGED
from cooperations.web.api.queries import EventItems, PracticeItems, StructureItems, TerritoryItems

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.features.window import Feature, FeaturePage
    from cooperations.web.answers import Index

router = APIRouter(responses=PROBLEMS | UNCHANGED)
CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "oas30", "geojson")
)
DOWNLOADED = ("pratiques", "structures", "territoires")
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
FEATURES: dict[int | str, dict[str, Any]] = {200: {"content": {GEOJSON: {}}, "description": "GeoJSON (RFC 7946)."}}


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection: its id, its title, what it holds."""

    id: str
    title: str
    description: str


COLLECTIONS = {
    one.id: one
    for one in (
        Collection("pratiques", "Pratiques de coopération", "Les exemples, avec leurs actrices et acteurs."),
        Collection("structures", "Structures", "Ce que les listes et les données disent de chaque structure."),
        Collection("territoires", "Territoires", "Communes, intercommunalités, départements, région."),
        Collection("agenda", "Agenda", "Rencontres tenues, annoncées ou à construire."),
    )
}


@router.get("/", summary="Page d’accueil de l’API")
def landing(request: Request) -> JSONResponse:
    """Return the links to everything else."""
    links = [
        link(request, "/", "self", "Cette page"),
        link(request, "/openapi.json", "service-desc", "La définition OpenAPI", OPENAPI),
        link(request, "/openapi.json", "service-doc", "La définition OpenAPI", OPENAPI),
        link(request, "/conformance", "conformance", "Les classes de conformité"),
        link(request, "/collections", "data", "Les collections"),
    ]
    title = "Coopérations économiques de l’ESS"
    return JSONResponse({"title": title, "description": application().gazetteer.perimeter.name, "links": links})


@router.get("/conformance", summary="Classes de conformité")
def conformance() -> JSONResponse:
    """Return the parts of the standard that hold."""
    return JSONResponse({"conformsTo": list(CONFORMANCE)})


@router.get("/collections", summary="Les collections")
def collections(request: Request) -> JSONResponse:
    """Return every collection."""
    described = [_described(request, one) for one in COLLECTIONS.values()]
    links = [link(request, "/collections", "self", "Cette page")]
    return JSONResponse({"collections": described, "links": links})


@router.get("/collections/{collection}", summary="Une collection")
def collection(request: Request, collection: str) -> JSONResponse:
    """Return one collection."""
    if collection not in COLLECTIONS:
        raise UnknownFeature(collection)
    return JSONResponse(_described(request, COLLECTIONS[collection]))


@router.get("/collections/pratiques/items", summary="Pratiques", responses=FEATURES)
def practices(request: Request, asked: Annotated[PracticeItems, Query()]) -> Response:
    """Return the practices that meet the criteria."""
    catalogue = application().catalogue()

    def found() -> FeaturePage:
        return practice_page(catalogue, asked.criteria(catalogue.gazetteer), asked.window())

    return _kept_items(request, "pratiques", catalogue, found)


@router.get("/collections/structures/items", summary="Structures", responses=FEATURES)
def structures(request: Request, asked: Annotated[StructureItems, Query()]) -> Response:
    """Return the structures that answer a need."""
    opened = application()
    directory = opened.directory()

    def found() -> FeaturePage:
        return structure_page(directory, opened.store, asked.need(opened.gazetteer), asked.window())

    return _kept_items(request, "structures", directory, found)


@router.get("/collections/territoires/items", summary="Territoires", responses=FEATURES)
def territories(request: Request, asked: Annotated[TerritoryItems, Query()]) -> Response:
    """Return the territories of some levels."""
    return _items(request, "territoires", territory_page(application().gazetteer, asked.levels(), asked.window()))


@router.get("/collections/agenda/items", summary="Agenda", responses=FEATURES)
def agenda(request: Request, asked: Annotated[EventItems, Query()]) -> Response:
    """Return the events that meet the criteria."""
    catalogue = application().catalogue()
    criteria = asked.criteria(catalogue.gazetteer)
    return _items(request, "agenda", event_page(catalogue, criteria, asked.window()))


@router.get("/collections/{collection}/items/{identifier}", summary="Un objet", responses=FEATURES)
def item(request: Request, collection: str, identifier: Annotated[str, Path(max_length=300)]) -> Response:
    """Return one feature."""
    if collection not in COLLECTIONS:
        raise UnknownFeature(collection)
    feature = _feature(collection, identifier)
    path = f"/collections/{collection}"
    links = [
        link(request, f"{path}/items/{identifier}", "self", "Cet objet", GEOJSON),
        link(request, path, "collection", "Sa collection"),
    ]
    return _geojson(request, feature | {"links": links})


def _feature(collection: str, identifier: str) -> Feature:
    opened = application()
    if collection == "structures":
        directory = opened.directory()
        known = [identifier] if identifier in directory else []
        for feature in structure_features(directory, opened.store, known):
            return feature
    catalogue = opened.catalogue()
    if collection == "pratiques":
        return practice_feature(catalogue, catalogue.row(identifier))
    if collection == "territoires":
        return territory_feature(opened.gazetteer, opened.gazetteer[identifier])
    for event in catalogue.events:
        if collection == "agenda" and event.id == identifier:
            return event_feature(event, catalogue.gazetteer)
    raise UnknownFeature(identifier)


def _items(request: Request, collection: str, found: FeaturePage) -> Response:
    return _geojson(request, _collected(request, collection, found))


def _kept_items(request: Request, collection: str, index: Index, found: Callable[[], FeaturePage]) -> Response:
    return _dated(kept_json(request, index, lambda: _collected(request, collection, found()), GEOJSON))


def _collected(request: Request, collection: str, found: FeaturePage) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "numberMatched": found.matched,
        "numberReturned": len(found.features),
        "features": found.features,
        "links": page_links(request, f"/collections/{collection}/items", found.following),
    }


def _geojson(request: Request, body: dict[str, Any]) -> Response:
    response = tagged_json(request, body)
    response.headers["content-type"] = GEOJSON
    return _dated(response)


def _dated(response: Response) -> Response:
    response.headers["date"] = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    return response


def _described(request: Request, one: Collection) -> dict[str, Any]:
    path = f"/collections/{one.id}"
    links: list[Link] = [
        link(request, path, "self", one.title, JSON),
        link(request, f"{path}/items", "items", f"{one.title} (GeoJSON)", GEOJSON),
    ]
    if one.id in DOWNLOADED:
        links += [
            link(
                request,
                f"{path}/telecharger.{kind.extension}",
                "enclosure",
                f"{one.title} ({kind.name})",
                kind.media_type,
            )
            for kind in FORMATS.values()
        ]
    west, south, east, north = application().gazetteer[application().gazetteer.perimeter.key].bounds
    return {
        "id": one.id,
        "title": one.title,
        "description": one.description,
        "extent": {"spatial": {"bbox": [[west, south, east, north]], "crs": CRS84}},
        "itemType": "feature",
        "crs": [CRS84],
        "links": links,
    }
