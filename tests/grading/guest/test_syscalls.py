"""The filter of system calls, run by a small model of the machine that runs it in the kernel."""

import errno
import os
import subprocess
import sys

import pytest

from mlpkit.grading.guest import syscalls
from mlpkit.grading.guest.syscalls import ALLOW, CLONE, CLONE3, ERROR, MACHINES, MMAP, REFUSED, filter_of


def verdict(machine, number, first=0, fourth=0, arch=None):
    """What the filter answers to one system call."""
    data = {0: number, 4: MACHINES[machine][1] if arch is None else arch, 16: first, 40: fourth}
    steps, at, held = filter_of(machine), 0, 0
    while True:
        code, yes, no, k = steps[at]
        at += 1
        if code == syscalls.LOAD:
            held = data[k]
        elif code == syscalls.AND:
            held &= k
        elif code == syscalls.RETURN:
            return k
        else:
            test = {syscalls.EQUAL: held == k, syscalls.AT_LEAST: held >= k, syscalls.ANY: bool(held & k)}[
                code
            ]
            at += yes if test else no


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", REFUSED)
def test_every_call_of_the_list_is_refused(machine, name):
    assert verdict(machine, REFUSED[name][MACHINES[machine][0]]) == ERROR | errno.EPERM


@pytest.mark.parametrize(
    ("machine", "numbers"), [("x86_64", (0, 1, 60, 57, 59, 202)), ("aarch64", (63, 64, 93, 221))]
)
def test_ordinary_calls_are_allowed(machine, numbers):
    assert {verdict(machine, number) for number in numbers} == {ALLOW}


@pytest.mark.parametrize("machine", MACHINES)
def test_processes_and_threads_are_allowed_and_namespaces_are_not(machine):
    column = MACHINES[machine][0]
    thread = 0x3D0F00
    assert verdict(machine, CLONE[column], 17) == verdict(machine, CLONE[column], thread) == ALLOW
    for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        assert verdict(machine, CLONE[column], flag | 17) == ERROR | errno.EPERM
    assert verdict(machine, CLONE3[column]) == ERROR | errno.ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
def test_memory_is_allowed_but_not_what_is_shared_without_a_file(machine):
    number = MMAP[MACHINES[machine][0]]
    assert verdict(machine, number, fourth=0x22) == verdict(machine, number, fourth=0x01) == ALLOW
    assert (
        verdict(machine, number, fourth=0x21) == verdict(machine, number, fourth=0x23) == ERROR | errno.EPERM
    )


def test_the_second_sets_of_calls_of_a_machine_are_not_there():
    assert verdict("x86_64", 1 | syscalls.X32) == ERROR | errno.ENOSYS
    assert verdict("x86_64", 1, arch=0x40000003) == ERROR | errno.ENOSYS
    assert verdict("aarch64", 1, arch=0x40000028) == ERROR | errno.ENOSYS


def test_a_list_has_no_number_twice():
    for column in (0, 1):
        numbers = [pair[column] for pair in REFUSED.values()]
        assert len(set(numbers)) == len(numbers)


@pytest.mark.skipif(sys.platform != "linux" or os.uname().machine not in MACHINES, reason="another machine")
def test_the_kernel_takes_the_filter():
    code = (
        "import ctypes, socket\nfrom mlpkit.grading.guest.syscalls import refuse\n"
        "ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)\nassert refuse()\n"
        "import threading\nt = threading.Thread(target=int)\nt.start()\nt.join()\n"
        "try:\n    socket.socket()\nexcept PermissionError:\n    print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=os.getcwd())
    assert done.stdout.strip() == "refused", done.stderr
