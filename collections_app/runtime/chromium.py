"""The headless browser of the browser tests: the system's own Chromium, installed where that is allowed."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Callable

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# The second is what the browser driver's own runtime needs and a bare Debian lacks.
_PACKAGES = ("chromium", "libatomic1")
BY_HAND = "Install it with: sudo apt-get install " + " ".join(_PACKAGES)


def find() -> str:
    """The path of a Chromium, WORKBENCH_CHROMIUM first; "" where there is none."""
    named = os.environ.get("WORKBENCH_CHROMIUM", "")
    return shutil.which(named) or next((path for name in PROGRAMS if (path := shutil.which(name))), "")


def ensure(say: Callable[[str], None]) -> str:
    """The path of a Chromium, installed by root if need be; "" when there is none and cannot be."""
    found = find()
    if found and ctypes.util.find_library("atomic"):
        return found
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return found
    say("Installing Chromium for the browser tests (once) ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *_PACKAGES]):
        done = subprocess.run(["apt-get", *arguments], capture_output=True, text=True, env=quiet)
        if done.returncode != 0:
            said = done.stderr.strip().splitlines()
            say(f"apt-get could not install it: {said[-1] if said else 'no reason given'}")
            break
    return find()
