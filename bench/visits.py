"""What is measured: every page of the menu, and asking for leave from the days to the sending, as a browser does it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from bench.client import SEE_OTHER, Request, Visit
from bench.weight import Answer, fetch
from portal import clock
from portal.app import SECTIONS
from portal.law.calendar import add_days, next_working_day

NEW, WHAT = "/permisjon/ny", "child_ill"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def pages() -> list[Visit]:
    """The first page of every section."""
    found = [section.blueprint for section in SECTIONS]
    return [Visit(each.name, (Request(each.url_prefix or "/"),)) for each in found]


@dataclass(frozen=True)
class Browser:
    """A browser that has been in the portal on this port, with the cookies it was given and a token for its forms."""

    port: int
    cookie: str
    token: str

    @classmethod
    def opened(cls, port: int, cookie: str) -> Self:
        """One that is signed in with this cookie."""
        page = fetch(port, cookie, Request(NEW), "identity")
        given = [line.partition(";")[0] for line in page.header("set-cookie")]
        found = _TOKEN.search(page.body.decode())
        assert found, page.head
        return cls(port, "; ".join([cookie, *given]), found[1])

    def preview(self) -> list[Visit]:
        """The days of leave counted while they are typed, and what they mean."""
        day = next_working_day(clock.today())
        path = self._draft(day)
        counted = Request(f"{path}/dager/anslag", self._days(day), part=True)
        return [Visit("leave, preview", (counted,)), Visit("leave, meaning", (Request(f"{path}/betyr"),))]

    def sending(self, number: int) -> Visit:
        """So many requests for leave, each of a day of its own, ready to be sent."""
        day, requests = clock.today(), []
        for _ in range(number):
            day = next_working_day(add_days(day, 1))
            requests.append(Request(f"{self._draft(day)}/se-over", {"csrf_token": self.token, "message": ""}))
        return Visit("leave, sending", tuple(requests), SEE_OTHER)

    def _draft(self, day: date) -> str:
        begun = self._sent(Request(NEW, {"csrf_token": self.token, "what": WHAT}))
        path = begun.header("location")[0].removesuffix("/dager")
        self._sent(Request(f"{path}/dager", self._days(day)))
        return path

    def _days(self, day: date) -> dict[str, str]:
        return {"csrf_token": self.token, "first": day.isoformat(), "last": day.isoformat()}

    def _sent(self, request: Request) -> Answer:
        answer = fetch(self.port, self.cookie, request)
        assert f" {SEE_OTHER} " in answer.head, answer.head
        return answer
