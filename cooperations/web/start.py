"""What happens once, when the server starts: the data are read, and what is wrong with them is said."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager, suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from cooperations.accounts.tokens import secret
from cooperations.aside import set_aside
from cooperations.errors import CooperationsError, InvalidSetting
from cooperations.runtime import application
from cooperations.settings import WHO_IMPORTS, WHO_RECORDS, embedding_sites, public_address, session_days, who_may
from cooperations.web.boundaries import departments_url, epci_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from cooperations.runtime import Application

LOGGER = logging.getLogger(__name__)


@asynccontextmanager
async def opening(_app: object) -> AsyncIterator[None]:
    """Open the application before the first visitor; a server whose data are bad starts all the same, and says so."""
    await run_in_threadpool(_open)
    yield


def _check_settings() -> None:
    """Read what only some requests need, so that whoever starts the server is told now of all that is wrong."""
    roles = (partial(who_may, name) for name in (WHO_IMPORTS, WHO_RECORDS))
    readers: tuple[Callable[[], object], ...] = (embedding_sites, public_address, session_days, secret, *roles)
    for read in readers:
        try:
            read()
        except InvalidSetting as error:
            LOGGER.error("%s", error)  # noqa: TRY400 - the sentence is for a person, the trace would hide it


def _open() -> None:
    _check_settings()
    try:
        opened = application()
        opened.when_read = set_aside
        departments_url()
        epci_url()
        for issue in opened.issues:
            LOGGER.error("%s", issue)
        opened.check()
        # Lists of a million rows take seconds: nobody waits for them but who asks for them first.
        Thread(target=_read_lists, args=(opened,), daemon=True).start()
    except CooperationsError as error:
        LOGGER.error("%s", error)  # noqa: TRY400 - the sentence is for a person, the trace would hide it


def _read_lists(opened: Application) -> None:
    # Who asks for them is told what is wrong.
    with suppress(CooperationsError):
        opened.directory().prepare()
        opened.catalogue().listed.get("")
