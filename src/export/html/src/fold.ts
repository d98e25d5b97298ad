/** Letters without case and marks: `Đắk Lắk` and `dak lak` are one. Cyrillic stays Cyrillic. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[đð]/g, "d")
    .replace(/ł/g, "l")
    .replace(/[’ʼ‘`]/g, "'");
}

/** Folded text, with the place in the original of each of its characters (and of the end). */
export function foldWithPlaces(text: string): { folded: string; places: number[] } {
  let folded = "";
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const part = fold(character);
    for (let i = 0; i < part.length; i++) places.push(at);
    folded += part;
    at += character.length;
  }
  places.push(text.length);
  return { folded, places };
}

/** Where any of `needles` stands in `text` as whole words: sorted, without overlaps. */
export function occurrences(text: string, needles: string[]): [number, number][] {
  const { folded, places } = foldWithPlaces(text);
  const found: [number, number][] = [];
  const letter = /[\p{L}\p{N}]/u;
  for (const needle of new Set(needles.map(fold))) {
    if (needle.length < 3) continue;
    for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + 1)) {
      const end = at + needle.length;
      if ((at > 0 && letter.test(folded[at - 1])) || (end < folded.length && letter.test(folded[end]))) continue;
      // Marks that follow the last letter belong to it.
      let last = places[end];
      while (last < text.length && /\p{M}/u.test(text[last])) last++;
      found.push([places[at], last]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const kept: [number, number][] = [];
  for (const span of found) if (!kept.length || span[0] >= kept[kept.length - 1][1]) kept.push(span);
  return kept;
}
