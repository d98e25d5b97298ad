import { type Span, span } from "./days";
import { fold } from "./fold";

/** What `html.rs` writes. */
export interface RawNode {
  id: string;
  kind: string;
  label: string;
  label_vi?: string;
  names?: string[];
  province?: string;
  date?: string;
  url?: string;
  language?: string;
  x?: number;
  y?: number;
  days?: Day[];
}

export interface Evidence {
  article: number;
  sentence: number;
  start: number;
  end: number;
  rule: number;
  confidence: number;
}

export interface Day {
  relation: string;
  date: string;
  weight: number;
  confidence: number;
  evidence?: Evidence[];
}

export interface Edge {
  source: number;
  target: number;
  relation: string;
  weight: number;
  confidence: number;
  acting?: boolean;
  first?: string;
  last?: string;
  evidence?: Evidence[];
}

interface Raw {
  title: string;
  version: string;
  language?: string;
  nodes: RawNode[];
  edges: Edge[];
  sentences: string[];
  rules: string[];
}

export const KINDS = ["person", "post", "organization", "province", "event", "document", "article"];
export const RELATIONS = [
  "chaired",
  "spoke_at",
  "attended",
  "holds",
  "held",
  "elected_to",
  "left",
  "organized_by",
  "held_in",
  "issued_by",
  "cites",
  "mentions",
  "wrote",
  "post_of",
  "located_in",
  "merged_into",
];
/** Relations that follow from identifiers, not from reports. */
export const STRUCTURAL = new Set(["post_of", "located_in", "merged_into"]);

/** The graph with the indexes that every view needs. */
export class Data {
  readonly title: string;
  readonly version: string;
  /** The language that the page was made for, where it was made for one. */
  readonly language?: string;
  readonly nodes: RawNode[];
  readonly edges: Edge[];
  readonly sentences: string[];
  readonly rules: string[];
  /** Edge numbers at each node, those that leave it and those that reach it. */
  readonly leaving: number[][];
  readonly reaching: number[][];
  /** Edges that each article is evidence for. */
  readonly stated = new Map<number, number[]>();
  readonly byId = new Map<string, number>();
  /** Provinces that each node has to do with. */
  readonly provinces: Set<number>[];
  /** The days that an edge speaks of, where known. */
  readonly times: (Span | null)[];
  /** Whether any edge is stated by a report in the language. */
  readonly languages: string[];
  private readonly keys: string[] = [];

  constructor(text: string) {
    const raw = JSON.parse(text) as Raw;
    this.title = raw.title;
    this.version = raw.version;
    this.language = raw.language;
    this.nodes = raw.nodes;
    this.edges = raw.edges;
    this.sentences = raw.sentences;
    this.rules = raw.rules;
    this.leaving = this.nodes.map(() => []);
    this.reaching = this.nodes.map(() => []);
    this.nodes.forEach((node, i) => this.byId.set(node.id, i));
    const languages = new Set<string>();
    this.edges.forEach((edge, i) => {
      this.leaving[edge.source].push(i);
      this.reaching[edge.target].push(i);
      for (const article of new Set((edge.evidence ?? []).map((e) => e.article))) {
        const list = this.stated.get(article);
        if (list) list.push(i);
        else this.stated.set(article, [i]);
        languages.add(this.nodes[article].language ?? "");
      }
    });
    this.languages = [...languages].sort();
    this.provinces = this.nodes.map((node, i) => {
      const own = new Set<number>();
      if (node.kind === "province") own.add(i);
      const home = node.province === undefined ? undefined : this.byId.get(node.province);
      if (home !== undefined) own.add(home);
      return own;
    });
    const homes = this.provinces.map((own) => [...own]);
    for (const edge of this.edges) {
      if (this.nodes[edge.source].kind !== "person") continue;
      for (const home of homes[edge.target]) this.provinces[edge.source].add(home);
    }
    this.times = this.edges.map((edge) => this.time(edge));
  }

  isDrawn(node: number): boolean {
    return this.nodes[node].x !== undefined && this.nodes[node].kind !== "article";
  }

  degree(node: number): number {
    return this.leaving[node].length + this.reaching[node].length;
  }

  edgesOf(node: number): number[] {
    return [...this.leaving[node], ...this.reaching[node]];
  }

  other(edge: number, node: number): number {
    return this.edges[edge].source === node ? this.edges[edge].target : this.edges[edge].source;
  }

  /** A name for addresses: an edge is what it says. */
  edgeKey(edge: number): string {
    const { source, target, relation } = this.edges[edge];
    return `${this.nodes[source].id} ${relation} ${this.nodes[target].id}`;
  }

  findEdge(key: string): number | null {
    const [subject, relation, object] = key.split(" ");
    const [source, target] = [this.byId.get(subject), this.byId.get(object)];
    if (source === undefined || target === undefined) return null;
    return this.leaving[source].find((e) => this.edges[e].relation === relation && this.edges[e].target === target) ?? null;
  }

  label(node: number, language: string): string {
    const { label, label_vi } = this.nodes[node];
    return (language === "vi" && label_vi) || label;
  }

  /** All names of a node, folded, one a line; made when first asked for. */
  key(node: number): string {
    this.keys[node] ??= "\n" + [...new Set(this.spellings(node).map(fold))].join("\n");
    return this.keys[node];
  }

  spellings(node: number): string[] {
    const { label, label_vi, names, id } = this.nodes[node];
    return [label, label_vi ?? "", ...(names ?? []), id.slice(id.indexOf(":") + 1).replace(/[-/~]+/g, " ")].filter(Boolean);
  }

  private time(edge: Edge): Span | null {
    for (const end of [edge.source, edge.target]) {
      const { kind, date } = this.nodes[end];
      if (kind === "event" && date) return span(date);
    }
    if (edge.relation === "issued_by") {
      const issued = span(this.nodes[edge.source].date);
      if (issued) return issued;
    }
    const days = [edge.first, edge.last, ...(edge.evidence ?? []).map((e) => this.nodes[e.article].date)].map(span);
    const known = days.filter((day): day is Span => day !== null);
    return known.length ? [Math.min(...known.map((d) => d[0])), Math.max(...known.map((d) => d[1]))] : null;
  }
}
