#!/usr/bin/env python3
"""Reads exports with the programs they are for, and compares each with the node-link JSON.

usage: check_exports.py FOLDER...      (as `cargo test --test export` writes them: target/tmp/exports and its hostile/)

A folder holds graph.json, graph.graphml, graph.gexf, graph.dot (with everything drawn), graph.cyjs, graph.ftm.json,
graph.ttl, graph.nt, and the folders csv, neo4j and parquet. Needs what requirements.txt lists, and Graphviz.
"""
import datetime
import json
import pathlib
import re
import subprocess
import sys
import warnings

import duckdb
import igraph
import networkx as nx
import pandas as pd
import pydot
import rdflib
from followthemoney import model
from followthemoney.types import registry
from tulip import tlp

# What XML 1.0 cannot hold, and what a reader of XML makes of line ends.
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xml(text):
    return UNHELD.sub("\ufffd", text)


def edges(graph):
    """The edges as a sorted list of (source, target, relation)."""
    return sorted((a, b, data["relation"]) for a, b, data in graph.edges(data=True))


def same(what, found, expected):
    if found != expected:
        if isinstance(expected, (list, set)):
            found, expected = [x for x in found if x not in expected], [x for x in expected if x not in found]
        sys.exit(f"{what}: found {str(found)[:600]}\n  expected {str(expected)[:600]}")


def check_networkx(folder, truth):
    graph = nx.read_graphml(folder / "graph.graphml", force_multigraph=True)
    same("networkx graphml edges", edges(graph), edges(truth))
    for node, data in truth.nodes(data=True):
        found = graph.nodes[node]
        for column in ("label", "kind", "name_vi", "date", "province_id"):
            same(f"networkx graphml {node} {column}", found.get(column), xml(data[column]) if column in data else None)
        same(f"networkx graphml {node} degree", found["degree"], data["degree"])
        same(f"networkx graphml {node} names", found.get("names"), xml(" | ".join(data["names"])) if "names" in data else None)
    for a, b, key, data in truth.edges(keys=True, data=True):
        found = graph.edges[a, b, data["id"]]
        same("networkx graphml weight", (type(found["weight"]), found["weight"]), (float, data["weight"]))
        same("networkx graphml acting", found.get("acting"), data.get("acting"))
        same("networkx graphml sources", found.get("sources"), xml(" | ".join(data["sources"])) if "sources" in data else None)

    graph = nx.read_gexf(folder / "graph.gexf", version="1.3")
    same("networkx gexf edges", edges(graph), edges(truth))
    for node, data in truth.nodes(data=True):
        same(f"networkx gexf {node}", (graph.nodes[node]["label"], graph.nodes[node]["kind"]), (xml(data["label"]), data["kind"]))
        colour = graph.nodes[node]["viz"]["color"]
        same("networkx gexf colour", "#{r:02X}{g:02X}{b:02X}".format(**colour), data["color"])

    graph = nx.cytoscape_graph(json.loads((folder / "graph.cyjs").read_text("utf-8")))
    same("networkx cytoscape edges", edges(graph), edges(truth))
    for node, data in truth.nodes(data=True):
        same("networkx cytoscape label", graph.nodes[node]["name_en"], data["name_en"])


def check_igraph(folder, truth):
    graph = igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))
    names = graph.vs["id"]
    found = sorted((names[e.source], names[e.target], e["relation"]) for e in graph.es)
    same("igraph edges", found, edges(truth))
    same("igraph labels", dict(zip(names, graph.vs["label"])), {n: xml(d["label"]) for n, d in truth.nodes(data=True)})
    same("igraph weights", sorted(graph.es["weight"]), sorted(d["weight"] for _, _, d in truth.edges(data=True)))
    same("igraph provenance", graph["generator"].split()[0], "chutoa")


