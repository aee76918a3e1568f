"""The browser's side as it is built: whole, ours alone at run time, and in Vietnamese throughout."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
UI = ROOT / "web" / "ui"
BUNDLE = ROOT / "web" / "static" / "bundle"
BUILT = ["htmx.js", "site.js", "viewer.js", "viewer.css", "modeler.js", "modeler.css", "bootstrap.css", "bpmn.woff2"]
FOREIGN_SOURCES = re.compile(r"unpkg|jsdelivr|cdnjs|\bcdn\.|googleapis|gstatic|esm\.sh|skypack", re.IGNORECASE)
FETCHED_FROM_AFAR = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*|\bsrc\s*=\s*|url\(\s*|@import\s+)["']?https?://""")
CHECK_WORDS = re.compile(r"""\bt\(\s*'((?:[^'\\]|\\.)+)'|\bt\(\s*"([^"]+)\"""")
PANEL_WORDS = re.compile(r"""\b(?:label|hint|word|count): (?:'((?:[^'\\]|\\.)+)'|"([^"]+)")""")
FIELD_WORDS = re.compile(
    r"""\b(?:attribute|expression|named|numberField|documentation|button|sign)\(\s*(?:'[^']+',\s*)?'([^']+)'(?:,\s*'([^']+)')?"""
)
VIETNAMESE_ENTRY = re.compile(r"""^\s*(?:'((?:[^'\\]|\\.)+)'|"([^"]+)"):(?=\s)""", re.MULTILINE)


@pytest.fixture(scope="module")
def bundle() -> Path:
    if not (BUNDLE / ".stamp").exists():
        pytest.skip("the bundle is not built: run `make setup` or `python web/ui/build.py`")
    return BUNDLE


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def words_of(pattern: re.Pattern[str], text: str) -> set[str]:
    return {next(filter(None, found)).replace("\\'", "'") for found in pattern.findall(text) if any(found)}


def vietnamese_phrases() -> set[str]:
    return words_of(VIETNAMESE_ENTRY, read(UI / "src" / "vi.js") + read(UI / "src" / "vi_panel.js"))


@pytest.mark.parametrize("name", [*BUILT, "icons.svg", "LICENSES.txt"])
def test_the_bundle_is_whole(bundle: Path, name: str) -> None:
    assert (bundle / name).stat().st_size > 1000


@pytest.mark.parametrize("name", [name for name in BUILT if not name.endswith(".woff2")])
def test_nothing_is_fetched_from_elsewhere(bundle: Path, name: str) -> None:
    text = read(bundle / name)
    assert not FOREIGN_SOURCES.findall(text)
    assert not FETCHED_FROM_AFAR.findall(text)


@pytest.mark.parametrize("name", ["site.js", "viewer.js", "modeler.js"])
def test_no_code_is_made_from_text(bundle: Path, name: str) -> None:
    """The content security policy refuses it."""
    assert not re.findall(r"\beval\(|\bnew Function\(", read(bundle / name))


def test_the_mark_of_bpmn_io_is_in_both_drawings_and_never_hidden(bundle: Path) -> None:
    for island in ("viewer", "modeler"):
        assert "bjs-powered-by" in read(bundle / f"{island}.js")
        rules = re.findall(r"\.bjs-powered-by[^{}]*\{([^}]*)\}", read(bundle / f"{island}.css"))
        assert rules
        assert not any(re.search(r"display:none|visibility:hidden|opacity:0", rule) for rule in rules)


def test_every_package_in_the_bundle_brings_its_licence(bundle: Path) -> None:
    told = set(re.findall(r"^==== (\S+) ", read(bundle / "LICENSES.txt"), re.MULTILINE))
    assert {"bootstrap", "bootstrap-icons", "bpmn-js", "bpmn-js-properties-panel", "diagram-js", "htmx.org"} <= told


def test_the_lock_holds_hashes_and_no_address() -> None:
    text = read(UI / "package-lock.json")
    packages = {name: package for name, package in json.loads(text)["packages"].items() if name}
    assert "://" not in text
    assert all("resolved" not in package for package in packages.values())
    assert all("integrity" in package for package in packages.values() if not package.get("inBundle"))


def test_wanted_versions_are_exact() -> None:
    wanted = json.loads(read(UI / "package.json"))
    versions = [*wanted["dependencies"].values(), *wanted["devDependencies"].values()]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


def test_every_word_of_the_designer_is_said_in_vietnamese() -> None:
    said = vietnamese_phrases()
    sources = [*(UI / "src" / "modeler").rglob("*.js"), *(UI / "src" / "modeler").rglob("*.jsx")]
    wanted: set[str] = set()
    for source in sources:
        for pattern in (CHECK_WORDS, PANEL_WORDS):
            wanted |= words_of(pattern, read(source))
        for first, second in FIELD_WORDS.findall(read(source)):
            wanted |= {word for word in (first, second) if " " in word or word[:1].isupper()}
    assert len(wanted) > 100
    assert sorted(wanted - said) == []


def test_every_word_of_the_replace_menu_is_said_in_vietnamese() -> None:
    features = UI / "node_modules" / "bpmn-js" / "lib" / "features"
    if not features.exists():
        pytest.skip("node_modules is not installed: run `python web/ui/build.py`")
    menus = [features / "popup-menu" / "PopupEntries.js", features / "replace" / "ReplaceOptions.js"]
    labels = {label for menu in menus for label in re.findall(r"label: '([^']+)'", read(menu))}
    assert len(labels) > 50
    assert sorted(labels - vietnamese_phrases()) == []


def test_the_designer_writes_the_attributes_the_architecture_names() -> None:
    page = read(ROOT / "docs" / "architecture.md")
    table = page.split("### Extension attributes")[1].split("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("|")]
    named = set(re.findall(r"`(\w+)`", " ".join(rows))) - {"script"}
    extension = json.loads(read(UI / "src" / "bangiao.moddle.json"))
    known = {attribute["name"] for kind in extension["types"] for attribute in kind["properties"]}
    assert extension["uri"] in table
    assert known == named
