"""What holds the code together: direction, doors, promises about the network, and the quality tools."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import promote_tui
from promote_tui.store.places import examples_folder

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "promote_tui"
MODULES = sorted(SOURCE.rglob("*.py"))
NETWORK = {
    "aiohttp", "asyncio.streams", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib",
    "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "websockets",
    "xmlrpc",
}  # fmt: skip
# calls that make or change a file, whatever their arguments
WRITING = {
    "copy", "copy2", "copyfile", "copytree", "hardlink_to", "link", "mkfifo", "mkstemp", "move",
    "NamedTemporaryFile", "rename", "symlink", "symlink_to", "TemporaryFile", "touch", "truncate",
    "write_bytes", "write_text",
}  # fmt: skip
# of these only the ones of os and shutil: lists and texts have them too
IN_MEMORY = {"copy", "link", "move", "truncate"}


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def run(*command: str) -> tuple[int, str]:
    """Run a tool that the test extra installs, beside this Python or on the path; return what it said."""
    beside = Path(sys.executable).with_name(f"{command[0]}.exe" if sys.platform == "win32" else command[0])
    program = str(beside) if beside.exists() else shutil.which(command[0])
    assert program, f"{command[0]} is missing; it comes with: pip install -e '.[test]'"
    done = subprocess.run(
        [program, *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode, f"{done.stdout}{done.stderr}"


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def writing_calls(tree: ast.Module) -> Iterator[str]:
    """Yield each call that opens a file to write to it, or makes one in another way."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        owner = getattr(function.value, "id", "") if isinstance(function, ast.Attribute) else ""
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        modes = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        opens = name in ("open", "fdopen") and (owner == "os" or any(map(_writes, modes)))
        if opens or (name in WRITING and (owner in ("os", "shutil") or name not in IN_MEMORY)):
            yield f"{name} in line {node.lineno}"


def _writes(mode: str) -> bool:
    return re.fullmatch(r"[rwaxbt+]{1,4}", mode) is not None and bool(set(mode) & set("wax+"))


# direction


def test_contracts_between_packages_are_kept() -> None:
    status, said = run("lint-imports", "--no-cache")

    assert status == 0, said


@pytest.mark.parametrize("command", ["list", "due", "check"])
def test_what_needs_no_screen_never_loads_one(command: str) -> None:
    files = [str(path) for path in examples_folder().glob("*.toml")] if command == "check" else []
    heavy = ["textual", "rich", *(["pydantic"] if command != "check" else [])]
    code = (
        "import sys\nfrom promote_tui.cli import main\n"
        f"status = main({[command, '--library', str(examples_folder()), *files]!r})\n"
        f"print(status, [name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stdout.splitlines()[-1] == "0 []", done.stderr


def test_home_is_ready_to_be_painted_without_the_models() -> None:
    code = "import sys\nimport promote_tui.ui.app\nprint('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stdout == "False\n", done.stderr


# doors


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_store_writes_files(path: Path) -> None:
    if SOURCE / "store" not in path.parents:
        assert list(writing_calls(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        "open(p, 'w')",
        "open(p, mode='ab')",
        "p.open('r+')",
        "p.write_text('x')",
        "os.open(p, flags)",
        "os.fdopen(d)",
        "shutil.copy(a, b)",
        "p.touch()",
        "os.link(a, b)",
    ],
)
def test_the_search_for_writing_finds_it(code: str) -> None:
    assert list(writing_calls(ast.parse(code)))


@pytest.mark.parametrize("code", ["open(p)", "p.open('rb')", "{}.copy()", "SessionFile.open(p)"])
def test_the_search_for_writing_lets_reading_pass(code: str) -> None:
    assert not list(writing_calls(ast.parse(code)))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_knows_the_network(path: Path) -> None:
    names = set(imported(ast.parse(path.read_text(encoding="utf-8"))))

    assert {name for name in names if name in NETWORK or name.split(".")[0] in NETWORK} == set()


# quality


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "--no-cache", "."),
        ("ruff", "format", "--check", "--no-cache", "."),
        ("mypy",),
        ("codespell", "src", "tests", "examples"),
    ],
    ids=["ruff-check", "ruff-format", "mypy", "codespell"],
)
def test_the_quality_tools_are_content(command: tuple[str, ...]) -> None:
    status, said = run(*command)

    assert status == 0, f"{' '.join(command)} found something:\n{said}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_opens_with_one_sentence(path: Path) -> None:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    first = text.split("\n")[0]

    assert re.fullmatch(r"\w.*[.!?]", first), f"{name_of(path)} opens with {first!r}"


# what must not be in the repository

FOREIGN = {
    "a package registry": re.compile(
        r"\b[\w.-]*(?:pypi|pythonhosted|artifactory|nexus|devpi|jfrog)[\w.-]*\.(?!py\b|toml\b|md\b)[a-z]{2,}\b"
        r"|--(?:extra-)?index-url"
    ),
    "a home folder": re.compile(r"(?<![\w.~-])/(?:home|Users|root)/\w|\b[A-Za-z]:\\+Users\\+\w"),
}


def own_files() -> list[Path]:
    """Return the files of the repository, also those not committed yet; without git those of our folders."""
    git = shutil.which("git")
    if git:
        listing = subprocess.run(
            [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        if listing.returncode == 0 and listing.stdout:
            names = listing.stdout.decode("utf-8", "surrogateescape").split("\0")
            return [path for name in names if name and (path := ROOT / name).is_file()]
    folders = ("src", "tests", "examples", "docs", "benchmarks")
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in inside if "__pycache__" not in path.parts]


def test_no_file_names_a_machine_or_a_registry() -> None:
    files = own_files()
    found = [
        f"{path.relative_to(ROOT)}:{number}: {what}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        for what, pattern in FOREIGN.items()
        if pattern.search(line)
    ]

    assert SOURCE / "cli" / "commands.py" in files
    assert found == []


def test_the_search_for_foreign_names_finds_them() -> None:
    registry, home = FOREIGN.values()

    assert registry.search("https://my-pypi" + ".example.org/simple")
    assert registry.search("files.pythonhosted" + ".org/x")
    assert home.search("in /home" + "/someone/x")
    assert home.search("C:\\Users" + "\\someone")
    assert not home.search("~/home/x and src/home/x")


def test_the_tests_look_at_this_source() -> None:
    assert Path(promote_tui.__file__).parent == SOURCE
