"""Makes .venv from a hash-pinned lock: `python -m ops.environment runtime` or `dev`.

`dev` holds everything `runtime` does. uv comes from PyPI, checked against ops/bootstrap.lock; where it cannot be
had, or cannot install, pip does the same work more slowly. A stamp file tells make that a lock is installed.
"""

import sys
import venv
from pathlib import Path

from ops.steps import StepFailed, command, step

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".venv"
PYTHON = str(FOLDER / "bin" / "python")
UV = str(FOLDER / "bin" / "uv")
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}
WITH_PIP = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
# Bytecode is compiled now, so that the first start is quick; pip does so by itself.
WITH_UV = [UV, "pip", "install", "--python", PYTHON, "--compile-bytecode"]


def main(kind: str) -> None:
    print("Python environment (.venv)", flush=True)
    if not Path(PYTHON).exists():
        with step("Empty environment"):
            venv.create(FOLDER, with_pip=True)
    lock = str(ROOT / LOCKS[kind])
    install = _choose_installer(lock)
    command("Our own code", [*install, "--no-build-isolation", "--no-deps", "-e", str(ROOT)])
    for stamped in LOCKS if kind == "dev" else [kind]:
        (FOLDER / f"{stamped}.stamp").touch()


def _choose_installer(lock: str) -> list[str]:
    """Install the lock and return the words of the program that could do it."""
    packages = ["--require-hashes", "-r", lock]
    try:
        if not Path(UV).exists():
            command(
                "uv",
                [
                    *WITH_PIP,
                    "--require-hashes",
                    "-r",
                    str(ROOT / "ops" / "bootstrap.lock"),
                ],
            )
        command("Packages", [*WITH_UV, *packages])
        return WITH_UV
    except (StepFailed, OSError):
        print(
            "  uv cannot do it here: installing with pip instead, which takes about a minute.",
            flush=True,
        )
    command("Packages", [*WITH_PIP, *packages])
    return WITH_PIP


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except StepFailed as failure:
        sys.exit(f"{failure} The environment is not complete; the same command goes on where it stopped.")
