"""How the page looks and what it does by itself: nothing is fetched from elsewhere."""

from pathlib import Path

_HERE = Path(__file__).parent

# One sheet a part of the page, read by name: what is narrow comes last and overrides.
_SHEETS = sorted((_HERE / "css").glob("*.css"))
CSS = "\n".join(sheet.read_text(encoding="utf-8") for sheet in _SHEETS)
JS = (_HERE / "js" / "page.js").read_text(encoding="utf-8")
