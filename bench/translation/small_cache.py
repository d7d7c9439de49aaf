"""
The same with SQLite's cache kept small, to see the memory of the program itself.

A site lets SQLite keep 32 MB and map 128 MB of the file, and it fills them as more of the file is
read. That has its bound, but in a measurement it looks like a program that keeps what it has seen.
"""

from bench.translation.settings import *  # noqa: F403 - a settings module is its parent and changes
from bench.translation.settings import DATABASES

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA cache_size=-2000;PRAGMA mmap_size=0;"
