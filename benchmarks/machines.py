"""Machines: a Ray cluster on loopback, its head and each of its machines a group of processes with an address of its own.

Nothing leaves this computer: no dashboard, no report of use, and a token without which nobody is let in.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAD = "127.0.0.2"
_ATTEMPTS = 3


class Machines:
    """Machines: a head that reads nothing, and `count` machines with one processor each. Close it."""

    def __init__(self, count: int) -> None:
        """Start all; the environment of this process gets the token. Raises `RuntimeError` where one does not start."""
        self._ours = {
            "RAY_USAGE_STATS_ENABLED": "0",
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": secrets.token_hex(32),
            "RAY_agent_register_timeout_ms": "120000",  # on a busy computer a machine is slow to start
        }
        os.environ |= self._ours
        self._folder = Path(tempfile.mkdtemp(prefix="ray-"))  # sockets stand in it, whose paths must be short
        port = _free_port(HEAD)
        self.address = f"{HEAD}:{port}"
        self._running: list[subprocess.Popen[bytes]] = []
        self._start(HEAD, "--head", f"--port={port}", "--num-cpus=0", "--include-dashboard=false")
        for place in range(count):
            self._start(f"127.0.0.{3 + place}", f"--address={self.address}", "--num-cpus=1")

    def kill(self) -> None:
        """Take the power from the last machine."""
        process = self._running.pop()
        with suppress(ProcessLookupError):  # it has ended by itself, with all that it started
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        """End all that still run."""
        while self._running:
            self.kill()
        for name in self._ours:
            os.environ.pop(name, None)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self, ip: str, *options: str) -> None:
        """Start a machine and wait until it is up; Ray gives up after some seconds, which a busy computer may need."""
        ray, log = Path(sys.executable).with_name("ray"), Path(self._folder, f"{ip}.log")
        for _ in range(_ATTEMPTS):
            own = (f"--node-ip-address={ip}", f"--temp-dir={self._folder / ip}", "--min-worker-port=0", "--max-worker-port=0")
            command: list[str | Path] = [ray, "start", "--block", "--object-store-memory=80000000", *own, *options]
            with log.open("wb") as said:
                process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, start_new_session=True)
            self._running.append(process)
            while process.poll() is None:
                if b"Ray runtime started" in log.read_bytes():
                    return
                time.sleep(0.1)
            self.kill()
        raise RuntimeError(f"no machine of the cluster starts at {ip}: {log.read_text(encoding='utf-8')[-400:]}")


def _free_port(ip: str) -> int:
    with socket.create_server((ip, 0)) as free:
        port: int = free.getsockname()[1]
        return port
