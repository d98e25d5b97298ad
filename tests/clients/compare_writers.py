#!/usr/bin/env python3
"""Writes a million nodes and three million edges with chutoa and, the same graph with the same attributes, with igraph.

usage: compare_writers.py [FOLDER]      (needs 6 GB in FOLDER and 8 GB of memory; some minutes)

Prints the seconds of both GraphML writers and of our GEXF writer (igraph has none), and the memory that ours take
beside the graph. Fails where ours are not three times as fast, or take as much memory as the graph.
"""
import gc
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import igraph

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main(folder):
    command = ["cargo", "bench", "--quiet", "--bench", "writers", "--", folder]
    ours = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    graph = igraph.Graph.Read_GraphML(f"{folder}/graph.graphml")
    if (graph.vcount(), graph.ecount()) != (ours["nodes"], ours["edges"]):
        sys.exit(f"igraph read {graph.vcount()} nodes and {graph.ecount()} edges")
    for name in ("graphml", "gexf"):
        pathlib.Path(f"{folder}/graph.{name}").unlink()
    gc.collect()
    started = time.perf_counter()
    graph.write_graphml(f"{folder}/igraph.graphml")
    theirs = time.perf_counter() - started
    own = ours["graph_bytes"]
    print(f"{ours['nodes']:,} nodes, {ours['edges']:,} edges, {own / 1e9:.2f} GB in memory")
    print(f"igraph {igraph.__version__}, GraphML: {theirs:.1f} s")
    slow = False
    for name in ("graphml", "gexf"):
        seconds, size, added = (ours[name][key] for key in ("seconds", "bytes", "added_bytes"))
        print(f"chutoa, {name}: {seconds:.1f} s, {theirs / seconds:.1f} times as fast; {size / 1e9:.2f} GB written "
              f"with {added / own:.2f} of the graph's memory beside it")
        slow |= theirs / seconds < 3 or added >= own
    sys.exit(slow)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(temporary)
