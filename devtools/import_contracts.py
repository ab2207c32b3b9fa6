"""Two kinds of import rule that import-linter lacks, both exhaustive; used by import-linter, knows no rule itself."""

from __future__ import annotations

import sys
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


def read_table(lines: Iterable[str]) -> dict[str, list[str]]:
    """Turn lines `name: word word` into a dictionary. Raises ValueError for a line without a colon."""
    table = {}
    for line in lines:
        name, colon, words = line.partition(":")
        if not colon:
            raise ValueError(f"no colon in: {line}")
        table[name.strip()] = words.split()
    return table


def is_inside(module: str, package: str) -> bool:
    """Tell whether a module is the package itself or below it."""
    return module == package or module.startswith(package + ".")


def is_inside_any(module: str, packages: Iterable[str]) -> bool:
    """Tell whether a module is one of the packages or below one."""
    return any(is_inside(module, package) for package in packages)


def internal_modules(graph: ImportGraph) -> Iterator[str]:
    """Yield the project's own modules."""
    return (module for module in sorted(graph.modules) if not graph.is_module_squashed(module))


class FaultsContract(Contract):
    """A contract whose findings are plain sentences."""

    @abstractmethod
    def find_faults(self, graph: ImportGraph) -> Iterator[str]:
        """Yield one sentence for each broken rule."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002  import-linter's signature
        """Collect the faults."""
        faults = list(self.find_faults(graph))
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the faults."""
        for fault in check.metadata["faults"]:
            output.print_error(fault, bold=False)


class MayImportContract(FaultsContract):
    """Each package names what it may import of the project; a package without a rule is a fault.

    A rule for `a.b` governs the modules of `a.b`; modules of the root itself (`a`) may import nothing of the project.
    """

    type_name = "may_import"
    rules: Any = fields.ListField(subfield=fields.StringField())

    def find_faults(self, graph: ImportGraph) -> Iterator[str]:
        """Yield the imports that no rule allows and the modules that no rule governs."""
        rules = read_table(self.rules)
        roots = {package.partition(".")[0] for package in rules}
        for module in internal_modules(graph):
            package = next((package for package in rules if is_inside(module, package)), None)
            if package is None and module not in roots:
                yield f"{module} has no rule of what it may import"
            allowed = [package, *rules[package]] if package else []
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                if imported.partition(".")[0] in roots and not is_inside_any(imported, allowed):
                    yield f"{module} must not import {imported}"


class DoorsContract(FaultsContract):
    """Each outside library names the packages that may import it; a library without a door is a fault."""

    type_name = "doors"
    root: Any = fields.StringField()
    doors: Any = fields.ListField(subfield=fields.StringField())

    def find_faults(self, graph: ImportGraph) -> Iterator[str]:
        """Yield the imports of outside libraries that do not go through their door."""
        doors = read_table(self.doors)
        for module in internal_modules(graph):
            if not is_inside(module, self.root):
                continue
            for library in sorted(graph.find_modules_directly_imported_by(module)):
                name = library.partition(".")[0]
                if not graph.is_module_squashed(library) or name in sys.stdlib_module_names:
                    continue
                if name not in doors:
                    yield f"{module} imports {name}, which has no door"
                elif not self.is_door(module, doors[name]):
                    yield f"{module} imports {name}, whose door is {' or '.join(doors[name])}"

    def is_door(self, module: str, packages: list[str]) -> bool:
        """Tell whether a module belongs to one of the door's packages; `*` is the whole root."""
        return "*" in packages or is_inside_any(module, [f"{self.root}.{package}" for package in packages])
