import { Data } from "./data";
import { byId, download, h } from "./dom";
import { DRAWN_KINDS, Drawing } from "./drawing";
import { MOST_DRAWN, look } from "./filter";
import { Filters } from "./filters";
import { palette } from "./palette";
import { Panel } from "./panel";
import { Search } from "./search";
import { PATHS } from "./shapes";
import { type Selection, type State, Store } from "./state";
import { Table } from "./table";
import { Timeline } from "./timeline";
import { Words } from "./words";

const started = performance.now();
const root = document.documentElement;
const data = new Data(byId("data").textContent ?? "");
byId("data").remove();

const store = new Store(data);
let words = new Words(store.state.language);
let sight = look(data, store.state);

const say = () => words;
const announce = (text: string) => (byId("spoken").textContent = text);
const dark = () =>
  store.state.theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : store.state.theme === "dark";

const panel = new Panel(data, store, say, { select, centre: showSelection });
const filters = new Filters(data, store, say);
const table = new Table(data, store, say, (edge) => select({ edge }));
const timeline = new Timeline(data, store, say);
const search = new Search(data, store, say, announce, (node) => {
  select({ node });
  drawing?.show({ node });
  panel.focus();
});
let drawing = null as Drawing | null;

function select(selection: Selection): void {
  store.change({ selection });
}

function showSelection(): void {
  if (!drawing) return;
  if (store.state.view !== "graph") store.change({ view: "graph" });
  drawing.show(store.state.selection);
}

/** What depends on what: each change renders no more than it must. */
function changed(_: State, change: Partial<State>): void {
  const has = (...names: (keyof State)[]) => names.some((name) => name in change);
  const looks = has("language", "theme");
  if (has("language")) words = new Words(store.state.language);
  const filtered = has("kindsOff", "relationsOff", "languagesOff", "province", "from", "until", "undated");
  if (filtered) sight = look(data, store.state);
  if (looks) redress();
  if (filtered || has("language")) filters.render(sight);
  if (filtered || has("language") || Object.keys(change).length === 0) timeline.render(sight);
  if (filtered) drawing?.setSight(sight);
  if (has("province")) drawing?.fit();
  if (has("selection")) drawing?.setSelection(store.state.selection);
  if (has("selection", "language") || (filtered && !store.state.selection)) panel.render(sight);
  if (has("view")) showView();
  if (store.state.view === "table" && (filtered || has("language", "view"))) table.render(sight);
  if (has("selection", "view")) table.mark();
  if (filtered || has("language")) tellCount();
}

function tellCount(): void {
  const all = data.nodes.filter((_, i) => data.isDrawn(i)).length;
  const whole = sight.passing === all;
  byId("count").textContent = words.say(whole ? "countAll" : "count", { n: sight.passing, all, m: sight.edgeCount });
  const empty = byId("empty");
  empty.hidden = sight.passing > 0;
  empty.replaceChildren(words.say("nothing"));
  const notice = byId("notice");
  const large = all > MOST_DRAWN && sight.passing > MOST_DRAWN;
  notice.hidden = !large && drawing !== null;
  notice.textContent = large ? words.say("large", { all, n: sight.passing, most: MOST_DRAWN }) : words.say("noWebgl");
}

/** Theme and words of what stands in the page from the start. */
function dress(): void {
  root.dataset.theme = dark() ? "dark" : "light";
  root.lang = store.state.language;
  for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) {
    element.textContent = words.say(element.dataset.t as never);
  }
  const name = (id: string, text: string, title = true) => {
    byId(id).setAttribute("aria-label", text);
    if (title) byId(id).title = text;
  };
  name("zoom-in", words.say("zoomIn"));
  name("zoom-out", words.say("zoomOut"));
  name("fit", words.say("fit"));
  name("arrange", words.say("arrange"));
  name("picture", words.say("picture"));
  name("theme", words.say("theme"));
  name("canvas", words.say("canvas"), false);
  name("search", words.say("search"), false);
  name("results", words.say("results"), false);
  name("panel", words.say("evidence"), false);
  const narrow = matchMedia("(max-width: 760px)").matches;
  byId<HTMLInputElement>("search").placeholder = words.say(narrow ? "searchShort" : "search");
  byId("language").textContent = words.say("otherLanguage");
  byId("language").lang = store.state.language === "vi" ? "en" : "vi";
}

function redress(): void {
  dress();
  drawing?.setLook(palette(dark()), store.state.language);
}

function showView(): void {
  const isTable = store.state.view === "table";
  byId("stage").hidden = isTable;
  byId("table").hidden = !isTable;
  byId("view-graph").setAttribute("aria-pressed", String(!isTable));
  byId("view-table").setAttribute("aria-pressed", String(isTable));
  if (!isTable) drawing?.sigma.resize(true), drawing?.sigma.refresh();
}

