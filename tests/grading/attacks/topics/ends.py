"""Ending the process, or having it ended: only what does so is lost."""

from grading.attacks.attack import Attack

SEGFAULT = "import ctypes; ctypes.string_at(0)"

ATTACKS = [
    Attack("sys.exit in a cell", "import sys; sys.exit(0)", keeps=True),
    Attack("sys.exit in the function", body="import sys; sys.exit(0)", keeps=True),
    Attack("exit() as in a notebook", "exit()", keeps=True),
    Attack("os._exit in a cell", "import os; os._exit(0)", keeps=True),
    Attack("os._exit in the function", body="import os; os._exit(0)", keeps=True),
    Attack("os._exit in two cells", "import os; os._exit(0)", after="import os; os._exit(1)", keeps=True),
    Attack(
        "exit codes of the keeper", "import os; os._exit(250)", body="import os; os._exit(252)", keeps=True
    ),
    Attack("exit code of a lack of memory", body="import os; os._exit(251)", keeps=True),
    Attack("abort in the function", body="import os; os.abort()", keeps=True),
    Attack("a segmentation fault in a cell", SEGFAULT, keeps=True),
    Attack("a segmentation fault in the function", body=SEGFAULT, keeps=True),
    Attack(
        "recursion without an end in compiled code",
        body="""
        import sys
        sys.setrecursionlimit(10**9)
        def deeper(n): return deeper(n + 1)
        return deeper(0)
        """,
        keeps=True,
    ),
    Attack("kill every process", body="import os; os.kill(-1, 9)", keeps=True),
    Attack("kill every process in a cell", "import os; os.kill(-1, 9)", keeps=True),
    Attack(
        "kill process 1, the parent and the group",
        """
        import os, signal
        for victim in (1, os.getppid(), -os.getpgrp(), 2, 3):
            for number in (signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL, signal.SIGHUP, signal.SIGSEGV):
                try:
                    if victim != os.getpid(): os.kill(victim, number)
                except OSError: pass
        """,
    ),
    Attack("stop itself", body="import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", keeps=True),
    Attack(
        "an error whose class lies about its name",
        """
        class Meta(type):
            @property
            def __name__(cls): return object()
        class Odd(Exception, metaclass=Meta):
            def __str__(self): return 5
        raise Odd
        """,
        body="""
        class Meta(type):
            @property
            def __name__(cls): return object()
        class Odd(BaseException, metaclass=Meta):
            def __str__(self):
                while True: pass
        raise Odd
        """,
        keeps=True,
    ),
    Attack(
        "something to do at the end, which exits or never ends",
        """
        import atexit, os, weakref, threading
        atexit.register(lambda: os._exit(7))
        atexit.register(lambda: [None for _ in iter(int, 1)])
        class Thing:
            def __del__(self):
                while True: pass
        kept = Thing()
        """,
        keeps=True,
    ),
]
