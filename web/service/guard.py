"""Guard: what stands before every route: pace, key, origin, the size of what is sent, and the headers of every answer."""

import hmac

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.service.pace import Pace
from web.service.settings import Settings, is_loopback

COOKIE = "kehoach_session"
OPEN = frozenset({"/health", "/session"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No script and no sheet but our own; only the charts may place their elements by style attributes."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class TooLarge(Exception):
    """More bytes came than the service takes."""


class Guard:
    """Guard: an ASGI layer round the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Take the application and the settings."""
        self._app, self._settings = app, settings
        self._requests, self._wrong_keys = Pace(settings.requests_a_minute), Pace(settings.wrong_keys_a_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or let pass with our headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        caller = str((scope.get("client") or ("",))[0])
        self._requests.count(caller)
        refusal = self._hurry(caller) or self._refusal(scope, headers)
        answer = _with_headers(self._noting_wrong_keys(send, caller))
        if refusal:
            await refusal(scope, receive, answer)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await answer(message)

        try:
            await self._app(scope, self._counted(receive), watched)
        except TooLarge:
            if not started:
                await self._too_large()(scope, receive, answer)

    def _hurry(self, caller: str) -> PlainTextResponse | None:
        if self._requests.is_over(caller) or self._wrong_keys.is_over(caller):
            return PlainTextResponse("Too often. Try again in a minute.\n", 429, {"Retry-After": "60"})
        return None

    def _noting_wrong_keys(self, send: Send, caller: str) -> Send:
        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 401:
                self._wrong_keys.count(caller)
            await send(message)

        return noted

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "").rsplit(":", 1)[0].strip("[]")
        if is_loopback(self._settings.host) and not is_loopback(host) and host != "testserver":
            return PlainTextResponse("Unknown host.\n", 421)
        origin = headers.get("origin")
        if scope["method"] not in {"GET", "HEAD"} and origin and origin.split("//", 1)[-1] != headers.get("host"):
            return PlainTextResponse("Sent by another site.\n", 403)
        if self._settings.key and scope["path"] not in OPEN and not _may(headers, self._settings):
            return PlainTextResponse("An API key is needed: header X-API-Key, or POST /session.\n", 401)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > 15 or int(length) > self._settings.max_upload_bytes:
            return self._too_large()
        return None

    def _too_large(self) -> PlainTextResponse:
        return PlainTextResponse(f"At most {self._settings.max_upload_bytes} bytes at once.\n", 413, {"Connection": "close"})

    def _counted(self, receive: Receive) -> Receive:
        count = 0

        async def counted() -> Message:
            nonlocal count
            message = await receive()
            count += len(message.get("body", b""))
            if count > self._settings.max_upload_bytes:
                raise TooLarge
            return message

        return counted


def _may(headers: Headers, settings: Settings) -> bool:
    """Whether the key is sent, or the cookie that was given for it."""
    cookie = cookie_parser(headers.get("cookie", "")).get(COOKIE)
    given = [
        (headers.get("x-api-key"), settings.key),
        (headers.get("authorization", "").removeprefix("Bearer "), settings.key),
        (cookie, settings.session),
    ]
    return any(hmac.compare_digest(sent.encode(), known.encode()) for sent, known in given if sent and known)


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return answer
