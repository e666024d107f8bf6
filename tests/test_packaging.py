import json
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

import cleaner

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HEAVY = set("bs4 charset_normalizer htmldate lxml numpy rich trafilatura typer urllib3".split())


def loaded_after(code: str) -> set[str]:
    """Return the modules that are loaded once `code` has run in a fresh Python."""
    program = f"{code}\nimport sys, json; sys.stderr.write(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stderr))


def run_help(*arguments: str) -> str:
    return (
        "import sys, cleaner.cli\n"
        f"sys.argv = ['cleaner', *{arguments!r}, '--help']\n"
        "try:\n    cleaner.cli.main()\nexcept SystemExit as end:\n    assert not end.code\n"
    )


def test_importing_the_package_loads_nothing_heavy():
    assert not loaded_after("import cleaner") & HEAVY


def test_the_help_loads_no_stage_of_the_pipeline():
    assert not loaded_after(run_help()) & (HEAVY - {"typer", "rich"})


@pytest.mark.parametrize("command", ["clean", "explain", "report"])
def test_the_help_of_a_command_loads_no_stage_of_the_pipeline(command):
    assert not loaded_after(run_help(command)) & (HEAVY - {"typer", "rich"})


def test_cleaning_text_needs_no_tree():
    assert not loaded_after("import cleaner; cleaner.clean_text('a\\n\\nannonse\\n')") & {
        "bs4",
        "lxml",
        "trafilatura",
        "typer",
    }


def test_cleaning_a_page_needs_no_other_extractor_and_no_command_line():
    program = "import cleaner; cleaner.clean('<p>A sentence of some words.</p>').text"
    assert not loaded_after(program) & {"rich", "trafilatura", "typer", "urllib3"}


def test_cleaning_pages_needs_nothing_of_numpy_that_it_loads_late():
    program = (
        "import cleaner, numpy, pathlib\n"
        f"for page in pathlib.Path({str(ROOT)!r}, 'fixtures').rglob('*.html'):\n"
        "    cleaner.clean(page.read_bytes()).text"
    )
    assert not {
        name
        for name in loaded_after(program) - loaded_after("import numpy")
        if name.startswith("numpy.")
    }


def test_the_version_is_said_once_and_the_same_everywhere():
    assert cleaner.__version__ == PROJECT["version"] == metadata.version("page-cleaner")


def test_the_changelog_begins_with_the_version():
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    headings = [line for line in lines if line.startswith("## ")]
    assert headings[0].startswith(f"## {PROJECT['version']}")


def test_every_public_name_exists_and_is_documented():
    for name in cleaner.__all__:
        value = getattr(cleaner, name)
        assert not callable(value) or value.__doc__, name


def test_every_extra_is_part_of_all():
    extras = PROJECT["optional-dependencies"]
    named = {name.strip() for name in extras["all"][0].partition("[")[2].rstrip("]").split(",")}
    assert named == set(extras) - {"all"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the wheel and the source distribution, as an index gets them but for the speed."""
    folder = tmp_path_factory.mktemp("dist")
    for path in (ROOT / "cleaner").rglob("*.pyx"):
        made = path.with_suffix(".c")
        if made.exists() and made.stat().st_mtime > path.stat().st_mtime:
            made.touch()  # newer than the headers of lxml: not made again
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "CFLAGS": "-O0"},
        capture_output=True,
        check=True,
    )
    return folder


@pytest.mark.parametrize("compiler", ["false", "/no/such/compiler"])
def test_without_a_compiler_the_build_goes_on(compiler, tmp_path):
    for name in ("setup.py", "pyproject.toml", "cleaner/_source.pyx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((ROOT / name).read_bytes())
    done = subprocess.run(
        [sys.executable, "setup.py", "build_ext", "-b", tmp_path, "-t", tmp_path],
        cwd=tmp_path,
        env={**os.environ, "CC": compiler},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "which costs speed only" in done.stdout + done.stderr
    assert not list(tmp_path.rglob("*.so"))


def test_the_wheel_holds_every_file_of_the_package(built):
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    there = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "cleaner").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped == {name for name in there if not name.endswith(".c")}
    assert "cleaner/py.typed" in shipped
    assert any(name.startswith("cleaner/markers/lexicon/") for name in shipped)


def test_the_wheel_works_by_itself(built, tmp_path):
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path)
    program = (
        "import cleaner, sys\n"
        f"assert cleaner.__file__.startswith({str(tmp_path)!r}), cleaner.__file__\n"
        "print(cleaner.clean_text('Et avsnitt.\\n\\nannonse\\n\\nEt annet.').text)\n"
        "cleaner.clean('<p>A sentence of some words.</p>').markdown\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "annonse" not in done.stdout


def test_the_source_distribution_can_be_tested(built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"LICENSE", "README.md", "CHANGELOG.md", "Makefile", "mkdocs.yml", "pyproject.toml"}
    assert needed <= names
    assert {"cleaner/py.typed", "tests/conftest.py", "docs/index.md"} <= names
    assert any(name.startswith("fixtures/") for name in names)
