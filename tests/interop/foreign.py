"""Small files in the forms of the foreign datasets, written for the tests: names and numbers are made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whodid.interop.gdelt import GDELT
from whodid.interop.phoenix import PHOENIX

GDELT_OLD, GDELT_NEW = (layout.names for layout in GDELT.without_header)
(PHOENIX_PLAIN,) = (layout.names for layout in PHOENIX.without_header)
PHOENIX_R = (
    *("", "X", "GID", "Date", "Year", "Month", "Day", "Source", "SrcActor", "SrcAgent", "SOthAgent", "Target"),
    *("TgtActor", "TgtAgent", "TOthAgent", "CAMEO", "RootCode", "QuadClass", "Goldstein", "None", "Lat", "Lon"),
    *("Geoname", "AdminInfo", "CountryCode", "ID", "URL", "sourcetxt"),
)
ICEWS = (
    *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code"),
    *("Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher"),
    *("City", "District", "Province", "Country", "Latitude", "Longitude"),
)
POLECAT = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name"),
    *("Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw"),
    *("Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector"),
    *("Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City"),
    *("District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type"),
    *("Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)

_GDELT = {
    "GLOBALEVENTID": "900000001",
    "SQLDATE": "20160721",
    "MonthYear": "201607",
    "Year": "2016",
    "FractionDate": "2016.5507",
    "Actor1Code": "GHAGOV",
    "Actor1Name": "ACCRA",
    "Actor1CountryCode": "GHA",
    "Actor1Type1Code": "GOV",
    "Actor2Code": "TGO",
    "Actor2Name": "TOGO",
    "Actor2CountryCode": "TGO",
    "IsRootEvent": "1",
    "EventCode": "036",
    "EventBaseCode": "036",
    "EventRootCode": "03",
    "QuadClass": "1",
    "GoldsteinScale": "4.0",
    "NumMentions": "4",
    "NumSources": "1",
    "NumArticles": "4",
    "AvgTone": "-1.5",
    "ActionGeo_CountryCode": "GH",
    "DATEADDED": "20160728",
    "SOURCEURL": "http://www.harbourwire.example/2016/07/accra-lome",
}
_ICEWS = {
    "Event ID": "32000001",
    "Event Date": "2018-06-01",
    "Source Name": "Foreign Affairs (Ghana)",
    "Source Sectors": "Executive,Foreign Ministry,Government",
    "Source Country": "Ghana",
    "Event Text": "Consult",
    "CAMEO Code": "040",
    "Intensity": "1",
    "Target Name": "Togo",
    "Target Sectors": "NA",
    "Target Country": "Togo",
    "Story ID": "47000001",
    "Sentence Number": "2",
    "Publisher": "Harbour Wire",
    "City": "NA",
    "District": "NA",
    "Province": "NA",
    "Country": "Ghana",
    "Latitude": "5.556",
    "Longitude": "-0.1969",
}
_PHOENIX = {
    "GID": "330001_v0.2.0",
    "Date": "20140627",
    "Year": "2014",
    "Month": "6",
    "Day": "27",
    "Source": "GHAGOV",
    "SrcActor": "GHA",
    "SrcAgent": "GOV",
    "Target": "TGO",
    "TgtActor": "TGO",
    "CAMEO": "36",
    "RootCode": "3",
    "QuadClass": "1",
    "Goldstein": "4",
    "Lat": "NA",
    "Lon": "NA",
    "ID": "53acd0ad_3",
    "URL": "http://wire.example/a",
    "sourcetxt": "harbour_wire",
}
_POLECAT = {
    "Event ID": "20230131-1001-a1b2c3",
    "Event Date": "2023-01-31",
    "Event Type": "CONSULT",
    "Event Mode": "visit",
    "Intensity": "1.9",
    "Quad Code": "VERBAL COOPERATION",
    "Contexts": "diplomatic;military",
    "Actor Name": "Ministry of Foreign Affairs",
    "Actor Country": "GHA",
    "Actor COW": "452",
    "Primary Actor Sector": "GOV",
    "Actor Sectors": "GOV;LEG",
    "Recipient Name": "Togo",
    "Recipient Country": "TGO",
    "Recipient COW": "461",
    "Primary Recipient Sector": "None",
    "Recipient Sectors": "None",
    "Source": "Harbour Wire",
    "Publication Date": "2023-02-01",
    "Language": "English",
    "Version": "v1.0",
}


def tabbed(names: Sequence[str], *rows: Mapping[str, str], has_header: bool = False) -> str:
    """Lines with tabs: a header if asked for, then one line for each row; a column that it lacks is empty."""
    lines = ["\t".join(names)] if has_header else []
    return "".join(f"{line}\n" for line in [*lines, *("\t".join(row.get(n, "") for n in names) for row in rows)])


def gdelt(*changes: Mapping[str, str], names: Sequence[str] = GDELT_OLD, has_header: bool = False) -> str:
    """A GDELT file with a row for each change to the standard row."""
    return tabbed(names, *({**_GDELT, **change} for change in changes), has_header=has_header)


def icews(*changes: Mapping[str, str]) -> str:
    """An ICEWS file with its header."""
    return tabbed(ICEWS, *({**_ICEWS, **change} for change in changes), has_header=True)


def phoenix(*changes: Mapping[str, str]) -> str:
    """A Phoenix file as R writes it: commas, a header whose first name is empty, quotes where a cell has a comma."""
    lines = [",".join(PHOENIX_R)]
    for number, change in enumerate(changes, start=1):
        row = {**_PHOENIX, "": str(number), "X": str(number), **change}
        lines.append(",".join(_quoted(row.get(name, "")) for name in PHOENIX_R))
    return "\n".join(lines) + "\n"


def polecat(*changes: Mapping[str, str]) -> str:
    """A POLECAT file with its 40 columns."""
    return tabbed(POLECAT, *({**_POLECAT, **change} for change in changes), has_header=True)


def keds_lines(*lines: str) -> str:
    """A KEDS file of these lines."""
    return "".join(f"{line}\n" for line in lines)


def _quoted(cell: str) -> str:
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set(',"\n') else cell
