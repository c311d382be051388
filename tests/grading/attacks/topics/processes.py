"""Processes and threads without number, and such as stay."""

from grading.attacks.attack import Attack

DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in (0, 1, 2):
            try: os.close(number)
            except OSError: pass
        time.sleep(600)
    os._exit(0)
"""

ATTACKS = [
    Attack("a fork bomb in a cell", "import os\nwhile True: os.fork()", keeps=True),
    Attack("a fork bomb in the function", body="import os\nwhile True: os.fork()", keeps=True),
    Attack(
        "a fork bomb that starts again where it fails",
        body="""
        import os
        while True:
            try: os.fork()
            except BaseException: pass
        """,
        keeps=True,
    ),
    Attack(
        "threads without number",
        """
        import threading, time
        while True: threading.Thread(target=time.sleep, args=(600,)).start()
        """,
        keeps=True,
    ),
    Attack("a process that stays and holds the reply open", DAEMON, keeps=True),
    Attack("the same from the function", body=DAEMON + "\nreturn np.zeros(len(X))", keeps=True),
    Attack(
        "two processes that answer",
        body="""
        import os
        os.fork()
        return np.zeros(len(X))
        """,
    ),
    Attack(
        "a program of its own",
        """
        import subprocess, sys
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
        """,
        keeps=True,
    ),
    Attack(
        "a pool of processes", "import multiprocessing as m\nm.Pool(50).map(abs, range(10**6))", keeps=True
    ),
    Attack(
        "a thread that ends the process later",
        """
        import threading, os, time
        def later():
            time.sleep(0.15)
            os._exit(0)
        threading.Thread(target=later, daemon=True).start()
        """,
        body="import time; time.sleep(0.3); return np.zeros(len(X))",
    ),
]
