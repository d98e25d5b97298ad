import type { Data } from "./data";
import { iso, span } from "./days";
import type { Language } from "./words";

export type Selection = { node: number } | { edge: number } | null;

/** Everything that makes one sight of the page differ from another; its address holds it. */
export interface State {
  selection: Selection;
  view: "graph" | "table";
  language: Language;
  theme: "auto" | "light" | "dark";
  kindsOff: Set<string>;
  relationsOff: Set<string>;
  languagesOff: Set<string>;
  province: number | null;
  from: number | null;
  until: number | null;
  undated: boolean;
}

type Change = Partial<State>;

export class Store {
  state: State;
  private readonly listeners: ((state: State, change: Change) => void)[] = [];
  private written = "";

  constructor(private readonly data: Data) {
    this.state = this.read();
    addEventListener("hashchange", () => {
      if (location.hash.slice(1) !== this.written) this.change(this.read());
    });
  }

  listen(listener: (state: State, change: Change) => void): void {
    this.listeners.push(listener);
  }

  change(change: Change): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener(this.state, change);
    this.write();
  }

  /** The address of what is seen now. */
  address(): string {
    return location.href.split("#")[0] + "#" + this.hash();
  }

  private read(): State {
    const hash = new URLSearchParams(location.hash.slice(1));
    const set = (name: string) => new Set((hash.get(name) ?? "").split(",").filter(Boolean));
    const day = (name: string, side: 0 | 1) => span(hash.get(name) ?? "")?.[side] ?? null;
    const node = this.data.byId.get(hash.get("node") ?? "");
    const edge = this.data.findEdge(hash.get("edge") ?? "");
    // Whoever wrote the page for readers of one language says so; their own choice stands in the address.
    const language = hash.get("lang") ?? this.data.language ?? remembered("language") ?? navigator.language;
    const theme = remembered("theme");
    return {
      selection: edge !== null ? { edge } : node !== undefined ? { node } : null,
      view: hash.get("view") === "table" ? "table" : "graph",
      language: language.startsWith("vi") ? "vi" : "en",
      theme: theme === "light" || theme === "dark" ? theme : "auto",
      kindsOff: set("no-kind"),
      relationsOff: set("no-relation"),
      languagesOff: new Set([...set("no-source")].map((code) => (code === "und" ? "" : code))),
      province: this.data.byId.get(hash.get("province") ?? "") ?? null,
      from: day("from", 0),
      until: day("until", 1),
      undated: hash.get("undated") !== "no",
    };
  }

  private hash(): string {
    const { selection, view, language, kindsOff, relationsOff, languagesOff, province, from, until, undated } = this.state;
    const parts: string[] = [];
    const put = (name: string, value: string | null) => {
      // Identifiers stay legible: what a fragment may hold is not escaped.
      if (value) parts.push(`${name}=${encodeURIComponent(value).replace(/%(3A|2F|2C|3F|7E)/g, decodeURIComponent)}`);
    };
    if (selection && "edge" in selection) put("edge", this.data.edgeKey(selection.edge));
    if (selection && "node" in selection) put("node", this.data.nodes[selection.node].id);
    put("view", view === "table" ? "table" : null);
    put("province", province === null ? null : this.data.nodes[province].id);
    put("no-kind", [...kindsOff].join(","));
    put("no-relation", [...relationsOff].join(","));
    put("no-source", [...languagesOff].map((code) => code || "und").join(","));
    put("from", from === null ? null : iso(from));
    put("until", until === null ? null : iso(until));
    put("undated", undated ? null : "no");
    put("lang", language);
    return parts.join("&");
  }

  private write(): void {
    remember("language", this.state.language);
    remember("theme", this.state.theme);
    const hash = this.hash();
    if (hash === this.written) return;
    this.written = hash;
    history.replaceState(null, "", "#" + hash);
  }
}

// Storage may be forbidden to files; the page works without.
function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`chutoa.${name}`);
  } catch {
    return null;
  }
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`chutoa.${name}`, value);
  } catch {
    return;
  }
}
