"""Who runs the server. PostgreSQL refuses to run as root, so root hands it to an unprivileged user who already exists.

Nothing is made or loosened for that user: no account is added, no folder above the project changes its mode.
"""

import os
import pwd
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from .errors import PostgresError

CANDIDATES = ("postgres", "nobody")


class Identity(TypedDict, total=False):
    """The arguments of Popen that change the user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """A system user. `dropped` is true when we are root and must change to it; else it is ourselves."""

    uid: int
    gid: int
    name: str
    dropped: bool

    def popen(self, command: Sequence[str], *, log: int, keep: int) -> "subprocess.Popen[bytes]":
        """Start a command as this user, in a session of its own so that Ctrl-C in a terminal does not reach it.

        `log` receives its output; `keep` is a file descriptor it and its children hold as long as one of them lives.
        """
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(keep,),
            start_new_session=True,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            umask=0o077,
            **self._identity(),
        )

    def can_enter(self, folder: Path) -> bool:
        """Whether this user can reach and list the folder: asked of the kernel, so that ACLs and mounts count too."""
        return self._test("-r", folder) and self._test("-x", folder)

    def works(self) -> bool:
        """Whether we may become this user at all: a container can lack the right, or the user."""
        try:
            return self._test("-d", Path("/"))
        except (OSError, subprocess.SubprocessError):
            return False

    def _test(self, what: str, path: Path) -> bool:
        return subprocess.run(["test", what, path], cwd="/", **self._identity()).returncode == 0

    def _identity(self) -> Identity:
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.dropped else {}


def account_for(owner: int | None) -> Account:
    """The user to run the server: ourselves; for root the owner of the existing data, else a candidate that works.

    `owner` is the uid that owns the data, None when there are none yet. Raises PostgresError when nobody will do.
    """
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise PostgresError(
                f"The data belong to {_name(owner)}, so {_name(os.geteuid())} cannot run their server. "
                f"Run as root or as {_name(owner)}, or remove the data folder to begin anew."
            )
        return Account(os.geteuid(), os.getegid(), _name(os.geteuid()), dropped=False)
    for entry in [pwd.getpwuid(owner)] if owner else _entries(CANDIDATES):
        account = Account(entry.pw_uid, entry.pw_gid, entry.pw_name, dropped=True)
        if account.works():
            return account
    raise PostgresError(
        f"PostgreSQL does not run as root and none of the users {', '.join(CANDIDATES)} can be used instead. "
        "Run as a plain user, or set DATABASE_URL to a server."
    )


def _entries(names: Iterable[str]) -> list[pwd.struct_passwd]:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return [known[name] for name in names if name in known]


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
