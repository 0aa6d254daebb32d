"""Read a contract file (`faubourg-contrat/1`) and bring the database to what it says."""

from pathlib import Path

from faubourg.portal.imports.checks import read_contract_file
from faubourg.portal.imports.loading import Loaded, load_contract, preview_contract
from faubourg.toolkit.yaml_file import FileProblem, FileRefused

SHIPPED = Path(__file__).resolve().parents[2] / "contracts" / "data"

__all__ = [
    "FileProblem", "FileRefused", "Loaded", "find_contract_file", "load_contract", "preview_contract",
    "read_contract_file", "shipped_contracts",
]  # fmt: skip


def shipped_contracts() -> list[str]:
    """The names of the contracts that come with the product."""
    return sorted(path.stem for path in SHIPPED.glob("*.yaml"))


def find_contract_file(name: str) -> Path:
    """A path, or the name of a contract that comes with the product."""
    return SHIPPED / f"{name}.yaml" if name in shipped_contracts() else Path(name)