def check_measures(folder, truth):
    """Betweenness, components and communities, as networkx and igraph find them."""
    simple = nx.Graph()
    simple.add_nodes_from(truth)
    for a, b, data in truth.edges(data=True):
        if a != b:
            before = simple.edges[a, b]["weight"] if simple.has_edge(a, b) else 0
            simple.add_edge(a, b, weight=before + data["weight"])
    # Read again: the measures must have come through a format.
    graph = nx.read_graphml(folder / "graph.graphml", force_multigraph=True)
    for node, expected in nx.betweenness_centrality(simple).items():
        same(f"betweenness of {node}", abs(graph.nodes[node]["betweenness"] - expected) < 1e-6, True)
    parts = lambda column: {frozenset(n for n, d in graph.nodes(data=True) if d[column] == number)
                            for number in set(nx.get_node_attributes(graph, column).values())}
    same("components", parts("component"), set(map(frozenset, nx.connected_components(simple))))
    ours = nx.community.modularity(simple, parts("community"))
    theirs = max(nx.community.modularity(simple, nx.community.louvain_communities(simple, seed=seed)) for seed in range(10))
    same(f"modularity {ours:.4f}, of networkx {theirs:.4f}", ours > theirs - 0.02, True)
    for members in parts("community"):
        same("connected community", nx.is_connected(simple.subgraph(members)), True)


def check_tulip(folder, truth):
    # Its reader keeps the last piece of a text that escapes and line ends cut; everything else must come through.
    label_of = lambda node: re.findall("[^&<>\r\n]+|[&<>\r\n]", xml(truth.nodes[node]["label"]))[-1]
    parameters = tlp.getDefaultPluginParameters("GraphML")
    parameters["file::filename"] = str(folder / "graph.graphml")
    graph = tlp.importGraph("GraphML", parameters)
    same("tulip counts", (graph.numberOfNodes(), graph.numberOfEdges()), (len(truth), truth.size()))
    column = lambda name: graph.getProperty(name)
    label, kind, degree = column("label"), column("kind"), column("degree")
    same("tulip type of degree", degree.getTypename(), "int")
    found = sorted((label[node], kind[node], degree[node]) for node in graph.getNodes())
    same("tulip nodes", found, sorted((label_of(n), d["kind"], d["degree"]) for n, d in truth.nodes(data=True)))
    relation, weight = column("relation"), column("weight")
    found = sorted((label[graph.source(e)], relation[e], label[graph.target(e)], weight[e]) for e in graph.getEdges())
    expected = [(label_of(a), d["relation"], label_of(b), d["weight"]) for a, b, d in truth.edges(data=True)]
    same("tulip edges", found, sorted(expected))


def check_graphviz(folder, truth):
    drawn = subprocess.run(["dot", "-Tsvg", folder / "graph.dot"], capture_output=True, text=True, timeout=120)
    if drawn.returncode or "rror" in drawn.stderr:
        sys.exit(f"dot: {drawn.stderr}")
    plain = subprocess.run(["dot", "-Tjson0", folder / "graph.dot"], capture_output=True, text=True, check=True)
    plain = json.loads(plain.stdout)
    names = {n["_gvid"]: n["name"] for n in plain["objects"] if "nodes" not in n and not n["name"].startswith("cluster_")}
    names = {gvid: name for gvid, name in names.items() if name != "legend" and not name.startswith("%")}
    same("dot nodes", set(names.values()), set(truth.nodes))
    visible = {(names[e["tail"]], names[e["head"]]) for e in plain["edges"] if e.get("style") != "invis"}
    same("dot edges", visible, set((a, b) for a, b in truth.edges()))
    (graph,) = pydot.graph_from_dot_file(str(folder / "graph.dot"), encoding="utf-8")
    same("pydot clusters", {s.get_name().strip('"').split(":")[0] for s in graph.get_subgraphs()} >= {"cluster_province"}, True)


def check_tables(folder, truth):
    nodes = pd.read_csv(folder / "csv" / "nodes.csv", keep_default_na=False)
    table = pd.read_csv(folder / "csv" / "edges.csv", keep_default_na=False)
    same("csv nodes", list(nodes["Id"]), list(truth.nodes))
    same("csv edges", sorted(zip(table["Source"], table["Target"], table["Kind"])), edges(truth))
    same("csv direction", set(table["Type"]), {"Directed"})
    for label, node in zip(nodes["Label"], nodes["Id"]):
        # An apostrophe in front is what keeps a formula from running. pandas' reader takes any line end for one.
        truly = truth.nodes[node]["label"]
        same("csv label", label.removeprefix("'") if truly[:1] in "=+-@\t\r\n" else label, truly)
    nodes = pd.read_csv(folder / "neo4j" / "nodes.csv", keep_default_na=False)
    table = pd.read_csv(folder / "neo4j" / "relationships.csv", keep_default_na=False)
    same("neo4j nodes", list(nodes["id:ID"]), list(truth.nodes))
    found = sorted(zip(table[":START_ID"], table[":END_ID"], (t.lower() for t in table[":TYPE"])))
    same("neo4j edges", found, edges(truth))
    same("neo4j labels", set(nodes[":LABEL"]), {"Entity;" + d["kind"].capitalize() for _, d in truth.nodes(data=True)})


