/**
 * Outlets by how often they appeared first: left is earlier. Vertical places only keep names apart: the largest stands in the middle, each
 * next one as near to it as its name has room. The drawing depends on the figures alone, so that it is the same each time.
 */
import { useMemo } from "preact/hooks";
import { useApp } from "../app";
import { clipped, isolated } from "../strings/clip";
import { useWidth } from "./width";
import type { Arrow, Node } from "../data/directions";

/** Above and below is room for the bows; where there are many outlets, the drawing is wider than a phone. */
const [MARGIN, ABOVE, BELOW, LANE] = [80, 44, 30, 42];
const [MANY, WIDE] = [12, 720];
/** Longest name shown, in characters, and the width of one, about. */
const [NAME, NAME_PIXELS] = [24, 6.7];

export function Network({ nodes, arrows, chosen, onPick }: { nodes: Node[]; arrows: Arrow[]; chosen: number; onPick(outlet: number): void }) {
  const { report: { core }, t, f } = useApp();
  const names = nodes.map((node) => clipped(core.sources[node.outlet]!, NAME));
  const [box, shown] = useWidth(1100);
  const width = nodes.length > MANY ? Math.max(shown, WIDE) : shown;
  const { places, height } = useMemo(() => placed(nodes, names, width), [nodes, width]);
  const most = Math.max(...arrows.map((arrow) => arrow.n), 1);
  const radius = (node: Node) => 4 + 8 * Math.sqrt(node.dated / Math.max(nodes[0]?.dated ?? 1, 1));
  const sizes = new Map(nodes.map((node) => [node.outlet, radius(node)]));
  return (
    <div class="scroll-x" ref={box} tabIndex={0} role="group" aria-label={t.outletsView.network}>
      <svg class="chart network" viewBox={`0 0 ${width} ${height}`} style={{ width: `${width}px` }} role="img" aria-label={`${t.outletsView.network}. ${t.outletsView.networkNote}`}>
        <defs>
          <marker id="arrowhead" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.8L8 4L0 7.2z" /></marker>
        </defs>
        {arrows.map((arrow) => {
          const [from, to] = [places.get(arrow.from)!, places.get(arrow.to)!];
          return (
            <path key={`${arrow.from}/${arrow.to}`} class={arrow.from === chosen || arrow.to === chosen ? "arrow chosen" : chosen >= 0 ? "arrow aside" : "arrow"} d={bow(from, to, sizes.get(arrow.to)! + 2)} marker-end="url(#arrowhead)" stroke-width={(0.7 + 2.3 * (arrow.n / most)).toFixed(2)}>
              <title>{`${isolated(core.sources[arrow.from]!)} → ${isolated(core.sources[arrow.to]!)}: ${f.whole(arrow.n)} : ${f.whole(arrow.back)}`}</title>
            </path>
          );
        })}
        <text class="axis" x="0" y="12">← {t.outletsView.networkFirst}</text>
        <text class="axis" x={width} y="12" text-anchor="end">{t.outletsView.networkLater} →</text>
        {nodes.map((node, n) => {
          const { x, y } = places.get(node.outlet)!;
          return (
            <g key={node.outlet} class={node.outlet === chosen ? "node chosen" : "node"} onClick={() => onPick(node.outlet)}>
              <circle cx={x} cy={y} r={radius(node)}><title>{`${isolated(core.sources[node.outlet]!)}: ${f.percent(node.first)}`}</title></circle>
              <text x={x} y={y - radius(node) - 4} text-anchor="middle">{names[n]}</text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

interface Place {
  x: number;
  y: number;
}

/** Lanes 0, 1, −1, 2, … from the middle; in each, what its names take. */
function placed(nodes: Node[], names: string[], width: number): { places: Map<number, Place>; height: number } {
  const lanes: [number, number][][] = [];
  const laid = nodes.map((node, n) => {
    const half = (names[n]!.length * NAME_PIXELS) / 2 + 6;
    const x = Math.max(half, Math.min(width - half, MARGIN + (1 - node.first) * (width - 2 * MARGIN)));
    let lane = 0;
    while (lanes[lane]?.some(([start, end]) => x - half < end && start < x + half)) lane++;
    (lanes[lane] ??= []).push([x - half, x + half]);
    return { outlet: node.outlet, x, lane: lane % 2 === 0 ? -lane / 2 : (lane + 1) / 2 };
  });
  const least = Math.min(...laid.map(({ lane }) => lane), 0);
  const places = new Map(laid.map(({ outlet, x, lane }) => [outlet, { x, y: ABOVE + LANE * (lane - least + 0.6) }]));
  return { places, height: ABOVE + LANE * lanes.length + BELOW };
}

/** A curve that ends before the circle it leads to. */
function bow(from: Place, to: Place, gap: number): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const [cx, cy] = [(from.x + to.x) / 2 - dy * 0.12, (from.y + to.y) / 2 + dx * 0.12];
  const [ex, ey] = [to.x - cx, to.y - cy];
  const end = Math.hypot(ex, ey) || 1;
  const at = (value: number) => value.toFixed(1);
  if (length < gap) return "";
  return `M${at(from.x)} ${at(from.y)}Q${at(cx)} ${at(cy)} ${at(to.x - (ex / end) * gap)} ${at(to.y - (ey / end) * gap)}`;
}
