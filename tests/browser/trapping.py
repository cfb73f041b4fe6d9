"""An application in which every text is made to be run: records, lists, proposals, decisions, accounts.

A field of three hundred signs holds some of the texts, one after the other; a long one a fifth of them. So a few
records have the whole corpus in every field, and a few pages show it.
"""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from bench.server import ROOT, serving
from cooperations.accounts.entering import Asked, exchange, invite
from cooperations.accounts.rights import KEEPER, Person
from cooperations.accounts.tokens import new_token
from cooperations.contributions.content import Content, ProposedActor
from cooperations.contributions.decide import ask_back
from cooperations.contributions.freshness import ask_again
from cooperations.contributions.model import Change
from cooperations.contributions.overlay import entity_of, key_of, values_of
from cooperations.contributions.sending import Sent, propose
from cooperations.decisions import Action, Draft, Snapshot, Survey, decide
from cooperations.model import NAME_LENGTH, Event, Participation, Practice, Record, Structure
from cooperations.offers.records import Correction, ShortList
from tests.hostile import HOSTILE, in_parts, packed
from tests.making import a_practice
from tests.structures import MARKET_HEADER, application_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cooperations.runtime import Application

FOLIUM = (
    "Ardits ${parent.window.PIEGE=1}`</script><img src=x onerror=parent.window.PIEGE=1> ![x](https://evil.example/p)"
)
TEXTS = tuple(" ".join(text.split()) for text in (FOLIUM, *HOSTILE))
NAMES = packed(TEXTS, NAME_LENGTH)
"""The texts, as many in a name as it holds."""
CONTACTS = packed(sorted(TEXTS, key=len), 200)
PARTS = [TEXTS[start::5] for start in range(5)]
"""The texts, as many in a long field as a proposal holds."""
GROUP, ONE_IN = 40, 4
"""Names in a place; of the texts, those that are also the name of an actor."""
PLACES = (("47", "47001"), ("64", "64445"), ("24", "24322"), ("40", "40046"))
"""A department and a commune for each group of names."""
WHOLE = "\n".join(TEXTS)
FREE = {
    "pratique": (
        "description", "lieu", "source", "extrait_source", "remarque", "fonctionnement", "apports",
        "conditions_reussite",
    ),
    "structure": ("activite", "adresse", "source", "remarque"),
    "evenement": ("description", "lieu", "source", "extrait_source"),
}  # fmt: skip
"""The fields of a proposal that hold any text, besides its name; a test says that the others hold none."""
SUBJECTS = (("pratique", None), ("pratique", "piege-tout"), ("structure", None), ("evenement", None))
"""What a proposal is about, and what it corrects."""
CELL = {"practice_code": "mutualisation_achats", "territory": "departement:40"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A proposal, by its id and its private link; the texts that its long fields hold."""

    id: str
    token: str
    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trapped:
    """Where the application is, and the links that lead into it."""

    url: str
    proposals: tuple[Opened, ...]
    entry: str
    review: str
    drafts: tuple[str, ...]
    lists: tuple[str, ...]


def groups() -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the texts by place: a department, a commune, and the names that are there."""
    parts = zip(PLACES, in_parts(TEXTS, GROUP), strict=True)
    return [(department, commune, part) for (department, commune), part in parts]


def records() -> list[Record]:
    """Return practices, structures and meetings of which every text is hostile."""
    free = {"nom": FOLIUM, "description": WHOLE, "lieu": FOLIUM, "source": FOLIUM, "extrait_source": WHOLE}
    sheet = {"fonctionnement": PARTS[0], "apports": PARTS[1], "conditions_reussite": PARTS[2]}
    told = free | {name: "\n".join(some) for name, some in sheet.items()}
    told |= {"remarque": WHOLE, "statut": "terminee", "territoires": "commune:33063"}
    point = {"precision_localisation": "adresse", "longitude": "-0.5792", "latitude": "44.8378"}
    made: list[Record] = [a_practice("piege-tout", **told, **point)]
    for _, commune, names in groups():
        over = {"territoires": f"commune:{commune}", "precision_localisation": "commune", "statut": "terminee"}
        made += [a_practice(f"piege-{TEXTS.index(name)}", nom=name, remarque=name, **over) for name in names]
    for number, name in enumerate(TEXTS[::ONE_IN]):
        cells = {"id": f"acteur-{number}", "nom": name, "famille": "association", "activite": name, "source": name}
        cells |= {"membre_gt": "non", "confiance": "moyenne", "date_verification": "2016-07-12", "remarque": name}
        link = {"id_pratique": "piege-tout", "id_structure": f"acteur-{number}", "role": "membre", "role_deduit": "non"}
        made += [Structure.model_validate(cells), Participation.model_validate(link | {"source": name})]
    return [*made, *meetings(free), *old_practices()]


def meetings(free: dict[str, str]) -> list[Record]:
    """Return a meeting that has every text, and one a day that have some as their names."""
    where = {"code_commune": "33063", "territoires": "commune:33063", "statut": "annonce"}
    made: list[Record] = []
    for day, name in enumerate((FOLIUM, *NAMES), 1):
        over = {"id": f"rencontre-{day}", "nom": name, "debut": f"2027-03-{day:02}T09:00:00+01:00"}
        made.append(Event.model_validate(free | where | over))
    return made


def old_practices() -> list[Record]:
    """Return practices that nobody has checked for longest, whose names hold every text."""
    return [
        a_practice(f"ancienne-{number:02}", nom=name, date_verification="2016-01-01")
        for number, name in enumerate(NAMES)
    ]


def a_list() -> bytes:
    """Return a list to import; an import takes the tags out of names, so people correct these ones afterwards."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(MARKET_HEADER)
    cities = {"47001": ("47000", "Agen"), "64445": ("64000", "Pau"), "24322": ("24000", "Périgueux")}
    cities["40046"] = ("40600", "Biscarrosse")
    for _, commune, names in groups():
        for name in names:
            place = cities[commune]
            cells = [f"s{TEXTS.index(name)}", "Structure", "ACI", "", "Nettoyage de locaux", "Service", "", "", ""]
            rows.writerow([*cells, *place, "", "", "", ""])
    return out.getvalue().encode()


def corrections() -> list[Correction]:
    """Return what gives every structure of the list a hostile name, activity and address."""
    said = {"organisation": FOLIUM, "note": FOLIUM}
    return [
        decide(Correction, offer_id=f"marche-s{number}", attribute=attribute, value=text, **said)
        for number, text in enumerate(TEXTS)
        for attribute in ("name", "activity", "address")
    ]


def kept_lists() -> list[ShortList]:
    """Return selections whose notes hold every text."""
    return [
        decide(ShortList, name=name, organisation=name, note="\n".join(some), query="retenues=marche-s0")
        for name, some in zip(NAMES, PARTS, strict=False)
    ]


def decisions() -> list[Any]:
    """Return what a hostile group records about one cell of the matrix."""
    far, then = date(2027, 3, 9), date(2026, 3, 9)
    made: list[Any] = []
    for name in NAMES:
        made.append(decide(Draft, **CELL, name=name, organisation=name, note=name))
        made.append(decide(Survey, **CELL, finding="rien_trouve", organisation=name, day=then, note=name))
        asked = {"what": name, "owner": name, "meeting": name, "sheet": name, "note": name}
        made.append(decide(Action, **CELL, **asked, due_on=far, state="ouverte"))
        made.append(decide(Snapshot, name=name, organisation=name, digest="0", content="{}"))
    return made


def part(number: int) -> tuple[str, ...]:
    """Return the texts that the long fields of a proposal hold: every text, under every subject, among those opened."""
    return PARTS[number // len(SUBJECTS) % len(PARTS)]


def sent(about: str, target_id: str | None, number: int) -> Sent:
    """Return a proposal whose every field is hostile: its name among NAMES, the rest among PARTS."""
    values = dict.fromkeys(FREE[about], "\n".join(part(number))) | {"nom": NAMES[number]}
    if about == "pratique":
        values |= {"type_pratique": "mutualisation_achats"} if target_id is None else {}
    elif about == "evenement":
        values |= {"periode": "2099", "statut": "annonce"}
    actors = tuple(ProposedActor("membre", name=text) for text in part(number)) if about == "pratique" else None
    contact = CONTACTS[number % len(CONTACTS)]
    more = {"organisation": NAMES[-number], "contact": contact, "consents": True}
    return Sent(about, Content(values, actors), new_token(), target_id, **more)


def proposals(app: Application) -> tuple[Opened, ...]:
    """Send every name under every subject; return those to open, which hold every text in each field of each one."""
    catalogue, opened = app.catalogue(), []
    for number, name in enumerate(NAMES):
        for rank, (about, target_id) in enumerate(SUBJECTS):
            asked = sent(about, target_id, number)
            made = propose(app.store, catalogue, Person(), asked)
            if number % len(SUBJECTS) == rank and number < len(SUBJECTS) * len(PARTS):
                ask_back(app.store, Person("moderateur", NAMES[-number], "c1"), made, "\n".join(part(number)))
                opened.append(Opened(made.id, asked.token, name, part(number)))
    return tuple(opened)


def versions(app: Application) -> None:
    """Change a practice again and again, each time by another author; each version is shown by its first words."""
    short = packed(TEXTS, 150)
    names = ("description", "place", "source", "extract", "remark", "workings", "benefits", "success")
    first = values_of(app.catalogue().practice("piege-tout"))
    given = [dict(zip(names, some, strict=False)) for some in in_parts((*short, *short), len(names))]
    for number, values in enumerate([*given, {name: first[name] for name in names}]):
        held = values_of(app.catalogue().practice("piege-tout"))
        author = f"{NAMES[number]} (modérateur)"
        app.store.contributions.change([Change(entity_of(Practice), "piege-tout", values, held)], author)


def accounts(app: Application) -> str:
    """Open an account for every name, and note it; return the path by which an administrator comes in."""
    held = app.store.accounts
    for name in NAMES:
        # The name of an organisation has no sign that turns a line around.
        asked = Asked("".join(filter(str.isprintable, name)), "membre")
        exchange(held, invite(held, KEEPER, asked).rpartition("/")[2])
    for name in NAMES:
        held.note(Person("membre", name, name), name, name)
    token = invite(held, KEEPER, Asked(FOLIUM, "administrateur")).rpartition("/")[2]
    return f"/entrer/{token}"


@contextmanager
def trapped_application(folder: Path) -> Iterator[Trapped]:
    """Serve an application in which every text is hostile."""
    with application_with(folder, {"marche.csv": a_list()}) as app:
        changes = [Change(entity_of(type(one)), key_of(one), values_of(one)) for one in records()]
        app.store.contributions.change(changes, FOLIUM)
        held = decisions()
        lists = kept_lists()
        for one in (*held, *lists):
            app.store.add(one, FOLIUM)
        app.store.lists.correct(corrections())
        opened = proposals(app)
        versions(app)
        entry = accounts(app)
        review = ask_again(app.store, app.catalogue(), Person("moderateur", FOLIUM, "c1"), "piege-tout", NAMES[0])
    drafts = tuple(one.id for one in held if isinstance(one, Draft))
    with serving(ROOT / "app.py", folder / "offres.sqlite3") as server:
        yield Trapped(server.url, opened, entry, review, drafts, tuple(one.id for one in lists))
