# ruff: noqa: E501 (code of notebooks in texts)
"""Reading and writing the host's files, and a way out by the kernel."""

from grading.attacks.attack import Attack

ATTACKS = [
    Attack(
        "the host's files are read",
        """
        import os
        found = []
        for path in CANARIES + ["/etc/passwd", "/etc/shadow", "/etc/hosts", "/proc/version", "/dev/sda", "/dev/mem"]:
            try: found.append((path, open(path).read(40)))
            except OSError: pass
        for path in ("/root", "/home", "/var", "/boot", "/etc", "/srv", "/tmp", "/dev/shm", "/run"):
            for folder, _, names in os.walk(path):
                if "python" not in folder and "lib" not in folder:
                    found += [f"{folder}/{name}" for name in names if name != "ld.so.cache" and "python" not in name]
        if found: raise RuntimeError(f"LEAKED: {found}")
        """,
        keeps=True,
    ),
    Attack(
        "the host's files are changed and removed",
        """
        import os, shutil
        for path in CANARIES:
            for act in (lambda: open(path, "w").write("x"), lambda: os.remove(path), lambda: os.chmod(path, 0o777),
                        lambda: shutil.rmtree(path), lambda: os.rename(path, path + "x"),
                        lambda: os.symlink("/etc/passwd", path + "-link")):
                try: act()
                except OSError: pass
        """,
        body="""
        import shutil
        shutil.rmtree("/", ignore_errors=True)
        return np.zeros(len(X))
        """,
    ),
    Attack(
        "Python's own files are changed for the next student",
        """
        import numpy, os, sys
        places = [numpy.__file__, os.__file__, sys.executable, sys.modules["mlpkit.grading.guest.run"].__file__]
        for place in places:
            for name in (place, os.path.dirname(place) + "/sitecustomize.py"):
                try: open(name, "a").write("raise SystemExit")
                except OSError: continue
                raise RuntimeError("LEAKED: " + name)
        """,
        keeps=True,
    ),
    Attack(
        "symbolic links",
        """
        import os
        for path in CANARIES:
            os.symlink(path, "link")
            try: text = open("link").read(40)
            except OSError: text = ""
            os.remove("link")
            if text: raise RuntimeError(f"LEAKED: {text}")
        """,
        keeps=True,
    ),
    Attack(
        "a walk through /proc",
        """
        import os
        found = []
        for number in ["self", *map(str, range(1, 400))]:
            for name in ("environ", "maps", "mem", "cmdline", "root", "cwd", "fd/3", "fd/4", "fd/5", "stack"):
                try: found.append((number, name, open(f"/proc/{number}/{name}", "rb").read(50)))
                except OSError: pass
        if found: raise RuntimeError(f"LEAKED: {found[:3]}")
        """,
        keeps=True,
    ),
    Attack(
        "another process is traced and read",
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        pids = [1, os.getppid(), *range(1, 60)]
        if any(libc.ptrace(16, pid, 0, 0) == 0 for pid in pids if pid != os.getpid()):
            raise RuntimeError("LEAKED: traced")
        buffer = ctypes.create_string_buffer(8)
        class Part(ctypes.Structure): _fields_ = (("base", ctypes.c_void_p), ("size", ctypes.c_size_t))
        mine = Part(ctypes.addressof(buffer), 8)
        theirs = Part(id(1), 8)
        for pid in pids:
            if pid != os.getpid():
                if libc.process_vm_readv(pid, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0) > 0:
                    raise RuntimeError("LEAKED: read")
        """,
        keeps=True,
    ),
    Attack(
        "mounts, roots, users, device nodes",
        """
        import ctypes, os, stat
        libc = ctypes.CDLL(None, use_errno=True)
        ways = {
            "proc": lambda: libc.mount(b"proc", b"/tmp", b"proc", 0, 0) == 0,
            "tmpfs": lambda: libc.mount(b"tmpfs", b"/", b"tmpfs", 0, 0) == 0,
            "bind": lambda: libc.mount(b"/", b"/tmp", None, 4096, 0) == 0,
            "writable": lambda: libc.mount(b"", b"/", None, 32 | 4096, 0) == 0,
            "umount": lambda: libc.umount2(b"/proc", 2) == 0 or libc.umount2(b"/tmp", 2) == 0,
            "root": lambda: os.setuid(0) is None,
            "group": lambda: os.setgid(0) is None,
            "groups": lambda: os.setgroups([0]) is None,
            "chroot": lambda: os.chroot("/tmp") is None,
            "node": lambda: os.mknod("/tmp/disk", stat.S_IFBLK | 0o666, os.makedev(8, 0)) is None,
            "name": lambda: libc.sethostname(b"x", 1) == 0,
        }
        for name, way in ways.items():
            try: done = way()
            except OSError: done = False
            if done: raise RuntimeError("LEAKED: " + name)
        """,
        keeps=True,
    ),
    Attack(
        "namespaces within the namespaces",
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        for flag in (0x10000000, 0x10000000 | 0x20000, 0x20000, 0x40000000, 0x20000000, 0x2000000):
            if libc.unshare(flag) == 0: raise RuntimeError(f"LEAKED: namespace {flag:x}")
        if libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0) >= 0: raise RuntimeError("LEAKED: clone")
        """,
        keeps=True,
    ),
    Attack(
        "rare system calls",
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        numbers = {"x86_64": (250, 248, 249, 298, 321, 323, 425, 319, 304, 428, 430, 438, 435, 135),
                   "aarch64": (219, 217, 218, 241, 280, 282, 425, 279, 265, 428, 430, 438, 435, 92)}
        buffer = ctypes.create_string_buffer(256)
        for number in numbers[os.uname().machine]:
            if libc.syscall(number, buffer, buffer, 0, 0, 0) >= 0: raise RuntimeError(f"LEAKED: call {number}")
        """,
        keeps=True,
    ),
    Attack(
        "rights are given back",
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        class Header(ctypes.Structure): _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))
        all_of_them = (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
        if libc.capset(ctypes.byref(Header(0x20080522, 0)), all_of_them) == 0: raise RuntimeError("LEAKED: rights")
        if libc.prctl(39, 0, 0, 0, 0) != 1: raise RuntimeError("LEAKED: new rights are possible")
        import resource
        for kind in (resource.RLIMIT_NPROC, resource.RLIMIT_AS, resource.RLIMIT_CPU):
            try: resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            except (ValueError, OSError): continue
            raise RuntimeError("LEAKED: limits")
        """,
        keeps=True,
    ),
]
