import type { Data } from "./data";
import { byId, h } from "./dom";
import { fold } from "./fold";
import { symbol } from "./shapes";
import type { Store } from "./state";
import type { Words } from "./words";

const MOST = 40;

/**
 * Nodes whose names hold every word of the query at the start of a word, the best first: a name that begins so, then the
 * better connected.
 */
export function find(data: Data, query: string): number[] {
  const words = fold(query).split(/[^\p{L}\p{N}/-]+/u).filter(Boolean);
  if (!words.length) return [];
  const whole = words.join(" ");
  const found: [number, number][] = [];
  data.nodes.forEach((_, node) => {
    const key = data.key(node);
    let score = 0;
    for (const word of words) {
      const at = startOfWord(key, word);
      if (at < 0) return;
    }
    if (key.includes("\n" + whole + "\n") || key.endsWith("\n" + whole)) score += 1000;
    else if (key.includes("\n" + whole)) score += 400;
    else if (key.includes(whole)) score += 150;
    if (data.nodes[node].kind === "person") score += 60;
    if (data.nodes[node].kind === "article") score -= 60;
    found.push([node, score + 10 * Math.log2(1 + data.degree(node))]);
  });
  return found.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([node]) => node);
}

function startOfWord(key: string, word: string): number {
  for (let at = key.indexOf(word); at >= 0; at = key.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(key[at - 1])) return at;
  }
  return -1;
}

/** The search box: a combobox whose list names what is found. */
export class Search {
  private found: number[] = [];
  private active = -1;
  private readonly input = byId<HTMLInputElement>("search");
  private readonly list = byId("results");

  constructor(
    private readonly data: Data,
    private readonly store: Store,
    private readonly words: () => Words,
    private readonly announce: (text: string) => void,
    private readonly chosen: (node: number) => void,
  ) {
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("focus", () => this.input.value && this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private search(): void {
    const words = this.words();
    this.found = find(this.data, this.input.value);
    this.active = this.found.length ? 0 : -1;
    this.list.replaceChildren();
    if (!this.input.value.trim()) return this.close();
    if (!this.found.length) this.list.append(h("li", { class: "none", role: "presentation" }, words.say("noResult")));
    this.found.slice(0, MOST).forEach((node, i) => this.list.append(this.option(node, i)));
    this.announce(words.say("resultCount", { n: this.found.length }));
    this.list.hidden = false;
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  private option(node: number, i: number): HTMLElement {
    const words = this.words();
    const { kind, province, date } = this.data.nodes[node];
    const home = province === undefined ? undefined : this.data.byId.get(province);
    const { language } = this.store.state;
    const where = home === undefined || home === node ? "" : this.data.label(home, language);
    const option = h(
      "li",
      { id: `result-${i}`, role: "option", "data-id": this.data.nodes[node].id },
      symbol(kind) as unknown as HTMLElement,
      h("span", { class: "name" }, this.data.label(node, language)),
      h("span", { class: "what" }, [words.kind(kind), where, date].filter(Boolean).join(" · ")),
    );
    option.addEventListener("click", () => this.choose(i));
    option.addEventListener("mousemove", () => {
      if (this.active !== i) {
        this.active = i;
        this.mark();
      }
    });
    return option;
  }

  private key(event: KeyboardEvent): void {
    const last = Math.min(this.found.length, MOST) - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return this.search();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.active = last < 0 ? -1 : (this.active + step + last + 1) % (last + 1);
      this.mark();
    } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (this.list.hidden) this.input.value = "";
      this.close();
    }
  }

  private choose(i: number): void {
    const node = this.found[i];
    this.close();
    this.input.value = this.data.label(node, this.store.state.language);
    this.chosen(node);
  }

  private mark(): void {
    [...this.list.children].forEach((child, i) => child.setAttribute("aria-selected", String(i === this.active)));
    const option = this.list.children[this.active];
    if (this.active >= 0 && option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
