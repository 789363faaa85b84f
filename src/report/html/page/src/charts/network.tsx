/**
 * Outlets by how often they appeared first: left is earlier. Vertical places only spread the names: largest in the middle, then above
 * and below in turn. The drawing depends on the figures alone, so that it is the same each time.
 */
import { useApp } from "../app";
import { clipped } from "../strings/clip";
import type { Arrow, Node } from "../data/directions";

const [WIDTH, MARGIN, STEP] = [900, 110, 26];

export function Network({ nodes, arrows, chosen, onPick }: { nodes: Node[]; arrows: Arrow[]; chosen: number; onPick(outlet: number): void }) {
  const { report: { core }, t, f } = useApp();
  const height = Math.max(220, (nodes.length + 1) * (nodes.length > 40 ? 14 : nodes.length > 20 ? 20 : STEP) + 40);
  const places = new Map(nodes.map((node, n) => [node.outlet, placed(node, n, nodes.length, height)]));
  const most = Math.max(...arrows.map((arrow) => arrow.n), 1);
  const radius = (node: Node) => 4 + 8 * Math.sqrt(node.dated / Math.max(nodes[0]?.dated ?? 1, 1));
  const sizes = new Map(nodes.map((node) => [node.outlet, radius(node)]));
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={t.outletsView.network}>
      <svg class="chart network" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={`${t.outletsView.network}. ${t.outletsView.networkNote}`}>
        <defs>
          <marker id="arrowhead" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.8L8 4L0 7.2z" /></marker>
        </defs>
        {arrows.map((arrow) => {
          const [from, to] = [places.get(arrow.from)!, places.get(arrow.to)!];
          return (
            <path key={`${arrow.from}/${arrow.to}`} class={arrow.from === chosen || arrow.to === chosen ? "arrow chosen" : chosen >= 0 ? "arrow aside" : "arrow"} d={bow(from, to, sizes.get(arrow.to)! + 2)} marker-end="url(#arrowhead)" stroke-width={(0.7 + 2.3 * (arrow.n / most)).toFixed(2)}>
              <title>{`${core.sources[arrow.from]} → ${core.sources[arrow.to]}: ${f.whole(arrow.n)} : ${f.whole(arrow.back)}`}</title>
            </path>
          );
        })}
        {nodes.map((node) => {
          const { x, y } = places.get(node.outlet)!;
          return (
            <g key={node.outlet} class={node.outlet === chosen ? "node chosen" : "node"} onClick={() => onPick(node.outlet)}>
              <circle cx={x} cy={y} r={radius(node)}><title>{`${core.sources[node.outlet]}: ${f.percent(node.first)}`}</title></circle>
              <text x={x} y={y - radius(node) - 4} text-anchor="middle">{clipped(core.sources[node.outlet]!, 24)}</text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function placed(node: Node, n: number, count: number, height: number): { x: number; y: number } {
  const rank = n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  return { x: MARGIN + (1 - node.first) * (WIDTH - 2 * MARGIN), y: height / 2 + (rank / Math.max(count / 2, 1)) * (height / 2 - 30) + 6 };
}

/** A curve that ends before the circle it leads to. */
function bow(from: { x: number; y: number }, to: { x: number; y: number }, gap: number): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const [cx, cy] = [(from.x + to.x) / 2 - dy * 0.12, (from.y + to.y) / 2 + dx * 0.12];
  const [ex, ey] = [to.x - cx, to.y - cy];
  const end = Math.hypot(ex, ey) || 1;
  const at = (value: number) => value.toFixed(1);
  if (length < gap) return "";
  return `M${at(from.x)} ${at(from.y)}Q${at(cx)} ${at(cy)} ${at(to.x - (ex / end) * gap)} ${at(to.y - (ey / end) * gap)}`;
}
