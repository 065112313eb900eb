from __future__ import annotations

import socket

import click


def refuse_taken_port(host: str, port: int) -> None:
    """Two web servers on one port would both start and share its requests, silently. Raises ClickException instead."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as e:
            raise click.ClickException(f"Port {port} is taken. Choose another: --port {port + 1}") from e
