#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every key behind "read", "quoted" or "secondary" in a component's sources is explained in docs/references.md."""
import pathlib
import re
import sys

page = pathlib.Path("docs/references.md").read_text(encoding="utf-8")
known = {key.strip().upper() for row in re.findall(r"^\| ([^|]+) \|", page, flags=re.M) for key in row.split(",")}
mistakes, count = [], 0
for path in sorted(pathlib.Path("src").rglob("*.[ch]")):
    text = path.read_text(encoding="utf-8")
    joined = re.sub(r'"\s*\n\s*"', "", text.replace("\\\n", "\n"))
    for found in re.finditer(r"\[(?:[^\]\n]*\s)?(?:read|quoted|secondary) ([A-Za-z][A-Za-z0-9, ]*?)(?: [.\d][^\]]*)?\]", joined):
        for key in found.group(1).split(","):
            count += 1
            if key.strip().upper() not in known and key.strip() not in ("computed", "computed fit", "vendor"):
                mistakes.append(f"{path}: [{found.group(0)[1:-1]}]: docs/references.md does not explain {key.strip()}")
print("\n".join(mistakes) or f"sources: {count} uses of keys, all explained in docs/references.md")
sys.exit(1 if mistakes or not count else 0)
