#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rules that grep can keep: memory, printing, environment, locale, clocks, licence lines, leftovers, machine paths."""
import pathlib
import re
import sys

# what, where it may stand, why not elsewhere; the patterns are calls
CALLS = [
    (r"malloc|calloc|realloc|free|strdup|strndup|aligned_alloc|posix_memalign|asprintf|vasprintf|getline|alloca",
     ["src/base/arena.c", "src/apps/serve/", "src/apps/commands/serve.c"], "memory comes from an arena"),
    (r"printf|vprintf|puts|putchar|fprintf|vfprintf|fputs|fputc|putc|fwrite|perror|psignal|exit|_exit|_Exit|quick_exit|abort",
     ["src/apps/", "src/base/workers.c"], "the library neither prints nor exits"),
    (r"getenv|secure_getenv|setenv|setlocale|localeconv|newlocale|uselocale|isatty|signal|sigaction",
     ["src/apps/"], "the library reads neither environment nor locale"),
    (r"time|clock|clock_gettime|gettimeofday|rand|srand|random|srandom|drand48|getpid",
     ["src/apps/"], "same input, same bytes: no clock, no chance"),
    (r"strtod|strtof|strtold|atof|atoi|atol|strtol|strtoul|strtoll|strtoull|sscanf|fscanf|scanf",
     ["src/apps/"], "numbers are read by text_number and text_integer"),
    (r"strcpy|strcat|sprintf|vsprintf|gets|strtok|strncpy|strncat|localtime|gmtime|asctime|ctime|system|popen|tmpnam|mktemp",
     [], "this function is banned"),
]
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK|for now|not implemented yet|lorem ipsum)\b")
MACHINE = re.compile(r"(?<![\w.])(/home/|/root/|/work/|/Users/|[A-Z]:\\)\w")
TEXT = {".c", ".h", ".def", ".cases", ".md", ".py", ".sh", ".bats", ".yaml", ".yml", ".json", ".csv", ".cmake", ".txt", ".ts",
        ".css", ".html", ""}
SPDX = {".c", ".h", ".py", ".sh", ".bats"}
SKIP = {".git", "build", "out", "node_modules", "__pycache__", "LICENSE", "golden", "corpus", "broken"}
LONGEST_FILE = 800


def code_only(text):
    """Comments and strings become blanks."""
    blank = lambda found: re.sub(r"[^\n]", " ", found.group(0))
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.S)


mistakes = []


def complain(path, text, offset, words):
    mistakes.append(f"{path}:{text.count(chr(10), 0, offset) + 1}: {words}")


for path in sorted(pathlib.Path("src").rglob("*.[ch]")):
    text = code_only(path.read_text(encoding="utf-8"))
    for names, homes, why in CALLS:
        if any(str(path).startswith(home) for home in homes):
            continue
        for found in re.finditer(r"(?<![\w.>])(" + names + r")\s*\(", text):
            complain(path, text, found.start(1), f"{found.group(1)}: {why}")
    for found in re.finditer(r"\btypedef\s+(struct|enum|union)\b", text):
        complain(path, text, found.start(), "no typedef of structs")
    if text.count("\n") > LONGEST_FILE:
        mistakes.append(f"{path}: {text.count(chr(10))} lines; above {LONGEST_FILE} a file is split")

for path in sorted(pathlib.Path(".").rglob("*")):
    if not path.is_file() or SKIP & set(path.parts) or path.suffix not in TEXT or path.stat().st_size > 4_000_000:
        continue
    text = path.read_bytes().decode("utf-8", "replace")
    if path.suffix in SPDX and text.count("SPDX-License-" + "Identifier: Apache-2.0") != 1:
        mistakes.append(f"{path}: one line SPDX-License-" + "Identifier: Apache-2.0 belongs here")
    if path != pathlib.Path("tools/check_house.py"):
        for rule, words in ((LEFTOVERS, "a leftover"), (MACHINE, "a path of one machine")):
            for found in rule.finditer(text):
                complain(path, text, found.start(), f"'{found.group(0)}' is {words}")

print("\n".join(mistakes) or "house: memory, printing, environment, clocks, licences and leftovers are in order")
sys.exit(1 if mistakes else 0)
