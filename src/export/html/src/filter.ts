import { type Data, STRUCTURAL } from "./data";
import type { State } from "./state";

/** More than this are not drawn at once. */
export const MOST_DRAWN = 20_000;

/** What passes the filters. */
export interface Sight {
  /** By node: drawn or not. */
  nodes: Uint8Array;
  /** By edge: passes or not; edges of articles pass without being drawn. */
  edges: Uint8Array;
  nodeCount: number;
  edgeCount: number;
  /** Nodes that pass, drawn or not. */
  passing: number;
}

/**
 * An edge passes by its relation, its ends' kinds, its reports' languages, its time. Where something is filtered, a node
 * stays as long as an edge that a report states leads to it, or a body or province as long as something below it stays.
 */
export function look(data: Data, state: State): Sight {
  const { kindsOff, relationsOff, languagesOff, province, from, until, undated } = state;
  const timed = from !== null || until !== null;
  const narrowed = timed || !undated || relationsOff.size > 0 || languagesOff.size > 0;
  const [low, high] = [from ?? -Infinity, until ?? Infinity];
  const kindOn = data.nodes.map((node) => !kindsOff.has(node.kind));
  const placeOn = data.nodes.map(
    (node, i) => province === null || node.kind === "article" || data.provinces[i].has(province),
  );
  const edges = new Uint8Array(data.edges.length);
  const supported = new Uint8Array(data.nodes.length);
  let anyStated = false;
  data.edges.forEach((edge, i) => {
    if (relationsOff.has(edge.relation)) return;
    if (!kindOn[edge.source] || !kindOn[edge.target] || !placeOn[edge.source] || !placeOn[edge.target]) return;
    const structural = STRUCTURAL.has(edge.relation);
    if (!structural) {
      if (languagesOff.size && edge.evidence?.length) {
        if (!edge.evidence.some((e) => !languagesOff.has(data.nodes[e.article].language ?? ""))) return;
      }
      const time = data.times[i];
      if (time ? timed && (time[1] < low || time[0] > high) : !undated) return;
      supported[edge.source] = supported[edge.target] = 1;
      anyStated = true;
    }
    edges[i] = 1;
  });
  const structuralOnly = !anyStated && !timed && undated;
  for (const relation of ["post_of", "located_in", "merged_into"]) {
    data.edges.forEach((edge, i) => {
      if (edge.relation !== relation || !edges[i]) return;
      if (structuralOnly) supported[edge.source] = supported[edge.target] = 1;
      else if (supported[edge.source] && relation !== "merged_into") supported[edge.target] = 1;
    });
  }
  const nodes = new Uint8Array(data.nodes.length);
  const passing: number[] = [];
  data.nodes.forEach((_, i) => {
    if (data.isDrawn(i) && kindOn[i] && placeOn[i] && (!narrowed || supported[i])) passing.push(i);
  });
  for (const i of passing) nodes[i] = 1;
  let edgeCount = 0;
  data.edges.forEach((edge, i) => {
    if (!edges[i]) return;
    if (STRUCTURAL.has(edge.relation) && !(nodes[edge.source] && nodes[edge.target])) edges[i] = 0;
    else edgeCount++;
  });
  if (passing.length > MOST_DRAWN) {
    const order = [...passing].sort((a, b) => data.degree(b) - data.degree(a) || a - b);
    for (const i of order.slice(MOST_DRAWN)) nodes[i] = 0;
  }
  return { nodes, edges, nodeCount: Math.min(passing.length, MOST_DRAWN), edgeCount, passing: passing.length };
}
