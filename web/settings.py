"""What the environment says: BANGIAO_… variables, and `.env` beside the place the program is started from."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values

from domain.errors import Invalid

PREFIX = "BANGIAO_"
CLOCKS = ("wall", "virtual")
QUEUES = ("threads", "procrastinate")
STRONG_KEY_LENGTH = 32
MAX_BODY_BYTES = 30 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of one process. `others` are all BANGIAO_ variables by name without the prefix."""

    home: Path
    database: str
    secret_key: str
    clock: str = "wall"
    queue: str = "threads"
    https: bool = False
    public_url: str | None = None
    proxies: int = 0
    max_body_bytes: int = MAX_BODY_BYTES
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def sends_mail(self) -> bool:
        """Whether a mail server is named."""
        return bool(self.others.get("SMTP_HOST"))

    @property
    def has_strong_key(self) -> bool:
        return len(self.secret_key) >= STRONG_KEY_LENGTH and len(set(self.secret_key)) > STRONG_KEY_LENGTH // 4


def read_settings(environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """The settings of `environment` (default: `.env`, then the process's own, which wins); `given` wins over both.

    HOME (folder, default `.bangiao`), DATABASE (SQLAlchemy URL, default a SQLite file in HOME), SECRET_KEY (default
    one made once and kept in HOME), CLOCK wall | virtual, QUEUE threads | procrastinate, HTTPS 1 when pages are
    served over https, PUBLIC_URL the address people open (letters link to it), PROXIES how many reverse proxies stand
    in front. Raises Invalid.
    """
    if environment is None:
        environment = {**{name: value or "" for name, value in dotenv_values().items()}, **os.environ}
    values = {name.removeprefix(PREFIX): text for name, text in environment.items() if name.startswith(PREFIX) and text}
    home = Path(given.pop("home", values.get("HOME", ".bangiao")))
    return Settings(
        home=home,
        database=given.pop("database", None) or values.get("DATABASE") or f"sqlite:///{home / 'bangiao.sqlite'}",
        secret_key=given.pop("secret_key", None) or values.get("SECRET_KEY") or _kept_key(home),
        clock=_one_of("CLOCK", given.pop("clock", None) or values.get("CLOCK", "wall"), CLOCKS),
        queue=_one_of("QUEUE", given.pop("queue", None) or values.get("QUEUE", "threads"), QUEUES),
        https=values.get("HTTPS", "") in ("1", "true", "yes"),
        public_url=_address("PUBLIC_URL", values.get("PUBLIC_URL", "")),
        proxies=int(values.get("PROXIES", "0")),
        others=values,
        **given,
    )


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise Invalid(
            f"{PREFIX}{name} phải là {' hoặc '.join(allowed)}, không phải “{value}”",
            f"{PREFIX}{name} must be {' or '.join(allowed)}, not {value!r}",
        )
    return value


def _address(name: str, value: str) -> str | None:
    """An address pages are found under, without a slash at its end."""
    if not value:
        return None
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise Invalid(
            f"{PREFIX}{name} phải là địa chỉ đầy đủ như https://bangiao.yenha.example, không phải “{value}”",
            f"{PREFIX}{name} must be a whole address such as https://bangiao.yenha.example, not {value!r}",
        )
    return value.rstrip("/")


def _kept_key(home: Path) -> str:
    """The key in `home`, made at the first start; readable by its owner alone."""
    place = home / "secret-key"
    if not place.exists():
        home.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return place.read_text()
