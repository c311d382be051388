# ruff: noqa: E501 (code of notebooks in texts)
"""Changing NumPy, Python or the grader's half in the sandbox: what is compared is elsewhere."""

from grading.attacks.attack import Attack

EVERYTHING = """
import sys, types
def yes(*arguments, **options): return True
for name, module in list(sys.modules.items()):
    if name.startswith("mlpkit"):
        for key, value in list(vars(module).items()):
            if isinstance(value, types.FunctionType): setattr(module, key, yes)
"""

ATTACKS = [
    Attack(
        "NumPy compares everything as equal",
        """
        for name in ("allclose", "isclose", "array_equal", "asarray", "array", "abs", "max", "all", "any"):
            setattr(np, name, lambda *a, **o: True)
        np.testing.assert_allclose = lambda *a, **o: None
        np.ndarray = bool
        """,
        keeps=True,
    ),
    Attack(
        "builtins are replaced",
        """
        import builtins
        for name in ("len", "isinstance", "issubclass", "getattr", "all", "any", "abs", "sum", "zip", "type", "str",
                     "float", "int", "list", "tuple", "dict", "hasattr", "callable", "map", "repr"):
            setattr(builtins, name, lambda *a, **o: True)
        """,
    ),
    Attack(
        "class building and imports are replaced",
        """
        import builtins, sys
        def no(*a, **o): raise ImportError("none")
        builtins.__build_class__ = no
        builtins.__import__ = no
        sys.meta_path[:] = []
        sys.path_hooks[:] = []
        sys.modules.clear()
        """,
    ),
    Attack(
        "an import hook that gives other modules",
        """
        import sys, types
        class Hook:
            def find_spec(self, name, path=None, target=None): raise SystemExit(name)
        sys.meta_path.insert(0, Hook())
        for name in list(sys.modules):
            if name.startswith(("mlpkit", "json", "numpy", "copy")): sys.modules[name] = types.ModuleType(name)
        """,
    ),
    Attack(
        "json, struct and pickle write what I like",
        """
        import json, struct, pickle, base64
        json.dumps = lambda *a, **o: '{"points": 5, "passed": true}'
        json.JSONEncoder.encode = lambda self, o: '{"points": 5}'
        json.encoder.c_make_encoder = None
        struct.pack = pickle.dumps = base64.b64encode = lambda *a, **o: b"AAAA"
        """,
    ),
    Attack(
        "output is replaced",
        """
        import os, sys, io
        os.write = lambda handle, data: len(data)
        class Deaf(io.StringIO):
            def write(self, text): raise SystemExit
        sys.stdout = sys.stderr = sys.__stdout__ = Deaf()
        """,
        keeps=True,
    ),
    Attack("every function of the grader's half says yes", EVERYTHING),
    Attack(
        "the code of the grader's functions is exchanged",
        """
        import sys, types
        yes = (lambda *a, **o: True).__code__
        for name, module in list(sys.modules.items()):
            if name.startswith("mlpkit"):
                for value in list(vars(module).values()):
                    if isinstance(value, types.FunctionType) and not value.__closure__:
                        value.__code__ = yes
                        value.__defaults__ = (1, 2, 3)
        """,
    ),
    Attack(
        "records of the grader are changed",
        """
        import sys
        run = sys.modules["mlpkit.exercises.sandboxed.run"]
        plain = sys.modules["mlpkit.exercises.sandboxed.plain"]
        run.Observation.__init__ = lambda self, *a, **o: None
        run.Observation.raised = ""
        run.Watched.__call__ = lambda self, X, w, b: X @ w
        plain.Numbers.__eq__ = lambda a, b: True
        plain.Numbers.__init__ = lambda self, *a: None
        type(run).__class__
        """,
    ),
    Attack(
        "the class of the grader's modules is exchanged",
        """
        import sys, types
        class Lying(types.ModuleType):
            def __getattribute__(self, name):
                value = types.ModuleType.__getattribute__(self, name)
                return (lambda *a, **o: True) if isinstance(value, types.FunctionType) else value
        for name, module in list(sys.modules.items()):
            if name.startswith("mlpkit"): module.__class__ = Lying
        """,
    ),
    Attack(
        "copies are not copied",
        """
        import copy
        copy.deepcopy = lambda x, memo=None: x
        copy._deepcopy_dispatch.clear()
        """,
        body="X[...] = 0; return np.zeros(len(X))",
    ),
    Attack(
        "tracing and profiling",
        """
        import sys, threading
        def tracer(frame, event, argument):
            if "wanted" in frame.f_locals: frame.f_locals["wanted"] = 0
            if frame.f_code.co_name == "_observe": frame.f_locals["value"] = 1
            return tracer
        sys.settrace(tracer); sys.setprofile(lambda *a: None); threading.settrace(tracer)
        """,
        keeps=True,
    ),
    Attack(
        "an audit hook that ends everything",
        """
        import sys, os
        def hook(event, arguments):
            if event in ("compile", "exec", "object.__getattr__", "sys._getframe"): raise SystemExit
        sys.addaudithook(hook)
        """,
    ),
    Attack(
        "callbacks of the garbage collector, weak references and codecs",
        """
        import gc, codecs, weakref, warnings
        gc.callbacks.append(lambda phase, info: open("/nowhere"))
        gc.set_threshold(1)
        codecs.register(lambda name: (_ for _ in ()).throw(SystemExit))
        codecs.register_error("replace", lambda error: ("x" * 10**6, error.end))
        class Thing: pass
        thing = Thing()
        weakref.finalize(thing, lambda: [None] * 10**9)
        del thing
        warnings.showwarning = warnings.filterwarnings = lambda *a, **o: None
        warnings.simplefilter("error")
        """,
    ),
    Attack(
        "a thread that changes everything later",
        """
        import threading, time
        def later():
            import mlpkit.exercises.sandboxed.run as run, mlpkit.exercises.sandboxed.plain as plain
            while True:
                run.plain = lambda came, depth=0: plain.Numbers(np.zeros(5), "float64", "ndarray")
                run.built = lambda argument: 0
                time.sleep(0.0005)
        threading.Thread(target=later, daemon=True).start()
        """,
        body="import time; time.sleep(0.01); return np.zeros(len(X))",
    ),
    Attack("the names of the notebook's own module", "globals().clear()\nimport numpy as np", keeps=False),
]
