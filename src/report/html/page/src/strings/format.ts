/** Numbers, shares, times and names of documents in the words of a language. Pure; built once. */
import type { Core } from "../data";
import { spelledOut } from "../data/acting";
import type { Strings } from "./en";

export interface Format {
  whole(value: number): string;
  /** A share of 0 to 1 as percent, as the terminal has it: 0% and 100% only when exactly that. */
  percent(share: number): string;
  duration(seconds: number): string;
  /** When a document appeared, as exactly as known, or to the day; null when unknown. */
  date(doc: number, toDay?: boolean): string | null;
  /** A point in time on an axis whose ticks stand `step` seconds apart. */
  tick(seconds: number, step: number): string;
  title(doc: number): string;
  source(doc: number): string | null;
}

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];

export function makeFormat(core: Core, t: Strings): Format {
  const locale = core.language === "en" ? "en-GB" : core.language;
  const whole = new Intl.NumberFormat(locale);
  const clock = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  const day = clock({ day: "numeric", month: "short", year: "numeric" });
  const month = clock({ month: "long", year: "numeric" });
  const year = clock({ year: "numeric" });
  const minute = clock({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
  const hour = clock({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const { documents, sources } = core;
  return {
    whole: (value) => whole.format(value),
    percent: (share) => (share > 0 && share < 0.01 ? t.lessThanOnePercent : `${wholePercent(share)}%`),
    duration: (seconds) => duration(Math.abs(seconds), t, (value) => whole.format(value)),
    date: (doc, toDay = false) => {
      const [seconds, precision] = [documents.seconds[doc] ?? null, documents.precision[doc] ?? null];
      if (seconds === null || precision === null) return null;
      if (precision > 40 * DAY) return year.format(seconds * 1000);
      if (precision > DAY) return month.format(seconds * 1000);
      if (toDay || precision === DAY) return day.format(seconds * 1000);
      return minute.format(seconds * 1000) + (documents.zone_known[doc] ? " UTC" : "");
    },
    tick: (seconds, step) => (step >= 300 * DAY ? year : step >= 28 * DAY ? month : step >= DAY ? day : hour).format(seconds * 1000),
    title: (doc) => spelledOut(documents.title[doc] || documents.id[doc]!),
    source: (doc) => {
      const source = sources[documents.source[doc]!];
      return source === undefined ? null : spelledOut(source);
    },
  };
}

/** Halves go to the even number, as in the engine's own words. */
function wholePercent(share: number): number {
  const percent = share * 100;
  const nearest = percent % 1 === 0.5 ? 2 * Math.round(percent / 2) : Math.round(percent);
  return share < 1 ? Math.min(nearest, 99) : nearest;
}

/** Two units at most: "2 h 5 min", "3 days 4 h". */
function duration(seconds: number, t: Strings, whole: (value: number) => string): string {
  const rest = (unit: number, of: number) => Math.floor((seconds % of) / unit);
  if (seconds >= DAY && seconds % DAY === 0) return t.days(whole(seconds / DAY));
  if (seconds < MINUTE) return t.seconds(whole(Math.round(seconds)));
  if (seconds < HOUR) return t.minutes(whole(Math.floor(seconds / MINUTE)));
  if (seconds < 2 * DAY) {
    const minutes = rest(MINUTE, HOUR);
    return t.hours(whole(Math.floor(seconds / HOUR))) + (minutes > 0 ? ` ${t.minutes(whole(minutes))}` : "");
  }
  const [days, hours] = [Math.floor(seconds / DAY), rest(HOUR, DAY)];
  return t.days(whole(days)) + (hours > 0 && days < 14 ? ` ${t.hours(whole(hours))}` : "");
}
