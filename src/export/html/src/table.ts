import { type Data, RELATIONS } from "./data";
import { spoken } from "./days";
import { byId, h } from "./dom";
import type { Sight } from "./filter";
import type { Store } from "./state";
import type { Words } from "./words";

const PAGE = 200;
const COLUMNS = ["subject", "relation", "object", "first", "last", "weight", "confidence"] as const;
type Column = (typeof COLUMNS)[number];

/** All relations that pass the filters, one a row, sorted by any column. */
export class Table {
  private readonly element = byId("table");
  private by: Column = "last";
  private descending = true;
  private shown = PAGE;

  constructor(
    private readonly data: Data,
    private readonly store: Store,
    private readonly words: () => Words,
    private readonly chosen: (edge: number) => void,
  ) {}

  render(sight: Sight): void {
    const words = this.words();
    const rows = this.data.edges.map((_, i) => i).filter((i) => sight.edges[i]);
    this.sort(rows);
    const head = COLUMNS.map((column) => {
      const sorted = this.by === column;
      const button = h("button", { type: "button" }, words.say(column), h("span", { class: "arrow", "aria-hidden": "true" }, sorted ? (this.descending ? "↓" : "↑") : "↕"));
      button.addEventListener("click", () => {
        this.descending = sorted ? !this.descending : ["last", "first", "weight", "confidence"].includes(column);
        this.by = column;
        this.shown = PAGE;
        this.render(sight);
        (this.element.querySelectorAll("th button")[COLUMNS.indexOf(column)] as HTMLElement).focus();
      });
      return h("th", { scope: "col", class: column, "aria-sort": sorted ? (this.descending ? "descending" : "ascending") : "none" }, button);
    });
    const body = h("tbody", {}, ...rows.slice(0, this.shown).map((edge) => this.row(edge)));
    const table = h("table", {}, h("caption", {}, words.say("tableCaption")), h("thead", {}, h("tr", {}, ...head)), body);
    const more =
      rows.length > this.shown &&
      h(
        "button",
        {
          type: "button",
          class: "quiet more",
          onclick: () => {
            this.shown += PAGE;
            const { scrollTop } = this.element;
            this.render(sight);
            this.element.scrollTop = scrollTop;
          },
        },
        words.say("more", { n: Math.min(PAGE, rows.length - this.shown) }),
      );
    this.element.replaceChildren(rows.length ? table : h("p", { class: "hint" }, words.say("nothing")), more || "");
  }

  /** Marks the row of the selected edge. */
  mark(): void {
    const { selection } = this.store.state;
    const edge = selection && "edge" in selection ? String(selection.edge) : "";
    for (const row of this.element.querySelectorAll<HTMLElement>("tbody tr")) {
      row.classList.toggle("chosen", row.dataset.edge === edge);
    }
  }

  private row(edge: number): HTMLElement {
    const { source, target, relation, first, last, weight, confidence, evidence } = this.data.edges[edge];
    const { language } = this.store.state;
    const words = this.words();
    const open = h("button", { type: "button", class: "entity" }, this.data.label(source, language));
    const row = h(
      "tr",
      { "data-edge": edge, onclick: () => this.chosen(edge) },
      h("th", { scope: "row", class: "subject" }, open),
      h("td", { class: "relation" }, words.verb(relation)),
      h("td", { class: "object" }, this.data.label(target, language)),
      h("td", { class: "first" }, spoken(first, language)),
      h("td", { class: "last" }, spoken(last, language)),
      h("td", { class: "weight" }, evidence?.length ? words.number(weight) : "–"),
      h("td", { class: "confidence" }, evidence?.length ? confidence.toFixed(2) : "–"),
    );
    open.setAttribute("aria-label", words.say("evidenceOf", { what: [this.data.label(source, language), words.verb(relation), this.data.label(target, language)].join(" ") }));
    return row;
  }

  private sort(rows: number[]): void {
    const { data, by } = this;
    const { language } = this.store.state;
    const collator = new Intl.Collator(language);
    const sign = this.descending ? -1 : 1;
    const value = (i: number): string | number => {
      const edge = data.edges[i];
      if (by === "subject") return data.label(edge.source, language);
      if (by === "object") return data.label(edge.target, language);
      if (by === "relation") return this.words().verb(edge.relation);
      if (by === "first" || by === "last") return edge[by] ?? "";
      return edge.evidence?.length ? edge[by] : -1;
    };
    const rank = (i: number) => RELATIONS.indexOf(data.edges[i].relation);
    const values = new Map(rows.map((i) => [i, value(i)]));
    rows.sort((a, b) => {
      const [x, y] = [values.get(a)!, values.get(b)!];
      // What has no value comes last, whichever way is sorted.
      if ((x === "" || x === -1) !== (y === "" || y === -1)) return x === "" || x === -1 ? 1 : -1;
      const order = typeof x === "number" ? x - (y as number) : by === "first" || by === "last" ? (x < (y as string) ? -1 : x > (y as string) ? 1 : 0) : collator.compare(x, y as string);
      return sign * order || rank(a) - rank(b) || a - b;
    });
  }
}
