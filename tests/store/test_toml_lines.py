import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.store.toml_lines import Lines, overlong_key

PLAIN = """\
# [not a table] = "nor a key"
title = "a" # comment with ] and [brackets] and = signs
text = '''two
lines [here]'''

more = \"\"\"three
\\\"\"\" still = text
lines\"\"\"
[present]
patient = 1
[[steps]]
id = "step-1"
stories = [
    "one", # ]
    "two",
]
votes = { staff = 1, patient = 2 }
[[steps]]
title = "x"
"quoted key" . part = 1
[[initiatives]]
[[initiatives.reviews]]
[[initiatives.reviews.parts]]
name = "a"
[[initiatives.reviews.parts]]
dissent = [
  { voice = "patient", says = "a" },
  { voice = "carer", says = "b" }, # ]

]
[[initiatives]]
[initiatives.measure]
target = 1.5
grid = [[1, 2],
        [3, [4,
        5]], []]
after = 1
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("text",), 3),
        (("more",), 6),
        (("present",), 9),
        (("present", "patient"), 10),
        (("steps",), 11),
        (("steps", 0), 11),
        (("steps", 0, "id"), 12),
        (("steps", 0, "stories"), 13),
        (("steps", 0, "stories", 0), 14),
        (("steps", 0, "stories", 1), 15),
        (("steps", 0, "votes", "patient"), 17),
        (("steps", 0, "missing"), 11),
        (("steps", 1), 18),
        (("steps", 1, "title"), 19),
        (("steps", 1, "quoted key", "part"), 20),
        (("initiatives", 0, "reviews", 0, "parts", 0, "name"), 24),
        (("initiatives", 0, "reviews", 0, "parts", 1), 25),
        (("initiatives", 0, "reviews", 0, "parts", 1, "dissent", 0, "says"), 27),
        (("initiatives", 0, "reviews", 0, "parts", 1, "dissent", 1, "voice"), 28),
        (("initiatives", 0, "reviews", 0, "parts", 1, "dissent", 1, "says"), 28),
        (("initiatives", 1), 31),
        (("initiatives", 1, "measure", "target"), 33),
        (("initiatives", 1, "measure", "grid", 0, 1), 34),
        (("initiatives", 1, "measure", "grid", 1, 0), 35),
        (("initiatives", 1, "measure", "grid", 1, 1, 1), 36),
        (("initiatives", 1, "measure", "grid", 2), 36),
        (("initiatives", 1, "measure", "after"), 37),
        (("nowhere",), 0),
        ((), 0),
    ],
)
def test_every_key_has_its_line(path: tuple[str | int, ...], line: int, ends: str) -> None:
    tomllib.loads(PLAIN)
    assert Lines(PLAIN.replace("\n", ends)).of(path) == line


VALUES = st.recursive(
    st.sampled_from(["1", "-2.5", '"a ] = ["', "'b # c'", "true", "2026-11-23", '"""x\ny"""', "'''\n'''"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ",\n".join(items) + "\n]"),
        st.lists(inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"k{n} = {item}" for n, item in enumerate(items)) + "}"
        ),
    ),
    max_leaves=8,
)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, item in inner for found in paths(item, (*path, key)))]


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_each_key_of_any_text_is_found_after_whatever_stands_before_it(values: list[str]) -> None:
    text, starts = "", []
    for number, value in enumerate(values):
        starts.append(text.count("\n") + 1)
        text += f"k{number} = {value} # and so on\n"
    document = tomllib.loads(text)
    lines = Lines(text)
    ends = [*starts[1:], text.count("\n") + 1]
    for path in paths(document)[1:]:
        number = int(str(path[0])[1:])
        assert starts[number] <= lines.of(path) < ends[number]
        assert len(path) > 1 or lines.of(path) == starts[number]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1", 0),
        (".".join("a" * 16) + " = 1", 0),
        (".".join("a" * 17) + " = 1", 1),
        ("x = 1\n[" + " . ".join(["a", "'b'", '"c"'] * 6) + "]", 2),
        ("x = { " + ".".join("a" * 17) + " = 1 }", 1),
        ("x = [\n{ " + ".".join("a" * 40_000) + " = 1 }]", 2),
        ('text = "' + "One. Two. " * 20 + '"', 0),
        ("x = [" + "1.5, " * 20 + "]", 0),
        ("# " + "." * 20, 0),
        ("x = '''\n" + "." * 20 + "\n'''\n" + ".".join("a" * 17) + " = 1", 4),
    ],
    ids=range(10),
)
def test_a_key_of_many_parts_is_found_without_reading_it_as_toml(text: str, line: int) -> None:
    assert overlong_key(text) == line


@pytest.mark.parametrize(
    "hostile",
    [
        '"""\n\\' * 60_000,
        '"\\' * 120_000,
        "'''" + "''\\" * 60_000,
        '"""' + "\\" * 200_001,
        "[" * 200_000,
        "\"'" * 100_000,
    ],
    ids=["blocks", "escapes", "quotes", "backslashes", "brackets", "mixed"],
)
def test_a_text_of_half_open_strings_is_walked_through_once(hostile: str) -> None:
    # a walk that begins anew at each of the quotes would need hours for these
    assert overlong_key("a = 1 # " + "." * 20 + "\n" + hostile) == 0
