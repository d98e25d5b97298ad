import type { Data } from "./data";
import { bin, iso, spoken } from "./days";
import { byId, h, s } from "./dom";
import type { Sight } from "./filter";
import type { Store } from "./state";
import type { Words } from "./words";

const HEIGHT = 44;

/** The timeline: how many relations each month (day, year) has, a range to choose, and a button that plays it. */
export class Timeline {
  private readonly element = byId("timeline");
  private readonly edges: [number, number][] = [];
  private readonly bins: [number, number][] = [];
  private readonly unit: "day" | "month" | "year" = "month";
  private readonly bars: SVGElement[] = [];
  private playing = 0;
  private low = h("input", { type: "range", min: 0, step: 1, class: "low" });
  private high = h("input", { type: "range", min: 0, step: 1, class: "high" });
  private ticks = h("div", { class: "ticks", "aria-hidden": "true" });
  private label = h("output", { class: "range" });
  private chart = s("svg", { preserveAspectRatio: "none", role: "img" });
  private shade = s("rect", { y: 0, height: HEIGHT, class: "shade" });
  private button = h("button", { type: "button", id: "play", class: "play" });
  private reset = h("button", { type: "button", class: "quiet", id: "all-time" });
  private undated = h("input", { type: "checkbox", id: "undated" });
  private undatedLabel = h("label", { class: "check", for: "undated" });

  constructor(
    data: Data,
    private readonly store: Store,
    private readonly words: () => Words,
  ) {
    data.times.forEach((time, edge) => time && this.edges.push([edge, (time[0] + time[1]) / 2]));
    if (!this.edges.length) return;
    let [least, most] = [Infinity, -Infinity];
    for (const [edge] of this.edges) {
      least = Math.min(least, data.times[edge]![0]);
      most = Math.max(most, data.times[edge]![1]);
    }
    this.unit = most - least <= 62 ? "day" : most - least <= 366 * 12 ? "month" : "year";
    for (let at = bin(least, this.unit)[0]; at <= most && this.bins.length < 2_000; ) {
      const next = bin(at, this.unit);
      this.bins.push(next);
      at = next[1];
    }
    this.build();
  }

  render(sight: Sight): void {
    const words = this.words();
    if (!this.bins.length) {
      this.element.replaceChildren(h("p", { class: "hint" }, words.say("noDates")));
      return;
    }
    const { from, until, undated, language } = this.store.state;
    const counts = new Array<number>(this.bins.length).fill(0);
    const passing = new Array<number>(this.bins.length).fill(0);
    for (const [edge, day] of this.edges) {
      const at = this.binOf(day);
      counts[at]++;
      if (sight.edges[edge]) passing[at]++;
    }
    const most = Math.max(...counts, 1);
    this.bars.forEach((bar, i) => {
      const all = counts[i] ? Math.max(2, (counts[i] / most) * (HEIGHT - 4)) : 0;
      const on = counts[i] ? (passing[i] / counts[i]) * all : 0;
      const [back, front] = bar.children;
      back.setAttribute("y", String(HEIGHT - all));
      back.setAttribute("height", String(all));
      front.setAttribute("y", String(HEIGHT - on));
      front.setAttribute("height", String(on));
    });
    const [a, b] = this.range();
    this.low.value = String(a);
    this.high.value = String(b);
    this.shade.setAttribute("x", String(a));
    this.shade.setAttribute("width", String(b - a + 1));
    const name = (i: number) => this.name(i, language);
    this.low.setAttribute("aria-label", words.say("from"));
    this.high.setAttribute("aria-label", words.say("until"));
    this.low.setAttribute("aria-valuetext", name(a));
    this.high.setAttribute("aria-valuetext", name(b));
    this.chart.setAttribute("aria-label", words.say("histogram"));
    const whole = from === null && until === null;
    this.label.textContent = a === b ? name(a) : `${name(a)} – ${name(b)}`;
    this.reset.textContent = words.say("allTime");
    this.reset.hidden = whole;
    this.button.setAttribute("aria-label", words.say(this.playing ? "pause" : "play"));
    this.button.setAttribute("aria-pressed", String(!!this.playing));
    this.button.replaceChildren(
      s("svg", { viewBox: "0 0 20 20", class: "icon full", "aria-hidden": "true" }, s("path", { d: this.playing ? "M5 4h3.5v12H5zM11.5 4H15v12h-3.5z" : "M6 3.5v13l10.5-6.5z" })),
    );
    this.undated.checked = undated;
    this.undatedLabel.replaceChildren(this.undated, words.say("undated"));
    this.element.setAttribute("aria-label", words.say("time"));
    this.tick(language);
  }

