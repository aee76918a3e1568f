"""What is handed out is the wheel: installed by itself it brings its pages, drawings and translations, and serves."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.acceptance.story.server import free_port

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's packages and nothing else."""
    if not (ROOT / "web" / "static" / "bundle").is_dir():
        pytest.skip("the browser's side is not bundled: make setup")
    folder = tmp_path_factory.mktemp("wheel")
    _python("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"), str(ROOT), cwd=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    target = folder / "installed"
    _python("-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel), cwd=folder)
    return target


def test_the_wheel_brings_its_own_packages(installed: Path) -> None:
    said = _python("-c", "import web, bpmn; print(web.__file__, bpmn.__file__)", cwd=installed, path=installed)
    assert said.stdout.count(str(installed)) == 2


def test_the_wheel_serves(installed: Path, tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(installed), "BANGIAO_HOME": str(tmp_path / "home")}
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "web.cli", "demo", "--port", str(port)],
            cwd=tmp_path,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        for path in ("/readyz", "/sign-in", "/static/bundle/modeler.js", "/api/v1/openapi.json"):
            assert _answer(f"http://127.0.0.1:{port}{path}") == 200, path
    finally:
        server.kill()
        server.wait()


def _answer(address: str) -> int:
    """The status, once somebody answers; waits two minutes at most."""
    for _ in range(1200):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return int(answer.status)
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nobody answers at {address}")


def _python(*words: str, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({} if path is None else {"PYTHONPATH": str(path)})
    done = subprocess.run(
        [sys.executable, *words], cwd=cwd, env=environment, text=True, capture_output=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done
