"""The Python door keeps its names whatever has been imported before."""

import importlib
import inspect

import communique


def test_public_names_stay_functions_and_classes_after_all_rooms_are_loaded() -> None:
    for room in ("api", "cli", "extraction", "ledger", "reader", "sources", "views"):
        importlib.import_module(f"communique.{room}")
    assert inspect.isclass(communique.Ledger)
    assert inspect.isclass(communique.Document)
    assert inspect.isfunction(communique.extract)
    assert inspect.isfunction(communique.read)
