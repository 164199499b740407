"""Lap: what the code in a folder costs; run as a script for `benchmarks.against`.

    python benchmarks/lap.py CODE FOLDER

Imports nothing of ours but what has long been there, so that it can time other commits too. FOLDER holds a folder a format. Prints
seconds of CPU by measure as JSON.
"""

import gc
import json
import sys
import time
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Print the times."""
    code, folder = map(Path, sys.argv[1:3])
    sys.path.insert(0, str(code))
    read_document = import_module("pipeline.document").read_document
    formats = {one.name: sorted(one.iterdir()) for one in sorted(folder.iterdir())}

    def spent(paths: list[Path]) -> float:
        begin = time.process_time()
        for path in paths:
            read_document(path, path.name).plan.model_dump_json()
        return time.process_time() - begin

    first, *others = formats["txt"]
    spent([first])
    times = {"start and first text": time.process_time()}
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)  # as in a worker
    times["texts never seen"] = spent(others)
    for name, paths in formats.items():
        times[name] = min(spent(paths), spent(paths))
    print(json.dumps(times))


if __name__ == "__main__":
    main()
