import EdgeCurveProgram from "@sigma/edge-curve";
import { MultiDirectedGraph } from "graphology";
import forceAtlas from "graphology-layout-forceatlas2";
import ForceAtlas from "graphology-layout-forceatlas2/worker";
import Sigma from "sigma";
import { EdgeRectangleProgram } from "sigma/rendering";
import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import { type Data, KINDS, STRUCTURAL } from "./data";
import { calm } from "./dom";
import { MOST_DRAWN, type Sight } from "./filter";
import { type Palette, mix } from "./palette";
import { ShapeProgram } from "./shapes";
import type { Selection } from "./state";

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';

interface Listener {
  select(selection: Selection): void;
  hoverEdge(edge: number | null, x: number, y: number): void;
}

type LabelNode = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color"> & { kind?: string; strong?: boolean; forceLabel?: boolean };

/**
 * Writes labels once sigma has named them all, the weightiest first: each beside its node where it covers no other,
 * else not at all.
 */
class Labels {
  private waiting: LabelNode[] = [];
  private context: CanvasRenderingContext2D | null = null;

  constructor(
    private readonly colours: () => Palette,
    private readonly scale: number,
  ) {}

  add(context: CanvasRenderingContext2D, node: LabelNode): void {
    this.context = context;
    this.waiting.push(node);
  }

  /** What sigma named before anybody listened is of another sight. */
  clear(): void {
    this.waiting = [];
  }

  paint(): void {
    const { context, scale } = this;
    const nodes = this.waiting.sort((a, b) => weight(b) - weight(a));
    this.waiting = [];
    if (!context) return;
    const room = context.canvas.clientWidth || context.canvas.width;
    // The buttons stand in the upper right corner.
    const taken: [number, number, number, number][] = [[room - 52 * scale, 0, room, 190 * scale]];
    for (const node of nodes) {
      const { text, points } = this.font(context, node);
      const [width, height] = [context.measureText(text).width, points * 1.15];
      const gap = node.size + 4 * scale;
      const left = Math.max(2, Math.min(node.x - width / 2, room - width - 2));
      const places: [number, number][] = [
        [node.x + gap, node.y - height / 2],
        [left, node.y - gap - height],
        [left, node.y + gap],
        [node.x - gap - width, node.y - height / 2],
      ];
      if (node.kind === "province") places.unshift(places.splice(1, 1)[0]);
      const isFree = ([x, y]: [number, number]) => taken.every(([l, t, r, b]) => x > r || x + width < l || y > b || y + height < t);
      const free = places.filter(([x]) => x >= 2 && x + width <= room - 2).find(isFree) ?? (node.strong ? places[0] : node.forceLabel ? places.find(isFree) : undefined);
      if (!free) continue;
      taken.push([free[0] - 2, free[1] - 1, free[0] + width + 2, free[1] + height + 1]);
      if (!node.strong) this.write(context, text, free[0], free[1] + height * 0.8);
    }
  }

  /** The node that is pointed at or chosen: ringed, its label whole, above everything. */
  strong(context: CanvasRenderingContext2D, node: LabelNode): void {
    const { scale } = this;
    const { text, points } = this.font(context, { ...node, strong: true });
    context.beginPath();
    context.arc(node.x, node.y, node.size + 4 * scale, 0, 2 * Math.PI);
    context.lineWidth = 2 * scale;
    context.strokeStyle = this.colours().ink;
    context.stroke();
    const width = context.measureText(text).width;
    const room = context.canvas.clientWidth || context.canvas.width;
    const x = node.x + node.size + 9 * scale;
    this.write(context, text, x + width > room && node.x > room / 2 ? node.x - node.size - 9 * scale - width : x, node.y + points / 3);
  }

  private font(context: CanvasRenderingContext2D, { kind, label, strong }: LabelNode): { text: string; points: number } {
    const points = (kind === "province" ? 13.5 : 12) * this.scale;
    context.font = `${strong || kind === "province" ? 600 : 400} ${points}px ${FONT}`;
    const name = label ?? "";
    return { text: strong || name.length <= 40 ? name : name.slice(0, 38).trimEnd() + "…", points };
  }

