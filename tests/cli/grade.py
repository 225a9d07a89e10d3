#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reading grade (Flesch-Kincaid) of the sentences that open a report: what a council reads first. Also that they need no
word of the trade.
usage: grade.py REPORT [HIGHEST]"""
import html
import pathlib
import re
import sys

TRADE = re.compile(r"\b(PUE|ERF|WUE|COP|NPV|IRR|LCOH|dispatch|optimum|shadow price)\b")


def syllables(word):
    """Groups of vowels, a silent e apart; a number, a unit or a sign is said as one."""
    word = word.lower()
    if not re.fullmatch(r"[a-z’']+", word):
        return 1
    word = re.sub(r"[^a-z]", "", word)
    groups = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^aeiouyl]e$", word) or re.search(r"[^aeioutd]ed$", word):
        groups -= 1
    return max(1, groups)


def grade(text):
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", text) if re.search(r"[A-Za-z]{2}", s)]
    words = re.findall(r"[^\s/–—]+", re.sub(r"[.,:;!?()“”]", " ", text))
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


page = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
lead = re.search(r'<section class="lead">(.*?)</section>', page, re.S).group(1)
text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(h1|p|li)>", " ", lead)))
text = re.sub(r"(?<=\d)[\s\u202f](?=\d)", "", re.sub(r"\s+", " ", text.replace("\u202f", " "))).strip()
found, highest = grade(text), float(sys.argv[2]) if len(sys.argv) > 2 else 8.0
trade = sorted(set(TRADE.findall(text)))
print(f"grade {found:.1f}; words of the trade: {', '.join(trade) or 'none'}")
sys.exit(found > highest or bool(trade))
