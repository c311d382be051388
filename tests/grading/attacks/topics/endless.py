"""Never coming to an end: the time is limited whatever the code does."""

from grading.attacks.attack import Attack

CAUGHT = """
while True:
    try:
        while True: pass
    except BaseException: pass
"""

ATTACKS = [
    Attack("an endless loop in a cell", "while True: pass", keeps=True),
    Attack("an endless loop in the function", body="while True: pass", keeps=True),
    Attack("an endless loop that catches everything", body=CAUGHT, keeps=True),
    Attack("the same in a cell", CAUGHT, keeps=True),
    Attack("an endless loop in compiled code", body="return sum(range(10**15))", keeps=True),
    Attack("an endless loop in compiled code in a cell", "sum(range(10**15))", keeps=True),
    Attack("a power without an end", body="return 9 ** 9 ** 9", keeps=True),
    Attack(
        "a regular expression without an end",
        body="import re; re.match('(a+)+$', 'a' * 60 + 'b')",
        keeps=True,
    ),
    Attack("an endless generator", body="while True: yield 1.0", keeps=True),
    Attack("waiting for ever", body="import time; time.sleep(10**6)", keeps=True),
    Attack(
        "an endless loop while an object is removed",
        """
        class Thing:
            def __del__(self):
                while True: pass
        """,
        body="Thing(); return np.zeros(len(X))",
    ),
    Attack(
        "signals that are ignored and masked",
        """
        import signal
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        while True: pass
        """,
        body="""
        import signal
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        while True: pass
        """,
    ),
    Attack(
        "the clock and the timer are replaced",
        """
        import signal, time
        time.monotonic = lambda: 0.0
        signal.setitimer = lambda *a: None
        signal.signal = lambda *a: None
        """,
        body="while True: pass",
    ),
    Attack(
        "a thread that never ends",
        """
        import threading
        threading.Thread(target=lambda: [None for _ in iter(int, 1)]).start()
        """,
        keeps=True,
    ),
    Attack(
        "an object without an end",
        """
        class Endless(list):
            def __iter__(self):
                while True: yield 0.0
            def __len__(self):
                while True: pass
        """,
        body="return Endless([1.0])",
        keeps=True,
    ),
    Attack(
        "a cell that compiles for ever", "(" * 150 + ")" * 150 + "\n" + "+".join(["1"] * 20000), keeps=True
    ),
]
