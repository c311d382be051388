"""Linux: which system calls a submission cannot make, as a filter of the kernel (seccomp).

Namespaces and missing rights refuse most of these already. The filter makes that certain, keeps away from
parts of the kernel in which errors have been found often, and closes ways to memory that no process is
charged for (shared memory without a file).
"""

import ctypes
import errno
import os

# name: number on x86_64, number on aarch64
REFUSED: dict[str, tuple[int, int]] = {
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "fanotify_init": (300, 262),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "vmsplice": (278, 75),
    "mbind": (237, 235),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "socket": (41, 198),
    "syslog": (103, 116),
    "personality": (135, 92),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "quotactl": (179, 60),
    "acct": (163, 89),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "vhangup": (153, 58),
}
ONLY_X86 = {"iopl": 172, "ioperm": 173, "modify_ldt": 154, "uselib": 134}
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
CLONE, CLONE3, MMAP, SECCOMP = (56, 220), (435, 435), (9, 222), (317, 277)
NEW_NAMESPACES = 0x7E020000  # the flags CLONE_NEW… of clone
SHARED_WITHOUT_FILE = 0x21  # MAP_SHARED | MAP_ANONYMOUS
X32 = 0x40000000  # numbers from here on are x86_64's second set of system calls
LOAD, EQUAL, AT_LEAST, ANY, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06  # of the filter's language
NUMBER, MACHINE, FIRST, FOURTH = 0, 4, 16, 40  # offsets: of the call, the machine, two arguments
ALLOW, ERROR = 0x7FFF0000, 0x00050000
SET_FILTER, WITHOUT_SLOWDOWN = 1, 4


class Step(ctypes.Structure):
    """One instruction of the filter."""

    _fields_ = (
        ("code", ctypes.c_uint16),
        ("yes", ctypes.c_uint8),
        ("no", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class Program(ctypes.Structure):
    """What the kernel is handed."""

    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(Step)))


def filter_of(machine: str) -> list[tuple[int, int, int, int]]:
    """The filter's instructions (code, jump if so, jump if not, value) for a machine of `MACHINES`."""
    column, arch = MACHINES[machine]
    numbers = [pair[column] for pair in REFUSED.values()]
    numbers += list(ONLY_X86.values()) if column == 0 else []
    steps = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, arch), _error(errno.ENOSYS), (LOAD, 0, 0, NUMBER)]
    if column == 0:
        steps += [(AT_LEAST, 0, 1, X32), _error(errno.ENOSYS)]
    for number in numbers:
        steps += [(EQUAL, 0, 1, number), _error(errno.EPERM)]
    steps += [(EQUAL, 0, 1, CLONE3[column]), _error(errno.ENOSYS)]  # the C library goes on with clone
    steps += [(EQUAL, 0, 4, CLONE[column]), (LOAD, 0, 0, FIRST), (ANY, 0, 1, NEW_NAMESPACES)]
    steps += [_error(errno.EPERM), (RETURN, 0, 0, ALLOW)]
    steps += [(EQUAL, 0, 4, MMAP[column]), (LOAD, 0, 0, FOURTH), (AND, 0, 0, SHARED_WITHOUT_FILE)]
    steps += [(EQUAL, 0, 1, SHARED_WITHOUT_FILE), _error(errno.EPERM)]
    return [*steps, (RETURN, 0, 0, ALLOW)]


def _error(number):
    return (RETURN, 0, 0, ERROR | number)


def packed(machine: str):
    """The filter in memory, to be made once; None for a machine that is not known here."""
    if machine not in MACHINES or ctypes.sizeof(ctypes.c_void_p) != 8:
        return None
    steps = filter_of(machine)
    return Program(len(steps), (Step * len(steps))(*[Step(*one) for one in steps]))


PACKED = packed(os.uname().machine) if hasattr(os, "uname") else None


def refuse() -> bool:
    """Put the filter on this process and all that it starts, for ever -> whether the kernel has done so."""
    if PACKED is None:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    number = SECCOMP[MACHINES[os.uname().machine][0]]
    return libc.syscall(number, SET_FILTER, WITHOUT_SLOWDOWN, ctypes.byref(PACKED)) == 0
