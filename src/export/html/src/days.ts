/** Days are numbers since 1970; a date of a month or year alone is the span of its days. */
export type Span = [number, number];

const DAY = 86_400_000;

export function span(date: string | undefined): Span | null {
  const parts = date?.match(/^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/);
  if (!parts) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  const first = Date.UTC(year, month - 1, day) / DAY;
  if (parts[3]) return [first, first];
  const next = parts[2] ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
  return [first, next / DAY - 1];
}

export function iso(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** A date for people: `5 May 2025`, `May 2025`, `2025`. */
export function spoken(date: string | undefined, language: string): string {
  if (!date) return "";
  const days = span(date);
  if (!days) return date;
  const parts = date.split("-").length;
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC", year: "numeric" };
  if (parts > 1) options.month = language === "vi" ? "numeric" : "short";
  if (parts > 2) options.day = "numeric";
  return new Intl.DateTimeFormat(language === "vi" ? "vi" : "en-GB", options).format(new Date(days[0] * DAY));
}

/** The start of the month, year, … that a day lies in, and of the next. */
export function bin(day: number, unit: "day" | "month" | "year"): Span {
  if (unit === "day") return [day, day + 1];
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return unit === "month"
    ? [Date.UTC(year, month, 1) / DAY, Date.UTC(year, month + 1, 1) / DAY]
    : [Date.UTC(year, 0, 1) / DAY, Date.UTC(year + 1, 0, 1) / DAY];
}
