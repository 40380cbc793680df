"""Licences by their SPDX name: what they are called, where they stand, and how the hub of datasets spells them."""

from __future__ import annotations

import re
from dataclasses import dataclass

SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its SPDX name, its title, the address of its text, and Hugging Face's name for it (other if none)."""

    spdx: str
    title: str
    url: str
    hub: str


_CREATIVE = "https://creativecommons.org"
_KNOWN = {
    licence.spdx.casefold(): licence
    for licence in (
        Licence("CC0-1.0", "CC0 1.0 Universal", f"{_CREATIVE}/publicdomain/zero/1.0/", "cc0-1.0"),
        Licence("CC-BY-4.0", "Creative Commons Attribution 4.0", f"{_CREATIVE}/licenses/by/4.0/", "cc-by-4.0"),
        Licence(
            "CC-BY-SA-4.0",
            "Creative Commons Attribution-ShareAlike 4.0",
            f"{_CREATIVE}/licenses/by-sa/4.0/",
            "cc-by-sa-4.0",
        ),
        Licence(
            "CC-BY-NC-4.0",
            "Creative Commons Attribution-NonCommercial 4.0",
            f"{_CREATIVE}/licenses/by-nc/4.0/",
            "cc-by-nc-4.0",
        ),
        Licence(
            "CC-BY-NC-SA-4.0",
            "Creative Commons Attribution-NonCommercial-ShareAlike 4.0",
            f"{_CREATIVE}/licenses/by-nc-sa/4.0/",
            "cc-by-nc-sa-4.0",
        ),
        Licence(
            "ODC-By-1.0", "Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/", "odc-by"
        ),
        Licence("ODbL-1.0", "Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/", "odbl"),
        Licence("PDDL-1.0", "Public Domain Dedication 1.0", "https://opendatacommons.org/licenses/pddl/", "pddl"),
        Licence("MIT", "MIT License", "https://spdx.org/licenses/MIT.html", "mit"),
        Licence("Apache-2.0", "Apache License 2.0", "https://spdx.org/licenses/Apache-2.0.html", "apache-2.0"),
    )
}


def licence_of(spdx: str) -> Licence:
    """The licence of an SPDX name, in any case of letters; one that is not listed here is known by its name alone."""
    return _KNOWN.get(spdx.casefold()) or Licence(spdx, spdx, f"https://spdx.org/licenses/{spdx}.html", "other")
