#!/usr/bin/env python3
"""Asks rdflib the queries of examples/sparql on an exported graph.ttl, and compares with what `chutoa query` gives.

usage: check_sparql.py CHUTOA GRAPH GRAPH.TTL      (exported with --with-evidence)
"""
import csv
import io
import pathlib
import subprocess
import sys
import urllib.parse

import rdflib

QUERIES = pathlib.Path(__file__).resolve().parents[2] / "examples" / "sparql"
# Words in no order, which SPARQL leaves to the engine.
CONCATENATED = {"several-languages"}


def ask(chutoa, graph, *words):
    """The rows of a query as chutoa gives them."""
    command = [chutoa, "query", "--graph", graph, "--format", "csv", *words]
    return list(csv.reader(io.StringIO(subprocess.run(command, capture_output=True, text=True, check=True).stdout)))[1:]


def main(chutoa, graph, turtle):
    triples = rdflib.Graph().parse(turtle)
    files = sorted(QUERIES.glob("*.rq"))
    if len(files) != 10:
        sys.exit(f"{QUERIES} holds {len(files)} queries")
    answers = {}
    for file in files:
        normal = (lambda cell: " ".join(sorted(cell.split()))) if file.stem in CONCATENATED else str
        found = sorted([normal("" if term is None else str(term)) for term in row] for row in triples.query(file.read_text("utf-8")))
        ours = sorted([normal(cell) for cell in row] for row in ask(chutoa, graph, "--sparql", f"@{file}"))
        if found != ours or not found:
            other = [row for row in found if row not in ours][:3], [row for row in ours if row not in found][:3]
            sys.exit(f"{file.stem}: rdflib and chutoa differ: {other}")
        answers[file.stem] = found
    # And the plain questions say the same.
    for name, pattern in (("who-chaired-what", "who chaired what"), ("who-holds-what", "who holds what")):
        pairs = {(row[0], row[2]) for row in ask(chutoa, graph, *pattern.split())}
        entities = [[cell.removeprefix("urn:chutoa:") for cell in row if cell.startswith("urn:chutoa:")] for row in answers[name]]
        found = {tuple(map(urllib.parse.unquote, row[:2])) for row in entities}
        if pairs != found:
            sys.exit(f"{name}: SPARQL and the pattern differ: {pairs ^ found}")
    print(f"rdflib answers {len(files)} queries as chutoa does, on {len(triples)} triples")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
