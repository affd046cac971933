"""How the page looks. System fonts and plain CSS: nothing is fetched from elsewhere."""

from pathlib import Path

# One sheet a part of the page, read by name: what is narrow comes last and overrides.
_SHEETS = sorted((Path(__file__).parent / "css").glob("*.css"))
CSS = "\n".join(sheet.read_text(encoding="utf-8") for sheet in _SHEETS)
