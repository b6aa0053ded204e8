"""Countries, currencies and time zones in the reader's language, and a guess where a visitor's shop is."""

import zoneinfo
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from babel.numbers import get_territory_currencies
from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

HOME = "FI"
# Where most people of a country with several zones live; elsewhere the first zone of the list is right.
MAIN_ZONES = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
}


def reader() -> Locale:
    """The reader's language as Babel knows it."""
    return Locale.parse(translation.to_locale(translation.get_language() or settings.LANGUAGE_CODE))


@lru_cache(maxsize=16)
def _countries(locale: str) -> list[tuple[str, str]]:
    names = Locale.parse(locale).territories
    real = [(code, names[code]) for code in names if len(code) == 2 and _has_money(code)]
    return sorted(real, key=lambda pair: pair[1].casefold())


def _has_money(code: str) -> bool:
    return code not in {"EU", "EZ", "UN"} and bool(get_territory_currencies(code))


@lru_cache(maxsize=16)
def _currencies(locale: str) -> list[tuple[str, str]]:
    codes = {code for country, name in _countries("en") for code in get_territory_currencies(country)}
    names = Locale.parse(locale).currencies
    named = [(code, f"{names.get(code, code)} ({code})") for code in codes]
    return sorted(named, key=lambda pair: pair[1].casefold())


@lru_cache(maxsize=1)
def zones() -> list[tuple[str, str]]:
    known = set(get_global("zone_territories")) & zoneinfo.available_timezones()
    return [(zone, zone.replace("_", " ")) for zone in sorted(known | {"UTC"})]


def countries() -> list[tuple[str, str]]:
    """(ISO 3166-1 code, name) of every country that has money of its own or shares one."""
    return _countries(str(reader()))


def currencies() -> list[tuple[str, str]]:
    """(ISO 4217 code, name) of the money in use today."""
    return _currencies(str(reader()))


def country_name(code: str) -> str:
    return reader().territories.get(code, code)


def currency_name(code: str) -> str:
    return reader().currencies.get(code, code)


def zone_name(zone: str) -> str:
    """The city a zone is called after, in the reader's language."""
    if zone not in get_global("zone_territories"):
        return zone
    return get_timezone_location(zone, locale=reader(), return_city=True)


def guess(request, zone: str = "") -> dict:
    """Country, currency, time zone and language of a visitor: from the zone the browser told, else its languages."""
    zone = zone if zone in dict(zones()) else ""
    country = get_global("zone_territories").get(zone) or _country_of(request)
    if country not in dict(_countries("en")):
        country = HOME
    return {
        "country": country,
        "currency": get_territory_currencies(country)[0],
        "timezone": zone or main_zone(country),
        "language": _language(),
    }


def main_zone(country: str) -> str:
    here = get_global("territory_zones").get(country) or ["UTC"]
    return MAIN_ZONES.get(country, here[0])


def _country_of(request) -> str:
    """The region of the first language that names one ("en-GB"), else where the first language is at home."""
    wanted = [code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    regions = [code.rpartition("-")[2].upper() for code in wanted if "-" in code]
    if named := [region for region in regions if len(region) == 2]:
        return named[0]
    likely = [get_global("likely_subtags").get(code.replace("-", "_")) for code in wanted]
    return next((tag.rpartition("_")[2] for tag in likely if tag), HOME)


def _language() -> str:
    code = translation.get_language() or ""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
