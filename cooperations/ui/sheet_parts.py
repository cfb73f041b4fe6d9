"""The parts of a resource sheet on screen: the same content as on paper, with what is still to be completed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.sheets import extract_label, french_date
from cooperations.text import plural
from cooperations.ui.contributing.form import PART_PARAMETER, SHEET_PART
from cooperations.ui.frame import PRACTICE_PAGE
from cooperations.ui.markdown import escape_markdown, markdown_link
from cooperations.ui.palette import SIGNS
from cooperations.web.page import TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.documents.model import Contact, Participant, Section, Sheet


def show_heading(title: str, practice_type: str, line: str) -> None:
    """Draw what a sheet is called, here and in the browser, and in a line what it is of."""
    st.set_page_config(page_title=f"{title} · {TITLE}")
    st.title(escape_markdown(title), anchor=False)
    st.markdown(f"{SIGNS[practice_type].character} {escape_markdown(line)}")


def show_told(sheet: Sheet) -> None:
    """Draw what a sheet says, in the order of the paper: in short, the file, who takes part, what was completed."""
    st.markdown(escape_markdown(sheet.summary))
    if sheet.remark:
        st.info(f"À noter\u00a0: {escape_markdown(sheet.remark)}", icon=":material/help:")
    st.link_button("Fiche en PDF", f"/{sheet.pdf_path}", icon=":material/picture_as_pdf:")
    _participants(sheet)
    _sections(sheet)


def _participants(sheet: Sheet) -> None:
    """Draw who takes part, under the headings of their roles."""
    st.header("Qui y prend part", anchor=False)
    if not sheet.groups:
        st.markdown("Aucune structure n’est nommée par les sources.")
    for group in sheet.groups:
        st.subheader(group.title, anchor=False)
        st.markdown("\n".join(map(_participant, group.participants)))
        if group.more:
            st.caption(f"Et {plural(group.more, 'autre structure', 'autres structures')}.")


def _participant(one: Participant) -> str:
    shown = markdown_link(one.name, one.website) if one.website else f"**{escape_markdown(one.name)}**"
    below = [f"  \n  {escape_markdown(one.details)}"] if one.details else []
    remark = [f"  \n  :small[{escape_markdown(one.remark)}]"] if one.remark else []
    return "".join((f"- {shown}\u00a0: {one.role}", *below, *remark))


def _sections(sheet: Sheet) -> None:
    """Draw what was completed, then what may be."""
    for section in sheet.told:
        st.header(section.title, anchor=False)
        for passage in section.passages:
            st.markdown(escape_markdown(passage.text))
            if passage.practice_id:
                st.page_link(
                    PRACTICE_PAGE, label=escape_markdown(passage.practice), query_params={"id": passage.practice_id}
                )
        if section.more:
            st.caption(f"{plural(section.more, 'autre pratique le dit', 'autres pratiques le disent')} aussi.")


def show_missing(sheet: Sheet) -> None:
    """Say what nobody has told yet, and lead to the form that takes it."""
    if not sheet.to_complete:
        return
    with st.container(border=True, key="a-completer"):
        st.subheader("À compléter", anchor=False)
        st.markdown("\n".join(map(_prompt, sheet.to_complete)))
        st.page_link(
            "contribuer.py",
            label="Compléter la fiche",
            icon=":material/edit_note:",
            query_params={"corriger": sheet.id, PART_PARAMETER: SHEET_PART},
        )


def _prompt(section: Section) -> str:
    return f"- **{section.title}**\u00a0: {section.prompt}."


def show_facts(sheet: Sheet) -> None:
    """Draw what is known and where it comes from, as labels and texts."""
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in _known(sheet))
    st.html(f'<dl class="coop-faits">{rows}</dl>')
    for source in sheet.sources:
        if source.link:
            st.link_button("Site de la source", source.link, icon=":material/open_in_new:")


def _known(sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield from sheet.facts
    for source in sheet.sources:
        if source.extract:
            yield extract_label(source.text), f"«\u00a0{source.extract}\u00a0»"
        yield "Source", source.text
    yield "Relue le", french_date(sheet.day.isoformat())


def show_contacts(sheet: Sheet) -> None:
    """Draw how to reach the structures, by what they agreed to publish."""
    if sheet.contacts:
        st.header("Contacts", anchor=False)
        st.markdown("\n".join(map(_contact, sheet.contacts)))


def _contact(one: Contact) -> str:
    ways = [escape_markdown(text) for text in (one.phone, one.email) if text]
    if one.website:
        ways.append(markdown_link(one.website.partition("://")[2].rstrip("/"), one.website))
    agreed = f" (publié avec l’accord du {french_date(one.agreed_on.isoformat())})" if one.agreed_on else ""
    return f"- **{escape_markdown(one.name)}**\u00a0: {', '.join(ways)}{agreed}"
