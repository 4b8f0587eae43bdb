"""Where things lie in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
CACHE = ROOT / ".cache"
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
DIST = STATIC / "dist"
TRANSLATIONS = ROOT / "translations"
BROWSER = CACHE / "browser"
NGINX = CACHE / "nginx" / "path"
NODE = CACHE / "node-for-tests"
