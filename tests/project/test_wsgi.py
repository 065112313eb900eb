"""The application as the web server calls it, in a process of its own: it settles how that process keeps things."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent

ASKING = """
    import io
    from caravan.project.wsgi import application

    def asked(path, method="GET"):
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "127.0.0.1", "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http",
        }
        started = []
        return started, application(environ, lambda status, headers: started.append((status, dict(headers))))
"""


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", dedent(ASKING) + dedent(code)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_is_whole_is_handed_over_in_one_piece():
    found = run("""
        started, body = asked("/robots.txt")
        (status, headers), = started
        print(status, type(body).__name__, len(body), headers["Content-Length"] == str(len(body[0])), body[0][:10])
    """)
    assert found == "200 OK list 1 True b'User-agent'"


def test_what_one_thread_speaks_and_serves_is_nothing_to_another():
    found = run("""
        import threading
        from django.db import connections
        from django.urls import get_script_prefix, set_script_prefix
        from django.utils import translation

        def visit(language, seen):
            translation.activate(language)
            set_script_prefix(f"/{language}/")
            met.wait()
            seen += [translation.get_language(), get_script_prefix(), connections["default"]]

        met, first, second = threading.Barrier(2), [], []
        visits = [threading.Thread(target=visit, args=asked) for asked in (("ru", first), ("es", second))]
        [one.start() for one in visits], [one.join() for one in visits]
        print(*first[:2], *second[:2], first[2] is not second[2], translation.get_language(), get_script_prefix())
    """)
    assert found == "ru /ru/ es /es/ True en /"
