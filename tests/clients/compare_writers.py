#!/usr/bin/env python3
"""Writes a million nodes and three million edges with chutoa and, the same graph with the same attributes, with igraph.

usage: compare_writers.py [FOLDER [ROUNDS]]      (needs 6 GB in FOLDER and 8 GB of memory; some minutes)

Prints what both GraphML writers and our GEXF writer (igraph has none) take, and the memory that ours take beside the
graph. Figures are medians of the rounds (three unless told) and time on a core, so that neither a busy machine nor a
slow disk decides; what went by on the clock stands beside them. Ours begin with the graph as it is in memory and
choose what to write; igraph's has its attributes as columns. igraph writes an empty element for what has no value.

Fails where ours are not three times as fast, or take as much memory as the graph.
"""
import gc
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import igraph

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main(folder, rounds):
    command = ["cargo", "bench", "--quiet", "--bench", "writers", "--", folder, str(rounds)]
    ours = json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout)
    graph = igraph.Graph.Read_GraphML(f"{folder}/graph.graphml")
    if (graph.vcount(), graph.ecount()) != (ours["nodes"], ours["edges"]):
        sys.exit(f"igraph read {graph.vcount()} nodes and {graph.ecount()} edges")
    for name in ("graphml", "gexf"):
        pathlib.Path(f"{folder}/graph.{name}").unlink()
    gc.collect()
    written = pathlib.Path(folder, "igraph.graphml")
    times, walls = [], []
    for _ in range(rounds):
        written.unlink(missing_ok=True)
        started, clock = time.process_time(), time.perf_counter()
        graph.write_graphml(str(written))
        times.append(time.process_time() - started)
        walls.append(time.perf_counter() - clock)
    theirs, own = statistics.median(times), ours["graph_bytes"]
    print(f"{ours['nodes']:,} nodes, {ours['edges']:,} edges, {own / 1e9:.2f} GB in memory; "
          f"{ours['clock']}, medians of {rounds}")
    print(f"igraph {igraph.__version__}, graphml: {theirs:.1f} s ({statistics.median(walls):.1f} s on the clock); "
          f"{written.stat().st_size / 1e9:.2f} GB written")
    slow = False
    for name in ("graphml", "gexf"):
        seconds, wall, size, added = (ours[name][key] for key in ("seconds", "wall", "bytes", "added_bytes"))
        print(f"chutoa, {name}: {seconds:.1f} s ({wall:.1f} s on the clock), {theirs / seconds:.1f} times as fast; "
              f"{size / 1e9:.2f} GB written with {added / own:.2f} of the graph's memory beside it")
        slow |= theirs / seconds < 3 or added >= own
    sys.exit(slow)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    rounds = int(arguments[1]) if len(arguments) > 1 else 3
    if arguments:
        main(arguments[0], rounds)
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(temporary, rounds)