  /** Names the first bins of years (of months, where bins are days), as many as fit. */
  private tick(language: string): void {
    const length = this.unit === "day" ? 7 : 4;
    const starts = this.bins.map((_, i) => i).filter((i) => i > 0 && iso(this.bins[i][0]).slice(0, length) !== iso(this.bins[i - 1][0]).slice(0, length));
    const every = Math.ceil(starts.length / 7);
    const ticks = starts
      .filter((_, n) => n % every === every - 1)
      .filter((i) => i / this.bins.length > 0.04 && i / this.bins.length < 0.95)
      .map((i) => {
        const tick = h("span", {}, spoken(iso(this.bins[i][0]).slice(0, length), language));
        tick.style.left = `${(100 * i) / this.bins.length}%`;
        return tick;
      });
    this.ticks.replaceChildren(...ticks);
  }

  stop(): void {
    if (!this.playing) return;
    clearInterval(this.playing);
    this.playing = 0;
  }

  private build(): void {
    const last = this.bins.length - 1;
    this.chart.setAttribute("viewBox", `0 0 ${this.bins.length} ${HEIGHT}`);
    this.chart.append(this.shade);
    const gap = this.bins.length > 200 ? 0 : 0.12;
    for (let i = 0; i <= last; i++) {
      const bar = s(
        "g",
        {},
        s("rect", { x: i + gap / 2, width: 1 - gap, class: "back" }),
        s("rect", { x: i + gap / 2, width: 1 - gap, class: "front" }),
      );
      this.bars.push(bar);
      this.chart.append(bar);
    }
    for (const input of [this.low, this.high]) {
      input.max = String(last);
      input.addEventListener("input", () => {
        this.stop();
        const [a, b] = [Number(this.low.value), Number(this.high.value)];
        if (input === this.low) this.choose(Math.min(a, b), b);
        else this.choose(a, Math.max(a, b));
      });
    }
    this.button.addEventListener("click", () => this.toggle());
    this.reset.addEventListener("click", () => {
      this.stop();
      this.store.change({ from: null, until: null });
    });
    this.undated.addEventListener("change", () => this.store.change({ undated: this.undated.checked }));
    this.brush();
    this.element.replaceChildren(
      h("div", { class: "controls" }, this.button, this.label, this.reset, h("span", { class: "space" }), this.undatedLabel),
      h("div", { class: "chart" }, this.chart as unknown as HTMLElement, this.low, this.high, this.ticks),
    );
  }

  /** Dragging over the bars chooses a range. */
  private brush(): void {
    let start = -1;
    const at = (event: PointerEvent) => {
      const box = this.chart.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      return Math.min(this.bins.length - 1, Math.max(0, Math.floor(share * this.bins.length)));
    };
    this.chart.addEventListener("pointerdown", (event) => {
      start = at(event);
      this.chart.setPointerCapture(event.pointerId);
      this.stop();
      this.choose(start, start);
    });
    this.chart.addEventListener("pointermove", (event) => {
      if (start >= 0) this.choose(Math.min(start, at(event)), Math.max(start, at(event)));
    });
    for (const end of ["pointerup", "pointercancel"] as const) this.chart.addEventListener(end, () => (start = -1));
  }

  private range(): [number, number] {
    const { from, until } = this.store.state;
    const last = this.bins.length - 1;
    return [from === null ? 0 : this.binOf(from), until === null ? last : this.binOf(until)];
  }

  private choose(a: number, b: number): void {
    const last = this.bins.length - 1;
    this.store.change({
      from: a === 0 && b === last ? null : this.bins[a][0],
      until: a === 0 && b === last ? null : this.bins[b][1] - 1,
    });
  }

  /** Moves the chosen range through time; the whole range becomes its first sixth. */
  private toggle(): void {
    if (this.playing) {
      this.stop();
      this.store.change({});
      return;
    }
    const last = this.bins.length - 1;
    let [a, b] = this.range();
    if (a === 0 && b === last) b = Math.max(0, Math.ceil(this.bins.length / 6) - 1);
    else if (b === last) [a, b] = [0, b - a];
    const pace = Math.max(180, Math.min(700, 9_000 / this.bins.length));
    this.playing = window.setInterval(() => {
      if (b >= last) {
        this.stop();
        this.store.change({});
        return;
      }
      this.choose(++a, ++b);
    }, pace);
    this.choose(a, b);
  }

  private binOf(day: number): number {
    let [low, high] = [0, this.bins.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.bins[middle][0] <= day) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private name(i: number, language: string): string {
    const date = iso(this.bins[i][0]);
    return spoken(this.unit === "day" ? date : this.unit === "month" ? date.slice(0, 7) : date.slice(0, 4), language);
  }
}
