"""What an import would do, shown before anything is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from cooperations.intake import rejected
from cooperations.intake.summary import gathered
from cooperations.offers.words import split
from cooperations.purchases import PURCHASE_FAMILIES
from cooperations.text import number, plural
from cooperations.ui.base_map import Subject, base_map, frame
from cooperations.ui.palette import sector_legend
from cooperations.vocabularies import PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.errors import DataIssue
    from cooperations.imports import Prepared
    from cooperations.territories import Gazetteer
    from cooperations.vocabularies import Vocabulary

MOST_SAMPLED, MOST_POINTS, MAP_HEIGHT_PX = 20, 400, 320
SAMPLED = {
    "name": "Nom",
    "kind": "Catégorie",
    "siret": "SIRET",
    "purchase_families": "Familles d’achat",
    "city": "Ville",
    "precision": "Précision",
    "subject": "Objet",
    "buyer_name": "Acheteur",
    "holder_name": "Titulaire",
    "amount_eur": "Montant (€)",
}

SAID = {"purchase_families": PURCHASE_FAMILIES, "precision": PRECISIONS}
"""The columns whose codes are shown as words."""


def show_counts(prepared: Prepared) -> None:
    """Draw how many rows would be added, changed, left and refused."""
    found = prepared.plan
    shown = (
        ("Lues", found.read),
        ("À ajouter", len(found.added)),
        ("À modifier", len(found.changed)),
        ("Inchangées", found.unchanged),
        ("Refusées", found.refused),
    )
    with st.container(key="chiffres-cles"):
        st.markdown("\n".join(f"- {label} **{number(value)}**" for label, value in shown))
    several = prepared.intake.sirets_of_several_kinds
    if several:
        st.caption(
            f"{plural(several, 'établissement')} de plusieurs catégories (ACI et EI, par exemple)\u00a0: normal."
        )


def show_refused(prepared: Prepared) -> None:
    """Draw why rows are refused, and give them back as a file."""
    if not prepared.intake.refused:
        return
    st.subheader(
        f"{plural(prepared.intake.refused, 'ligne')} refusée{'s' if prepared.intake.refused > 1 else ''}", anchor=False
    )
    _summary(prepared.intake.refusals)
    st.download_button(
        "Télécharger les lignes refusées",
        rejected(prepared.intake),
        f"refus-{prepared.order.name.rsplit('.', 1)[0]}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(
        "Chaque ligne y garde ses cellules, avec la raison et quoi faire. Corrigée, elle s’importe telle quelle."
    )


def show_notices(prepared: Prepared) -> None:
    """Draw what was found and done in rows that are not refused."""
    notices = prepared.intake.notices
    if notices:
        with st.expander(f"Ce que la lecture a trouvé, réparé ou laissé de côté ({number(len(notices))})"):
            _summary(notices)


def show_sample(prepared: Prepared, gazetteer: Gazetteer, *, dark: bool) -> None:
    """Draw some of the rows that would be added or changed, and where they are."""
    rows = pd.concat([prepared.plan.added, prepared.plan.changed])
    if rows.empty:
        return
    st.subheader("Aperçu", anchor=False)
    names = [name for name in SAMPLED if name in rows.columns]
    sample = rows[names].head(MOST_SAMPLED).astype(object)
    sample = sample.where(sample.notna(), "")
    for name, vocabulary in SAID.items():
        if name in sample.columns:
            sample[name] = [_in_words(str(cell), vocabulary) for cell in sample[name]]
    st.dataframe(sample.rename(columns=SAMPLED), hide_index=True, width="stretch")
    if "longitude" in rows.columns:
        _map(rows, gazetteer, dark=dark)


def _in_words(cell: str, vocabulary: Vocabulary) -> str:
    return ", ".join(vocabulary.label(code) for code in split(cell))


def _map(rows: pd.DataFrame, gazetteer: Gazetteer, *, dark: bool) -> None:
    located = rows.dropna(subset=["longitude", "latitude"])
    west, south, east, north = frame(gazetteer, ())
    near = located[located["longitude"].between(west, east) & located["latitude"].between(south, north)]
    shown = near.head(MOST_POINTS)
    drawn = base_map(
        gazetteer.perimeter, dark=dark, clickable=False, subject=Subject("Aperçu de l’import", sector_legend())
    )
    points: Any = zip(shown["latitude"].astype(float), shown["longitude"].astype(float), strict=True)
    for latitude, longitude in points:
        folium.CircleMarker([latitude, longitude], radius=4, color="#1f74b8", weight=1, fill=True).add_to(drawn)
    drawn.fit_bounds([[south, west], [north, east]])
    st_folium(drawn, key="carte-import", height=MAP_HEIGHT_PX, use_container_width=True, returned_objects=[])
    some = f", dont {number(len(shown))} dessinées" if len(shown) < len(near) else ""
    here = f"{plural(len(near), 'ligne')} en {gazetteer.perimeter.name} ou tout près{some}"
    elsewhere, nowhere = len(located) - len(near), len(rows) - len(located)
    st.caption(f"{here}\u00a0; {number(elsewhere)} ailleurs\u00a0; {number(nowhere)} sans point.")


def _summary(issues: Iterable[DataIssue]) -> None:
    rows = [
        (
            one.count,
            one.column,
            one.problem,
            f"ligne {one.example.line}" if one.example.line else "",
            one.example.value,
            one.remedy,
        )
        for one in gathered(issues)
    ]
    names = ["Lignes", "Colonne", "Défaut", "Exemple", "Valeur", "Ce qui est fait, ou à faire"]
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True, width="stretch")
