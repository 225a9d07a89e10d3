# SPDX-License-Identifier: Apache-2.0
"""Hearth from Python: plans a data centre and its community as one energy system.

Needs no build step and nothing but the standard library: this file loads libhearth.so, which `make` leaves in
build/release/. It is looked for in $HEARTH_LIBRARY, beside this file, in build/release/ and where the system keeps
libraries.

    import hearth
    town = hearth.Scenario("examples/exmouth/scenario.yaml", {"horizon.days": 7})
    plan = town.solve()
    print(plan.words())
    print(plan.figure("together", "pue_ratio"), plan.summary()["npv_money"])
    heat = plan.series("together", "heat_pump.heat_out")

Every mistake of an input is in the exception: its `messages` name file, line and column, and its text is what the
command line prints. Nothing is shared between two scenarios; one scenario serves one thread at a time.
"""
import ctypes
import json
import math
import os
from array import array

__all__ = ["Error", "Message", "Network", "Plan", "Scenario", "alternatives", "bill", "calc", "compare", "data", "explain",
           "explain_result", "feeder", "frontier", "new", "outage", "roadmap", "robust", "schema", "solve_replay", "study", "verify", "version"]


class _CMessage(ctypes.Structure):
    _fields_ = [("is_error", ctypes.c_bool), ("file", ctypes.c_char_p), ("line", ctypes.c_int), ("column", ctypes.c_int),
                ("text", ctypes.c_char_p), ("remedy", ctypes.c_char_p), ("rendered", ctypes.c_char_p)]


_ON_MESSAGE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(_CMessage))
_ON_PROGRESS = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_char_p)
_ON_STOP = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p)
_text, _handle, _int, _bool, _double = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_bool, ctypes.c_double
_uint = ctypes.c_uint
_size, _texts = ctypes.c_size_t, ctypes.POINTER(ctypes.c_char_p)
_to_text, _to_handle, _to_int = ctypes.POINTER(ctypes.c_char_p), ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_int)

