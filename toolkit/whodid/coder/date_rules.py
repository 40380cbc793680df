"""Which wordings are times: the table of expressions, each with its reader, and quick signs of which may fit a sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from whodid.coder import date_readers as read
from whodid.coder.date_words import (
    DAY,
    DAYS_IN,
    EASTER,
    HOLIDAYS,
    MONTH,
    MONTHS,
    MONTHS_IN,
    NAMED_DAY,
    NAMED_MONTH,
    NUMBER,
    ORDINALS,
    SEASONS,
    SHORT_DAYS,
    SHORT_MONTHS,
    any_of,
    capital,
)

# Short forms are names as well ("Jan Egeland", "Mar del Plata"): without a day or a year only the dot tells.
_MONTH_ALONE = rf"(?:(?:{capital(MONTHS)}|(?-i:Sept))\b|{capital(SHORT_MONTHS)}\.)"
_SURE_MONTH = rf"(?:{capital(set(MONTHS) - {'april', 'may', 'june', 'august'})}\b)"
_UNIT = r"minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|century|centuries"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_YEAR_OF_DATE = r"(?:1[5-9]|20)\d\d(?!\d)"
_HEDGE = r"(?:about|some|around|more than|less than|over|nearly|almost|just|only|at least|roughly|approximately|barely)"
_PART = r"(?:early|earlier|late|later|mid|(?:the )?(?:beginning|start|middle|end) of)"
# Where a phrase is over, so that "two days before" is not counted from what follows: "before the vote".
_OVER = r"(?=[^\w ]|$| (?:and|but|when|in|at|on|by|with|over|while|that|during|after|from)\b)"
_HOURS = r"(?: (?:morning|afternoon|evening|night))"
_TO_DAY = r"(?: ?[-–—/] ?| to )\d{1,2}(?:st|nd|rd|th)?"
_DAY_NAME = rf"(?:(?:{DAY}|{capital(SHORT_DAYS)})\b\.?,? \(?(?:the )?)?"
_OF_YEAR = rf"(?: of|,)? (?:(?P<y>{_YEAR})|(?P<which>last|this|next) year\b)"
# What a rule needs at least one of, in lower case; a capital or "0" stands for what is found by an expression. A rule that
# finds none in a sentence cannot fit, and is not tried: two thirds of the time went into rules that do not fit.
_SIGNS = {
    "0": re.compile(r"\d"),
    "DAY": re.compile(rf"{DAY}|{capital({'tues', 'weds', 'thur', 'thurs'})}"),
    "SHORT_DAY": re.compile(rf"\b{capital({'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'})}\b"),
    "MONTH": re.compile(MONTH),
    "YEAR": re.compile(r"(?:19|20)\d\d"),
    "DECADE": re.compile(r"\d0s", re.IGNORECASE),
    "ORDINAL": re.compile(r"\d(?:st|nd|rd|th)", re.IGNORECASE),
    "A_DAY": re.compile(r"\bday\b", re.IGNORECASE),
    "UNIT": re.compile(r"\b(?:day|week|month|year|decade)s?\b", re.IGNORECASE),
}
_HOLIDAY_STEMS = "easter palm maundy friday ash new christmas boxing valentine may halloween"
_OTHER_STEMS = (
    "ago earlier prior previously back before past last previous preceding week month year decade day later after night evening "
    "morning afternoon tomorrow same next following weekend quarter half this today yesterday 11 coming q1 q2 q3 q4"
)
_STEMS = tuple(sorted({*_HOLIDAY_STEMS.split(), *_OTHER_STEMS.split()}))


# What follows from a word alone is worked out once for each word that news has, not at each place where it stands.
@lru_cache(maxsize=50_000)
def stems_of(word: str) -> frozenset[str]:
    """Which of the words and parts of words that rules need are in a word of a sentence."""
    lowered = word.lower()
    return frozenset(
        [stem for stem in _STEMS if stem in lowered] + [sign for sign, seen in _SIGNS.items() if seen.search(word)]
    )


# Some word that every rule needs, and no more than one. Most sentences have none, and the rules together are slow.
_TIME = re.compile(
    rf"(?i:{any_of((*DAYS_IN, *MONTHS_IN, *SEASONS, 'hour', 'minute', 'quarter', 'half', 'today', 'tonight', 'tomorrow'))}|"
    rf"overnight|morning|evening|afternoon)|{DAY}|{MONTH}|{capital(SHORT_DAYS)}\b|\d|Easter|Christmas|New Year|Halloween"
)


@lru_cache(maxsize=50_000)
def tells_time(word: str) -> bool:
    """True for a word that some rule needs."""
    return _TIME.search(word) is not None


_Rule = tuple[re.Pattern[str], read.Reader, frozenset[str]]


def _rule(needs: str, pattern: str, reader: read.Reader, flags: int = re.IGNORECASE) -> _Rule:
    unknown = set(needs.split()) - {*_STEMS, *_SIGNS}
    if unknown:
        raise ValueError(f"rules need what nobody looks for: {sorted(unknown)}")
    return re.compile(pattern, flags), reader, frozenset(needs.split())


# Longer and surer expressions first: what one has taken, no later one reads.
RULES: tuple[_Rule, ...] = (
    _rule(
        "DAY MONTH today",
        r"\b(?:(?:Sunday|Friday|Daily) (?:Times|Telegraph|Mail|Mirror|Express|Herald|Independent|Tribune|World|Sun)|"
        r"Monday Club|Sheffield Wednesday|Good Friday (?:Agreement|Accord|Peace|deal|pact)\w*|"
        r"(?:Black|Bloody|Super|Cyber|Fat|Man|Blue) (?:Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday)|"
        r"(?:USA|Russia|India|Ukraine|Africa|Pakistan) Today|Today's Zaman|March of Dimes|"
        r"November 17(?= (?:group|organi[sz]ation|militants|guerrillas))|"
        rf"(?:{MONTH} \d{{1,2}}(?:th)?|\d{{1,2}}(?:th)?(?: of)? {MONTH})"
        r" (?:Alliance|Movement|Brigades?|Coalition|Bloc|Camp|Forces|Youth|Organi[sz]ation|Square|Revolutionary))\b",
        read.no_date,
        0,
    ),
    _rule("11", r"\b(?:9/11|(?:Sept\.?|September) 11(?:th)?(?=,? (?:terror|attack|hijack)\w*))(?![\w/])", read.attacks_of_2001),
    _rule("YEAR", r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", read.iso_date),
    _rule(
        "MONTH",
        rf"(?<![\w.,/-]){_DAY_NAME}\b{NAMED_DAY}(?:{_TO_DAY})?(?: of)? {NAMED_MONTH},? (?P<y>{_YEAR_OF_DATE})",
        read.full_date,
    ),
    _rule("MONTH", rf"\b{_DAY_NAME}{NAMED_MONTH} {NAMED_DAY}(?:{_TO_DAY})?,? (?P<y>{_YEAR_OF_DATE})", read.full_date),
    _rule(
        "MONTH",
        rf"\b{_DAY_NAME}(?:the )?(?P<o>{any_of(ORDINALS)}) of {NAMED_MONTH}(?:,? (?P<y>{_YEAR_OF_DATE}))?",
        read.full_date,
    ),
    _rule("MONTH", rf"(?<![\w.,/-]){_DAY_NAME}\b{NAMED_DAY}(?:{_TO_DAY})?(?: of)? {NAMED_MONTH}", read.full_date),
    # "In May 20 people died" has no 20th of May.
    _rule(
        "MONTH",
        rf"(?<!\bin )\b{_DAY_NAME}{NAMED_MONTH} (?:the )?{NAMED_DAY}\b(?!,?\d|[.:]\d|%)(?:{_TO_DAY}\b)?",
        read.full_date,
    ),
    _rule(
        "ORDINAL",
        r"\b(?:on )?the (?P<d>\d{1,2})(?:st|nd|rd|th)(?: of (?P<which>this|last|next|the) month\b|"
        r"(?=[.,;:)]|$| (?:and|when|at|after|to)\b))",
        read.day_of_month,
    ),
    _rule(
        "ago earlier prior previously back before",
        rf"(?<![\w.,/-])(?:{_HEDGE} )?(?:an? |the )?(?P<n>{NUMBER})(?P<half>[- ]and[- ]a[- ]half)?(?: of)?(?: an?)? "
        rf"(?P<unit>{_UNIT})(?P<more> and a half)?(?: or (?:so|two|more))? "
        rf"(?P<how>ago(?! (?:on )?{DAY})|earlier(?! than)|prior(?! to)|previously|(?:back|before){_OVER})\b",
        read.ago,
    ),
    _rule("ago earlier", rf"\ba week (?:ago|earlier)(?: on)? (?P<d>{DAY})\b", read.week_before_weekday),
    _rule(
        "past last previous preceding",
        rf"\b(?:(?:in|over|during|within|throughout) )?the (?:past|last|previous|preceding) (?:an? )?(?P<n>{NUMBER})(?: of)? "
        rf"(?P<unit>{_UNIT})\b",
        read.ago,
    ),
    _rule(
        "past last",
        r"\b(?:(?:in|over|during|within|throughout) )?the (?:past (?P<unit>day|week|month|year|decade|century)\b|"
        r"last (?P<lasting>week|month|year|decade)(?! of)\b)",
        read.one_back,
    ),
    _rule(
        "UNIT",
        rf"\b(?:in|within|(?:in |within |over |during )the (?:next|coming)) (?P<n>{NUMBER}) "
        r"(?P<unit>(?:day|week|month|year|decade)s?)(?:' time| from now)?\b(?! of| ago| earlier| before)",
        read.ahead,
    ),
    _rule(
        "later after",
        rf"(?<![\w.,/-])(?:{_HEDGE} )?(?:an? )?(?P<n>{NUMBER})(?: of)? (?P<unit>{_UNIT}) "
        rf"(?:later|afterwards?|after{_OVER})\b",
        read.later,
    ),
    _rule(
        "A_DAY yesterday today tomorrow night evening morning afternoon",
        r"\b(?:(?:early|earlier|late|later) )?(?P<name>the day before yesterday|the day after tomorrow|earlier in the day|"
        rf"later in the day|last night|last evening|this morning|this afternoon|this evening|yesterday|tomorrow|tonight|"
        rf"overnight|today){_HOURS}?\b",
        read.named_day,
    ),
    _rule("previous before", rf"\bthe (?:previous (?:day|night|evening)\b|(?:day|night|evening) before{_OVER})", read.day_before),
    _rule("same", r"\b(?:the|that) (?:very )?same (?:day|night|morning|afternoon|evening)\b", read.same_day),
    _rule("next following after", rf"\bthe (?:(?:next|following) (?:day|night|morning)\b|day after{_OVER})", read.day_after),
    _rule("next following", rf"\bthe (?:following|next) (?P<d>{DAY})\b", read.following_weekday),
    _rule("week", rf"\b(?P<d>{DAY}){_HOURS}?,?(?: of)? (?P<which>last|this|next) week\b", read.weekday_of_week),
    _rule("week", rf"\b(?P<which>last|this|next) week,? on (?P<d>{DAY})\b", read.weekday_of_week),
    _rule(
        _HOLIDAY_STEMS,
        rf"\b(?P<h>{any_of(EASTER)}|{any_of(HOLIDAYS)})(?! (?:Islands?|tree|Rising))(?:,? (?P<y>{_YEAR}))?\b", read.holiday, 0
    ),
    _rule(
        "DAY",
        rf"\b(?:(?:(?:early|earlier|late|later) (?:on )?)?|(?P<which>last|this coming|next|coming|past|previous|this) )"
        rf"(?P<d>{DAY}|{capital({'tues', 'weds', 'thur', 'thurs'})})\b\.?{_HOURS}?",
        read.weekday,
    ),
    _rule(
        "SHORT_DAY",
        rf"\b(?:on|early|late|(?P<which>last|next|this)) (?P<d>{capital({'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'})})"
        r"\b(?:\.|(?!'| (?-i:[A-Z])))",
        read.weekday,
    ),
    _rule(
        "year",
        rf"\b(?:(?P<part>{_PART})[- ])?{NAMED_MONTH}(?: of)? (?P<which>last|this|next) year\b|"
        rf"\b(?P<year>last|this|next) year,? in (?P<in>{MONTH})",
        read.month_of_year,
    ),
    _rule(
        "weekend",
        r"\b(?:(?P<which>last|this coming|next|coming|past|previous|this)|(?:over|at|on|during) the) weekend\b", read.weekend
    ),
    _rule(
        "quarter q1 q2 q3 q4",
        rf"\b(?:the )?(?P<q>first|second|third|fourth|last|final)[- ]quarter{_OF_YEAR}|"
        rf"\b(?-i:Q)(?P<n>[1-4]),?(?: of)? (?P<when>{_YEAR})|\bin the (?P<name>first|second|third|fourth) quarter\b(?! of)",
        read.quarter,
    ),
    _rule("half", rf"\b(?:the )?(?P<h>first|second) half{_OF_YEAR}", read.half),
    _rule(
        "last this past previous next coming",
        rf"\b(?:(?P<part>{_PART})[- ])?(?P<which>last|this|past|previous|next|coming) "
        r"(?P<unit>week|month|quarter|year|decade|century|spring|summer|autumn|fall|winter)\b",
        read.relative_unit,
    ),
    _rule("YEAR", rf"\b(?:in )?(?P<part>{_PART})[- ](?:in )?(?P<y>{_YEAR})(?!s)\b", read.part_of_year),
    _rule("YEAR", rf"\b(?P<s>spring|summer|autumn|fall|winter)(?: of)? (?P<y>{_YEAR})\b", read.season_of_year),
    _rule("YEAR", rf"\b(?:(?P<part>{_PART})[- ])?{NAMED_MONTH},?(?: of)? (?P<y>{_YEAR})\b", read.month_of),
    _rule(
        "DECADE",
        r"\b(?:(?:in|during|from|of|back in) )?the (?:(?P<part>early|mid|late)[- ])?'?(?P<y>(?:(?:19|20)\d|\d)0)s\b",
        read.decade,
    ),
    _rule(
        "YEAR",
        rf"\b(?:in|during|from|back in|throughout) (?P<y>{_YEAR})(?:[-–/]\d\d)?\b(?![-–\d])|"
        rf"\bof (?P<of>{_YEAR})\b(?![-–\d]| (?:[a-z]+ )?(?!was\b|is\b|has\b|as\b)[a-z]+s\b| (?:people|men|women|troops)\b)",
        read.year,
    ),
    _rule(
        "MONTH",
        rf"\b(?:(?:in|of) )?(?:(?P<part>{_PART})[- ]|(?P<which>last|next|this) )(?P<m>{_MONTH_ALONE})(?! \d)",
        read.month_of,
    ),
    _rule(
        "MONTH",
        rf"\b(?:(?:in|during|between|months? of|half of|weeks? of|days? of) (?P<m>{_MONTH_ALONE})|"
        rf"(?:from|of) (?P<sure>{_SURE_MONTH})|from (?P<first>{_MONTH_ALONE}) (?:to|until|through)\b)",
        read.month_of,
    ),
)  # fmt: skip
