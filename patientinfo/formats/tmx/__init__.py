"""
Translation memory as TMX 1.4b (LISA/GALA), of any length in bounded memory.

    Iterable[MemoryUnit] -> write_tmx -> file -> read_tmx -> Iterator[MemoryUnit]

Inline HTML is native code inside `bpt`, `ept` and `ph`. Memories that other tools made are read
too: of a unit in several languages each pair with the source is one `MemoryUnit`, and codes that no
leaflet has (RTF, another XML) are left out, their words kept.
"""

from patientinfo.formats.tmx.memory import MemoryUnit
from patientinfo.formats.tmx.reading import MAX_BYTES, read_tmx
from patientinfo.formats.tmx.writing import write_tmx

__all__ = ["MAX_BYTES", "MemoryUnit", "read_tmx", "write_tmx"]
