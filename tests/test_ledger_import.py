"""The package's public names."""

import subprocess
import sys

import pytest

import communique


def test_importing_the_package_loads_nothing_else() -> None:
    code = (
        "import sys, communique; print(sorted(m for m in sys.modules if m.startswith(('communique.', 'sqlalchemy'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_public_names() -> None:
    for name in communique.__all__:
        assert getattr(communique, name).__doc__
    with pytest.raises(AttributeError):
        _ = communique.nothing