# name: what it returns (None: nothing), what it takes; as include/hearth/hearth.h declares it
_FUNCTIONS = {
    "hearth_version": (_text,),
    "hearth_build": (_text,),
    "hearth_status_text": (_text, _int),
    "hearth_status_exit_code": (_int, _int),
    "hearth_context_new": (_handle,),
    "hearth_context_free": (None, _handle),
    "hearth_context_on_message": (None, _handle, _ON_MESSAGE, _handle),
    "hearth_context_on_progress": (None, _handle, _ON_PROGRESS, _handle),
    "hearth_context_on_stop": (None, _handle, _ON_STOP, _handle),
    "hearth_scenario_parse_changed": (_int, _handle, _text, _text, _size, _texts, _to_handle),
    "hearth_scenario_parse_like": (_int, _handle, _handle, _texts, _to_handle),
    "hearth_scenario_free": (None, _handle),
    "hearth_scenario_words": (_text, _handle),
    "hearth_scenario_yaml": (_text, _handle),
    "hearth_plan_solve": (_int, _handle, _texts, _to_handle),
    "hearth_plan_solve_like": (_int, _handle, _handle, _texts, _to_handle),
    "hearth_plan_solve_near": (_int, _handle, _handle, _handle, _texts, _to_handle),
    "hearth_plan_free": (None, _handle),
    "hearth_plan_write": (_int, _handle, _text),
    "hearth_plan_summary": (_text, _handle),
    "hearth_plan_words": (_text, _handle, _bool, _bool),
    "hearth_plan_figure": (_bool, _handle, _text, _text, ctypes.POINTER(_double)),
    "hearth_plan_series": (_bool, _handle, _text, _text, ctypes.POINTER(ctypes.POINTER(_double)), ctypes.POINTER(_size)),
    "hearth_plan_rules": (_int, _handle, _text, _bool, _bool, _bool, _to_text, _to_int),
    "hearth_plan_standard": (_text, _handle),
    "hearth_plan_why": (_int, _handle, _bool, _bool, _to_text),
    "hearth_compare": (_int, _handle, _text, _text, _text, _text, _bool, _to_text),
    "hearth_study": (_int, _handle, _text, _text, _texts, _bool, _to_text),
    "hearth_data": (_int, _handle, _text, _bool, _to_text),
    "hearth_roadmap": (_int, _handle, _text, _text, _bool, _to_text),
    "hearth_robust": (_int, _handle, _text, _text, _uint, _to_text),
    "hearth_frontier": (_int, _handle, _text, _text, _int, _text, _uint, _to_text),
    "hearth_alternatives": (_int, _handle, _text, _double, _int, _text, _uint, _to_text),
    "hearth_verify": (_int, _handle, _text, _to_text),
    "hearth_export": (_int, _handle, _text, _text, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)), ctypes.POINTER(_size)),
    "hearth_solve": (_int, _handle, _text, _texts, _to_text),
    "hearth_network_read": (_int, _handle, _text, _int, _to_handle),
    "hearth_network_free": (None, _handle),
    "hearth_network_solve": (_int, _handle),
    "hearth_network_size": (_int, _handle, _bool),
    "hearth_network_run": (_int, _handle, _text, _double, _to_text),
    "hearth_network_text": (_text, _handle, _text),
    "hearth_explain": (_int, _handle, _text, _bool, _to_text),
    "hearth_explain_result": (_int, _handle, _text, _text, _bool, _bool, _to_text),
    "hearth_schema": (_int, _handle, _to_text),
    "hearth_calc": (_int, _handle, _text, _int, _texts, _bool, _to_text),
    "hearth_feeder": (_int, _handle, _text, _texts, _int, _texts, _to_text),
    "hearth_bill": (_int, _handle, _text, _text, _texts, _to_text),
    "hearth_outage": (_int, _handle, _text, _int, _texts, _text, _to_text),
    "hearth_new": (_int, _handle, _text, _text, _text, _double, _double, _double, _to_text),
}


def _load():
    here = os.path.dirname(os.path.abspath(__file__))
    places = [os.environ.get("HEARTH_LIBRARY"), os.path.join(here, "libhearth.so"),
              os.path.join(here, "..", "build", "release", "libhearth.so")]
    path = next((place for place in places if place and os.path.exists(place)), "libhearth.so")
    try:
        library = ctypes.CDLL(path)
    except OSError as trouble:
        raise ImportError(f"libhearth.so is not there ({trouble}): `make build` makes it, or say in HEARTH_LIBRARY where it "
                          "lies") from None
    for name, (returns, *takes) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = returns, takes
    return library


_lib = _load()


def _bytes(text):
    return None if text is None else os.fsencode(os.fspath(text)) if not isinstance(text, str) else text.encode()


def _str(data):
    return None if data is None else data.decode()


class Message:
    """One thing that was told: is_error, file, line, column, text, remedy, and rendered as the command line prints it."""

    def __init__(self, message):
        self.is_error, self.line, self.column = message.is_error, message.line, message.column
        self.file, self.text, self.remedy = _str(message.file), _str(message.text), _str(message.remedy)
        self.rendered = _str(message.rendered)

    def __repr__(self):
        return f"Message({self.rendered!r})"


class Error(Exception):
    """A call that has no answer: code (the command line's exit code), messages, and what the call said before (or None)."""

    def __init__(self, status, messages, said=None):
        what = _str(_lib.hearth_status_text(status))
        super().__init__("\n".join([message.rendered.rstrip() for message in messages] + [what]))
        self.code, self.messages, self.said = _lib.hearth_status_exit_code(status), messages, said


