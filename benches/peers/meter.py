#!/usr/bin/env python3
"""Runs one command and writes what it took, as JSON.

    python3 -I -S benches/peers/meter.py REPORT SECONDS MB COMMAND…

REPORT receives exit (the exit code, or minus the signal), stopped (why the meter ended it, or null), cpu and wall in
seconds, mb (peak of the largest process) and floor_mb. CPU is user and system time of the command and of every process
below it that was waited for, as wait4 tells it. The command is stopped with all of its process group after SECONDS, or
when the group holds more than MB in memory, looked at twice a second.

A process of its own and a small one, because Linux counts what a process held before it became the command towards the
command's peak: floor_mb, about that of a bare interpreter, is the least that can be seen.
"""
import os
import signal
import sys
import time

LOOK_EVERY = 0.5
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6


def group_of(stat):
    """The process group in a line of /proc/PID/stat; the name before it may hold anything, so the last `)` ends it."""
    return int(stat.rpartition(")")[2].split()[2])


def held_mb(group):
    """Memory of a process group, in MB; 0 where there is no /proc."""
    total = 0.0
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as stat, open(f"/proc/{name}/statm") as memory:
                    if group_of(stat.read()) == group:
                        total += int(memory.read().split()[1]) * PAGE_MB
            except (OSError, ValueError, IndexError):  # it ended while being looked at
                continue
    return total


def rss_mb(usage):
    """Peak memory of a resource usage, in MB: kibibytes, but bytes on macOS."""
    return usage.ru_maxrss / 1e6 if sys.platform == "darwin" else usage.ru_maxrss * 1024 / 1e6


def run(words):
    """Starts a command in a process group of its own."""
    child = os.fork()
    if child == 0:
        try:
            os.setpgid(0, 0)
            os.execvp(words[0], words)
        except OSError as error:
            os.write(2, f"{words[0]}: {error.strerror}\n".encode())
        os._exit(127)
    try:
        os.setpgid(child, child)
    except OSError:  # it has begun, with its own call behind it
        pass
    return child


def measure(words, seconds, mb):
    """What a command took, or what it had taken when it was stopped."""
    begun = time.monotonic()
    child = run(words)
    stopped = []

    def look(*_):
        late, large = time.monotonic() - begun > seconds, held_mb(child) > mb
        if late or large:
            stopped[:] = stopped or [f"stopped after {seconds:g} s" if late else f"stopped above {mb:g} MB"]
            try:
                os.killpg(child, signal.SIGKILL)
            except ProcessLookupError:
                pass

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, min(LOOK_EVERY, seconds), LOOK_EVERY)
    _, status, usage = os.wait4(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    wall = time.monotonic() - begun
    return {
        "exit": os.waitstatus_to_exitcode(status),
        "stopped": stopped[0] if stopped else None,
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": wall,
        "mb": rss_mb(usage),
    }


def main():
    report, seconds, mb, words = sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]
    floor = measure(["true"], 10, mb)["mb"]
    took = measure(words, seconds, mb) | {"floor_mb": floor}
    import json  # only now: it would count towards the floor

    with open(report, "w", encoding="utf-8") as file:
        json.dump(took, file)


if __name__ == "__main__":
    main()
