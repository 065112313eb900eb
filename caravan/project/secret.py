"""The key that signs what we hand out: of the environment in production, else one of this installation's own."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def secret_key(var: Path, *, production: bool) -> str:
    """CARAVAN_SECRET_KEY, or the random key kept in `var`. Raises SystemExit in production without the variable."""
    if given := os.environ.get("CARAVAN_SECRET_KEY"):
        return given
    if production:
        raise SystemExit("Set CARAVAN_SECRET_KEY to a long random text, the same for every process of this market.")
    path = var / "secret-key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        draft = var / f"secret-key.{os.getpid()}.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        # Of several processes starting at once the first one's key stands, whole.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()
