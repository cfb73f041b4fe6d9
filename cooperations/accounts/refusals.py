"""What private links and open forms refuse; part of the tree that cooperations/errors.py draws."""

from __future__ import annotations

from cooperations.errors import HTTP_STATUS, CooperationsError


class InvalidLink(CooperationsError):
    """A private link that is not whole, that was not made here, or that leads to nothing any more."""

    def __init__(self) -> None:
        super().__init__(
            "Ce lien n’est pas complet, ou n’a pas été fait ici : le copier en entier, ou en demander un autre."
        )


class SpentLink(CooperationsError):
    """A private link that has served already, or whose time is over."""

    def __init__(self, *, served: bool) -> None:
        self.served = served
        why = "a déjà servi, et ne sert qu’une fois" if served else "n’est plus valable : son délai est passé"
        super().__init__(f"Ce lien {why}. En demander un autre à qui l’a envoyé.")


class SuspectForm(CooperationsError):
    """An open form filled faster than anybody reads it, too late, or where no person can; nothing was kept."""

    def __init__(self) -> None:
        super().__init__(
            "Ce formulaire a été rempli trop vite, ou est resté ouvert trop longtemps : rien n’a été gardé. "
            "Attendre quelques secondes, puis l’envoyer de nouveau."
        )


HTTP_STATUS |= {InvalidLink: 400, SpentLink: 410, SuspectForm: 422}
