import { type Data, KINDS, RELATIONS } from "./data";
import { byId, h } from "./dom";
import type { Sight } from "./filter";
import { symbol } from "./shapes";
import type { Store } from "./state";
import type { Words } from "./words";

/** The filters, which are the legend as well. */
export class Filters {
  private readonly element = byId("filters");

  constructor(
    private readonly data: Data,
    private readonly store: Store,
    private readonly words: () => Words,
  ) {}

  render(_: Sight): void {
    const words = this.words();
    const { state } = this.store;
    const active = document.activeElement?.id;
    const { nodes, edges } = this.data;
    const kinds = count(nodes.map((node) => node.kind));
    const relations = count(edges.map((edge) => edge.relation));
    const sources = new Map<string, number>();
    for (const article of this.data.stated.keys()) {
      const language = nodes[article].language ?? "";
      sources.set(language, (sources.get(language) ?? 0) + 1);
    }
    const dirty = state.kindsOff.size + state.relationsOff.size + state.languagesOff.size > 0 || state.province !== null;
    const clear = h("button", { type: "button", class: "quiet", id: "reset", hidden: !dirty }, words.say("reset"));
    clear.addEventListener("click", () =>
      this.store.change({ kindsOff: new Set(), relationsOff: new Set(), languagesOff: new Set(), province: null }),
    );
    const close = h("button", { type: "button", class: "quiet phone-only", id: "close-filters" }, words.say("close"));
    close.addEventListener("click", () => document.body.classList.remove("filtering"));
    const children: HTMLElement[] = [
      h("div", { class: "bar" }, h("h2", {}, words.say("filters")), h("span", { class: "space" }), clear, close),
      this.places(),
      this.boxes(
        "kind",
        words.say("kinds"),
        KINDS.filter((kind) => kind !== "article" && kinds.get(kind)).map((kind) => [kind, words.kind(kind, true), kinds.get(kind)!]),
        state.kindsOff,
        (kindsOff) => this.store.change({ kindsOff }),
      ),
      this.boxes(
        "relation",
        words.say("relations"),
        RELATIONS.filter((relation) => relations.get(relation)).map((relation) => [relation, words.verb(relation), relations.get(relation)!]),
        state.relationsOff,
        (relationsOff) => this.store.change({ relationsOff }),
      ),
    ];
    if (sources.size > 1) {
      children.push(
        this.boxes(
          "source",
          words.say("sources"),
          [...sources].sort().map(([code, n]) => [code, words.languageName(code), n]),
          state.languagesOff,
          (languagesOff) => this.store.change({ languagesOff }),
        ),
      );
    }
    const { scrollTop } = this.element;
    this.element.setAttribute("aria-label", words.say("filters"));
    this.element.replaceChildren(...children);
    this.element.scrollTop = scrollTop;
    if (active) document.getElementById(active)?.focus({ preventScroll: true });
  }

  private places(): HTMLElement {
    const words = this.words();
    const { state } = this.store;
    const counts = new Map<number, number>();
    this.data.provinces.forEach((own, node) => {
      if (this.data.isDrawn(node)) for (const province of own) counts.set(province, (counts.get(province) ?? 0) + 1);
    });
    const collator = new Intl.Collator("vi");
    const name = (i: number) => this.data.label(i, state.language);
    const select = h("select", { id: "province" }, h("option", { value: "" }, words.say("allProvinces")));
    for (const [i, n] of [...counts].sort((a, b) => collator.compare(name(a[0]), name(b[0])))) {
      select.append(h("option", { value: i, selected: state.province === i }, `${name(i)} (${n})`));
    }
    select.addEventListener("change", () => this.store.change({ province: select.value === "" ? null : Number(select.value) }));
    return h("div", { class: "field" }, h("label", { for: "province" }, words.say("province")), select);
  }

  private boxes(
    group: string,
    title: string,
    rows: [string, string, number][],
    off: Set<string>,
    change: (off: Set<string>) => void,
  ): HTMLElement {
    const items = rows.map(([key, name, n]) => {
      const id = `${group}-${key || "und"}`;
      const box = h("input", { type: "checkbox", id, checked: !off.has(key) });
      box.addEventListener("change", () => {
        const next = new Set(off);
        if (box.checked) next.delete(key);
        else next.add(key);
        change(next);
      });
      const sign =
        group === "kind" ? (symbol(key) as unknown as HTMLElement) : group === "relation" ? h("span", { class: `stroke relation-${key}`, "aria-hidden": "true" }) : null;
      return h("label", { class: "check", for: id }, box, sign, h("span", { class: "name" }, name), h("span", { class: "figure" }, this.words().number(n)));
    });
    return h("fieldset", {}, h("legend", {}, title), ...items);
  }
}

function count(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
