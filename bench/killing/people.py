"""Who proposes and who decides, as the server sees their browsers: a websocket, a draft of the device, a button."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bench.load.session import Visitor
from cooperations.web.entering import COOKIE

if TYPE_CHECKING:
    from streamlit.proto.BackMsg_pb2 import BackMsg

    from bench.load.session import Run

VALUES = {"type_pratique": "mutualisation_achats", "description": "Un essai.", "territoires": "commune:47001"}
LAST_STEP = 3
EVENTS = "$$STREAMLIT_INTERNAL_KEY_{}__events"
"""How Streamlit names what a component says; bench reads no private module for it."""


class Person(Visitor):
    """A visitor who presses buttons and whose device kept a draft; `told` is what the page says apart from fields."""

    def __init__(self, url: str, page: str, query: str = "", session: str = "") -> None:
        super().__init__(url, page, query)
        self.headers |= {"Cookie": f"{COOKIE}={session}"} if session else {}
        self.buttons: dict[str, str] = {}
        self.components: dict[str, str] = {}
        self.told: list[str] = []
        self._pressed = ""
        self._said: tuple[str, str] = ("", "")

    async def press(self, label: str) -> Run:
        """Press a button that the page shows; raises KeyError when it does not."""
        self._pressed, self.told = self.buttons[label], []
        return await self.rerun()

    async def take_back(self, token: str) -> Run:
        """Give the page the draft that the device kept, filled up to its last step."""
        draft = {"valeurs": VALUES | {"nom": f"Essai {token}"}, "acteurs": [], "etape": LAST_STEP, "jeton": token}
        said = json.dumps(draft | {"sujet": "pratique"})
        component = self.components["cooperations_brouillon"]
        self._said = (EVENTS.format(component), json.dumps([{"event": "reprendre", "value": said}]))
        return await self.rerun()

    def _message(self) -> BackMsg:
        message = super()._message()
        states = message.rerun_script.widget_states.widgets
        if self._pressed:
            states.add(id=self._pressed, trigger_value=True)
        if self._said[0]:
            states.add(id=self._said[0], json_trigger_value=self._said[1])
        self._pressed, self._said = "", ("", "")
        return message

    def _read_element(self, element: Any, done: Run) -> None:
        super()._read_element(element, done)
        kind = element.WhichOneof("type")
        if kind == "button":
            self.buttons[element.button.label] = element.button.id
        elif kind == "bidi_component":
            self.components[element.bidi_component.component_name] = element.bidi_component.id
        elif kind in {"code", "toast"}:
            said = element.code.code_text if kind == "code" else element.toast.body
            self.told.append(said)
