"""The vocabularies of the working group."""

from __future__ import annotations

import pytest

from cooperations import vocabularies as v

ALL = [
    v.PRACTICE_TYPES,
    v.PRACTICE_SUBTYPES,
    v.STATUSES,
    v.PRECISIONS,
    v.LOCATION_GROUPS,
    v.REACHES,
    v.CONFIDENCES,
    v.ROLES,
    v.FAMILIES,
    v.KINDS,
    v.EVENT_STATUSES,
]


def test_types_follow_the_minutes() -> None:
    """The five types come in the order of the table of 12 July 2016, sub-types under the first."""
    assert v.PRACTICES.codes == (
        "groupement_acteurs",
        "creation_activites",
        "reponses_groupees_ponctuelles",
        "reponses_groupees_permanentes",
        "mutualisation_achats",
        "achats_responsables_prives_hors_ess",
        "achats_responsables_publics",
        "achats_inter_ess",
    )


@pytest.mark.parametrize("vocabulary", ALL, ids=lambda vocabulary: str(vocabulary.name))
def test_every_term_is_said_and_defined_once(vocabulary: v.Vocabulary) -> None:
    """Codes and labels are unique, and no definition is left out."""
    assert len(set(vocabulary.codes)) == len(vocabulary.codes)
    assert len({term.label for term in vocabulary}) == len(vocabulary.codes)
    assert all(term.definition.endswith((".", "…")) for term in vocabulary)


def test_a_code_that_is_not_there_is_said_missing() -> None:
    """An unknown code raises, and no code at all has no label."""
    assert "covoiturage" not in v.PRACTICES
    with pytest.raises(KeyError, match="covoiturage"):
        v.PRACTICES["covoiturage"]
    assert v.PRACTICE_SUBTYPES.label(None) == ""


def test_every_subtype_has_a_type() -> None:
    """A sub-type without its type would be counted nowhere."""
    assert {term.parent for term in v.PRACTICE_SUBTYPES} <= set(v.PRACTICE_TYPES.codes)
