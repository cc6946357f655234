#!/usr/bin/env python3
"""Checks that what the documents of the tree link to is there: files and folders, and headings in them."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEFT_OUT = {"build", "templates", "target", ".git"}  # templates: their links are those of projects


def documents():
    for path in sorted(ROOT.rglob("*.md")):
        parts = path.relative_to(ROOT).parts
        if not any(part in LEFT_OUT or part.startswith("build-") for part in parts):
            yield path


def without_code(text):
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", lambda code: re.sub(r"[\[\]]", " ", code.group()), text)


def anchors_of(path):
    """As those who show Markdown make them: lower case, hyphens for spaces, no punctuation."""
    anchors = set()
    for title in re.findall(r"^#+ (.+)$", without_code(path.read_text()), re.MULTILINE):
        anchor = re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")
        number = 0
        while (numbered := f"{anchor}-{number}" if number else anchor) in anchors:
            number += 1
        anchors.add(numbered)
    return anchors


def errors_of(document):
    for link in re.findall(r"\]\(([^)\s]+)\)", without_code(document.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        if not target.exists():
            yield f"{document.relative_to(ROOT)}: there is no {link}"
        elif anchor and anchor not in anchors_of(target):
            yield f"{document.relative_to(ROOT)}: {name or 'it'} has no heading for #{anchor}"


def main():
    all_documents = list(documents())
    errors = [error for document in all_documents for error in errors_of(document)]
    if errors or not all_documents:
        sys.exit("\n".join(errors) or "there are no documents")
    print(f"the links of {len(all_documents)} documents lead somewhere")


if __name__ == "__main__":
    main()
