"""The meeting page: one slide for a projector, the way to the others, and lines added on the spot."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations import vocabularies as v
from cooperations.coverage.cells import SIGNS
from cooperations.criteria import EVERYTHING
from cooperations.decisions import NOTE_LENGTH, Draft, decide, form_label
from cooperations.meeting import VIEWS
from cooperations.model import NAME_LENGTH
from cooperations.text import plural
from cooperations.ui import memory
from cooperations.ui.components import mount
from cooperations.ui.coverage.forms import attempt, is_meant, organisation_field
from cooperations.ui.frame import MAP_PAGE
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.memory import PageMemory, Parameter, one_among
from cooperations.ui.session import desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cooperations.coverage import Coverage
    from cooperations.meeting import Slide, SlideLine
    from cooperations.territories import Gazetteer

BY, VIEW = "par", "vue"
VIEW_LABELS = {"type": "Voir par type", "territoire": "Voir par territoire"}
# Beyond this a slide has two columns: ten lines fill the 768 px of a small projector.
MOST_IN_ONE_COLUMN = 10
_ADDING = "_reunion_ajout"

MEETING = PageMemory(
    "reunion",
    {
        BY: one_among(VIEWS, VIEWS[0]),
        VIEW: Parameter("", lambda value, gazetteer: value in v.PRACTICES or value in gazetteer),
    },
)


def position(shown: Sequence[Slide]) -> int:
    """Return which slide the address asks for; one that is not there is said, and the first one shown."""
    asked = st.session_state.get(VIEW)
    keys = [slide.key for slide in shown]
    if asked in keys:
        return keys.index(asked)
    if asked:
        st.warning(
            f"La vue « {escape_markdown(asked)} » n’est pas parmi celles-ci : voici la première.",
            icon=":material/link_off:",
        )
    return 0


def bar(shown: Sequence[Slide], at: int) -> None:
    """Draw what moves from a slide to another, and leaves the page."""
    keys = [slide.key for slide in shown]
    with st.container(horizontal=True, vertical_alignment="center", key="reunion-barre"):
        # Not a segmented control, nor radio buttons: they would keep the arrows for themselves.
        other = next(view for view in VIEWS if view != st.session_state[BY])
        st.button(VIEW_LABELS[other], icon=":material/swap_horiz:", on_click=_go, kwargs={BY: other, VIEW: ""})
        _move("Précédent", "Left", keys, at, -1)
        st.html(f'<p class="coop-compteur">{at + 1 if shown else 0} / {len(shown)}</p>', width="content")
        _move("Suivant", "Right", keys, at, 1)
        st.button("Ajouter une ligne", icon=":material/add:", shortcut="Alt+L", disabled=not shown, on_click=_open)
        mount("plein_ecran", "plein-ecran", {"entrer": "Plein écran", "sortir": "Quitter le plein écran"}, {})
        st.page_link(MAP_PAGE, label="Quitter", icon=":material/close:", query_params=memory.last_map_query())


def say_empty(matrix: Coverage) -> None:
    """Say that the filters leave nothing, and offer to take them away."""
    if not matrix.cells or not any(matrix.totals.values()):
        st.info("Aucune pratique ne répond à ces filtres : il n’y a que des zéros ici.", icon=":material/filter_alt:")
        st.button("Effacer tous les filtres", on_click=memory.change, args=(EVERYTHING,))


def show_slide(slide: Slide) -> None:
    """Draw a slide."""
    st.title(escape_markdown(slide.title), anchor=False)
    figures = "".join(f"<li>{escape(figure)}</li>" for figure in slide.figures)
    width = "deux" if len(slide.lines) > MOST_IN_ONE_COLUMN else "une"
    st.html(
        f'<div class="coop-vue"><p>{escape(slide.subtitle)}</p><ul class="chiffres">{figures}</ul>'
        f'<ul class="lignes {width}">{"".join(map(_line, slide.lines))}</ul></div>'
    )


def show_drafts(drafts: Sequence[Draft], gazetteer: Gazetteer) -> None:
    """Draw the drafts of a slide, and what removes them; no figure counts them."""
    with st.container(key="reunion-brouillons"):
        if drafts:
            st.header(f"{plural(len(drafts), 'brouillon')}, hors des chiffres", anchor=False)
        for draft in drafts:
            with st.container(horizontal=True, vertical_alignment="center", key=f"brouillon-{draft.id}"):
                st.html(f"<p><strong>Brouillon</strong> {escape(_in_words(draft, gazetteer))}</p>")
                with st.popover("Retirer"):
                    _removal(draft)


def _removal(draft: Draft) -> None:
    name = escape_markdown(draft.name)
    st.markdown(f"« {name} » sera perdu.")
    if st.button("Oui, retirer", key=f"retirer-{draft.id}", type="primary"):
        attempt(lambda: desk().remove(draft, draft.organisation), f"Brouillon retiré : {name}.")


def offer_line(slide: Slide, matrix: Coverage) -> None:
    """Draw the form of a line over the slide, while somebody fills it in."""
    if _is_adding():
        _form(slide, matrix)


def _go(**parameters: str) -> None:
    # Through the address: the browser sends an old one with a key pressed before the page is drawn again.
    for name, value in parameters.items():
        st.query_params[name] = value


def _open() -> None:
    st.session_state[_ADDING] = True


def _close() -> None:
    st.session_state[_ADDING] = False


def _is_adding() -> bool:
    return bool(st.session_state.get(_ADDING))


def _move(label: str, shortcut: str, keys: list[str], at: int, by: int) -> None:
    # Under the form the arrows are asleep: they would draw the page again, and lose what is being typed.
    asleep = _is_adding() or not 0 <= at + by < len(keys)
    st.button(label, shortcut=shortcut, disabled=asleep, on_click=_step, args=(keys, by))


def _step(keys: list[str], by: int) -> None:
    asked = st.session_state.get(VIEW)
    at = keys.index(asked) if asked in keys else 0
    _go(**{BY: st.session_state[BY], VIEW: keys[min(max(at + by, 0), len(keys) - 1)]})


def _line(line: SlideLine) -> str:
    part = " partie" if line.is_part else ""
    return (
        f'<li class="{line.state}{part}"><span class="signe" aria-hidden="true">{SIGNS[line.state]}</span>'
        f"<span>{escape(line.label)}</span><span>{escape(line.words)}</span></li>"
    )


def _in_words(draft: Draft, gazetteer: Gazetteer) -> str:
    place = gazetteer[draft.territory].label if draft.territory in gazetteer else draft.territory
    about = f"{draft.name} – {v.PRACTICES.label(draft.practice_code)}, {place}, par {draft.organisation}"
    return f"{about}. {draft.note}" if draft.note else about


@st.dialog("Ajouter une ligne", width="large", on_dismiss=_close)
def _form(slide: Slide, matrix: Coverage) -> None:
    gazetteer = matrix.catalogue.gazetteer
    with st.form("ligne", border=False):
        name = st.text_input(form_label(Draft, "name"), max_chars=NAME_LENGTH)
        organisation = organisation_field(form_label(Draft, "organisation"), matrix.catalogue)
        left, right = st.columns(2)
        with left:
            code = _choice("practice_code", {code: v.PRACTICES.label(code) for code in v.PRACTICES.codes}, slide)
        with right:
            key = _choice("territory", {key: gazetteer[key].label for key in matrix.keys}, slide)
        note = st.text_area(form_label(Draft, "note"), max_chars=NOTE_LENGTH, height=80)
        st.caption("Un brouillon n’est pas publié, et ne compte dans aucun chiffre.")
        refusal = st.empty()
        if st.form_submit_button("Garder comme brouillon", type="primary"):
            asked = {"name": name, "organisation": organisation, "practice_code": code, "territory": key, "note": note}
            with refusal.container():
                if is_meant(organisation):
                    _keep(asked)


def _choice(attribute: str, labels: dict[str, str], slide: Slide) -> str | None:
    codes = list(labels)
    index = codes.index(slide.key) if slide.key in labels else None
    return st.selectbox(
        form_label(Draft, attribute), codes, index=index, format_func=labels.__getitem__, placeholder="Choisir"
    )


def _keep(asked: dict[str, Any]) -> None:
    def act() -> None:
        desk().add(decide(Draft, **asked), asked["organisation"])
        _close()

    attempt(act, f"Gardée comme brouillon, non publiée : {escape_markdown(asked['name'])}.")
