"""Public services asked over the network, when whoever runs the application turned them on; never needed."""

from cooperations.live.addresses import Address, search_addresses
from cooperations.live.companies import Company, CompanyPage, search_companies

__all__ = ["Address", "Company", "CompanyPage", "search_addresses", "search_companies"]
