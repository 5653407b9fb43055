"""The outside world: nothing handed on names this machine, a package registry or a real person."""

import re

from tests.house.reading import File, nothing_wrong, tracked

_MACHINE = re.compile(
    "|".join(rf"(?<![\w./~-])/{folder}/\w" for folder in ("work", "root", "home", "Users", "opt"))
    + r"|\b[A-Z]:\\Users"
)
_REGISTRY = re.compile(
    r"(--)?(extra-)?index-url|find-links|trusted-host|npm_config_registry|registry\s*="
    # SMART's address of an extension is no registry of packages, whatever it is called.
    r"|\"resolved\":|https?://(?!fhir-registry\.smarthealthit)[\w.-]*"
    r"(pypi|npmjs|nexus|artifactory|registry|pythonhosted)[\w.-]*"
    r"|https?://\S+/simple\b",
    re.IGNORECASE,
)
# Ten digits as they stand in a record: an NHS number outside the test range 999 might be someone's.
_TEN_DIGITS = re.compile(r"(?<![\w.-])(\d{3}) ?(\d{3}) ?(\d{4})(?![\w.-])")
_WEIGHTS = range(10, 1, -1)
MINE = "tests/house/test_outside_world.py"
PLACES_FOR_NUMBERS = (
    "imparts/demo/",
    "imparts/content/",
    "tests/apps/",
    "tests/journeys/",
    "docs/",
)


def paths_of_one_machine(file: File) -> list[str]:
    """Folders that exist only where somebody happened to work."""
    return _lines(file, _MACHINE, "a folder of one machine; name it from the repository's top")


def registries(file: File) -> list[str]:
    """Where packages come from is the site's business: pip and npm have settings for it."""
    return _lines(file, _REGISTRY, "a package registry; leave that to the site's own settings")


def possible_patients(file: File) -> list[str]:
    """Numbers that pass the NHS check digit and are not of the test range."""
    return [
        f"{file.path}:{number} an NHS number outside the test range 999"
        for number, line in enumerate(file.text.splitlines(), start=1)
        for found in _TEN_DIGITS.finditer(line)
        if _may_be_a_patient("".join(found.groups()))
    ]


def _may_be_a_patient(digits: str) -> bool:
    total = sum(int(d) * w for d, w in zip(digits[:9], _WEIGHTS, strict=True))
    check = (11 - total % 11) % 11
    return check == int(digits[9]) and not digits.startswith("999") and digits[0] in "4567"


def _lines(file: File, pattern: re.Pattern[str], what: str) -> list[str]:
    return [
        f"{file.path}:{number} names {what}: {found.group()}"
        for number, line in enumerate(file.text.splitlines(), start=1)
        if (found := pattern.search(line))
    ]


def _handed_on() -> list[File]:
    return [f for f in tracked() if f.path != MINE and "/vendor/" not in f.path]


def test_no_file_names_a_folder_of_one_machine() -> None:
    nothing_wrong(wrong for file in _handed_on() for wrong in paths_of_one_machine(file))


def test_no_file_names_a_package_registry() -> None:
    nothing_wrong(wrong for file in _handed_on() for wrong in registries(file))


def test_no_number_could_be_a_real_patients() -> None:
    asked = [f for f in _handed_on() if f.path.startswith(PLACES_FOR_NUMBERS)]
    nothing_wrong(wrong for file in asked for wrong in possible_patients(file))


def test_a_folder_of_one_machine_is_found() -> None:
    assert paths_of_one_machine(File("x", "see /home/ann/notes"))
    assert paths_of_one_machine(File("x", "open('/root/key')"))
    assert not paths_of_one_machine(File("x", "see docs/home/ann and https://nhs.uk/home/care"))


def test_a_package_registry_is_found() -> None:
    assert registries(File("x", "pip install --index-url https://example.org/simple x"))
    assert registries(File("x", '"resolved": "https://example.org/x.tgz"'))
    assert not registries(File("x", "pip install -r requirements/run.txt"))


def test_a_possible_patients_number_is_found() -> None:
    assert possible_patients(File("x", "number 401 023 2137"))
    assert not possible_patients(File("x", "number 999 000 0018"))
    assert not possible_patients(File("x", "number 401 023 2138"))
