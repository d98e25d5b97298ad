// Reads graph.gexf and graph.graphml with graphology, whose parsers Gephi Lite and Retina use, and compares them with graph.json.
//
// usage: node check_graphology.mjs FOLDER...      (folders as check_exports.py takes them)
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Graph from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";

// What XML 1.0 cannot hold becomes U+FFFD.
const xml = (text) => text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd");
const MultiGraph = class extends Graph {
  constructor(options) {
    super({ ...options, multi: true, type: "directed" });
  }
};

/** The types that each attribute must have. */
const NODE_TYPES = { degree: "number", betweenness: "number", component: "number", community: "number", kind: "string" };
const EDGE_TYPES = { relation: "string", weight: "number", n_reports: "number", confidence: "number" };

function check(what, graph, truth) {
  assert.deepEqual([graph.order, graph.size], [truth.nodes.length, truth.edges.length], `${what}: counts`);
  for (const node of truth.nodes) {
    const found = graph.getNodeAttributes(node.id);
    assert.equal(found.label, xml(node.label), `${what}: label of ${node.id}`);
    for (const [name, type] of Object.entries(NODE_TYPES)) assert.equal(typeof found[name], type, `${what}: ${node.id} ${name}`);
    assert.equal(found.degree, node.degree);
    assert.equal(found.community, node.community);
    assert.equal(found.size, node.size, `${what}: size of ${node.id}`);
    assert.ok(found.color, `${what}: colour of ${node.id}`);
  }
  for (const edge of truth.edges) {
    assert.deepEqual([graph.source(edge.id), graph.target(edge.id)], [edge.source, edge.target], `${what}: ${edge.id}`);
    const found = graph.getEdgeAttributes(edge.id);
    for (const [name, type] of Object.entries(EDGE_TYPES)) assert.equal(typeof found[name], type, `${what}: ${edge.id} ${name}`);
    assert.equal(found.relation, edge.relation);
    assert.equal(found.weight, edge.weight);
    if (edge.acting !== undefined) assert.equal(found.acting, edge.acting);
  }
}

const folders = process.argv.slice(2);
assert.ok(folders.length, "usage: node check_graphology.mjs FOLDER...");
for (const folder of folders) {
  const read = (name) => readFileSync(join(folder, name), "utf8");
  const truth = JSON.parse(read("graph.json"));
  check("gexf", gexf.parse(MultiGraph, read("graph.gexf")), truth);
  check("graphml", graphml.parse(MultiGraph, read("graph.graphml")), truth);
  console.log(`${folder}: graphology agrees on GEXF and GraphML`);
}
