"""Taking memory and space: limited, and given back."""

from grading.attacks.attack import Attack

ATTACKS = [
    Attack("a list that grows", "found = []\nwhile True: found.append(bytearray(2**22))", keeps=True),
    Attack("a huge array", body="return np.ones((10**6, 10**6))", keeps=True),
    Attack("an array that is filled", body="return np.ones(2 * 10**8)", keeps=True),
    Attack("a text that doubles", body="t = 'x'\nwhile True: t += t", keeps=True),
    Attack(
        "memory by mmap",
        body="""
        import mmap
        kept = []
        while True:
            kept.append(mmap.mmap(-1, 2**26))
            for i in range(0, 2**26, 4096): kept[-1][i] = 1
        """,
        keeps=True,
    ),
    Attack(
        "memory that several processes share or hold each",
        body="""
        import os, time
        for _ in range(12):
            if os.fork() == 0:
                held = []
                while True: held.append(bytearray(2**22))
        time.sleep(20)
        """,
    ),
    Attack(
        "files in memory without a name",
        body="""
        import os
        kept, data = [], b"x" * 2**20
        for i in range(60):
            handle = os.memfd_create(str(i))
            kept.append(handle)
            for _ in range(60): os.write(handle, data)
        raise RuntimeError("LEAKED: 3.6 GB of memory")
        """,
        keeps=True,
    ),
    Attack(
        "a full folder of temporary files",
        """
        import tempfile
        data = b"x" * 2**20
        for i in range(10000):
            with open(f"{tempfile.gettempdir()}/{i}", "wb") as file: file.write(data)
        raise RuntimeError("LEAKED: ten gigabytes of files")
        """,
        keeps=True,
    ),
    Attack(
        "very many small files",
        """
        for i in range(20000):
            open(f"/tmp/{i}", "wb").close()
        raise RuntimeError("LEAKED: as many files as I like")
        """,
        keeps=True,
    ),
    Attack(
        "files in /dev/shm",
        """
        with open("/dev/shm/full", "wb") as file:
            for _ in range(2000): file.write(b"x" * 2**20)
        raise RuntimeError("LEAKED: /dev/shm")
        """,
        keeps=True,
    ),
    Attack(
        "memory by System V's calls",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        numbers = [libc.shmget(0, 2**26, 0o1600) for _ in range(20)]
        if max(numbers) >= 0 or max(libc.msgget(0, 0o1600) for _ in range(20)) >= 0:
            raise RuntimeError("LEAKED: memory that belongs to no process")
        """,
        keeps=True,
    ),
]
