"""The page « Réseau »: figures, graph and table say the same links; names from outside are only text."""

import pytest
from streamlit.testing.v1 import AppTest

from cooperations.catalogue import Catalogue
from cooperations.criteria import EVERYTHING
from cooperations.network import PRACTICE, STRUCTURE, Link, Network, Node, network
from cooperations.selection import select
from cooperations.ui import network_view
from cooperations.ui.network_view import MOST_DRAWN, drawing, is_too_large, link_frame
from tests.pages.test_pages import own_store, run, texts

__all__ = ["own_store"]
PAGE = "reseau.py"


def figures(test: AppTest) -> list[str]:
    listed = next(str(one.value) for one in test.markdown if str(one.value).startswith("- Structures"))
    return [line.split("**")[1] for line in listed.splitlines()]


def dot_of(test: AppTest) -> str:
    return str(test.get("graphviz_chart")[0].proto.spec)


def test_no_practice_says_what_to_do_and_offers_to_clear() -> None:
    """A search that finds nothing draws neither graph nor table; clearing brings the whole network."""
    test = run({"q": "introuvable"}, PAGE)
    assert not test.exception
    assert "Aucune pratique ne répond à ces critères" in texts(test)
    assert not test.get("graphviz_chart")
    assert not test.dataframe
    next(button for button in test.button if button.label == "Effacer tous les filtres").click().run()
    assert figures(test)[2] == "24"


def test_practices_without_any_known_structure_say_so_and_are_listed() -> None:
    """« PTCE » finds one practice, which names nobody: it is not lost."""
    test = run({"q": "ptce"}, PAGE)
    assert not test.exception
    assert "Aucune structure connue ne prend part" in texts(test)
    assert [one.label for one in test.expander if "sans acteur" in one.label] == [
        "1 pratique sans acteur connu, absente du graphe"
    ]
    assert not test.get("graphviz_chart")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, ["20", "15 sur 19", "24", "4"]),
        ({"type": "mutualisation_achats"}, ["1", "1 sur 1", "1", "0"]),
        ({"type": ["mutualisation_achats", "achats_inter_ess"]}, ["6", "5 sur 5", "7", "1"]),
        ({"territoire": "departement:40"}, ["4", "2 sur 3", "4", "0"]),
    ],
    ids=["everything", "one-type", "two-types", "landes"],
)
def test_figures_graph_and_table_agree(query: dict[str, str | list[str]], said: list[str]) -> None:
    """As many edges and rows as links, whatever is filtered."""
    test = run(query, PAGE)
    assert not test.exception
    assert figures(test) == said
    assert dot_of(test).count(" -- ") == len(test.dataframe[0].value) == int(said[2])
    assert dot_of(test).count("shape=box") == int(said[0])


def test_the_chosen_structure_says_its_partners() -> None:
    """ERDF works with Ardits and Landes Partage, through the market of the Landes."""
    test = run({}, PAGE)
    choice = next(box for box in test.selectbox if box.label == "Une structure")
    choice.set_value("erdf").run()
    partners = next(str(one.value) for one in test.markdown if "Landes Partage" in str(one.value))
    assert "**Ardits**" in partners
    assert "marche-erdf-landes" in partners


def test_too_large_a_network_is_not_drawn_but_its_table_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty-five nodes are too many for a limit of 34: the page says so, and the table holds the 24 links."""
    monkeypatch.setattr(network_view, "MOST_DRAWN", 34)
    test = run({}, PAGE)
    assert "35 structures et pratiques, 24 liens" in texts(test)
    assert not test.get("graphviz_chart")
    assert len(test.dataframe[0].value) == 24
    monkeypatch.setattr(network_view, "MOST_DRAWN", 35)
    assert run({}, PAGE).get("graphviz_chart")


@pytest.mark.parametrize(("links", "too_large"), [(MOST_DRAWN, False), (MOST_DRAWN + 1, True)])
def test_links_count_too(links: int, too_large: bool) -> None:  # noqa: FBT001 - what is expected
    """Few nodes may hold more links than a drawing can show."""
    link = Link("ardits", "essai", "membre", deduced=False)
    assert is_too_large(Network((), (), (link,) * links, ())) is too_large


def test_the_table_says_each_link_in_words(catalogue: Catalogue) -> None:
    """La Poste buys from the Conciergerie solidaire: the role is deduced, and the row leads to the sheet."""
    frame = link_frame(network(select(catalogue, EVERYTHING)), catalogue)
    assert frame[frame["Structure"] == "La Poste"].iloc[0].tolist() == [
        "pratique?id=la-poste-conciergerie-solidaire",
        "La Poste",
        "Acheteur",
        "déduit",
        "La Poste et la Conciergerie solidaire",
        "Achats responsables privés hors ESS",
        "Bordeaux (commune, 33)",
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<b>gras</b>", 'label="<b>gras</b>"'),
        ('<script>"quote"\n]', r'label="<script>\"quote\" ]"'),
        ("Fin \\", r'label="Fin \\"'),
        (r"R\N\G", r'label="R\\N\\G"'),
        ("&lt;i&gt;", 'label="&amp;lt;i&amp;gt;"'),
    ],
    ids=["html-like", "quotes-and-lines", "last-backslash", "escape-sequences", "entities"],
)
def test_names_from_outside_are_only_text(name: str, shown: str) -> None:
    """What DOT would take for markup, for the end of a label or for a sequence is shown as it is."""
    structure = Node("essai", name, STRUCTURE, "inconnue")
    practice = Node("essai", name, PRACTICE, "achats_inter_ess")
    graph = Network((structure,), (practice,), (Link("essai", "essai", "membre", deduced=False),), ())
    assert shown in drawing(graph, dark=False).source
    assert "label=<" not in drawing(graph, dark=True).source


def test_a_deduced_role_is_dashed_and_written(catalogue: Catalogue) -> None:
    """Colour is never the only sign: the word is on the link."""
    source = drawing(network(select(catalogue, EVERYTHING)), dark=False).source
    deduced = [line for line in source.splitlines() if "--" in line and "dashed" in line]
    assert len(deduced) == sum("(déduit)" in line for line in source.splitlines() if "--" in line) == 8
