"""`mlpkit lab` for real: serves, keeps to its checkout, takes its own Python, stops when told."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
ANSWER = re.compile(r"http://127\.0\.0\.1:(\d+)/lab/tree/(\S+)\?token=(\w+)")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="starts and stops the server by POSIX signals"),
]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def trap(folder):
    """A kernel `python3` that would never start, where Jupyter looks for kernels of the user."""
    folder = folder / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": ["false", "{connection_file}"], "display_name": "trap", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


def start(home, *arguments, **variables):
    """`mlpkit lab` with this home folder and nothing of our own environment."""
    environment = {"HOME": str(home), "PATH": os.defpath, "TERM": "xterm"} | variables
    command = [sys.executable, "-m", "mlpkit.cli", "lab", "--no-browser", *arguments]
    pipes = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
        "text": True,
    }
    return subprocess.Popen(command, env=environment, start_new_session=True, cwd=home, **pipes)


def address(process):
    """Port, path and token from what the server prints first."""
    said = []
    for line in process.stdout:
        said.append(line)
        if match := ANSWER.search(line):
            return int(match[1]), match[2], match[3]
    raise AssertionError("JupyterLab ended at once:\n" + "".join(said))


def wait_until_it_answers(port):
    """The address is printed a moment before the server answers, and before it has taken over Ctrl-C."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nothing answers on port {port}")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A running server whose user has traps all around: (process, port, path, token, home)."""
    home = tmp_path_factory.mktemp("home")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    trap(home / ".local" / "share" / "jupyter")
    trap(elsewhere)
    process = start(home, "--port", str(free_port()), JUPYTER_PATH=str(elsewhere))
    try:
        port, path, token = address(process)
        wait_until_it_answers(port)
        yield process, port, path, token, home
    finally:
        process.kill()
        process.communicate()


def ask(server, path, data=None):
    """GET, or POST with data, with the token -> parsed JSON."""
    _, port, _, token, _ = server
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=data)
    request.add_header("Authorization", f"token {token}")
    with urllib.request.urlopen(request, timeout=20) as response:
        return json.load(response)


def test_it_serves_the_checkout_and_opens_the_first_lecture(server):
    assert server[2] == "lectures/00_start_here.ipynb"
    assert "version" in ask(server, "/api")
    assert "lectures" in {entry["name"] for entry in ask(server, "/api/contents")["content"]}


def test_without_the_token_nothing_is_given(server):
    with pytest.raises(urllib.error.HTTPError, match="403") as refused:
        urllib.request.urlopen(f"http://127.0.0.1:{server[1]}/api/contents", timeout=20)
    refused.value.close()


def test_the_kernel_is_this_python_whatever_the_user_has_elsewhere(server):
    from jupyter_client.blocking.client import BlockingKernelClient

    kernel = ask(server, "/api/kernels", data=b"{}")["id"]
    client = BlockingKernelClient()
    client.load_connection_file(str(CHECKOUT / ".jupyter" / "runtime" / f"kernel-{kernel}.json"))
    client.hb_channel.time_to_dead = 60.0  # a second without a heartbeat is no death on a busy machine
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        said = []
        client.execute_interactive(
            "import sys, os; print(sys.executable); print(os.environ['MPLCONFIGDIR'])",
            timeout=30,
            output_hook=lambda message: said.append(message["content"].get("text", "")),
        )
    finally:
        client.stop_channels()
    assert "".join(said).split() == [sys.executable, str(CHECKOUT / ".jupyter" / "matplotlib")]


def test_a_terminal_finds_the_courses_command_although_the_output_of_the_server_is_redirected(server):
    import websocket  # websocket-client, which JupyterLab's server needs itself

    _, port, _, token, _ = server
    name = ask(server, "/api/terminals", data=b"{}")["name"]
    address = f"ws://127.0.0.1:{port}/terminals/websocket/{name}?token={token}"
    connection = websocket.create_connection(address, timeout=30)
    try:
        connection.send(json.dumps(["stdin", "command -v mlpkit || echo not found; echo en''d\r"]))
        said = ""
        while "end" not in said:
            kind, *parts = json.loads(connection.recv())
            said += parts[0] if kind == "stdout" else ""
    finally:
        connection.close()
    assert str(Path(sys.executable).parent / "mlpkit") in said


def test_the_home_folder_stays_as_it_was(server):
    ask(server, "/lsp/status")  # answers once the language servers have been looked for, a known trespasser
    files = [str(path.relative_to(server[4])) for path in server[4].rglob("*") if path.is_file()]
    assert files == [str(Path(".local/share/jupyter/kernels/python3/kernel.json"))]


def test_a_taken_port_gets_one_sentence(server, tmp_path):
    second = start(tmp_path, "--port", str(server[1]))
    said = second.communicate(timeout=30)[0]
    assert second.returncode == 1
    assert (
        said
        == f"mlpkit lab: port {server[1]} is taken; take another, or leave it out to get the next free one\n"
    )


def test_without_a_port_the_next_free_one_is_taken(tmp_path):
    taken = socket.socket()
    try:
        try:
            taken.bind(("127.0.0.1", 8888))
            taken.listen()
        except OSError:
            pass  # taken already, which is as good
        process = start(tmp_path, "07")
        try:
            port, path, _ = address(process)
        finally:
            process.kill()
            process.communicate()
    finally:
        taken.close()
    assert port > 8888
    assert path.startswith("lectures/07_")


def test_control_c_stops_it_at_once_and_without_a_question(tmp_path):
    ours, its = os.openpty()  # only with a terminal does Jupyter ask
    environment = {"HOME": str(tmp_path), "PATH": os.defpath, "TERM": "xterm"}
    port = free_port()
    command = [sys.executable, "-m", "mlpkit.cli", "lab", "--no-browser", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment, stdin=its, stdout=its, stderr=its, start_new_session=True
    )
    os.close(its)
    try:
        said = b""
        while not re.search(rb"token=\w+", said):
            said += os.read(ours, 4096)
        wait_until_it_answers(port)
        os.killpg(process.pid, signal.SIGINT)
        end = time.monotonic() + 20
        while process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        assert process.poll() == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_the_servers_extension_sends_every_message_of_a_kernel_at_once(monkeypatch):
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    from mlpkit.cli import tune

    done = []

    async def plain(self, kernel):
        done.append(f"opened {kernel}")

    class Handler:
        def set_nodelay(self, value):
            done.append(f"no delay: {value}")

    monkeypatch.setattr(KernelWebsocketHandler, "open", plain)
    tune._load_jupyter_server_extension(None)
    with ThreadPoolExecutor(1) as pool:  # a browser under test keeps an event loop running in this thread
        pool.submit(asyncio.run, KernelWebsocketHandler.open(Handler(), "a")).result()
    assert done == ["no delay: True", "opened a"]


def test_the_extension_is_asked_for_unless_it_is_declined():
    from mlpkit.cli.lab import lab_command

    lecture = CHECKOUT / "lectures" / "x.ipynb"
    assert any("mlpkit.cli.tune" in part for part in lab_command(CHECKOUT, lecture))
    assert not any("mlpkit.cli.tune" in part for part in lab_command(CHECKOUT, lecture, tune=False))
