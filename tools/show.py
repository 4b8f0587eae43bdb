"""A line for each step, with its seconds, while it happens; and commands whose output is shown only if they fail."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

TICK_SECONDS = 0.5
TAIL_LINES = 30
DETAIL_WIDTH = 50


class Trouble(Exception):
    """A step that could not be done: a sentence for people, and the end of what the command said."""

    def __init__(self, sentence: str, output: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.output = output

    def tail(self) -> str:
        """The last lines of the command's output."""
        return "\n".join(self.output.rstrip().splitlines()[-TAIL_LINES:])


class _Line:
    """One line on the screen; on a terminal it counts the seconds and shows the last thing the command said."""

    def __init__(self, words: str) -> None:
        self.words, self.detail, self.start = words, "", time.monotonic()
        self.live = sys.stdout.isatty()
        self.over = threading.Event()

    def seconds(self) -> float:
        return time.monotonic() - self.start

    def tick(self) -> None:
        while not self.over.wait(TICK_SECONDS):
            print(f"\r\033[K  {self.words} … {self.seconds():.0f} s  {self.detail[:DETAIL_WIDTH]}", end="", flush=True)

    def close(self, ending: str) -> None:
        self.over.set()
        begin = f"\r\033[K  {self.words} …" if self.live else ""
        print(f"{begin} {ending} {self.seconds():.1f} s", flush=True)


_current: list[_Line] = []


@contextmanager
def step(words: str) -> Iterator[None]:
    """Prints the step's words at once, and its seconds when it is over."""
    line = _Line(words)
    print(f"  {words} …", end="", flush=True)
    if line.live:
        threading.Thread(target=line.tick, daemon=True).start()
    _current.append(line)
    try:
        yield
    except BaseException:
        line.close("failed after")
        raise
    else:
        line.close("done,")
    finally:
        _current.remove(line)


def note(sentence: str) -> None:
    """A line of advice that stops nothing."""
    print(f"  Note: {sentence}", flush=True)


def run(
    command: Sequence[str | Path], sentence: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> str:
    """Runs a command and gives what it said; when it fails, raises `Trouble` with this sentence."""
    said: list[str] = []
    try:
        with subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            for text in process.stdout or ():
                said.append(text)
                for line in _current:
                    line.detail = text.strip()
    except OSError as error:
        raise Trouble(sentence, str(error)) from error
    if process.returncode:
        raise Trouble(sentence, "".join(said))
    return "".join(said)