class _Context:
    """What every call hangs on: messages of the last call, and a function told how far a plan is."""

    def __init__(self, progress=None):
        self._handle = _lib.hearth_context_new()
        if not self._handle:
            raise MemoryError
        self.messages, self._progress, self._trouble = [], progress, None
        # kept here, for the library calls them for as long as the context lives
        self._on_message = _ON_MESSAGE(lambda _, message: self.messages.append(Message(message.contents)))
        self._on_progress = _ON_PROGRESS(self._tell)
        _lib.hearth_context_on_message(self._handle, self._on_message, None)
        if progress:
            _lib.hearth_context_on_progress(self._handle, self._on_progress, None)

    def _tell(self, _, words):
        try:
            return bool(self._progress(words.decode()))
        except BaseException as trouble:  # an exception cannot pass through C: the call stops and raises it
            self._trouble = trouble
            return True

    def call(self, name, *arguments, said=None):
        """Calls a function that returns a status; said: the text that tells what failed."""
        self.messages = []
        status = getattr(_lib, name)(*arguments)
        trouble, self._trouble = self._trouble, None
        if trouble:
            raise trouble
        if status != 0:
            raise Error(status, self.messages, _str(said.value) if said is not None else None)

    def text(self, name, *arguments):
        """Calls a function whose last argument is where a text goes."""
        said = ctypes.c_char_p()
        self.call(name, *arguments, ctypes.byref(said), said=said)
        return _str(said.value)

    def __del__(self):
        if getattr(self, "_handle", None):
            _lib.hearth_context_free(self._handle)


def _list(words):
    """A list of texts that ends with NULL."""
    return (ctypes.c_char_p * (len(words) + 1))(*[_bytes(word) for word in words], None)


def _pairs(options):
    """{"a_b": 1} as the texts "a-b", "1"; True and False as yes and no."""
    flat = []
    for key, value in options.items():
        if value is not None:
            flat += [key, ("yes" if value else "no") if isinstance(value, bool) else str(value)]
    return _list(flat)


class Scenario:
    """A scenario read and checked. changes: {"heat_network.length_m": 400, ...}, paths as in a study."""

    def __init__(self, path=None, changes=None, *, text=None, progress=None):
        if (path is None) == (text is None):
            raise TypeError("a scenario is read from a path or from text=")
        if path is not None:
            with open(path, "rb") as file:
                data = file.read()
        else:
            data = text.encode() if isinstance(text, str) else text
        flat = []
        for key, value in (changes or {}).items():
            flat += [key, ("true" if value else "false") if isinstance(value, bool) else str(value)]
        self._context, self._scenario = _Context(progress), ctypes.c_void_p()
        self._context.call("hearth_scenario_parse_changed", self._context._handle, _bytes(path) or b"scenario.yaml", data,
                           len(data), _list(flat), ctypes.byref(self._scenario))
        self.warnings = list(self._context.messages)

    def words(self):
        """What was understood, in a paragraph."""
        return _str(_lib.hearth_scenario_words(self._scenario))

    def yaml(self):
        """With every default and all wiring written out."""
        return _str(_lib.hearth_scenario_yaml(self._scenario))

    def solve(self, **options):
        """The plan; options: solver="ipm" or "clp", fallback="clp", iterations_limit=...

        A scenario that has no plan raises Error, whose said is summary.json: what clashes, and by how much."""
        return Plan(self, options)

    def solve_like(self, parent, **options):
        """A quick answer like a full plan of the same plant: at its sizes and losses, not simulated."""
        return Plan(self, options, parent)

    def export(self, case="together", format="mps"):
        """The programme of a case as bytes: "mps", "lp" or "replay"."""
        data, size = ctypes.POINTER(ctypes.c_char)(), ctypes.c_size_t()
        self._context.call("hearth_export", self._scenario, _bytes(case), _bytes(format), ctypes.byref(data), ctypes.byref(size))
        return ctypes.string_at(data, size.value)

    def __del__(self):
        if getattr(self, "_scenario", None):
            _lib.hearth_scenario_free(self._scenario)


