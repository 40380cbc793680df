"""The code that an owner and a role make together: KOR and GOV give KORGOV."""

from __future__ import annotations

from collections.abc import Container

# Actors that belong to no country: what such a code owns is its own, not a country's.
WITHOUT_COUNTRY = ("IGO", "NGO", "NGM", "MNC", "IMG", "INT")


def compose(owner: str, roles: str) -> str:
    """The code of an agent that belongs to somebody: KOR and GOV give KORGOV; an organisation's chief is itself."""
    if owner.startswith(WITHOUT_COUNTRY):
        if roles.startswith(WITHOUT_COUNTRY):
            # "The UN's aid agency" is the UN's, not a charity.
            return owner if owner.endswith(roles[3:]) else owner + roles[3:]
        return owner if roles in {"GOV", "MED", "BUS", "CVL"} or owner.endswith(roles) else owner + roles
    if len(owner) > 3:
        return owner
    if roles.startswith(WITHOUT_COUNTRY):
        return owner + roles[3:] if len(roles) > 3 else owner
    return owner + roles


def owner_of(code: str, roles: Container[str]) -> list[str]:
    """Whom a code that owns another one brings in: its country, the whole of an organisation; nothing from a role."""
    if code.startswith(WITHOUT_COUNTRY):
        return [code]
    return [] if code[:3] in roles else [code[:3]]
