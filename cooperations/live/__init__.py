"""Public services asked over the network, when whoever runs the application turned them on; never needed."""

from cooperations.live.addresses import Address, search_addresses

__all__ = ["Address", "search_addresses"]
