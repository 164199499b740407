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
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAD = "127.0.0.2"
_SECONDS = 60.0


class Machines:
    """Machines: a head that reads nothing, and `count` machines with one processor each. Close it."""

    def __init__(self, count: int) -> None:
        """Start all; the environment of this process gets the token. Raises `RuntimeError` where the head does not start."""
        self._ours = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
        os.environ |= self._ours
        self._folder = Path(tempfile.mkdtemp(prefix="ray-"))  # sockets stand in it, whose paths must be short
        with socket.create_server((HEAD, 0)) as free:
            port = free.getsockname()[1]
        self.address = f"{HEAD}:{port}"
        self._running = [self._start(HEAD, "--head", f"--port={port}", "--num-cpus=0", "--include-dashboard=false")]
        _wait_for(HEAD, port)
        for place in range(count):
            self._running.append(self._start(f"127.0.0.{3 + place}", f"--address={self.address}", "--num-cpus=1"))

    def kill(self) -> None:
        """Take the power from the last machine."""
        process = self._running.pop()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        """End all that still run."""
        while self._running:
            self.kill()
        for name in self._ours:
            os.environ.pop(name, None)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self, ip: str, *options: str) -> subprocess.Popen[bytes]:
        own = (f"--node-ip-address={ip}", f"--temp-dir={self._folder / ip}", "--min-worker-port=0", "--max-worker-port=0")
        ray = Path(sys.executable).with_name("ray")
        command: list[str | Path] = [ray, "start", "--block", "--object-store-memory=80000000", *own, *options]
        with Path(self._folder, f"{ip}.log").open("wb") as log:
            return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)


def _wait_for(host: str, port: int) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the head of the cluster does not answer at {host}:{port}")
