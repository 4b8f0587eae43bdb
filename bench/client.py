"""A small HTTP client that keeps its connections, asks again as soon as it is answered, and writes down the times.

Closed loop: a slow answer delays the next question, so the slowest percentiles are a little flattered.
"""

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from urllib.parse import urlencode

HOST = "127.0.0.1"
END_OF_HEADERS = b"\r\n\r\n"
OK, SEE_OTHER = 200, 303


class UnexpectedAnswer(Exception):
    """A page did not answer as it should: it makes no sense to time it."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: a page, or an address that a form is sent to. `part`: as htmx asks, for a part of the page."""

    path: str
    form: dict[str, str] | None = None
    part: bool = False

    @property
    def method(self) -> str:
        """GET, or POST for a form."""
        return "GET" if self.form is None else "POST"

    @property
    def body(self) -> bytes:
        """The form as it is sent."""
        return urlencode(self.form or {}).encode()

    def headers(self, port: int, cookie: str) -> dict[str, str]:
        """What a browser says with it."""
        found = {"Host": f"{HOST}:{port}", "Accept-Encoding": "br", "Cookie": cookie}
        if self.form is not None:
            found |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(self.body))}
        return found | ({"HX-Request": "true"} if self.part else {})

    def wire(self, port: int, cookie: str, **more: str) -> bytes:
        """Its bytes; `more` headers take the place of the usual ones."""
        headers = self.headers(port, cookie) | {name.replace("_", "-"): value for name, value in more.items()}
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join((*lines, "", "")).encode() + self.body


@dataclass(frozen=True, slots=True)
class Visit:
    """What is measured: one request over and over, or several of which each can be made once."""

    name: str
    requests: tuple[Request, ...]
    status: int = OK

    @property
    def repeats(self) -> bool:
        """Whether its one request can be made over and over."""
        return self.status == OK

    @property
    def each(self) -> Iterator[Request]:
        """The requests, one after another."""
        return repeat(self.requests[0]) if self.repeats else iter(self.requests)


@dataclass
class Times:
    """What rounds of one visit gave: seconds for each answer, and how long it took in all."""

    answers: list[float] = field(default_factory=list)
    elapsed: float = 0.0

    def add(self, other: "Times") -> None:
        """Takes in another round."""
        self.answers += other.answers
        self.elapsed += other.elapsed

    def per_second(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.elapsed

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of answers came."""
        ordered = sorted(self.answers)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def measure(port: int, cookie: str, visit: Visit, seconds: float, connections: int) -> Times:
    """Asks over and over, on several connections at once. Raises UnexpectedAnswer."""
    asked = (request.wire(port, cookie) for request in visit.each)
    return asyncio.run(_round(port, asked, visit.status, seconds, connections))


async def _round(port: int, asked: Iterable[bytes], status: int, seconds: float, connections: int) -> Times:
    start = time.perf_counter()
    visits = [_visit(port, iter(asked), status, start + seconds) for _ in range(connections)]
    answers = [answer for visit in await asyncio.gather(*visits) for answer in visit]
    return Times(answers, time.perf_counter() - start)


async def _visit(port: int, asked: Iterator[bytes], status: int, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection(HOST, port)
    answers = []
    try:
        while (begin := time.perf_counter()) < until and (one := next(asked, None)):
            writer.write(one)
            await _answer(reader, status)
            answers.append(time.perf_counter() - begin)
    finally:
        writer.close()
    return answers


async def _answer(reader: asyncio.StreamReader, expected: int) -> None:
    head = (await reader.readuntil(END_OF_HEADERS)).decode("latin-1")
    status, *lines = head.split("\r\n")
    if f" {expected} " not in status:
        raise UnexpectedAnswer(head)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    await reader.readexactly(int(headers["content-length"]))
