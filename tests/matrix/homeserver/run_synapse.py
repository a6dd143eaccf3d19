"""Runs Synapse for as long as somebody holds the other end of standard input.

A test that is killed can't stop what it started. When its end of the pipe closes, this process ends, and takes
its folder with it. A line "keep" leaves the folder for people to look into.

    run_synapse.py FOLDER -c FOLDER/homeserver.yaml
"""

import os
import shutil
import signal
import sys
import threading


def watch(folder):
    said = b""
    # Not through sys.stdin: a thread that waits there can't be ended in good order.
    while part := os.read(0, 100):
        said += part
    if b"keep" not in said:
        shutil.rmtree(folder, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGKILL)


folder = sys.argv.pop(1)
threading.Thread(target=watch, args=(folder,), daemon=True).start()

from synapse.app.homeserver import main  # noqa: E402 (the watch comes first: the import takes a while)

main()
