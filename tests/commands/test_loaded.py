"""The garbage collector leaves alone what is loaded for good."""

import subprocess
import sys
from pathlib import Path

import pytest

#: Runs the command line, and says at the end how many objects are left alone.
COMMAND_LINE = """
import atexit, gc, runpy, sys
atexit.register(lambda: print("alone:", gc.get_freeze_count()))
sys.argv = ["manage.py", *sys.argv[1:]]
runpy.run_path("manage.py", run_name="__main__")
"""
LOADED = 100_000  # fewer than Django, Wagtail and what is here make before anything is done


@pytest.mark.parametrize(("command", "is_long"), [("verify_editions", True), ("check", False)])
def test_long_commands_leave_what_is_loaded_alone(command: str, is_long: bool, root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND_LINE, command, "--help"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (int(done.stdout.rpartition("alone:")[2]) > LOADED) is is_long
