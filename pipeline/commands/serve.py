"""Serve: answer over HTTP: drop files, look at the pages, ask the tables."""

import argparse
import os
import sys
import tempfile
from pathlib import Path


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted; exit code 2 where the extra is not installed or the address would be open to others."""
    try:
        import uvicorn

        from web.service.app import make_app
        from web.service.settings import Settings, Unsafe
    except ModuleNotFoundError as error:
        print(f"kehoach: {error.name} is not installed: pip install 'kehoach[web]'.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="kehoach-") as scratch:
        settings = Settings(
            work=(arguments.work or Path(scratch)).resolve(), library=arguments.outputs and arguments.outputs.resolve(),
            host=arguments.host, port=arguments.port, key=os.environ.get("KEHOACH_API_KEY"), jobs=os.cpu_count() or 1,
        )  # fmt: skip
        try:
            app = make_app(settings)
        except Unsafe as error:
            print(f"kehoach: {error}", file=sys.stderr)
            return 2
        print(f"http://{settings.host}:{settings.port}/", file=sys.stderr)
        uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning", server_header=False)
    return 0
