import pytest

from cleaner.rules import RulesError, load_rules


def load(tmp_path, text):
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    return load_rules([path])


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://example.org/a", ["b"]),
        ("https://WWW.Example.org:8080/a", ["b", "c"]),
        ("https://www.example.org/blog/a", ["b", "c", "d"]),
        ("https://deep.www.example.org/blog/", ["b", "c", "d"]),
        ("https://notexample.org/", []),
        ("https://example.org.evil.example/", []),
        ("no address", []),
        ("https://[broken", []),
        (None, []),
    ],
)
def test_the_rules_of_a_host_hold_for_those_below_it_and_the_most_particular_come_last(
    tmp_path, url, found
):
    rules = load(
        tmp_path,
        '["www.example.org/blog/"]\ndrop = ["d"]\n'
        '["*"]\nkeep = ["a"]\n["example.org"]\ndrop = ["b"]\n["www.example.org."]\nonly = ["c"]\n',
    )
    assert [rule.selector for rule in rules.of(url)] == ["a", *found]


@pytest.mark.parametrize("site", ['["avis.example"]', "[avis.example]", '["AVIS.example"]'])
def test_a_host_may_stand_without_quotes(tmp_path, site):
    (rule,) = load(tmp_path, f'{site}\ndrop = [".ad"]\n').of("https://avis.example/")
    assert rule.action == "drop"


def test_a_host_is_the_same_in_its_own_script_and_as_the_name_system_has_it(tmp_path):
    rules = load(tmp_path, '["blåbær.example"]\ndrop = ["p"]\n')
    assert rules.of("https://xn--blbr-roah.example/") == rules.of("https://blåbær.example/") != []


def test_the_rules_of_several_files_count_together(tmp_path):
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text('["*"]\ndrop = ["a"]\n', "utf-8")
    second.write_text('["*"]\ndrop = ["b"]\n', "utf-8")
    assert [rule.selector for rule in load_rules([first, second]).of(None)] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "at end of document"),
        ('drop = ["p"]', "stand in the table of a site"),
        ('["https://example.org"]\ndrop = ["p"]', "a site is a host"),
        ('["*.example.org"]\ndrop = ["p"]', "a site is a host"),
        ('["example.org"]\nremove = ["p"]', "unknown key 'remove', not one of only, keep, drop"),
        ('["example.org"]\ndrop = "p"', "drop: not a list of selectors"),
        ('["example.org"]\ndrop = [1]', "drop: not a list of selectors"),
        ('["example.org"]\ndrop = ["p:::x"]', "“p:::x”: "),
        ('["example.org"]\ndrop = [""]', "“”: "),
        ('["example.org"]\ndrop = [":is(p, .a)"]', "give each selector by itself"),
        ('["example.org"]\ndrop = ["p:nth-child(x)"]', "Invalid series"),
        ('["example.org"]\ndrop = ["//p["]', "“//p[”: "),
        ('["example.org"]\ndrop = ["(count(//p))"]', "selects no elements"),
    ],
)
def test_what_is_no_rule_is_named_with_its_file(tmp_path, text, says):
    with pytest.raises(RulesError, match=r"rules\.toml: ") as raised:
        load(tmp_path, text)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(RulesError, match=r"none\.toml: No such file"):
        load_rules([tmp_path / "none.toml"])
