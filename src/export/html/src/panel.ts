import { type Data, type Edge, type Evidence, RELATIONS, STRUCTURAL } from "./data";
import { spoken } from "./days";
import { byId, h, report } from "./dom";
import { occurrences } from "./fold";
import type { Sight } from "./filter";
import { symbol } from "./shapes";
import type { Selection, Store } from "./state";
import type { Words } from "./words";

/** Rows of a group shown at first, and statements of an edge. */
const ROWS = 12;
const STATEMENTS = 4;

interface Actions {
  select(selection: Selection): void;
  centre(): void;
}

/** The side panel: what is in the graph, the dossier of an entity, or the evidence of an edge. */
export class Panel {
  private readonly element = byId("panel");

  constructor(
    private readonly data: Data,
    private readonly store: Store,
    private readonly words: () => Words,
    private readonly actions: Actions,
  ) {}

  render(sight: Sight): void {
    const { selection } = this.store.state;
    this.element.classList.toggle("selected", selection !== null);
    this.element.replaceChildren(
      ...(selection === null ? this.overview(sight) : "node" in selection ? this.dossier(selection.node) : this.proof(selection.edge)),
    );
    this.element.scrollTop = 0;
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  private get language() {
    return this.store.state.language;
  }

  private overview(sight: Sight): HTMLElement[] {
    const words = this.words();
    const counts = new Map<string, number>();
    this.data.nodes.forEach((node, i) => {
      if (sight.nodes[i]) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
    });
    const reports = new Set<number>();
    this.data.edges.forEach((edge, i) => sight.edges[i] && edge.evidence?.forEach((e) => reports.add(e.article)));
    counts.set("article", reports.size);
    const top = (kind: string) =>
      this.data.nodes
        .map((node, i) => ({ node, i, degree: 0 }))
        .filter(({ node, i }) => node.kind === kind && sight.nodes[i])
        .map((row) => ({ ...row, degree: this.data.edgesOf(row.i).filter((e) => sight.edges[e]).length }))
        .sort((a, b) => b.degree - a.degree || a.i - b.i)
        .slice(0, 10);
    const list = (title: string, kind: string) => {
      const rows = top(kind);
      if (!rows.length) return null;
      const items = rows.map(({ i, degree }) =>
        h("li", {}, this.nodeButton(i), h("span", { class: "figure" }, words.number(degree))),
      );
      return h("section", { class: "group" }, h("h3", {}, title), h("ol", { class: "ranked" }, ...items));
    };
    const tiles = ["person", "post", "organization", "province", "event", "document", "article"]
      .filter((kind) => counts.get(kind))
      .map((kind) =>
        h("li", {}, h("strong", {}, words.number(counts.get(kind)!)), h("span", {}, words.kind(kind, counts.get(kind) !== 1))),
      );
    return [
      h("h2", {}, words.say("overview")),
      h("p", { class: "hint" }, words.say("overviewHint")),
      h("ul", { class: "tiles" }, ...tiles),
      list(words.say("mostPeople"), "person"),
      list(words.say("mostEvents"), "event"),
    ].filter((e): e is HTMLElement => e !== null);
  }

  private head(kind: string, title: HTMLElement, drawn: boolean): HTMLElement {
    const words = this.words();
    const copy = h("button", { type: "button", class: "quiet", id: "copy-link" }, words.say("copyLink"));
    copy.addEventListener("click", async () => {
      await copyText(this.store.address());
      copy.textContent = words.say("copied");
      setTimeout(() => (copy.textContent = words.say("copyLink")), 1500);
    });
    return h(
      "header",
      {},
      h(
        "div",
        { class: "bar" },
        h("button", { type: "button", class: "quiet", id: "back", onclick: () => this.actions.select(null) }, "← " + words.say("back")),
        h("span", { class: "space" }),
        drawn && h("button", { type: "button", class: "quiet", onclick: () => this.actions.centre() }, words.say("centre")),
        copy,
      ),
      h("p", { class: "kind" }, kind ? (symbol(kind) as unknown as HTMLElement) : null, kind ? words.kind(kind) : words.say("evidence")),
      title,
    );
  }

  private dossier(node: number): HTMLElement[] {
    const { data } = this;
    const words = this.words();
    const { kind, province, date, url, language, names, days, label, label_vi } = data.nodes[node];
    const shown = data.label(node, this.language);
    const parts: HTMLElement[] = [this.head(kind, h("h2", {}, shown), data.isDrawn(node))];
    const other = this.language === "vi" ? label : label_vi;
    const facts = h("dl", { class: "facts" });
    const fact = (name: string, ...value: (HTMLElement | string)[]) => facts.append(h("dt", {}, name), h("dd", {}, ...value));
    const also = [...new Set([other, ...(names ?? [])])].filter((name): name is string => !!name && name !== shown);
    if (also.length) fact(words.say("alsoWritten"), also.slice(0, 8).join(" · "));
    const home = province === undefined ? undefined : data.byId.get(province);
    if (home !== undefined && home !== node && kind !== "article") fact(words.say("province"), this.nodeButton(home));
    if (kind === "article") {
      if (date) fact(words.say("published"), spoken(date, this.language));
      if (language) fact(words.say("sources"), words.languageName(language));
      if (url) fact(words.say("read"), report(url, host(url)));
    } else if (date && !days?.length) {
      fact(words.say(kind === "document" ? "issuedOn" : "heldOn"), spoken(date, this.language));
    }
    if (facts.children.length) parts.push(facts);
    for (const day of days ?? []) {
      const name = words.say(day.relation === "issued_on" ? "issuedOn" : "heldOn");
      const row = this.row(h("span", { class: "name" }, spoken(day.date, this.language)), day, [node]);
      parts.push(h("section", { class: "group" }, h("h3", {}, name), h("ul", { class: "rows" }, row)));
    }
    const sides: [string, boolean, number[]][] = [];
    for (const relation of RELATIONS) {
      const out = data.leaving[node].filter((e) => data.edges[e].relation === relation);
      const back = data.reaching[node].filter((e) => data.edges[e].relation === relation);
      if (out.length) sides.push([relation, true, out]);
      if (back.length) sides.push([relation, false, back]);
    }
    // A person's posts come before the meetings; what the identifiers tell comes last.
    const first = ["holds", "elected_to", "held", "left"];
    sides.sort((a, b) => rank(a[0]) - rank(b[0]));
    function rank(relation: string): number {
      if (kind === "person" || kind === "post") return first.includes(relation) ? 0 : STRUCTURAL.has(relation) ? 2 : 1;
      return STRUCTURAL.has(relation) ? 2 : 1;
    }
    for (const [relation, leaving, edges] of sides) parts.push(this.group(words.heading(relation, leaving), edges, node));
    if (kind === "person") parts.push(...this.together(node));
    if (kind === "article") {
      const own = new Set(data.edgesOf(node));
      const stated = (data.stated.get(node) ?? []).filter((e) => !own.has(e));
      if (stated.length) {
        const rows = stated.map((edge) => h("li", {}, this.edgeButton(edge)));
        parts.push(h("section", { class: "group" }, h("h3", {}, words.say("whatItSays")), this.folded(h("ul", { class: "rows plain" }), rows)));
      }
    }
    return parts;
  }

  private group(title: string, edges: number[], node: number): HTMLElement {
    const { data } = this;
    const last = (edge: number) => data.times[edge]?.[1] ?? -Infinity;
    const sorted = [...edges].sort((a, b) => last(b) - last(a) || a - b);
    const rows = sorted.map((number) => {
      const edge = data.edges[number];
      const other = data.other(number, node);
      const row = this.row(this.nodeButton(other), edge, [edge.source, edge.target], number);
      return row;
    });
    const heading = h("h3", {}, title, rows.length > 1 && h("span", { class: "figure" }, this.words().number(rows.length)));
    return h("section", { class: "group" }, heading, this.folded(h("ul", { class: "rows" }), rows));
  }

  /** A line of the dossier: what, when, in how many reports, and its evidence to unfold. */
  private row(
    name: HTMLElement,
    edge: Pick<Edge, "weight" | "confidence" | "evidence"> & { acting?: boolean; first?: string; last?: string },
    about: number[],
    number?: number,
  ): HTMLElement {
    const words = this.words();
    const time = this.period(edge, number);
    const counted = edge.evidence?.length ? words.reports(edge.weight) : "";
    const line = h(
      "p",
      { class: "line" },
      name,
      edge.acting && h("span", { class: "badge" }, words.say("acting")),
    );
    if (!edge.evidence?.length) return h("li", {}, line, time && h("p", { class: "when" }, time));
    const details = h("details", {}, h("summary", {}, [time, counted].filter(Boolean).join(" · ") || words.say("explain")));
    details.querySelector("summary")!.setAttribute("aria-label", words.say("evidenceOf", { what: name.textContent ?? "" }));
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) details.append(this.statements(edge.evidence!, about));
    });
    return h("li", {}, line, details);
  }

  private period(edge: { first?: string; last?: string }, number?: number): string {
    const language = this.language;
    if (number !== undefined) {
      const { source, target } = this.data.edges[number];
      for (const end of [target, source]) {
        const { kind, date } = this.data.nodes[end];
        if (kind === "event" && date) return spoken(date, language);
      }
    }
    if (!edge.first) return "";
    if (!edge.last || edge.last === edge.first) return spoken(edge.first, language);
    return `${spoken(edge.first, language)} – ${spoken(edge.last, language)}`;
  }

  private proof(number: number): HTMLElement[] {
    const { data } = this;
    const words = this.words();
    const edge = data.edges[number];
    const title = h(
      "h2",
      { class: "triple" },
      this.nodeButton(edge.source),
      h("span", { class: `verb relation-${edge.relation}` }, words.verb(edge.relation), edge.acting && ` (${words.say("acting")})`),
      this.nodeButton(edge.target),
    );
    const parts = [this.head("", title, data.isDrawn(edge.source) && data.isDrawn(edge.target))];
    const time = this.period(edge, number);
    if (edge.evidence?.length) {
      const summary = [words.reports(edge.weight), time, `${words.say("confidence")} ${edge.confidence.toFixed(2)}`];
      parts.push(h("p", { class: "hint" }, summary.filter(Boolean).join(" · ")));
      parts.push(this.statements(edge.evidence, [edge.source, edge.target]));
    } else parts.push(h("p", { class: "hint" }, words.say("noEvidence")));
    const twins = data.leaving[edge.source].filter((e) => e !== number && data.edges[e].target === edge.target);
    if (twins.length) {
      const rows = twins.map((e) => h("li", {}, this.edgeButton(e)));
      parts.push(h("section", { class: "group" }, h("ul", { class: "rows plain" }, ...rows)));
    }
    return parts;
  }

  /** The sentences, each with rule, confidence and the way to the report. */
  private statements(evidence: Evidence[], about: number[]): HTMLElement {
    const names = about.flatMap((node) => this.data.spellings(node));
    const blocks = evidence.map((statement) => this.statement(statement, names));
    return this.folded(h("div", { class: "statements" }), blocks, STATEMENTS);
  }

  private statement(statement: Evidence, names: string[]): HTMLElement {
    const { data } = this;
    const words = this.words();
    const article = data.nodes[statement.article];
    const sentence = data.sentences[statement.sentence] ?? "";
    const quote = h("blockquote", { lang: article.language, dir: "auto" });
    let at = 0;
    for (const [start, end] of occurrences(sentence, names)) {
      quote.append(sentence.slice(at, start), h("mark", {}, sentence.slice(start, end)));
      at = end;
    }
    quote.append(sentence.slice(at));
    const percent = Math.round(statement.confidence * 100);
    const place = words.say("bytes", { start: statement.start, end: statement.end });
    const meter = h("span", { class: "meter", "aria-hidden": "true" }, h("span"));
    (meter.firstElementChild as HTMLElement).style.width = `${percent}%`;
    const title = data.label(statement.article, this.language);
    return h(
      "figure",
      { class: "statement" },
      quote,
      h(
        "figcaption",
        {},
        h(
          "p",
          { class: "source" },
          article.url ? report(article.url, title, " ↗") : this.nodeButton(statement.article),
          h("span", {}, [article.url ? host(article.url) : "", spoken(article.date, this.language), article.language ? words.languageName(article.language) : ""].filter(Boolean).join(" · ")),
        ),
        h(
          "p",
          { class: "how", title: place },
          h("span", {}, `${words.say("rule")} `, h("code", {}, data.rules[statement.rule] ?? "?")),
          h("span", { class: "confidence" }, `${words.say("confidence")} ${statement.confidence.toFixed(2)} `, meter),
        ),
      ),
    );
  }

  private together(node: number): HTMLElement[] {
    const { data } = this;
    const counts = new Map<number, number>();
    for (const mine of data.leaving[node]) {
      if (data.edges[mine].relation !== "chaired") continue;
      for (const edge of data.reaching[data.edges[mine].target]) {
        const { relation, source } = data.edges[edge];
        if (relation === "chaired" && source !== node) counts.set(source, (counts.get(source) ?? 0) + 1);
      }
    }
    if (!counts.size) return [];
    const rows = [...counts]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .map(([other, count]) => h("li", {}, this.nodeButton(other), count > 1 && h("span", { class: "figure" }, `× ${count}`)));
    const list = this.folded(h("ul", { class: "rows plain" }), rows);
    return [h("section", { class: "group" }, h("h3", {}, this.words().say("together")), list)];
  }

  private nodeButton(node: number): HTMLElement {
    return h(
      "button",
      { type: "button", class: "entity", "data-id": this.data.nodes[node].id, onclick: () => this.actions.select({ node }) },
      symbol(this.data.nodes[node].kind) as unknown as HTMLElement,
      h("span", {}, this.data.label(node, this.language)),
    );
  }

  private edgeButton(edge: number): HTMLElement {
    const { source, target, relation } = this.data.edges[edge];
    const language = this.language;
    return h(
      "button",
      { type: "button", class: "entity", onclick: () => this.actions.select({ edge }) },
      h("span", {}, this.data.label(source, language), h("em", {}, ` ${this.words().verb(relation)} `), this.data.label(target, language)),
    );
  }

  /** A list that shows its first children and unfolds. */
  private folded<T extends HTMLElement>(list: T, rows: HTMLElement[], most = ROWS): HTMLElement {
    list.append(...rows.slice(0, most));
    const rest = rows.slice(most);
    if (!rest.length) return list;
    const more = h("button", { type: "button", class: "quiet more" }, this.words().say("more", { n: rest.length }));
    more.addEventListener("click", () => {
      list.append(...rest);
      more.remove();
      (rest[0].querySelector("button, summary, a") as HTMLElement | null)?.focus();
    });
    return h("div", {}, list, more);
  }
}

function host(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return url;
  }
}

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "offscreen" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