class Plan:
    """The best joint design, proven to balance. Made by Scenario.solve."""

    def __init__(self, scenario, options, parent=None):
        self._scenario, self._plan = scenario, ctypes.c_void_p()  # the scenario outlives its plan
        try:
            call, made = scenario._context.call, ctypes.byref(self._plan)
            if parent:
                call("hearth_plan_solve_like", scenario._scenario, parent._plan, _pairs(options), made)
            else:
                call("hearth_plan_solve", scenario._scenario, _pairs(options), made)
        except Error as error:
            if self._plan:
                error.said = _str(_lib.hearth_plan_summary(self._plan))
            raise

    def figure(self, case, key):
        """A figure of "today", "apart" or "together"; KeyError when there is none of that name."""
        value = ctypes.c_double()
        if not _lib.hearth_plan_figure(self._plan, _bytes(case), _bytes(key), ctypes.byref(value)):
            raise KeyError(f"{case}.{key}: explain('figures') lists them")
        return value.value

    def series(self, case, name):
        """One value per hour of "instance.port", as array('d')."""
        value, count = ctypes.POINTER(ctypes.c_double)(), ctypes.c_size_t()
        if not _lib.hearth_plan_series(self._plan, _bytes(case), _bytes(name), ctypes.byref(value), ctypes.byref(count)):
            raise KeyError(f"{case}: no flow is called {name}")
        return array("d", value[:count.value])

    def summary(self):
        """summary.json."""
        return json.loads(_lib.hearth_plan_summary(self._plan))

    def words(self, colour=False, utf8=True):
        return _str(_lib.hearth_plan_words(self._plan, colour, utf8))

    def write(self, folder):
        """The folder of results, with report.html; it appears at once."""
        self._scenario._context.call("hearth_plan_write", self._plan, _bytes(folder))

    def rules(self, packs=None):
        """Held against rule packs: (sheet, how many binding rules it breaks)."""
        said, broken = ctypes.c_char_p(), ctypes.c_int()
        self._scenario._context.call("hearth_plan_rules", self._plan, _bytes(packs), True, False, True, ctypes.byref(said),
                                     ctypes.byref(broken))
        return json.loads(said.value), broken.value

    def standard(self):
        """The draft of a local standard that asks of others what this plan reaches, as YAML."""
        return _str(_lib.hearth_plan_standard(self._plan))

    def why(self):
        """What would have to change for another plan, found by planning again."""
        return json.loads(self._scenario._context.text("hearth_plan_why", self._plan, True, True))

    def __del__(self):
        if getattr(self, "_plan", None):
            _lib.hearth_plan_free(self._plan)


class Network:
    """A network of pipes: GeoJSON, EPANET's .inp, a folder of DHNx, tables of pandapipes."""

    def __init__(self, path, snapshot=0):
        self._context, self._network = _Context(), ctypes.c_void_p()
        self._context.call("hearth_network_read", self._context._handle, _bytes(path), snapshot, ctypes.byref(self._network))

    def solve(self):
        self._context.call("hearth_network_solve", self._network)
        return self

    def size(self, with_route=False):
        self._context.call("hearth_network_size", self._network, with_route)
        return self

    def run(self, series=None, start_c=math.nan):
        """From step to step with the time that water takes, as CSV."""
        return self._context.text("hearth_network_run", self._network, _bytes(series), start_c)

    def text(self, form="words"):
        """What was solved: "words", "json", "geojson", "svg"."""
        return _str(_lib.hearth_network_text(self._network, _bytes(form)))

    def __del__(self):
        if getattr(self, "_network", None):
            _lib.hearth_network_free(self._network)


def version():
    return _str(_lib.hearth_version())


def calc(law, **arguments):
    """A law of physics by name: calc("carnot_heating_cop", source_c=30, supply_c=70) as a dictionary."""
    context = _Context()
    words = [f"{key}={value}" for key, value in arguments.items()]
    return json.loads(context.text("hearth_calc", context._handle, _bytes(law), len(words), _list(words), True))


