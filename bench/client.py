"""A small HTTP client that keeps its connections, asks again as soon as it is answered, and writes down the times.

Closed loop: a slow answer delays the next question, so the slowest percentiles are a little flattered.
"""

import asyncio
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection

HOST = "127.0.0.1"
END_OF_HEADERS = b"\r\n\r\n"


class UnexpectedAnswer(Exception):
    """A page did not answer 200: it makes no sense to time it."""


@dataclass
class Times:
    """What rounds against one page gave: seconds for each answer, and how long it took in all."""

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


def first_visit(port: int, path: str, cookie: str) -> str:
    """The `Cookie` header of every later visit: this one, and what the page gave a browser to keep."""
    connection = HTTPConnection(HOST, port)
    connection.request("GET", path, headers={"Cookie": cookie})
    given = connection.getresponse().headers.get_all("Set-Cookie", [])
    connection.close()
    return "; ".join([cookie, *(line.partition(";")[0] for line in given)])


def measure(port: int, path: str, cookie: str, seconds: float, connections: int) -> Times:
    """Asks for one page, over and over, on several connections at once."""
    asked = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: br\r\nCookie: {cookie}\r\n\r\n".encode()
    return asyncio.run(_round(port, asked, seconds, connections))


async def _round(port: int, asked: bytes, seconds: float, connections: int) -> Times:
    start = time.perf_counter()
    visits = [_visit(port, asked, start + seconds) for _ in range(connections)]
    answers = [answer for visit in await asyncio.gather(*visits) for answer in visit]
    return Times(answers, time.perf_counter() - start)


async def _visit(port: int, asked: bytes, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection(HOST, port)
    answers = []
    try:
        while (begin := time.perf_counter()) < until:
            writer.write(asked)
            await _answer(reader)
            answers.append(time.perf_counter() - begin)
    finally:
        writer.close()
    return answers


async def _answer(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(END_OF_HEADERS)).decode("latin-1")
    status, *lines = head.split("\r\n")
    if " 200 " not in status:
        raise UnexpectedAnswer(status)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    await reader.readexactly(int(headers["content-length"]))
