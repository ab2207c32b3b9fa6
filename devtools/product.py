"""Which of the locked packages go into the product, as opposed to the developers' tools; runs in `.venv`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib import metadata
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from devtools.environment import locked_names
from devtools.places import LOCK, PYPROJECT

SYSTEMS = {"linux": ("posix", "Linux"), "win32": ("nt", "Windows")}


def project() -> dict[str, Any]:
    """Return the `project` table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    return table


def extras() -> tuple[str, ...]:
    """Return the names of the product's optional parts."""
    return tuple(project()["optional-dependencies"])


def packages(with_extras: Iterable[str], systems: Iterable[str] = tuple(SYSTEMS)) -> set[str]:
    """Return the names of the packages that the product and the named extras draw in on one of the systems."""
    about = project()
    lines = [*about["dependencies"], *(line for extra in with_extras for line in about["optional-dependencies"][extra])]
    return closure((Requirement(line) for line in lines), systems)


def closure(requirements: Iterable[Requirement], systems: Iterable[str] = tuple(SYSTEMS)) -> set[str]:
    """Return the locked packages that requirements draw in.

    What is not installed here (a package for the other system) is not followed further: those few need nothing.
    """
    locked = locked_names(LOCK.read_text(encoding="utf-8"))
    waiting, found = list(requirements), set[str]()
    while waiting:
        name = canonicalize_name(waiting.pop().name)
        if name not in found and name in locked:
            found.add(name)
            waiting += needs_of(name, systems)
    return found


def needs_of(name: str, systems: Iterable[str]) -> list[Requirement]:
    """Return what an installed package needs on one of the systems."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    needs = [Requirement(line) for line in lines]
    return [need for need in needs if any(is_needed(need, system) for system in systems)]


def is_needed(need: Requirement, system: str) -> bool:
    """Tell whether a requirement holds on a system without any extra being asked for."""
    if need.marker is None:
        return True
    os_name, platform_system = SYSTEMS[system]
    surroundings = {"sys_platform": system, "os_name": os_name, "platform_system": platform_system, "extra": ""}
    return need.marker.evaluate(surroundings)
