"""The addresses of the light pages and of the embeds."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from cooperations.light import bundles, embeds, maps, summaries

LIGHT_ROUTES: list[BaseRoute] = [
    Route("/carte-legere", maps.page("/carte-legere")),
    Route("/offres-legeres", maps.page("/offres-legeres")),
    Route("/integrer/carte", maps.page("/integrer/carte")),
    Route("/integrer/offres", maps.page("/integrer/offres")),
    Route("/integrer/matrice", embeds.matrix),
    Route("/integrer/pratique", embeds.practice),
    Route("/assets/ensemble/{digest}/{name}", bundles.bundled),
    Route("/api/carte/resume", summaries.practices),
    Route("/api/offres/resume", summaries.offers),
]
