"""A door before a real server on this machine, that can be shut, held or made to talk nonsense while a test looks on."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from enum import StrEnum

HEAD = (
    b"HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
    b"X-Elastic-Product: Elasticsearch\r\nContent-Length: %d\r\n\r\n"
)
NONSENSE = HEAD % (b"200 OK", 12) + b'{"hits":[42]'
ERROR = HEAD % (b"500 Internal Server Error", 2) + b"{}"


class Fault(StrEnum):
    NONE = "answers"
    REFUSES = "refuses connections"
    HANGS = "takes the question and says nothing"
    DRIPS = "one byte every fifth of a second"
    ERROR = "answers 500"
    NONSENSE = "answers nonsense"
    FOREIGN = "is another program"


class Door:
    """Listens on a free port of 127.0.0.1. `fault` may be changed at any time; it holds for new connections."""

    def __init__(self, host: str, port: int) -> None:
        self.behind = (host, port)
        self.fault = Fault.NONE
        self.visitors = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._is_shut = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def set(self, fault: Fault) -> None:
        """Also ends what is under way, as a server that falls over does."""
        self.fault = fault
        while self._open:
            with contextlib.suppress(OSError):
                self._open.pop().close()

    def close(self) -> None:
        self._is_shut.set()
        self.set(Fault.REFUSES)
        self._socket.close()

    def _accept(self) -> None:
        while not self._is_shut.is_set():
            try:
                visitor, _ = self._socket.accept()
            except OSError:
                return
            self.visitors += 1
            if self.fault is Fault.REFUSES:
                visitor.close()
                continue
            self._open.append(visitor)
            threading.Thread(target=self._serve, args=(visitor,), daemon=True).start()

    def _serve(self, visitor: socket.socket) -> None:
        with contextlib.suppress(OSError), visitor:
            if self.fault is Fault.NONE:
                self._pass_on(visitor)
                return
            visitor.recv(65_536)
            if self.fault is Fault.ERROR:
                visitor.sendall(ERROR)
            elif self.fault is Fault.NONSENSE:
                visitor.sendall(NONSENSE)
            elif self.fault is Fault.FOREIGN:
                visitor.sendall(b"220 mail.example ESMTP\r\n")
            elif self.fault is Fault.DRIPS:
                for byte in NONSENSE:
                    visitor.sendall(bytes([byte]))
                    time.sleep(0.2)
            else:
                self._is_shut.wait(30)

    def _pass_on(self, visitor: socket.socket) -> None:
        with socket.create_connection(self.behind, timeout=30) as server:
            self._open.append(server)
            back = threading.Thread(target=_pump, args=(server, visitor), daemon=True)
            back.start()
            _pump(visitor, server)


def _pump(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := one.recv(65_536):
            other.sendall(piece)
    for end in (one, other):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def door(host: str, port: int) -> Iterator[Door]:
    made = Door(host, port)
    try:
        yield made
    finally:
        made.close()
