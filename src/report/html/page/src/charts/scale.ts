/** From values to places on an axis, and round numbers for its ticks. */

export function linear(from: number, to: number, start: number, end: number): (value: number) => number {
  const span = to - from || 1;
  return (value) => start + ((value - from) / span) * (end - start);
}

/** Round numbers from 0 to at least `most`, at most `count` steps. */
export function ticks(most: number, count = 4): number[] {
  const rough = Math.max(most, 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? rough);
  const found = [0];
  while (found[found.length - 1]! < most) found.push(found.length * step);
  return found;
}

const [HOUR, DAY] = [3_600, 86_400];

/** Steps of a time axis, in seconds. */
const TIME_STEPS = [60, 300, 900, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 91 * DAY, 182 * DAY, 365 * DAY, 1826 * DAY, 3652 * DAY];

/** At most `count` ticks at round times; where not even two fall inside, its beginning and its end. */
export function timeTicks(from: number, to: number, count = 6): { step: number; at: number[] } {
  const most = Math.max(count, 2);
  const step = TIME_STEPS.find((one) => Math.floor(to / one) - Math.ceil(from / one) < most) ?? Math.ceil((to - from) / most / DAY) * DAY;
  const at: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) at.push(tick);
  return at.length >= 2 ? { step, at } : { step: Math.min(step, to - from < 2 * DAY ? HOUR : DAY), at: [from, to] };
}
