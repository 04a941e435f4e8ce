"""Which machine measured."""

import os
import platform
import time
from pathlib import Path

_STEPS = 2_000_000


def describe() -> str:
    """Return one line: processor, cores, memory, system, Python."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def pace() -> float:
    """Return how many millions of small steps the machine takes a second now: a rented one is not always as fast."""
    begun = time.process_time()
    total = 0
    for number in range(_STEPS):
        total += number * number
    return _STEPS / (time.process_time() - begun) / 1e6
