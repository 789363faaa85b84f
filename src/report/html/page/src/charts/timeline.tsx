/** When each outlet carried a passage: a row an outlet, a bar as long as the date is inexact, the undated aside. */
import { useState } from "preact/hooks";
import { useApp } from "../app";
import { clipped, isolated } from "../strings/clip";
import { linear, timeTicks } from "./scale";
import { useWidth } from "./width";

export interface Event {
  doc: number;
  row: string;
  /** Begin and length in seconds; null when undated. */
  when: [number, number] | null;
  first: boolean;
}

/** Height of a row, and of a lane in a row of several. */
const [ROW, LANE, TOP, SHOWN] = [24, 10, 26, 30];
/** Widths of a character of a row's name and of a tick's, about. */
const [NAME_PIXELS, TICK_PIXELS] = [7, 92];

export function Timeline({ events, linkTo }: { events: Event[]; linkTo(doc: number): string }) {
  const { t, f } = useApp();
  const [all, setAll] = useState(false);
  const [read, setRead] = useState<Event | null>(null);
  const [box, width] = useWidth(1100);
  const rows = [...new Set(events.map((event) => event.row))];
  const shown = all ? rows : rows.slice(0, SHOWN);
  const dated = events.flatMap((event) => (event.when ? [event.when] : []));
  if (dated.length === 0) return <p class="note missing">{t.passage.noDates}</p>;
  const [from, to] = [Math.min(...dated.map(([begin]) => begin)), Math.max(...dated.map(([begin, length]) => begin + length))];
  const margin = Math.max((to - from) * 0.02, 600);
  const hasUndated = dated.length < events.length;
  const left = Math.min(200, Math.round(width * 0.34));
  const aside = width < 600 ? 62 : 84;
  const right = hasUndated ? width - aside : width - 12;
  const x = linear(from - margin, to + margin, left, right);
  const { step, at } = timeTicks(from, to, Math.floor((right - left) / TICK_PIXELS));
  const begin = ({ when }: Event) => (when ? x(when[0]) : width - aside / 2 - 3);
  const end = (event: Event) => begin(event) + (event.when ? Math.max(x(event.when[0] + event.when[1]) - begin(event), 5) : 7);
  const say = (event: Event) => `${isolated(f.title(event.doc))} · ${f.date(event.doc) ?? t.passage.undated}`;
  let height = TOP;
  const laid = shown.map((row) => {
    const marks = stacked(events.filter((event) => event.row === row), begin, end);
    const lane = marks.lanes > 1 ? LANE : ROW;
    const it = { row, ...marks, lane, top: height, high: lane * marks.lanes + (ROW - lane) / 2 };
    height += it.high;
    return it;
  });
  height += 8;
  const aim = (event: Event) => ({ onFocus: () => setRead(event), onBlur: () => setRead(null), onPointerEnter: () => setRead(event), onPointerLeave: () => setRead(null) });
  return (
    <div ref={box}>
      <p class="chart-key"><output class={read ? "readout" : "readout muted"}>{read ? say(read) : t.passage.timelineHint}</output></p>
      <svg class="chart timeline" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${t.passage.timeline}. ${t.passage.timelineNote}`}>
        {at.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={x(tick)} x2={x(tick)} y1={TOP - 6} y2={height - 6} />
            <text class="tick" x={x(tick)} y={TOP - 12} text-anchor={x(tick) > right - 40 ? "end" : x(tick) < left + 40 ? "start" : "middle"}>{f.tick(tick, step)}</text>
          </g>
        ))}
        {hasUndated && <text class="tick" x={width - aside / 2} y={TOP - 12} text-anchor="middle">{t.passage.undated}</text>}
        {laid.map(({ row, stack, lanes, lane, top, high }) => (
          <g key={row}>
            <line class="grid" x1={left} x2={width - 12} y1={top + high / 2} y2={top + high / 2} />
            <text class="row-name" x={left - 10} y={top + high / 2 + 4} text-anchor="end">{clipped(row, Math.floor((left - 10) / NAME_PIXELS))}</text>
            {stack.map(({ event, at }) => {
              const inset = lane / (event.first ? 8 : 4);
              return (
                <a key={event.doc} href={linkTo(event.doc)} aria-label={say(event)} {...aim(event)}>
                  <rect
                    class={event.first ? "event first" : event.when ? "event" : "event undated"} rx="2"
                    x={begin(event)} y={top + (high - lane * lanes) / 2 + at * lane + inset} width={end(event) - begin(event)} height={lane - 2 * inset}
                  />
                </a>
              );
            })}
          </g>
        ))}
      </svg>
      {shown.length < rows.length && <button type="button" class="plain" onClick={() => setAll(true)}>{t.overview.more(f.whole(rows.length - shown.length))}</button>}
    </div>
  );
}

/** Marks of a row that would lie on one another, each in a lane of its own. */
function stacked(events: Event[], begin: (event: Event) => number, end: (event: Event) => number): { stack: { event: Event; at: number }[]; lanes: number } {
  const free: number[] = [];
  const stack = [...events].sort((x, y) => begin(x) - begin(y)).map((event) => {
    const lane = free.findIndex((place) => place <= begin(event));
    const at = lane < 0 ? free.length : lane;
    free[at] = end(event);
    return { event, at };
  });
  return { stack, lanes: free.length };
}
