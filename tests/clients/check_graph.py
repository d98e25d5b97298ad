#!/usr/bin/env python3
"""Reads graph.graphml with networkx and igraph, and compares what they count with `chutoa stats`.

usage: chutoa stats --format json --graph FOLDER | check_graph.py FOLDER

Days are no nodes in GraphML, so the relations that lead to them are no edges. The columns of entities.tsv are
compared with what both programs read.
"""
import collections
import csv
import json
import pathlib
import sys

import igraph
import networkx as nx

TO_DAYS = ("held_on", "issued_on")


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: found {found}\n  expected {expected}")


def labels(folder):
    """The labels of entities.tsv by identifier."""
    with open(folder / "entities.tsv", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["id"]: row["label"] for row in rows}


def main(folder):
    statistics = json.load(sys.stdin)
    kinds = {kind: n for kind, n in statistics["kinds"] if n and kind != "date"}
    relations = {relation: n for relation, n in statistics["relations"] if n and relation not in TO_DAYS}
    named = labels(folder)

    graph = nx.read_graphml(folder / "graph.graphml", force_multigraph=True)
    same("networkx: nodes by kind", dict(collections.Counter(nx.get_node_attributes(graph, "kind").values())), kinds)
    same("networkx: edges by relation",
         dict(collections.Counter(data["relation"] for _, _, data in graph.edges(data=True))), relations)
    for node, label in nx.get_node_attributes(graph, "name_en").items():
        same(f"networkx: label of {node}", label, named.get(node, label))

    graph = igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))
    same("igraph: nodes by kind", dict(collections.Counter(graph.vs["kind"])), kinds)
    same("igraph: edges by relation", dict(collections.Counter(graph.es["relation"])), relations)
    for node in graph.vs:
        same(f"igraph: label of {node['id']}", node["name_en"], named.get(node["id"], node["name_en"]))
    for edge in graph.es:
        if not edge["weight"] >= 1:
            sys.exit(f"igraph: an edge {edge['relation']} has the weight {edge['weight']}")

    print(f"networkx and igraph read {sum(kinds.values())} nodes and {sum(relations.values())} edges, as chutoa counts")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
