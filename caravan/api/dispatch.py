"""From an HTTP request to an endpoint and back. No cookie is read here, so no request can be forged across sites."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from caravan.api import problems
from caravan.api.endpoint import Call, Endpoint, Shape
from caravan.kernel import clock, markets
from caravan.kernel.errors import BadRequest, Broken, Invalid, NotFound, Problem, Unauthenticated
from caravan.kernel.markets import LANGUAGES, Market
from caravan.people.actions.limits import spend, spend_here
from caravan.people.queries.accounts import Account
from caravan.people.queries.tokens import user_of_token
from caravan.people.rules.limits import per_minute
from caravan.people.rules.network import customer, visitor_address
from caravan.trade.queries.rates import current_rates

log = logging.getLogger("django.request")
READS = per_minute(settings.API_READS_PER_MINUTE)
WRITES = per_minute(settings.API_WRITES_PER_MINUTE)
LOOK_UPS = per_minute(10 * settings.API_READS_PER_MINUTE)  # of tokens, for one network: ten busy accounts, or a guesser
LARGEST_BODY = 256 * 1024


class MethodNotAllowed(Problem):
    status = 405
    title = "Not possible here"


def view(endpoints: Sequence[Endpoint]) -> Callable[..., HttpResponse]:
    """The Django view of one address, whatever methods it knows."""
    by_method = {e.method: e for e in endpoints}
    if "GET" in by_method:
        by_method["HEAD"] = by_method["GET"]  # type: ignore[index]

    @csrf_exempt
    def serve(request: HttpRequest, **path: Any) -> HttpResponse:
        found = by_method.get(request.method)  # type: ignore[call-overload]
        try:
            if found is None:
                allowed = ", ".join(sorted(by_method))
                raise MethodNotAllowed("method", f"This address answers {allowed}.")
            if any("\x00" in str(part) for part in path.values()):
                return unknown(request)
            at = clock.now()
            market = _market(request.GET, at)
            with translation.override(settings.DJANGO_LANGUAGE[market.language]):
                return _answer(found, request, market, path, at)
        except Problem as problem:
            response = problems.answer(problem)
            if problem.status == 405:
                response["Allow"] = ", ".join(sorted(by_method))
            return response
        except Exception:
            log.exception("%s %s", request.method, request.path)
            got_request_exception.send(sender=None, request=request)  # for whoever collects errors
            return problems.answer(
                Broken("server", "Something broke on our side. Look at what the call was to change before you send it again.")
            )

    return serve


def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    return problems.answer(NotFound("address", "There is nothing at this address. See /api/v1/ for what there is."))


unknown = csrf_exempt(unknown)


def _answer(found: Endpoint, request: HttpRequest, market: Market, path: Mapping[str, Any], at: datetime) -> HttpResponse:
    account = _account(request, found, at)
    network = _network(request)
    who = str(account.id) if account else network
    _limit(found, request, who, at)
    call = Call(request, at, market, _query(found, request.GET), _body(found, request), account, who, network)
    answered = found.handler(call, **path)
    if answered is None:
        return HttpResponse(status=204)
    return HttpResponse(msgspec.json.encode(answered), status=found.status, content_type="application/json")


def _account(request: HttpRequest, found: Endpoint, at: datetime) -> Account | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        spend_here(key=f"api-token:{_network(request)}", per=LOOK_UPS, at=at)
        return user_of_token(token.strip(), at)
    if found.auth == "required":
        raise Unauthenticated("token.missing", "Send your token: Authorization: Bearer cvn_…")
    return None


def _network(request: HttpRequest) -> str:
    forwarded = request.headers.get("x-forwarded-for", "") if settings.BEHIND_PROXY else ""
    return customer(visitor_address(request.META.get("REMOTE_ADDR") or "", forwarded))


def _limit(found: Endpoint, request: HttpRequest, who: str, at: datetime) -> None:
    if request.method in ("GET", "HEAD"):
        spend_here(key=f"api-read:{who}", per=READS, at=at)
    else:
        bucket, per = found.spends or ("api-write", WRITES)
        spend(key=f"{bucket}:{who}", per=per, at=at)


def _market(query: Mapping[str, str], at: datetime) -> Market:
    """`market` (country), `lang` and `currency`, each with a sensible default."""
    code, language, currency = query.get("market", "US"), query.get("lang"), query.get("currency")
    if code not in markets.countries():
        raise Invalid("market.unknown", f"“{code}” is no market. Send an ISO country code, e.g. BR.", market="unknown")
    if language is not None and language not in LANGUAGES:
        raise Invalid("lang.unknown", f"Languages are {', '.join(LANGUAGES)}.", lang="unknown")
    if currency is not None and currency != "EUR" and currency not in current_rates(at).per_eur:
        raise Invalid("currency.unknown", "There is no rate for this currency. Send one like BRL.", currency="unknown")
    return markets.market(code, language, currency)


def _query(found: Endpoint, given: Mapping[str, str]) -> Shape:
    values = {key: value for key, value in given.items() if value != ""}
    if any("\x00" in value for value in values.values()):
        raise Invalid("query.nul", "A parameter holds a NUL character.")
    try:
        return msgspec.convert(values, found.query, strict=False)
    except msgspec.ValidationError as e:
        raise _invalid(e) from e


def _body(found: Endpoint, request: HttpRequest) -> Any:
    if found.body is None:
        return None
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise BadRequest("body.large", f"The body may hold {LARGEST_BODY // 1024} KB.")
    if b"\\u0000" in request.body:
        raise Invalid("body.nul", "A text holds a NUL character.")
    try:
        return found.decode_body(request.body)
    except msgspec.ValidationError as e:
        raise _invalid(e) from e
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        raise BadRequest("body.json", f"The body is not the JSON expected: {e}") from e


def _invalid(error: msgspec.ValidationError) -> Invalid:
    """msgspec says "Expected `int`, got `str` - at `$.lines[0].quantity`"; the path names the field."""
    text, _, path = str(error).partition(" - at ")
    field = path.strip("`").removeprefix("$").lstrip(".")
    return Invalid("request.invalid", str(error), **({field: text} if field else {}))
