import type { Fact } from "../facts.ts";
import { type Item, isLine } from "./item.ts";

const UPDATED = /^(?:更新时间|更新于|updated on|last updated|update time)\s?:?\s?(.{4,60})$/i;
const ISO = /(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})/;
const ENGLISH = /([A-Z][a-z]{2})[a-z]{0,6}\.? (\d{1,2}), (\d{4})/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The day on which the page says it was updated. */
export function updatedIn(items: readonly Item[]): Fact<string> | undefined {
  for (const { text, line } of items.filter(isLine).slice(0, 60)) {
    const [, date] = UPDATED.exec(text.trim().slice(0, 100)) ?? [];
    const value = date === undefined ? undefined : isoDate(date);
    if (value !== undefined) return { value, at: line };
  }
  return undefined;
}

function isoDate(text: string): string | undefined {
  const [, year, month, day] = ISO.exec(text) ?? [];
  if (year !== undefined && month !== undefined && day !== undefined) return join(year, Number(month), day);
  const [, name = "", date, of] = ENGLISH.exec(text) ?? [];
  const index = MONTHS.indexOf(name);
  return index < 0 || of === undefined || date === undefined ? undefined : join(of, index + 1, date);
}

const join = (year: string, month: number, day: string): string =>
  `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`;
