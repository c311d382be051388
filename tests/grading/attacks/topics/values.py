"""Answers that lie about what they are: only numbers come out of the sandbox."""

from grading.attacks.attack import Attack

ATTACKS = [
    Attack(
        "an object that equals everything",
        """
        class Yes:
            def __eq__(self, other): return True
            __ne__ = __lt__ = __gt__ = lambda self, other: False
            def __hash__(self): return 0
            def __len__(self): return 5
            def __iter__(self): return iter([self] * 5)
            def __getattr__(self, name): return self
            def __call__(self, *a, **o): return self
            def __bool__(self): return True
            def __float__(self): return 0.0
            def __sub__(self, other): return 0.0
            __rsub__ = __abs__ = __sub__
        """,
        body="return Yes()",
        keeps=True,
    ),
    Attack(
        "a subclass of ndarray with other operators",
        """
        class Array(np.ndarray):
            def __eq__(self, other): return np.ones(self.shape, bool)
            __ne__ = lambda self, other: np.zeros(self.shape, bool)
            def __sub__(self, other): return np.zeros(self.shape)
            __rsub__ = __sub__
            def __array_finalize__(self, other): pass
            def __array_ufunc__(self, ufunc, method, *a, **o): return np.ones(self.shape, bool)
            def __array_function__(self, *a): return True
            @property
            def dtype(self): return np.dtype(float)
            @property
            def shape(self): return (5,)
        """,
        body="return np.zeros(len(X)).view(Array)",
        keeps=True,
    ),
    Attack(
        "an array by __array__, __class__ and the buffer's interface",
        """
        class Lie:
            @property
            def __class__(self): return np.ndarray
            def __array__(self, *a, **o):
                import sys
                frame = sys._getframe()
                while frame:
                    if "wanted" in frame.f_locals: return frame.f_locals["wanted"]
                    frame = frame.f_back
                return np.zeros(5)
            __array_interface__ = {"shape": (10**6,), "typestr": "<f8", "data": (4096, False), "version": 3}
        """,
        body="return Lie()",
    ),
    Attack(
        "memory that is not its own",
        """
        class Wild:
            __array_interface__ = {"shape": (2000,), "typestr": "<f8", "data": (64, False), "version": 3}
        """,
        body="return Wild()",
        keeps=True,
    ),
    Attack(
        "metaclasses and descriptors",
        """
        class Meta(type):
            def __instancecheck__(cls, other): return True
            def __subclasscheck__(cls, other): return True
            def __eq__(cls, other): return True
            def __hash__(cls): return hash(np.ndarray)
            def __getattribute__(cls, name): raise SystemExit
        class Odd(metaclass=Meta):
            def __get__(self, *a): raise SystemExit
            def __getattribute__(self, name): raise KeyboardInterrupt
        """,
        body="return Odd()",
    ),
    Attack(
        "text and lists with other methods",
        """
        class Text(str):
            def __str__(self): return "x" * 10**8
            def encode(self, *a): raise SystemExit
            def __getitem__(self, key): return self
        class Rows(list):
            def __len__(self): return 10**9
            def __iter__(self): return iter([Text("a")] * 10)
        """,
        body="return Rows([Text('a'), Rows()])",
        keeps=True,
    ),
    Attack("a list that holds itself", body="found = []\nfound.append(found)\nreturn found", keeps=True),
    Attack("NaN for every number", body="return np.full(len(X), np.nan)", keeps=True),
    Attack("infinity for every number", body="return np.full(len(X), np.inf)", keeps=True),
    Attack("numbers of every size at once", body="return np.zeros((0, 5))", keeps=True),
    Attack("an array of objects", body="return np.array([object()] * len(X), dtype=object)", keeps=True),
    Attack(
        "a callable object of a class that lies",
        """
        class Callable:
            __name__ = "pre_activation"
            @property
            def __code__(self): raise SystemExit
            @property
            def __wrapped__(self): return self
            def __getattr__(self, name): return self
            def __call__(self, X, w, b): return np.zeros(len(X))
        """,
        after="pre_activation = Callable()",
        keeps=True,
    ),
    Attack("a class instead of a function", after="class pre_activation: pass", keeps=True),
    Attack("a number instead of a function", after="pre_activation = 5", keeps=True),
    Attack("a generator that changes things", body="import os\nyield 0.0\nos._exit(0)", keeps=True),
    Attack(
        "an error whose text never ends",
        """
        class Long(Exception):
            def __str__(self): return "x" * 10**8
        class Deep(Exception):
            def __str__(self): return str(self)
        """,
        body="raise Long",
        after="raise Deep",
        keeps=True,
    ),
]
