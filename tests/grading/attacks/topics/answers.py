# ruff: noqa: E501 (code of notebooks in texts)
"""Looking for the answer: it is not there, neither in a file nor in memory."""

from grading.attacks.attack import Attack

ATTACKS = [
    Attack(
        "the solution is imported",
        """
        import importlib
        names = ["mlpkit.questions", "mlpkit.questions.ex01_linear_models_and_neurons.pre_activation",
                 "mlpkit.exercises.registry", "mlpkit.exercises.verdict", "mlpkit.exercises.diagnosis.known",
                 "mlpkit.layers", "mlpkit.outputs", "mlpkit.activations", "mlpkit.grading.judge"]
        for name in names:
            try: module = importlib.import_module(name)
            except ImportError: continue
            for way in (lambda: module.pre_activation(np.eye(2), np.ones(2), 1.0),
                        lambda: module.QUESTION.solution(np.eye(2), np.ones(2), 1.0),
                        lambda: module.question("pre_activation").solution(np.eye(2), np.ones(2), 1.0),
                        lambda: module.Dense(2, 1), lambda: module.sigmoid(0.0),
                        lambda: module.__file__):
                try: came = way()
                except Exception: continue
                if came is not None and not repr(came).startswith("<nothing"):
                    raise RuntimeError(f"LEAKED: {name} {came!r}")
        """,
        body="""
        from mlpkit.questions.ex01_linear_models_and_neurons.pre_activation import QUESTION
        return QUESTION.solution(X, w, b)
        """,
        keeps=True,
    ),
    Attack(
        "check and its kin are asked for the points",
        """
        from mlpkit.exercises import check, registry
        from mlpkit.exercises.registry import question
        """,
        body="return question('pre_activation').solution(X, w, b)",
        keeps=True,
    ),
    Attack(
        "a search in all objects and modules",
        """
        import gc, sys, types
        found = []
        for thing in gc.get_objects():
            if isinstance(thing, types.FunctionType) and thing.__name__ in ("pre_activation", "sigmoid", "solution"):
                if thing.__module__ != "__main__": found.append(thing.__module__)
            if isinstance(thing, dict) and ("expected" in thing or "QUESTION" in thing):
                found.append(str(thing.get("__name__", "expected"))[:60])
        found += [name for name in sys.modules if name.startswith("mlpkit.questions")]
        found += [name for name in sys.modules if name.startswith("mlpkit") and ("verdict" in name or "judge" in name)]
        if found: raise RuntimeError(f"LEAKED: {found[:5]}")
        """,
        keeps=True,
    ),
    Attack(
        "a search in the files that can be read",
        """
        import os
        found = []
        for folder, inside, names in os.walk("/"):
            if folder.startswith(("/proc", "/sys", "/usr", "/lib")) or "site-packages/numpy" in folder: inside[:] = []
            if "mlpkit" in folder and ("questions" in folder or "masters" in folder): found.append(folder)
            found += [os.path.join(folder, n) for n in names if n.startswith(("ex0", "verdict", "class-key", "results"))
                      and n.endswith((".ipynb", ".txt", ".jsonl")) or n == "verdict.py"]
        if found: raise RuntimeError(f"LEAKED: {found[:5]}")
        """,
        keeps=True,
    ),
    Attack(
        "the frames below are walked for the answer",
        body="""
        import sys
        frame, found = sys._getframe(), []
        while frame is not None:
            for name, value in list(frame.f_locals.items()):
                if name in ("wanted", "right", "expected", "solution"): found.append(value)
            frame = frame.f_back
        return found[0] if found else np.zeros(len(X))
        """,
        keeps=True,
    ),
    Attack(
        "the arguments are changed in place, in the job as well",
        body="""
        import sys
        frame = sys._getframe()
        while frame is not None:
            for value in list(frame.f_locals.values()):
                for call in value if isinstance(value, (list, tuple)) else [value]:
                    if type(call).__name__ == "Call":
                        for argument in call.arguments:
                            if isinstance(argument, np.ndarray):
                                argument.flags.writeable = True
                                argument[...] = 0
            frame = frame.f_back
        for argument in (X, w):
            argument[...] = 0
        return np.zeros(len(X))
        """,
    ),
    Attack(
        "the job is exchanged in memory",
        """
        import gc
        for thing in gc.get_objects():
            if type(thing).__name__ == "Job":
                calls = {name: tuple(tuple() for _ in numbers) for name, numbers in thing.calls.items()}
                object.__setattr__(thing, "calls", calls)
                thing.calls["pre_activation"] = ((),)
        """,
    ),
    Attack(
        "the question after this one is answered by its arguments",
        body="""
        import sys
        frame = sys._getframe()
        while frame is not None:
            job = frame.f_locals.get("job")
            if job is not None and hasattr(job, "calls"):
                call = job.calls["pre_activation"][0][0]
                return np.asarray(call.arguments[0], dtype=float)[:, 0] * 0
            frame = frame.f_back
        return np.zeros(len(X))
        """,
        keeps=True,
    ),
    Attack(
        "the environment and the command line",
        """
        import os, sys
        text = repr((dict(os.environ), sys.argv, sys.orig_argv, sys.path))
        words = ("seed", "key", "SECRET", "TOKEN", "PASSWORD", "questions", "masters")
        found = [word for word in words if word in text]
        if found: raise RuntimeError(f"LEAKED: {found} {text[:150]}")
        """,
        keeps=True,
    ),
]
