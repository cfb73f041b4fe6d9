"""A person on a page, as Streamlit's server sees one: a websocket, widgets that change, and what the page asks next."""

from __future__ import annotations

import asyncio
import random
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

from bench.load.http import OK, PATIENCE_S, Connection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.load.views import View

LIST = re.compile(rb"(/api/\w+)/liste\?([^\"\\]*)")
OF_THE_LIST = frozenset({"page", "tri", "v"})
"""What the address of a list says and that of the map's marks does not, or says itself."""
WORDS = ("bois", "jardin", "propreté", "textile", "Dax", "atelier", "")
TYPED, CLEARED = 0.15, 0.3
MULTISELECT, TEXT = "multiselect", "text_input"


@dataclass(slots=True)
class Run:
    """One run of the script: seconds from the message to its end, bytes received, what went wrong."""

    seconds: float
    size: int = 0
    errors: list[str] = field(default_factory=list)


class Visitor:
    """Opens a page with a query, then changes one filter at a time, as `seed` draws them."""

    def __init__(self, url: str, page: str, query: str = "", seed: int = 2016) -> None:
        self._url, self._page, self.query = url, page, query
        self._draw = random.Random(seed)  # noqa: S311 - what to click on, not a secret
        self._socket: ClientConnection | None = None
        self._http = Connection(url)
        self.headers: dict[str, str] = {}
        self.widgets: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._values: dict[str, list[str] | str] = {}
        self._cached: set[str] = set()
        self._page_id = ""
        self.list_address: tuple[str, str] | None = None

    async def open(self) -> Run:
        """Open the page; raises OSError, WebSocketException or TimeoutError."""
        address = f"{self._url.replace('http', 'ws', 1)}/_stcore/stream"
        kind, origin = Subprotocol("streamlit"), Origin(self._url)
        self._socket = await connect(
            address,
            subprotocols=[kind],
            origin=origin,
            additional_headers=self.headers,
            max_size=None,
            open_timeout=PATIENCE_S,
        )
        return await self.rerun()

    async def change(self) -> Run:
        """Change one filter: a choice, no choice, or a word."""
        kind = TEXT if self._draw.random() < TYPED else MULTISELECT
        known = sorted(name for name, (of_kind, _) in self.widgets.items() if of_kind == kind)
        if known:
            name = self._draw.choice(known)
            options = self.widgets[name][1]
            cleared = self._draw.random() < CLEARED
            chosen = [] if cleared or not options else [self._draw.choice(options)]
            self._values[name] = self._draw.choice(WORDS) if kind == TEXT else chosen
        return await self.rerun()

    async def choose(self, name_end: str, label: str) -> Run:
        """Choose an option of the widget whose key is given."""
        name = next(one for one in self.widgets if one.endswith(f"-{name_end}"))
        self._values[name] = [label]
        return await self.rerun()

    async def rerun(self) -> Run:
        """Send the widgets as they are, and wait until the script has finished; raises what `open` raises."""
        if self._socket is None:
            raise ConnectionError("the page is not open")
        started, done = time.perf_counter(), Run(0)
        await self._socket.send(self._message().SerializeToString())
        finished = False
        while not finished:
            data: Any = await asyncio.wait_for(self._socket.recv(), PATIENCE_S)
            done.size += len(data)
            finished = self._read(ForwardMsg.FromString(data), data, done)
        done.seconds = time.perf_counter() - started
        return done

    async def see(self, view: View) -> list[float]:
        """Ask the list and the marks of the map as the page's scripts do; return the seconds of each.

        Raises ConnectionError when an answer is not one.
        """
        if self.list_address is None:
            return []
        base, query = self.list_address
        pairs = parse_qsl(query)
        kept = urlencode([pair for pair in pairs if pair[0] not in OF_THE_LIST])
        box = ",".join(f"{side:.4f}" for side in view.box())
        marks = f"{base}/marques?z={view.zoom}&bbox={box}&v={dict(pairs).get('v', '')}"
        return [await self._get(f"{base}/liste?{query}"), await self._get(f"{marks}&{kept}".rstrip("&"))]

    async def close(self) -> None:
        """Leave the page."""
        self._http.close()
        if self._socket:
            with suppress(WebSocketException, OSError):
                await self._socket.close()

    async def _get(self, path: str) -> float:
        started = time.perf_counter()
        answer = await self._http.get(path)
        if answer.status != OK:
            raise ConnectionError(f"{answer.status} {path}")
        return time.perf_counter() - started

    def _message(self) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        # A browser names the page that it opens, then says which one it is on.
        state.page_name, state.page_script_hash = "" if self._page_id else self._page, self._page_id
        # A browser says which messages it still holds; those are not sent again.
        state.cached_message_hashes.extend(self._cached)
        for name, value in self._values.items():
            widget = state.widget_states.widgets.add()
            widget.id = name
            if isinstance(value, str):
                widget.string_value = value
            else:
                widget.string_array_value.data.extend(value)
        return message

    def _read(self, message: ForwardMsg, data: bytes, done: Run) -> bool:
        """Take a message in, and return whether the script has finished."""
        if message.metadata.cacheable:
            self._cached.add(message.hash)
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._read_element(message.delta.new_element, done)
            for base, query in LIST.findall(data):
                self.list_address = (base.decode(), query.decode())
        elif kind == "navigation":
            self._page_id = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            return self._finished(message, done)
        return False

    def _read_element(self, element: Any, done: Run) -> None:
        kind = element.WhichOneof("type")
        if kind in {MULTISELECT, TEXT}:
            widget = getattr(element, kind)
            self.widgets[widget.id] = (kind, tuple(getattr(widget, "options", ())))
        elif kind == "exception":
            done.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            done.errors.append(element.alert.body)

    @staticmethod
    def _finished(message: ForwardMsg, done: Run) -> bool:
        status = message.script_finished
        if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            done.errors.append("the script could not be compiled")
        # A script that asks for a run of its own is not finished.
        return bool(status != ForwardMsg.FINISHED_EARLY_FOR_RERUN)


def failures(runs: Iterable[Run]) -> list[str]:
    """Return what went wrong in some runs."""
    return [error for run in runs for error in run.errors]
