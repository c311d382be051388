"""Linux: a process that has NumPy loaded and runs each submission in a fork with namespaces of its own.

It runs inside bubblewrap, where there is no network and no file of the host's but Python. For every job

    server ── keeper ── init (process 1 of a new PID namespace) ── the submission

The keeper has a user namespace of its own and watches time and memory from outside; init mounts private
folders in memory, gives up all rights, and collects processes that are left. When init ends, the kernel ends
every process of the submission. `python -I -S server.py SOCKET PATHS…`
"""

import ctypes
import gc
import importlib
import json
import os
import pickle
import resource
import select
import signal
import socket
import struct
import sys
import time
from contextlib import suppress

NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID = 1 << 17, 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29
RDONLY, NOSUID, NODEV, NOEXEC, RECURSIVE, PRIVATE = 1, 2, 4, 8, 1 << 14, 1 << 18
DEATH_SIGNAL, DUMPABLE, DROP_FROM_BOUND, NO_NEW_PRIVS, AMBIENT, CLEAR = 1, 4, 24, 38, 47, 4  # of prctl
MIB = 2**20
LOOK = 0.025  # seconds between two looks at the memory of a submission
ENDED = 250  # exit codes of the keeper from here on say why it ended the submission
REASONS = {ENDED: "time", ENDED + 1: "memory", ENDED + 2: "sandbox"}
LIBC = ctypes.CDLL(None, use_errno=True)
SCRATCH = "/scratch"  # the folder in memory that a submission may write to
JOB, END = b"j", b"e"  # what the grader sends: a job follows, or the one that runs is to be ended


def call(name, *arguments):
    """A function of the C library; OSError where it fails."""
    if getattr(LIBC, name)(*arguments) < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


def mount(kind, target, options="", flags=0):
    """Mount a file system; `kind` "tmpfs" or "proc", or "" to change what is there."""
    source = kind.encode() or None
    call("mount", source, target.encode(), source, ctypes.c_ulong(flags), options.encode())