  private write(context: CanvasRenderingContext2D, text: string, x: number, y: number): void {
    context.lineJoin = "round";
    context.lineWidth = 3.5 * this.scale;
    context.strokeStyle = this.colours().ground;
    context.fillStyle = this.colours().ink;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

function weight(node: LabelNode): number {
  return (node.strong ? 2_000 : 0) + (node.kind === "province" ? 1_000 : node.kind === "person" || node.kind === "event" ? 20 : 0) + node.size;
}

/** The graph on its canvas: sigma with our shapes, colours and habits. */
export class Drawing {
  readonly graph = new MultiDirectedGraph();
  readonly sigma: Sigma;
  private sight: Sight;
  private selection: Selection = null;
  private hovered: number | null = null;
  private hoveredEdge: number | null = null;
  /** Nodes at full strength; the others are greyed. */
  private focus: Set<number> | null = null;
  private forces: ForceAtlas | null = null;
  private readonly partial: boolean;
  /** How large marks are: smaller on small screens and in crowded pictures. */
  private unit = 1;

  constructor(
    private readonly data: Data,
    private readonly container: HTMLElement,
    sight: Sight,
    private colours: Palette,
    private language: string,
    private readonly listener: Listener,
  ) {
    this.sight = sight;
    this.partial = data.nodes.filter((_, i) => data.isDrawn(i)).length > MOST_DRAWN;
    this.fill();
    this.unit = this.measure();
    const labels = new Labels(() => this.colours, 1);
    this.sigma = new Sigma(this.graph, container, this.settings(1, labels));
    this.sigma.on("beforeRender", () => labels.clear());
    this.sigma.on("afterRender", () => labels.paint());
    this.sigma.setCustomBBox(this.extent());
    this.sigma.refresh();
    this.sigma.on("resize", () => (this.unit = this.measure()));
    this.bind();
    this.fit(undefined, false);
  }

  setSight(sight: Sight): void {
    this.sight = sight;
    if (this.partial) this.fill();
    this.refocus();
  }

  setSelection(selection: Selection): void {
    this.selection = selection;
    this.hovered = null;
    this.refocus();
  }

  setLook(colours: Palette, language: string): void {
    this.colours = colours;
    this.language = language;
    this.graph.updateEachNodeAttributes((key, attributes) => ({ ...attributes, label: this.data.label(Number(key), language) }));
    this.refocus();
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    this.move({ ...camera.getState(), ratio: camera.ratio * factor });
  }

  pan(x: number, y: number): void {
    const { width, height } = this.sigma.getDimensions();
    const to = this.sigma.viewportToFramedGraph({ x: width / 2 + x, y: height / 2 + y });
    this.move({ ...this.sigma.getCamera().getState(), x: to.x, y: to.y });
  }

  /** Brings nodes into view: all visible ones, or those given. */
  fit(nodes?: Iterable<number>, animated = true): void {
    const { width, height } = this.sigma.getDimensions();
    const keys = nodes ? [...nodes].map(String) : this.graph.nodes();
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const key of keys) {
      if (!this.graph.hasNode(key) || !this.sight.nodes[Number(key)]) continue;
      const at = this.sigma.graphToViewport(this.graph.getNodeAttributes(key) as { x: number; y: number });
      [left, right] = [Math.min(left, at.x), Math.max(right, at.x)];
      [top, bottom] = [Math.min(top, at.y), Math.max(bottom, at.y)];
    }
    if (left > right) return;
    const camera = this.sigma.getCamera().getState();
    const share = Math.max((right - left) / (width * (nodes ? 0.7 : 0.88)), (bottom - top) / (height * (nodes ? 0.75 : 0.86)));
    const centre = this.sigma.viewportToFramedGraph({ x: (left + right) / 2, y: (top + bottom) / 2 });
    const ratio = Math.min(1.6, Math.max(camera.ratio * share, nodes ? 0.12 * Math.min(1, width / 700) : 0.02));
    this.move({ ...camera, x: centre.x, y: centre.y, ratio }, animated);
  }

  /** Brings a selection and its neighbours into view, unless they are in it. */
  show(selection: Selection): void {
    if (!selection) return;
    const nodes = this.around(selection);
    if (nodes.size) this.fit(nodes);
  }

  /** Starts or stops the forces on what is visible; tells whether they run. */
  toggleForces(): boolean {
    if (this.forces) {
      this.forces.kill();
      this.forces = null;
      return false;
    }
    const visible = new MultiDirectedGraph();
    this.graph.forEachNode((key, { x, y, size }) => {
      if (this.sight.nodes[Number(key)]) visible.addNode(key, { x, y, size });
    });
    this.graph.forEachEdge((key, _, source, target) => {
      if (this.sight.edges[Number(key)] && visible.hasNode(source) && visible.hasNode(target)) {
        visible.addEdge(source, target);
      }
    });
    if (visible.order < 2) return false;
    const settings = { ...forceAtlas.inferSettings(visible), scalingRatio: 8, gravity: 0.6, adjustSizes: false };
    visible.on("eachNodeAttributesUpdated", () => {
      this.graph.updateEachNodeAttributes((key, attributes) => {
        if (!visible.hasNode(key)) return attributes;
        const { x, y } = visible.getNodeAttributes(key);
        return { ...attributes, x, y };
      });
    });
    this.forces = new ForceAtlas(visible, { settings });
    this.forces.start();
    return true;
  }

  /** The picture as seen, twice as fine, with title and legend. */
  async picture(title: string, legend: [string, string, Path2D][], note: string): Promise<Blob> {
    const scale = 2;
    const { width, height } = this.sigma.getDimensions();
    const box = document.createElement("div");
    box.style.cssText = `position:fixed;left:-99999px;top:0;width:${width * scale}px;height:${height * scale}px`;
    document.body.append(box);
    const labels = new Labels(() => this.colours, scale);
    const twin = new Sigma(this.graph, box, this.settings(scale, labels));
    twin.on("beforeRender", () => labels.clear());
    twin.on("afterRender", () => labels.paint());
    try {
      twin.setCustomBBox(this.sigma.getCustomBBox());
      twin.getCamera().setState(this.sigma.getCamera().getState());
      twin.refresh();
      const ratio = (twin.getCanvases().edges?.width ?? width * scale) / (width * scale);
      const [head, foot] = [56 * scale, 44 * scale];
      const canvas = document.createElement("canvas");
      canvas.width = width * scale * ratio;
      canvas.height = (height * scale + head + foot) * ratio;
      const context = canvas.getContext("2d")!;
      context.fillStyle = this.colours.ground;
      context.fillRect(0, 0, canvas.width, canvas.height);
      for (const layer of Object.values(twin.getCanvases())) {
        if (layer.width && layer.height) context.drawImage(layer, 0, head * ratio);
      }
      context.scale(ratio * scale, ratio * scale);
      context.fillStyle = this.colours.ink;
      context.font = `600 20px ${FONT}`;
      context.fillText(title, 20, 35, width - 40);
      context.font = `12px ${FONT}`;
      let x = 20;
      const y = 56 + height + 26;
      for (const [colour, text, path] of legend) {
        context.save();
        context.translate(x + 5, y - 4);
        context.scale(5, 5);
        context.fillStyle = colour;
        context.fill(path, "evenodd");
        context.restore();
        context.fillStyle = this.colours.mute;
        context.fillText(text, x + 15, y);
        x += context.measureText(text).width + 34;
      }
      const space = width - 20 - context.measureText(note).width;
      if (space > x) context.fillText(note, space, y);
      return await new Promise<Blob>((done, fail) => canvas.toBlob((b) => (b ? done(b) : fail(new Error("no picture"))), "image/png"));
    } finally {
      twin.kill();
      box.remove();
    }
  }

  /** Where a node or the middle of an edge is on the screen, for scripts. */
  place(selection: Selection): { x: number; y: number } | null {
    if (!selection) return null;
    const at = (node: number) =>
      this.graph.hasNode(node) ? this.sigma.graphToViewport(this.graph.getNodeAttributes(String(node)) as { x: number; y: number }) : null;
    if ("node" in selection) return at(selection.node);
    const [a, b] = [at(this.data.edges[selection.edge].source), at(this.data.edges[selection.edge].target)];
    return a && b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : null;
  }

  private fill(): void {
    const { data, graph } = this;
    graph.clear();
    data.nodes.forEach((node, i) => {
      if (!data.isDrawn(i) || (this.partial && !this.sight.nodes[i])) return;
      graph.addNode(String(i), {
        x: node.x,
        y: node.y,
        size: size(node.kind, data.degree(i)),
        label: data.label(i, this.language),
        kind: node.kind,
        type: "shape",
      });
    });
    const pairs = new Map<number, number>();
    const pair = (a: number, b: number) => Math.min(a, b) * data.nodes.length + Math.max(a, b);
    const shown: number[] = [];
    data.edges.forEach(({ source, target }, i) => {
      if (!graph.hasNode(source) || !graph.hasNode(target) || source === target) return;
      shown.push(i);
      pairs.set(pair(source, target), (pairs.get(pair(source, target)) ?? 0) + 1);
    });
    const used = new Map<number, number>();
    for (const i of shown) {
      const { source, target, relation, weight } = data.edges[i];
      const key = pair(source, target);
      const [several, nth] = [pairs.get(key)!, used.get(key) ?? 0];
      used.set(key, nth + 1);
      const bend = several === 1 ? 0 : (nth - (several - 1) / 2) * 0.22 * (source < target ? 1 : -1);
      graph.addEdgeWithKey(String(i), source, target, {
        relation,
        size: STRUCTURAL.has(relation) ? 0.8 : Math.min(4, 1.1 + 0.7 * Math.log2(weight)),
        type: bend ? "curved" : "line",
        curvature: bend,
      });
    }
  }

  private measure(): number {
    const { offsetWidth: width, offsetHeight: height } = this.container;
    const room = Math.sqrt((Math.max(200, width) * Math.max(200, height)) / (780 * 700));
    const crowd = Math.sqrt(900 / Math.max(900, this.graph.order));
    return Math.min(1.15, Math.max(0.3, room * Math.max(0.35, crowd)));
  }

  private extent(): { x: [number, number]; y: [number, number] } {
    const box: { x: [number, number]; y: [number, number] } = { x: [Infinity, -Infinity], y: [Infinity, -Infinity] };
    this.data.nodes.forEach((node, i) => {
      if (!this.data.isDrawn(i)) return;
      box.x = [Math.min(box.x[0], node.x!), Math.max(box.x[1], node.x!)];
      box.y = [Math.min(box.y[0], node.y!), Math.max(box.y[1], node.y!)];
    });
    return box.x[0] < box.x[1] ? box : { x: [-1, 1], y: [-1, 1] };
  }

  private settings(scale: number, labels: Labels): Partial<Settings> {
    const many = this.graph.order > 4_000;
    return {
      allowInvalidContainer: true,
      defaultNodeType: "shape",
      nodeProgramClasses: { shape: ShapeProgram as never },
      nodeHoverProgramClasses: { shape: ShapeProgram as never },
      edgeProgramClasses: { line: EdgeRectangleProgram, curved: EdgeCurveProgram },
      labelDensity: 1.2,
      labelGridCellSize: 120 * scale,
      labelRenderedSizeThreshold: 5.4 * scale,
      zoomToSizeRatioFunction: (ratio) => ratio ** 0.4,
      stagePadding: 38 * scale,
      minEdgeThickness: 0.9 * scale,
      // Of many lines, a click finds the nearest by itself: drawing them all once more to point at would cost too much.
      enableEdgeEvents: scale === 1 && !many,
      hideEdgesOnMove: many,
      hideLabelsOnMove: many,
      zIndex: true,
      minCameraRatio: 0.01,
      maxCameraRatio: 3,
      doubleClickZoomingRatio: 1.8,
      nodeReducer: (key, attributes) => this.reduceNode(Number(key), attributes, scale),
      edgeReducer: (key, attributes) => this.reduceEdge(Number(key), attributes, scale),
      defaultDrawNodeLabel: (context, node) => node.label && labels.add(context, node),
      defaultDrawNodeHover: (context, node) => node.label && labels.strong(context, node),
    };
  }

  private reduceNode(node: number, attributes: Record<string, any>, scale: number) {
    const { kinds, ground, mute } = this.colours;
    if (!this.sight.nodes[node]) return { ...attributes, hidden: true };
    const kind = attributes.kind as string;
    const out: Record<string, any> = { ...attributes, size: attributes.size * scale * this.unit, color: kinds[kind] ?? mute, zIndex: 1 };
    if (kind === "province") out.forceLabel = this.graph.order < 3_000 || this.data.degree(node) > 6;
    if (this.focus && !this.focus.has(node)) {
      out.color = mix(out.color, ground, 0.17);
      out.label = null;
      out.forceLabel = false;
      out.zIndex = 0;
    } else if (this.focus) {
      out.zIndex = 2;
      out.forceLabel = this.focus.size <= 40 || node === this.centre() || kind === "province";
    }
    if (node === this.centre()) out.strong = out.highlighted = true;
    return out;
  }

  private reduceEdge(edge: number, attributes: Record<string, any>, scale: number) {
    if (!this.sight.edges[edge]) return { ...attributes, hidden: true };
    const { source, target, relation } = this.data.edges[edge];
    const out: Record<string, any> = { ...attributes, size: attributes.size * scale * this.unit, color: this.colours.line(relation), zIndex: 0 };
    const chosen = this.selection && "edge" in this.selection ? this.selection.edge : null;
    if (edge === chosen || edge === this.hoveredEdge) {
      return { ...out, color: this.colours.relation(relation), size: (attributes.size + 1.4) * scale * this.unit, zIndex: 3 };
    }
    if (this.focus) {
      const centre = this.centre();
      const near = centre === null ? false : source === centre || target === centre;
      out.color = near ? mix(this.colours.relation(relation), this.colours.ground, 0.8) : mix(this.colours.faint, this.colours.ground, 0.6);
      out.zIndex = near ? 2 : 0;
      if (near) out.size = (attributes.size + 0.5) * scale * this.unit;
    }
    return out;
  }

  private centre(): number | null {
    if (this.hovered !== null) return this.hovered;
    return this.selection && "node" in this.selection ? this.selection.node : null;
  }

  private around(selection: Selection): Set<number> {
    const nodes = new Set<number>();
    if (!selection) return nodes;
    const add = (node: number) => this.sight.nodes[node] && nodes.add(node);
    if ("edge" in selection) {
      add(this.data.edges[selection.edge].source);
      add(this.data.edges[selection.edge].target);
    } else {
      add(selection.node);
      for (const edge of this.data.edgesOf(selection.node)) {
        if (this.sight.edges[edge]) add(this.data.other(edge, selection.node));
      }
    }
    return nodes;
  }

  private refocus(): void {
    const of = this.hovered !== null ? { node: this.hovered } : this.selection;
    const nodes = this.around(of);
    this.focus = nodes.size ? nodes : null;
    this.sigma.refresh({ skipIndexation: false });
  }

  private move(to: { x: number; y: number; ratio: number; angle: number }, animated = true): void {
    const camera = this.sigma.getCamera();
    if (!animated || calm() || this.graph.order > 4_000) camera.setState(to);
    else void camera.animate(to, { duration: 350 });
  }

  private bind(): void {
    const { sigma, listener } = this;
    sigma.on("enterNode", ({ node }) => this.hover(Number(node)));
    sigma.on("leaveNode", () => this.hover(null));
    sigma.on("clickNode", ({ node }) => listener.select({ node: Number(node) }));
    sigma.on("clickEdge", ({ edge }) => listener.select({ edge: Number(edge) }));
    sigma.on("clickStage", ({ event }) => {
      const edge = this.nearest(event.x, event.y);
      listener.select(edge === null ? null : { edge });
    });
    sigma.on("doubleClickNode", (event) => {
      event.preventSigmaDefault();
      this.show({ node: Number(event.node) });
    });
    sigma.on("enterEdge", ({ edge, event }) => this.overEdge(Number(edge), event.x, event.y));
    sigma.on("leaveEdge", () => this.overEdge(null, 0, 0));
  }

  private hover(node: number | null): void {
    this.container.classList.toggle("pointing", node !== null);
    // In large graphs greying twenty thousand nodes at every move of the pointer would stutter.
    if (this.graph.order > 8_000) return;
    this.hovered = node;
    this.refocus();
  }

  private overEdge(edge: number | null, x: number, y: number): void {
    this.container.classList.toggle("pointing", edge !== null);
    const before = this.hoveredEdge;
    this.hoveredEdge = edge;
    this.listener.hoverEdge(edge, x, y);
    const edges = [before, edge].filter((e): e is number => e !== null && this.graph.hasEdge(String(e))).map(String);
    if (edges.length) this.sigma.refresh({ partialGraph: { edges }, skipIndexation: true });
  }

  /** A straight line within a finger's or pointer's slack of a place; lines are thin. */
  private nearest(x: number, y: number): number | null {
    let [best, least] = [null as number | null, matchMedia("(pointer: coarse)").matches ? 14 : 6];
    this.graph.forEachEdge((key, { type }, source, target, from, to) => {
      if (!this.sight.edges[Number(key)] || !this.sight.nodes[Number(source)] || !this.sight.nodes[Number(target)]) return;
      if (type === "curved") return;
      const a = this.sigma.graphToViewport(from as { x: number; y: number });
      const b = this.sigma.graphToViewport(to as { x: number; y: number });
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const along = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
      const distance = Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
      if (distance < least) [best, least] = [Number(key), distance];
    });
    return best;
  }
}

function size(kind: string, degree: number): number {
  const base = { province: 8, organization: 5, event: 4.6, person: 3.6, document: 4, post: 3.2 }[kind] ?? 3;
  const growth = { province: 0.25, organization: 0.35, event: 0.7, person: 0.9, document: 0.6, post: 0.5 }[kind] ?? 0.3;
  return Math.min(15, base + growth * Math.sqrt(Math.max(0, degree - 1)));
}

export const DRAWN_KINDS = KINDS.filter((kind) => kind !== "article");