# The fields of `neo4j-admin database import`: <name>:<type>, with the types and arrays that its manual lists.
FIELD = re.compile(r"[A-Za-z_]+(:(int|long|float|double|boolean|byte|short|char|string|point|date|localtime|time|localdatetime|datetime|duration)(\[\])?)?")


def check_neo4j(folder, truth):
    """The headers against the documented grammar, and each value against its field."""
    for name, own in (("nodes", {"id:ID", ":LABEL"}), ("relationships", {":START_ID", ":END_ID", ":TYPE"})):
        table = pd.read_csv(folder / "neo4j" / f"{name}.csv", keep_default_na=False, dtype=str)
        same(f"neo4j {name} has", own <= set(table.columns), True)
        same(f"neo4j {name} twice", len(set(column.split(":")[0] for column in table.columns if column.split(":")[0])),
             sum(1 for column in table.columns if column.split(":")[0]))
        for column in set(table.columns) - own:
            same(f"neo4j field {column}", bool(FIELD.fullmatch(column)), True)
            ty = column.partition(":")[2]
            read = {"date": datetime.date.fromisoformat, "long": int, "double": float,
                    "boolean": {"true": True, "false": False}.__getitem__}.get(ty, str)
            for cell in filter(None, table[column]):
                read(cell)
    ids = set(pd.read_csv(folder / "neo4j" / "nodes.csv", keep_default_na=False)["id:ID"])
    table = pd.read_csv(folder / "neo4j" / "relationships.csv", keep_default_na=False)
    same("neo4j ends", set(table[":START_ID"]) | set(table[":END_ID"]) <= ids, True)


def check_parquet(folder, truth):
    folder = folder / "parquet"
    nodes = pd.read_parquet(folder / "nodes.parquet")
    same("parquet nodes", list(nodes["id"]), list(truth.nodes))
    for row in nodes.to_dict("records"):
        data = truth.nodes[row["id"]]
        for column in ("label", "name_en", "name_vi", "kind", "degree", "betweenness", "community"):
            same(f"parquet {row['id']} {column}", row[column], data[column])
        same(f"parquet {row['id']} names", None if row["names"] is None else list(row["names"]), data.get("names"))
    table = pd.read_parquet(folder / "edges.parquet")
    same("parquet edges", sorted(zip(table["source"], table["target"], table["relation"])), edges(truth))
    same("parquet weights", sorted(table["weight"]), sorted(d["weight"] for _, _, d in truth.edges(data=True)))
    types = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{folder}/nodes.parquet')").fetchall())
    same("duckdb types", [types[c] for c in ("label", "names", "date", "degree", "size")], ["VARCHAR", "VARCHAR[]", "DATE", "BIGINT", "DOUBLE"])
    days = duckdb.sql(f"SELECT id, CAST(date AS VARCHAR) FROM '{folder}/nodes.parquet' WHERE date IS NOT NULL").fetchall()
    full = {n: d["date"] for n, d in truth.nodes(data=True) if is_day(d.get("date"))}
    same("duckdb days", dict(days), full)
    statements = sum(len(d.get("statements", [])) for _, _, d in truth.edges(data=True))
    ((facts,),) = duckdb.sql(f"SELECT count(*) FROM '{folder}/facts.parquet' WHERE object NOT LIKE 'date:%'").fetchall()
    same("duckdb facts", facts, statements)
    sentences = {text for (text,) in duckdb.sql(f"SELECT DISTINCT sentence FROM '{folder}/facts.parquet'").fetchall()}
    same("duckdb sentences", {s["sentence"] for *_, d in truth.edges(data=True) for s in d.get("statements", [])} - sentences, set())
    # The query that the README shows.
    found = duckdb.sql(README_QUERY.replace("parquet/", f"{folder}/")).fetchall()
    chairs = sorted((truth.nodes[a]["label"], truth.nodes[b]["label"]) for a, b, r in edges(truth) if r == "chaired")
    same("duckdb who chaired", sorted((who, what) for who, what, *_ in found), chairs)