def become_nobody(uid):
    """Give up root for a user that owns nothing, and be able to be looked at by the own user namespace."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    call("prctl", DUMPABLE, 1, 0, 0, 0)


def serve(connection, paths):
    """Answer jobs until the other side goes away."""
    sys.path[:0] = paths
    from mlpkit.grading.guest import run, syscalls  # noqa: F401 (the second one before there are forks)

    run.prepare()
    importlib.import_module("numpy.ma")  # many submissions follow: what some of them need as well
    gc.collect()
    gc.freeze()
    connection.sendall(b'{"ready": true}\n')
    while True:
        kind, descriptors, _, _ = socket.recv_fds(connection, 1, 1)
        if not kind:
            return
        if kind != JOB:  # to be ended was a job that has ended already
            continue
        (length,) = struct.unpack("<q", received(connection, 8))
        job = pickle.loads(received(connection, length))
        run.prepare_for(job)
        answer = one(job, descriptors[0], connection)
        connection.sendall(json.dumps(answer).encode() + b"\n")


def received(connection, length):
    """So many bytes."""
    found = bytearray()
    while len(found) < length:
        data = connection.recv(min(MIB, length - len(found)))
        if not data:
            raise SystemExit
        found += data
    return bytes(found)


def one(job, reply, connection):
    """Run one job in a fork -> {"end": "exited", "time", "memory", "signal" or "sandbox", "code", "what"}."""
    readable, writable = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            connection.close()
            os.close(readable)
            os._exit(keep(job, reply))
        except BaseException as error:
            with suppress(OSError):
                os.write(writable, f"{type(error).__name__}: {error}".encode()[:500])
            os._exit(ENDED + 2)
    os.close(writable)
    os.close(reply)
    status = wait_for(pid, connection)
    what = os.read(readable, 500).decode("utf-8", "replace")
    os.close(readable)
    code = os.waitstatus_to_exitcode(status)
    if code in REASONS:
        return {"end": REASONS[code], "code": code, "what": what}
    return {"end": "signal" if code > 128 or code < 0 else "exited", "code": code, "what": what}


def wait_for(pid, connection):
    """Wait for the keeper, and end its submission when the grader asks for that -> status."""
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    if handle is not None:
        poll.register(handle, select.POLLIN)
    try:
        while True:
            ready = [number for number, _ in poll.poll(None if handle is not None else LOOK * 1000)]
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                return status
            if connection.fileno() in ready:
                if connection.recv(1, socket.MSG_PEEK) != END:
                    raise SystemExit  # the grader has gone
                connection.recv(1)
                os.kill(pid, signal.SIGTERM)
    finally:
        if handle is not None:
            os.close(handle)


def keep(job, reply):
    """The keeper: start init in namespaces of its own, watch it -> exit code."""
    uid, gid = os.getuid(), os.getgid()
    os.setsid()
    with suppress(OSError):  # where memory runs out, this is ended first
        write("/proc/self/oom_score_adj", "1000")
    call("unshare", NEWUSER | NEWPID | NEWIPC | NEWUTS | NEWCGROUP)
    with suppress(OSError):
        write("/proc/self/setgroups", "deny")
    write("/proc/self/uid_map", f"65534 {uid} 1")
    write("/proc/self/gid_map", f"65534 {gid} 1")
    with suppress(OSError):  # no user namespace within this one
        write("/proc/sys/user/max_user_namespaces", "0")
    ends = []
    signal.signal(signal.SIGTERM, lambda *_: ends.append(0.0))  # from the server: end it
    pid = os.fork()
    if not pid:
        try:
            call("prctl", DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os._exit(init(job, reply))
        except BaseException as error:
            print(type(error).__name__, error, file=sys.stderr, flush=True)
            os._exit(ENDED + 2)
    os.close(reply)
    return watch(pid, job, ends)


def watch(pid, job, ends):
    """Wait for init until its time (or one in `ends`) is over or its memory too much -> exit code."""
    ends.append(time.monotonic() + job.wall)
    handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    poll = select.poll()
    if handle is not None:
        poll.register(handle, select.POLLIN)
    code = None
    while True:
        if handle is None:
            time.sleep(LOOK)
        else:
            poll.poll(LOOK * 1000)
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) % 256 if code is None else code
        if code is None and time.monotonic() > min(ends):
            code = ENDED
        elif code is None and memory() > job.limits.memory * MIB:
            code = ENDED + 1
        if code is not None:
            os.kill(pid, signal.SIGKILL)


def memory():
    """Bytes that the processes below this one hold for themselves."""
    parents, held = {}, {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                fields = read(f"/proc/{name}/stat").rpartition(")")[2].split()
                parents[int(name)] = int(fields[1])
                pages = read(f"/proc/{name}/statm").split()
                held[int(name)] = (int(pages[1]) - int(pages[2])) * resource.getpagesize()
    mine, new = {os.getpid()}, True
    while new:
        new = {pid for pid, parent in parents.items() if parent in mine and pid not in mine}
        mine |= new
    return sum(held.get(pid, 0) for pid in mine - {os.getpid()})


def read(path):
    """The text of a file in /proc."""
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def write(path, text):
    """Write one text, in one call."""
    handle = os.open(path, os.O_WRONLY)
    try:
        os.write(handle, text.encode())
    finally:
        os.close(handle)


def init(job, reply):
    """Process 1: private folders, no rights; start the submission and wait for it -> exit code."""
    used = int(read("/proc/self/statm").split()[0]) * resource.getpagesize()
    call("unshare", NEWNS)
    mount("", "/", flags=PRIVATE | RECURSIVE)
    flags = NOSUID | NODEV | NOEXEC
    mount("tmpfs", SCRATCH, f"size={job.limits.files}m,nr_inodes=4096,mode=700", flags)
    mount("tmpfs", "/proc", "size=4k,nr_inodes=2,mode=555", flags | RDONLY)
    own_descriptors(reply)
    limit(job, used)
    drop_rights()
    os.chdir(SCRATCH)
    pid = os.fork()
    if not pid:
        call("prctl", DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        try:
            submission(job)
        finally:
            os._exit(0)  # also where the submission has broken what reports it: the reply ends early
    os.close(3)
    while True:
        try:
            done, status = os.wait()
        except ChildProcessError:
            return ENDED + 2
        if done == pid:
            code = os.waitstatus_to_exitcode(status)
            return min(code, ENDED - 1) if code >= 0 else 128 - code  # the others are the keeper's own


def own_descriptors(reply):
    """Descriptor 3 is the reply, 0 to 2 lead nowhere, all others are closed."""
    nowhere = os.open("/dev/null", os.O_RDWR)
    kept = os.dup(reply)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.dup2(kept, 3)
    os.closerange(4, 65536)


def limit(job, used):
    """Limits of the kernel on every process of the submission; `used`: bytes of address space before it."""
    seconds = int(job.wall) + 1
    for kind, value in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, used + job.limits.memory * MIB),
        (resource.RLIMIT_FSIZE, job.limits.files * MIB),
        (resource.RLIMIT_NPROC, job.limits.processes + processes_before()),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


def processes_before():
    """Before Linux 5.14 the limit counts all processes of a user, not those of a namespace."""
    major, minor = (int(part.split("-")[0]) for part in os.uname().release.split(".")[:2])
    return 0 if (major, minor) >= (5, 14) else 4096


class Header(ctypes.Structure):
    """Of the system call capset."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def drop_rights():
    """No capability, no way to get one, and no look into this process from another one."""
    for number in range(64):
        LIBC.prctl(DROP_FROM_BOUND, number, 0, 0, 0)  # fails where there is no such capability
    LIBC.prctl(AMBIENT, CLEAR, 0, 0, 0)
    call("prctl", NO_NEW_PRIVS, 1, 0, 0, 0)
    call("capset", ctypes.byref(Header(0x20080522, 0)), ctypes.byref((ctypes.c_uint32 * 6)()))
    call("prctl", DUMPABLE, 0, 0, 0, 0)
    from mlpkit.grading.guest import syscalls

    syscalls.refuse()


def submission(job):
    """The student's code, and after it nothing else in this process."""
    from mlpkit.grading.guest.run import WRITE, run, sender

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    run(job, sender(job.token, lambda data: WRITE(3, data)))


if __name__ == "__main__":
    number, uid, *folders = sys.argv[1:]
    if int(uid):
        mount("proc", "/proc", flags=NOSUID | NODEV | NOEXEC)
        for folder in (SCRATCH, f"{SCRATCH}/matplotlib"):  # Matplotlib refuses to start where it cannot write
            os.chown(folder, int(uid), int(uid))
        become_nobody(int(uid))
    serve(socket.socket(fileno=int(number)), folders)
