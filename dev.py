#!/usr/bin/env python3
"""The one command of the project's developers: `python3 dev.py setup|run|tour|test|lock`; devtools/ does the work."""
# No syntax newer than Python 3.6 here: an unsupported Python must get as far as the plain message below.

import os
import shutil
import subprocess
import sys

SUPPORTED = ((3, 11), (3, 12), (3, 13))


def find_supported_python():
    """Return the path of a Python this project supports, newest of the well-tried first, or None."""
    for minor in (11, 12, 13):
        for name in ("python3.%d" % minor, "/usr/bin/python3.%d" % minor):
            path = shutil.which(name)
            if path and subprocess.call([path, "-c", ""], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
                return path
    return None


def main():
    """Go on with this Python where it is supported, else with another one of this machine, else say so."""
    if sys.version_info[:2] in SUPPORTED:
        sys.dont_write_bytecode = True
        from devtools.command_line import main as run_command

        return run_command(sys.argv[1:])
    path = find_supported_python()
    if path is None:
        sys.stderr.write("This project needs Python 3.11, 3.12 or 3.13; this is Python %d.%d.\n" % sys.version_info[:2])
        return 2
    return subprocess.call([path, os.path.abspath(__file__), *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
