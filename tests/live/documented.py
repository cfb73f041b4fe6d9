"""What the two public services are documented to answer, with made-up organisations and people at real places."""

from __future__ import annotations

from typing import Any

from cooperations.text import fold

Json = dict[str, Any]

HOSTILE = '<img src=x onerror="alert(1)"> [clic](javascript:alert(1)) ’; DROP TABLE pratiques'
HIDDEN = "[NON-DIFFUSIBLE]"
MANAGER, ELECTED, SOLE_TRADER, HOST = "LABORDE", "DARRIGADE", "CASTAGNEDE", "LALANNE"
"""The people of the answers, whose names must be found nowhere."""


def a_feature(label: str, kind: str, point: tuple[float, float], codes: tuple[str, str], score: float) -> Json:
    """Return a place as the geocoder writes it; its `x` and `y` are Lambert 93 metres, a trap for the careless."""
    commune_code, post_code = codes
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(point)},
        "properties": {
            "label": label,
            "score": score,
            "id": commune_code,
            "type": kind,
            "name": label,
            "postcode": post_code,
            "citycode": commune_code,
            "x": 419000.5,
            "y": 6314000.5,
            "importance": 0.4,
            "_type": "address",
        },
    }


MONT_DE_MARSAN, CAPTIEUX, LUCMAU = ("40192", "40000"), ("33095", "33840"), ("33255", "33840")
FEATURES = [
    a_feature("2 Rue Gambetta 40000 Mont-de-Marsan", "housenumber", (-0.5012, 43.8911), MONT_DE_MARSAN, 0.97),
    a_feature("Rue Gambetta 40000 Mont-de-Marsan", "street", (-0.5009, 43.8914), MONT_DE_MARSAN, 0.91),
    a_feature("Mont-de-Marsan", "municipality", (-0.4998, 43.8935), MONT_DE_MARSAN, 0.88),
    a_feature("Captieux", "municipality", (-0.2606, 44.2925), CAPTIEUX, 0.93),
    a_feature(f"Lucmau {HOSTILE}", "locality", (-0.3094, 44.3364), LUCMAU, 0.5),
]


def geocoded(asked: dict[str, str]) -> tuple[int, Json]:
    """Return the status and the body of the geocoder's answer: https://data.geopf.fr/geocodage/openapi.yaml."""
    text, limit = asked.get("q", ""), int(asked.get("limit", "10"))
    if not 3 <= len(text) <= 200 or not text[0].isalnum() or not 1 <= limit <= 50:
        detail = ["q: must contain between 3 and 200 chars and start with a number or a letter"]
        return 400, {"code": 400, "message": "Failed parsing query", "detail": detail}
    found = [one for one in FEATURES if holds(one["properties"]["label"], text)]
    found.sort(key=lambda one: -float(one["properties"]["score"]))
    return 200, {"type": "FeatureCollection", "features": found[:limit], "query": text}


def a_result(siren: str, name: str, flags: tuple[str, ...] = (), **seat: str | None) -> Json:
    """Return an organisation as the company search writes it when everything is asked for, people included."""
    known = {
        "siret": f"{siren}00015",
        "activite_principale": "38.32Z",
        "adresse": f"CHEZ MME {HOST} 12 B RUE GAMBETTA 40000 MONT-DE-MARSAN",
        "complement_adresse": f"CHEZ MME {HOST}",
        "numero_voie": "12",
        "indice_repetition": "B",
        "type_voie": "RUE",
        "libelle_voie": "GAMBETTA",
        "code_postal": "40000",
        "commune": "40192",
        "libelle_commune": "MONT-DE-MARSAN",
        "departement": "40",
        "latitude": "43.8911",
        "longitude": "-0.5012",
    }
    return {
        "siren": siren,
        "nom_complet": name,
        "nature_juridique": "9220",
        "siege": known | seat,
        "dirigeants": [{"nom": MANAGER, "prenoms": "JEANNE", "type_dirigeant": "personne physique"}],
        "matching_etablissements": [],
        "finances": None,
        "complements": {
            "collectivite_territoriale": {"elus": [{"nom": ELECTED, "prenoms": "PAUL", "fonction": "Maire"}]},
            **{flag: flag in flags for flag in ("est_entrepreneur_individuel", "est_ess", "est_siae")},
        },
    }


AT_CAPTIEUX = {"code_postal": "33840", "commune": "33095", "libelle_commune": "CAPTIEUX", "departement": "33"}
MASKED = dict.fromkeys(
    ("latitude", "longitude", "numero_voie", "indice_repetition", "type_voie", "libelle_voie", "code_postal"), HIDDEN
)
RESULTS = [
    a_result("000000001", "RECYCLERIE DES LANDES", ("est_ess", "est_siae")),
    a_result("000000002", "AMICALE DES LANDES", ("est_ess",)),
    a_result("000000003", "SCIERIE DE CAPTIEUX", **AT_CAPTIEUX),
    a_result("000000004", "RESSOURCERIE DISCRETE", ("est_ess",), **MASKED),
    a_result("000000005", f"MARIE {SOLE_TRADER} (JARDINS DES LANDES)", ("est_entrepreneur_individuel",)),
    a_result("000000006", f"PIERRE {SOLE_TRADER} (MENUISERIE DES LANDES)") | {"nature_juridique": "1000"},
    a_result("000000007", HIDDEN),
    a_result("000000008", f"ATELIER {HOSTILE}", ("est_ess",)),
    *(a_result(f"0000001{number:02}", f"CUMA NUMERO {number}", ("est_ess",)) for number in range(30)),
]


def searched(asked: dict[str, str]) -> tuple[int, Json]:
    """Return the status and the body of the company search's answer: https://recherche-entreprises.api.gouv.fr/docs/."""
    page, per_page = int(asked.get("page", "1")), int(asked.get("per_page", "10"))
    if page * per_page > 10_000 or per_page > 25 or ("include" in asked and asked.get("minimal") != "true"):
        return 400, {"erreur": "Veuillez indiquer un paramètre `per_page` entre `1` et `25`, par défaut `10`."}
    found = [one for one in RESULTS if _is_wanted(one, asked)]
    kept = ["siren", "nom_complet", "nature_juridique", *asked.get("include", "").split(",")]
    shown = found[(page - 1) * per_page : page * per_page]
    return 200, {
        "results": [{key: one[key] for key in one if key in kept or "minimal" not in asked} for one in shown],
        "total_results": len(found),
        "page": page,
        "per_page": per_page,
        "total_pages": -(-len(found) // per_page),
    }


def _is_wanted(result: Json, asked: dict[str, str]) -> bool:
    if asked.get("q") == result["siren"]:
        return True
    flags = {name: value == "true" for name, value in asked.items() if name.startswith("est_")}
    return (
        holds(result["nom_complet"], asked.get("q", ""))
        and asked.get("departement", result["siege"]["departement"]) == result["siege"]["departement"]
        and all(result["complements"][name] is value for name, value in flags.items())
    )


def holds(text: str, words: str) -> bool:
    """Whether `text` has all of `words`, accents and case apart."""
    return all(word in fold(text) for word in fold(words).split())
