"""Programs that tests need and Debian has."""

import os
import shutil
import subprocess
from typing import NoReturn

import pytest


def told_where_to_find(program: str, package: str) -> NoReturn:
    """End a test that needs a program: as failed where the program could be installed, else as skipped."""
    told = f"{program} is not here: `make debian` installs Debian's package {package}"
    if may_install():
        pytest.fail(told, pytrace=False)
    pytest.skip(f"{told}, where it may; here it may not.")


def may_install() -> bool:
    """Whether whoever runs the tests may install Debian's packages."""
    if shutil.which("apt-get") is None:
        return False
    return os.geteuid() == 0 or (
        shutil.which("sudo") is not None and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    )