function draw(): Drawing | null {
  try {
    return new Drawing(data, byId("canvas"), sight, palette(dark()), store.state.language, {
      select,
      hoverEdge(edge, x, y) {
        const tip = byId("tip");
        tip.hidden = edge === null;
        if (edge === null) return;
        const { source, target, relation, evidence } = data.edges[edge];
        const { language } = store.state;
        const sentence = evidence?.length ? data.sentences[evidence[0].sentence] : "";
        tip.replaceChildren(
          h("p", {}, data.label(source, language), h("em", {}, ` ${words.verb(relation)} `), data.label(target, language)),
          sentence ? h("q", {}, sentence.length > 180 ? sentence.slice(0, 178) + "…" : sentence) : "",
        );
        const { offsetWidth: width, offsetHeight: height } = byId("stage");
        tip.style.left = `${Math.max(8, Math.min(x + 14, width - 320))}px`;
        tip.style.top = `${y + 18 + 130 > height ? Math.max(8, y - 120) : y + 18}px`;
      },
    });
  } catch (error) {
    console.warn(error);
    byId("stage").classList.add("flat");
    store.state.view = "table";
    return null;
  }
}

function bind(): void {
  const click = (id: string, action: () => void) => byId(id).addEventListener("click", action);
  click("view-graph", () => store.change({ view: "graph" }));
  click("view-table", () => store.change({ view: "table" }));
  click("language", () => store.change({ language: store.state.language === "vi" ? "en" : "vi" }));
  click("theme", () => store.change({ theme: dark() ? "light" : "dark" }));
  click("zoom-in", () => drawing?.zoom(1 / 1.6));
  click("zoom-out", () => drawing?.zoom(1.6));
  click("fit", () => drawing?.fit());
  click("arrange", () => byId("arrange").setAttribute("aria-pressed", String(drawing?.toggleForces() ?? false)));
  click("picture", () => void savePicture());
  click("open-filters", () => {
    const open = document.body.classList.toggle("filtering");
    byId("open-filters").setAttribute("aria-expanded", String(open));
    if (open) document.getElementById("close-filters")?.focus();
  });
  byId("canvas").addEventListener("keydown", (event) => {
    const step = 60;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => drawing?.pan(-step, 0),
      ArrowRight: () => drawing?.pan(step, 0),
      ArrowUp: () => drawing?.pan(0, -step),
      ArrowDown: () => drawing?.pan(0, step),
      "+": () => drawing?.zoom(1 / 1.4),
      "=": () => drawing?.zoom(1 / 1.4),
      "-": () => drawing?.zoom(1.4),
      "0": () => drawing?.fit(),
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape") {
      if (document.body.classList.contains("filtering")) document.body.classList.remove("filtering");
      else if (store.state.selection) select(null);
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => store.state.theme === "auto" && redress());
  matchMedia("(max-width: 760px)").addEventListener("change", dress);
}

async function savePicture(): Promise<void> {
  if (!drawing) return;
  const colours = palette(dark());
  const kinds = DRAWN_KINDS.filter((kind) => data.nodes.some((node, i) => node.kind === kind && sight.nodes[i]));
  const legend = kinds.map((kind): [string, string, Path2D] => [colours.kinds[kind], words.kind(kind, true), new Path2D(PATHS[kind])]);
  const picture = await drawing.picture(data.title, legend, words.say("legend"));
  const name = data.title.normalize("NFD").replace(/\p{M}+/gu, "").replace(/[đĐ]/g, "d").replace(/[^A-Za-z0-9]+/g, "-");
  download(`${name.replace(/^-|-$/g, "").slice(0, 60) || "graph"}.png`, picture);
}

/** For scripts and tests: where things are on the screen, and what is on. */
Object.assign(window, {
  chutoa: {
    place: (id: string) => {
      const [node, edge] = [data.byId.get(id), data.findEdge(id)];
      const at = drawing?.place(edge !== null ? { edge } : node !== undefined ? { node } : null);
      const box = byId("canvas").getBoundingClientRect();
      return at ? { x: box.left + at.x, y: box.top + at.y } : null;
    },
    isVisible: (id: string) => {
      const [node, edge] = [data.byId.get(id), data.findEdge(id)];
      return edge !== null ? sight.edges[edge] === 1 : node !== undefined && sight.nodes[node] === 1;
    },
  },
});

drawing = draw();
dress();
filters.render(sight);
timeline.render(sight);
panel.render(sight);
showView();
if (store.state.view === "table") table.render(sight);
tellCount();
if (store.state.selection) {
  drawing?.setSelection(store.state.selection);
  table.mark();
  requestAnimationFrame(() => drawing?.show(store.state.selection));
}
store.listen(changed);
bind();
requestAnimationFrame(() => (root.dataset.ready = String(Math.round(performance.now() - started))));
