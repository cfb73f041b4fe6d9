"""What is shipped to run the application elsewhere agrees with the application."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml  # type: ignore[import-untyped]

from cooperations.contributions.delivering import DEFAULT_FOLDER
from cooperations.settings import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SETTING = re.compile(r"\b(COOPERATIONS_[A-Z_]+[A-Z]|DATABASE_URL)\b")
GUIDE = ROOT / "docs" / "exploitation.md"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """Return the services of compose.yaml."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    return found


def settings_in(path: Path) -> set[str]:
    """Return the settings that a file names."""
    return set(SETTING.findall(path.read_text(encoding="utf-8")))


def test_the_guide_tells_every_setting() -> None:
    """Who runs the application reads no code to know what can be set."""
    read = {name for path in (ROOT / "cooperations").rglob("*.py") for name in settings_in(path)}
    assert settings_in(GUIDE) == read


def test_only_the_proxy_is_open(services: dict[str, Any]) -> None:
    """The database and the application are reached from inside only, and there are several replicas."""
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]
    assert services["app"]["deploy"]["replicas"] > 1


def test_the_services_know_settings_and_no_secret(services: dict[str, Any]) -> None:
    """What compose sets exists, and every password comes from outside."""
    environment = services["app"]["environment"]
    ours = {name for name in environment if SETTING.fullmatch(name)}
    assert "DATABASE_URL" in ours
    assert ours <= settings_in(GUIDE)
    assert ours >= {"COOPERATIONS_SMTP", "COOPERATIONS_EXPEDITEUR"}
    secrets = [environment["STREAMLIT_SERVER_COOKIE_SECRET"], services["base"]["environment"]["POSTGRES_PASSWORD"]]
    assert all(re.fullmatch(r"\$\{[A-Z_]+:\?.+\}", one) for one in secrets)


def test_messages_that_wait_survive_their_replica() -> None:
    """They are in one volume with a name, that every replica shows and that another build finds again."""
    told: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    kept = dict(one.split(":") for one in told["services"]["app"]["volumes"])
    assert kept.items() >= {"var": f"/srv/cooperations/{DEFAULT_FOLDER.relative_to(ROOT).parts[0]}"}.items()
    assert set(kept) <= set(told["volumes"])


def test_the_image_has_what_the_application_needs() -> None:
    """What the Dockerfile copies exists and is not left out, as an unprivileged user."""
    recipe, ignored = (
        (ROOT / name).read_text(encoding="utf-8").splitlines() for name in ("Dockerfile", ".dockerignore")
    )
    copied = [line.split()[1:-1] for line in recipe if line.startswith("COPY ") and "--from" not in line]
    for name in (one for several in copied for one in several):
        assert (ROOT / name).exists()
        assert f"!{name}" in ignored
    assert {"app.py", "pages", "cooperations", "data", "geo"} <= {one for several in copied for one in several}
    assert any(line.startswith("USER ") for line in recipe)


def test_the_image_is_compiled_beforehand() -> None:
    """On a read-only file system nothing compiled is kept: every process would compile all of it again."""
    recipe = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "--no-compile" not in recipe
    assert "RUN python -m compileall -q app.py pages cooperations" in recipe


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    """Only the name of the application is changed, which means nothing here."""
    shipped = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    path = tmp_path / "nginx.conf"
    path.write_text(shipped.replace("server app:8501", "server 127.0.0.1:8501"), encoding="utf-8")
    tried = subprocess.run(["nginx", "-t", "-c", path], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