def study(path, folder, progress=None, **options):
    """Plans every row of a study's file; leaves its tables in folder, and returns what it found in words.

    options: processes=2; part="3/8" for one part of eight; slurm=8 to write the jobs of a cluster; netcdf="yes" to leave
    results.nc; store="postgresql://..." to keep results in a database."""
    context = _Context(progress)
    return context.text("hearth_study", context._handle, _bytes(path), _bytes(folder), _pairs(options), True)


def data(path):
    """What data a community makes, keeps and computes, as ranges, in words."""
    context = _Context()
    return context.text("hearth_data", context._handle, _bytes(path), True)


def roadmap(path, folder=None, progress=None):
    """Plans a scenario with stages over its years; leaves a result for each in folder, and returns what to build when, in words."""
    context = _Context(progress)
    return context.text("hearth_roadmap", context._handle, _bytes(path), _bytes(folder), True)


def robust(path, folder=None, compare=False, progress=None):
    """One design for all futures of a scenario, as robust.json has it; leaves that and a page in folder."""
    context = _Context(progress)
    return json.loads(context.text("hearth_robust", context._handle, _bytes(path), _bytes(folder), 3 if compare else 2))


def frontier(path, against="carbon", points=9, folder=None, progress=None):
    """Plans of a scenario from the least cost to the least carbon, water or peak power, as frontier.json has them."""
    context = _Context(progress)
    return json.loads(context.text("hearth_frontier", context._handle, _bytes(path), _bytes(against), points, _bytes(folder), 1))


def alternatives(path, within_frac=0.02, count=4, folder=None, progress=None):
    """What else costs hardly more: ranges, and whole plans that differ, as alternatives.json has them."""
    context = _Context(progress)
    return json.loads(context.text("hearth_alternatives", context._handle, _bytes(path), within_frac, count, _bytes(folder), 1))


def verify(folder):
    """Recomputes a folder of results without the solver."""
    context = _Context()
    return context.text("hearth_verify", context._handle, _bytes(folder))


def explain(topic=""):
    context = _Context()
    return context.text("hearth_explain", context._handle, _bytes(topic), False)


def explain_result(folder, figure=None):
    """Why a figure of a folder of results is what it is."""
    context = _Context()
    return json.loads(context.text("hearth_explain_result", context._handle, _bytes(folder), _bytes(figure), True, True))


def compare(path, key, values="all"):
    context = _Context()
    return json.loads(context.text("hearth_compare", context._handle, _bytes(path), _bytes(key), _bytes(values), b"json", True))


def schema():
    context = _Context()
    return json.loads(context.text("hearth_schema", context._handle))


def solve_replay(path, **options):
    """Solves a replay file again: its outcome."""
    context = _Context()
    return json.loads(context.text("hearth_solve", context._handle, _bytes(path), _pairs(options)))


def feeder(what, *files, **options):
    """The local grid: what is "solve", "host" or "n1"."""
    context = _Context()
    words = _pairs({key.replace("_", "-"): value for key, value in {"format": "json", **options}.items()})
    return json.loads(context.text("hearth_feeder", context._handle, _bytes(what), _list(files), len(files), words))


def bill(tariff, load=None, **options):
    """The bill of a load under a tariff (URDB or REopt JSON)."""
    context = _Context()
    words = _pairs({key.replace("_", "-"): value for key, value in {"format": "json", **options}.items()})
    return json.loads(context.text("hearth_bill", context._handle, _bytes(tariff), _bytes(load), words))


def outage(load=None, **arguments):
    """How long a site survives without the grid."""
    context = _Context()
    words = [f"{key}={value}" for key, value in arguments.items()]
    return json.loads(context.text("hearth_outage", context._handle, _bytes(load), len(words), _list(words), b"json"))


def new(template=None, name=None, climate=None, it_kw=math.nan, floor_m2=math.nan, length_m=math.nan):
    """A commented starter scenario as text."""
    context = _Context()
    return context.text("hearth_new", context._handle, _bytes(template), _bytes(name), _bytes(climate), it_kw, floor_m2, length_m)
