import pytest
from typer.testing import CliRunner

from cleaner.cli import application


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *words: runner.invoke(application(), ["markers", *map(str, words)])


def test_the_languages_are_listed_with_counts(run):
    result = run()
    assert result.exit_code == 0
    assert "phrases in 91 languages" in result.stdout


def test_a_part_of_a_phrase_is_found(run):
    result = run("search", "Fortsetter")
    assert result.exit_code == 0
    assert "artikkelen fortsetter under annonsen" in result.stdout


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("This text continues right below the advert", "words"),
        ("Annonse fra Fjellbanken", "name"),
        ("Les også: Storm i vente", "start"),
    ],
)
def test_a_line_that_is_a_marker_and_no_phrase_is_told(run, line, where):
    result = run("search", line)
    assert result.exit_code == 0
    assert where in result.stdout.split()


def test_a_search_without_a_hit_fails(run):
    assert run("search", "xyzzy").exit_code == 1


def test_the_lexicon_of_the_package_is_well(run):
    result = run("check")
    assert (result.exit_code, result.stdout.strip()) == (0, "all is well")


def test_every_fault_of_a_file_is_told(run, tmp_path):
    path = tmp_path / "eo.toml"
    path.write_text('[ad]\nline = ["—"]\nend = []\n[advert]\n', encoding="utf-8")
    result = run("check", path)
    assert result.exit_code == 1
    assert all(word in result.stderr for word in ("holds no word", "'end'", "'advert'"))


def test_a_sound_file_of_ones_own_is_well(run, tmp_path):
    path = tmp_path / "eo.toml"
    path.write_text('[ad]\nline = ["reklamfiko"]\n', encoding="utf-8")
    assert run("check", path).exit_code == 0
    assert "reklamfiko" in run("search", "reklamfiko", "--lexicon", path).stdout


def test_a_file_that_is_no_toml_is_wrong_usage(run, tmp_path):
    path = tmp_path / "eo.toml"
    path.write_text("[ad", encoding="utf-8")
    assert run("check", path).exit_code == 2