def is_day(text):
    try:
        return bool(datetime.date.fromisoformat(text or ""))
    except ValueError:
        return False


def readme_query():
    text = (pathlib.Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
    (query,) = re.findall(r"```sql\n(.*?)```", text, re.S)
    return query


README_QUERY = readme_query()


def check_ftm(folder, truth):
    entities = {}
    for line in (folder / "graph.ftm.json").read_text("utf-8").split("\n")[:-1]:
        data = json.loads(line)
        entities[data["id"]] = data
    for data in entities.values():
        schema = model.get(data["schema"])
        same(f"ftm id {data['id']}", registry.entity.validate(data["id"]), True)
        missing = [name for name in schema.required if not data["properties"].get(name)]
        same(f"ftm {data['id']} lacks", missing, [])
        for name, values in data["properties"].items():
            prop = schema.get(name)
            if prop is None:
                sys.exit(f"ftm: {schema.name} has no {name}")
            for value in values:
                if prop.type == registry.entity:
                    same(f"ftm {prop.qname} refers", model.get(entities[value]["schema"]).is_a(prop.range), True)
                elif not prop.type.validate(value):
                    sys.exit(f"ftm: {prop.qname} is {value!r}")
        # The model's own reading must lose nothing: a reader cleans every value.
        proxy = model.get_proxy(data, cleaned=False)
        for name, values in data["properties"].items():
            if len(proxy.get(name)) != len(values):
                sys.exit(f"ftm: {data['id']} {name}: {values} is read as {proxy.get(name)}")
        schema.validate(proxy.to_dict())
    people = {n for n, d in truth.nodes(data=True) if d["kind"] == "person"}
    same("ftm people", sum(d["schema"] == "Person" for d in entities.values()), len(people))
    held = {(a, b) for a, b, r in edges(truth) if r in ("holds", "held", "left", "elected_to")}
    same("ftm occupancies", sum(d["schema"] == "Occupancy" for d in entities.values()), len(held))


def check_rdf(folder, truth):
    turtle = rdflib.Graph().parse(folder / "graph.ttl", format="turtle")
    lines = rdflib.Graph().parse(folder / "graph.nt", format="nt")
    same("rdf triples", set(turtle) ^ set(lines), set())
    words = rdflib.Namespace("urn:chutoa:vocabulary:")
    for relation in {r for _, _, r in edges(truth)}:
        same(f"rdf {relation}", len(list(turtle.triples((None, words[relation], None)))), sum(r == relation for *_, r in edges(truth)))
    chairs = turtle.query("""
        PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX chutoa: <urn:chutoa:vocabulary:>
        SELECT ?who ?event { ?event prov:qualifiedAssociation [ prov:agent ?who ; prov:hadRole chutoa:chair ] }""")
    same("rdf chairs", len(chairs), sum(r == "chaired" for *_, r in edges(truth)))
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    same("rdf quotations", len(set(turtle.subjects(oa.exact))), sum(len(d.get("statements", [])) for *_, d in truth.edges(data=True)))
    labels = {str(o) for o in turtle.objects(None, rdflib.RDFS.label)}
    same("rdf labels", {d["name_en"] for _, d in truth.nodes(data=True)} - labels, set())


def main(folders):
    warnings.simplefilter("ignore")
    for folder in map(pathlib.Path, folders):
        data = json.loads((folder / "graph.json").read_text("utf-8"))
        truth = nx.node_link_graph(data, edges="edges")
        same("node-link counts", (len(truth), truth.size()), (len(data["nodes"]), len(data["edges"])))
        for check in (check_networkx, check_igraph, check_measures, check_tulip, check_graphviz, check_tables, check_neo4j,
                      check_parquet, check_ftm, check_rdf):
            check(folder, truth)
            print(f"{folder}: {check.__name__.removeprefix('check_')} agrees")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
