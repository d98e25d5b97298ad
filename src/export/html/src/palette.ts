/** Okabe and Ito's colours, which people with any colour vision tell apart; in the dark the two deepest are lightened. */
const LIGHT: Record<string, string> = {
  person: "#0072b2",
  post: "#56b4e9",
  organization: "#009e73",
  province: "#e69f00",
  event: "#d55e00",
  document: "#cc79a7",
  article: "#7a7f87",
};
const DARK: Record<string, string> = { ...LIGHT, person: "#3b9fdc", event: "#e8762b", article: "#9aa1ab" };

const RELATION: Record<string, string> = {
  chaired: "#d55e00",
  spoke_at: "#e69f00",
  attended: "#cbb26a",
  holds: "#0072b2",
  held: "#7fa8c4",
  elected_to: "#009e73",
  left: "#a9574a",
  issued_by: "#cc79a7",
};

export interface Palette {
  kinds: Record<string, string>;
  ground: string;
  ink: string;
  faint: string;
  mute: string;
  relation(relation: string): string;
  /** A relation's colour as its lines have it: let into the ground. */
  line(relation: string): string;
}

export function palette(dark: boolean): Palette {
  const ground = dark ? "#14171c" : "#fcfbf9";
  const relation = (name: string) => RELATION[name] ?? (dark ? "#59616d" : "#b9b6ae");
  const lines = new Map<string, string>();
  return {
    kinds: dark ? DARK : LIGHT,
    ground,
    ink: dark ? "#e7e9ec" : "#1d2126",
    faint: dark ? "#2a3038" : "#e6e3dc",
    mute: dark ? "#a3abb6" : "#5d636b",
    relation,
    line(name) {
      if (!lines.has(name)) lines.set(name, mix(relation(name), ground, RELATION[name] ? 0.42 : 0.5));
      return lines.get(name)!;
    },
  };
}

/** `share` of the first colour over the second. */
export function mix(colour: string, over: string, share: number): string {
  const parts = (hex: string) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  const [a, b] = [parts(colour), parts(over)];
  return "#" + a.map((v, i) => Math.round(v * share + b[i] * (1 - share)).toString(16).padStart(2, "0")).join("");
}
