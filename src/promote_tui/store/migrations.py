"""Bring what an older program wrote up to the current version of the file format, in memory."""

from collections.abc import Callable, Sequence
from typing import Any

Document = dict[str, Any]
Step = Callable[[Document], Document]
"""Turns a document of one version into one of the next. It changes nothing in place and takes whatever a
file may hold, also of wrong types: what is wrong is said afterwards, by the models."""

STEPS: tuple[Step, ...] = ()
"""The first turns version 1 into version 2, and so on; the current version is one more than there are."""


def migrated(document: Document, steps: Sequence[Step] = STEPS) -> Document:
    """Return a document as the current version has it; the same one when there is nothing to do.

    One of a newer program, or with a version that is no version, is left for the models to judge.
    """
    version = document.get("version")
    if type(version) is not int or not 1 <= version <= len(steps):
        return document
    for number, step in enumerate(steps[version - 1 :], version + 1):
        document = {**step(document), "version": number}
    return document
