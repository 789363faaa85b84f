/** Who shares with whom: a matrix, a graph where dates give directions, and the table of all pairs of outlets. */
import { useMemo, useState } from "preact/hooks";
import { useApp, type App } from "../app";
import { Heatmap } from "../charts/heatmap";
import { Network } from "../charts/network";
import { cellOf, graph, largest, leastPairs, type Direction, type Measure } from "../data/directions";
import { firstMatchesOnly, outletEdges, type OutletEdge } from "../data/outlets";
import { Nothing } from "../parts/nothing";
import { usePrinting } from "../parts/printing";

/** Most outlets in the matrix, and in the graph at first and at most; arrows at first, and the fewest for a graph. */
const [MATRIX, GRAPH, GRAPH_MOST, ARROWS, FEWEST] = [40, 40, 500, 60, 3];

export function Outlets() {
  const { report, totals, t, f } = useApp();
  const edges = useMemo(() => outletEdges(report, totals), [totals]);
  const without = report.core.documents.source.filter((source) => source < 0).length;
  const pairs = edges.reduce((sum, edge) => sum + edge.pairs, 0);
  const involved = new Set(edges.flatMap((edge) => [edge.a, edge.b])).size;
  if (report.core.sources.length === 0) {
    return (
      <>
        <h1>{t.outletsView.title}</h1>
        <p class="note missing">{t.outletsView.missingSource}</p>
      </>
    );
  }
  return (
    <>
      <h1>{t.outletsView.title}</h1>
      {edges.length === 0 ? <Nothing none={t.outletsView.nothing} /> : <p class="lede">{t.outletsView.sentence(involved, t.outlets(involved, f.whole(involved)), t.pairs(pairs, f.whole(pairs)))}</p>}
      {firstMatchesOnly(report) && <p class="note missing">{t.outletsView.firstMatchesOnly}</p>}
      {report.core.documents.reference.includes(true) && <p class="note">{t.outletsView.withReference}</p>}
      {without > 0 && <p class="note missing">{t.outletsView.someMissing(without, t.articles(without, f.whole(without)))}</p>}
      {edges.length > 0 && (
        <>
          {involved > 1 ? <><Matrix edges={edges} /><Graph edges={edges} /></> : <p class="note missing">{t.outletsView.oneOutlet}</p>}
          <EdgeTable edges={edges} />
        </>
      )}
    </>
  );
}

function chosen({ route }: App): { measure: Measure; direction: Direction } {
  const [measure, direction] = [route.params.get("count"), route.params.get("pairs")];
  return {
    measure: measure === "words" || measure === "share" ? measure : "pairs",
    direction: direction === "first" || direction === "match" ? direction : "all",
  };
}

function Matrix({ edges }: { edges: OutletEdge[] }) {
  const app = useApp();
  const { report: { core }, t, f, set, go } = app;
  const { measure, direction } = chosen(app);
  const outlets = useMemo(() => largest(edges, MATRIX), [edges]);
  const table = useMemo(() => new Map(edges.map((edge) => [`${edge.a}/${edge.b}`, edge])), [edges]);
  const value = (row: number, column: number) => {
    const [x, y] = [outlets[row]!, outlets[column]!];
    return cellOf(table.get(`${Math.min(x, y)}/${Math.max(x, y)}`), x <= y, measure, direction);
  };
  const hasOrder = edges.some((edge) => edge.first.some(({ pairs }) => pairs > 0));
  const involved = new Set(edges.flatMap((edge) => [edge.a, edge.b])).size;
  const dated = core.documents.seconds.filter((it) => it !== null).length;
  return (
    <section aria-labelledby="matrix">
      <h2 id="matrix">{t.outletsView.matrix}</h2>
      <div class="bar-tools">
        <Choice label={t.outletsView.measure} names={["pairs", "words", "share"]} titles={t.outletsView.measures} chosen={measure} onChoose={(name) => set({ count: name === "pairs" ? "" : name })} />
        {hasOrder && <Choice label={t.outletsView.direction} names={["all", "first", "match"]} titles={t.outletsView.directions} chosen={direction} onChoose={(name) => set({ pairs: name === "all" ? "" : name })} />}
      </div>
      <p class="caption">{t.outletsView.measureMeaning[measure]}{direction === "all" ? "" : `, ${t.outletsView.directionMeaning[direction]}`}</p>
      <Heatmap
        names={outlets.map((outlet) => core.sources[outlet]!)} value={value} say={(it) => (measure === "share" ? f.percent(it) : f.whole(it))} label={t.outletsView.matrix}
        onOpen={(row, column) => go("overview", "", { q: searchFor(app, outlets[row]!, outlets[column]!) })}
      />
      <p class="note">{t.outletsView.matrixNote} {involved > outlets.length && t.outletsView.capped(f.whole(outlets.length), t.outlets(involved, f.whole(involved)))}</p>
      {!hasOrder && <p class="note missing">{t.outletsView.missingDates(dated, f.whole(dated), t.articles(core.documents.id.length, f.whole(core.documents.id.length)))}</p>}
    </section>
  );
}

/** One of several, as buttons in a row. */
function Choice<Name extends string>({ label, names, titles, chosen, onChoose }: { label: string; names: readonly Name[]; titles: Record<Name, string>; chosen: Name; onChoose(name: Name): void }) {
  return (
    <div class="labelled">
      <span aria-hidden="true">{label}</span>
      <div class="segmented" role="group" aria-label={label}>
        {names.map((name) => <button type="button" key={name} aria-pressed={chosen === name} onClick={() => onChoose(name)}>{titles[name]}</button>)}
      </div>
    </div>
  );
}

/** What finds the pairs of two outlets in the table of the overview. */
function searchFor({ report: { core } }: App, a: number, b: number): string {
  return [...new Set([core.sources[a]!, core.sources[b]!])].join(" ");
}

function Graph({ edges }: { edges: OutletEdge[] }) {
  const app = useApp();
  const { report: { core }, t, f, route, set } = app;
  const [cap, setCap] = useState(GRAPH);
  const matchesOnly = chosen(app).direction === "match";
  const { nodes, arrows, nNodes } = useMemo(() => graph(edges, matchesOnly, cap), [edges, cap, matchesOnly]);
  const outlet = core.sources.indexOf(route.params.get("outlet") ?? "\u0000");
  if (arrows.length === 0) return null;
  const largest = arrows[0]!.n;
  const asked = Number(route.params.get("arrows"));
  // Where all arrows are alike, leaving them out would leave nothing.
  const least = Math.min(asked >= 1 ? asked : leastPairs(arrows, ARROWS), largest);
  const drawn = arrows.filter((arrow) => arrow.n >= least || arrow.from === outlet || arrow.to === outlet);
  return (
    <section aria-labelledby="network">
      <h2 id="network">{t.outletsView.network}</h2>
      {arrows.length < FEWEST ? <p class="note missing">{t.outletsView.networkFew(arrows.length, t.pairs(arrows.length, f.whole(arrows.length)))}</p> : (
        <>
          <div class="bar-tools">
            {largest > 1 && (
              <label class="labelled">
                {t.outletsView.leastArrow} <input type="range" min="1" max={largest} value={least} onInput={(event) => set({ arrows: event.currentTarget.value })} /> <output>{f.whole(least)}</output>
              </label>
            )}
            <span class="muted">{t.outletsView.arrowsShown(f.whole(drawn.length), f.whole(arrows.length))}</span>
            <label class="labelled">
              {t.outletsView.choose}{" "}
              <select value={outlet >= 0 ? core.sources[outlet] : ""} onChange={(event) => set({ outlet: event.currentTarget.value })}>
                <option value="">{t.outletsView.chooseNone}</option>
                {[...nodes].sort((x, y) => x.outlet - y.outlet).map((node) => <option key={node.outlet} value={core.sources[node.outlet]}>{core.sources[node.outlet]}</option>)}
              </select>
            </label>
          </div>
          <Network nodes={nodes} arrows={drawn} chosen={outlet} onPick={(picked) => set({ outlet: picked === outlet ? "" : core.sources[picked]! })} />
          <p class="note">{matchesOnly && t.outletsView.networkMatches} {t.outletsView.networkNote} {nodes.length < nNodes && t.outletsView.networkCapped(f.whole(nodes.length), f.whole(nNodes))}</p>
          {nodes.length < Math.min(nNodes, GRAPH_MOST) && <button type="button" class="plain" onClick={() => setCap(GRAPH_MOST)}>{t.outletsView.showMore}</button>}
        </>
      )}
    </section>
  );
}

/** Which of two outlets appeared first in more of the pairs that have an order, and how many these are. */
function OftenFirst({ edge: { a, b, first, shareAFirst } }: { edge: OutletEdge }) {
  const { report: { core }, t, f } = useApp();
  const [aFirst, bFirst] = first.map(({ pairs }) => pairs) as [number, number];
  if (shareAFirst === null) return <>–</>;
  const ordered = f.whole(aFirst + bFirst);
  if (aFirst === bFirst) return <>{t.outletsView.even(ordered)}</>;
  return <><bdi>{core.sources[aFirst > bFirst ? a : b]}</bdi><br /><span class="muted">{t.outletsView.firstShare(f.percent(Math.max(shareAFirst, 1 - shareAFirst)), ordered)}</span></>;
}

/** Rows of the table at first, with each step, and the most that are printed. */
const [ROWS, STEP, PRINTED] = [25, 200, 100];

function EdgeTable({ edges }: { edges: OutletEdge[] }) {
  const app = useApp();
  const { report: { core }, t, f, href } = app;
  const [wanted, setShown] = useState(ROWS);
  const printing = usePrinting();
  const shown = printing ? PRINTED : wanted;
  const sorted = useMemo(() => [...edges].sort((x, y) => y.words - x.words || x.a - y.a || x.b - y.b), [edges]);
  const c = t.outletsView.columns;
  const name = (outlet: number) => <bdi>{core.sources[outlet]}</bdi>;
  return (
    <section aria-labelledby="edges">
      <h2 id="edges">{t.outletsView.table}</h2>
      <div class="scroll-x" tabIndex={0} role="group" aria-labelledby="edges">
        <table class="plain edges">
          <thead>
            <tr>
              <th scope="col">{c.outlets}</th>
              {[c.pairs, c.passages, c.words, c.shares, c.coverage].map((title) => <th key={title} scope="col" class="number">{title}</th>)}
              <th scope="col" title={t.outletsView.firstMeaning}>{c.first}</th>
              {[c.lag, c.matches].map((title) => <th key={title} scope="col" class="number">{title}</th>)}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown).map((edge) => (
              <tr key={`${edge.a}/${edge.b}`}>
                <td class="wide"><a href={href("overview", "", { q: searchFor(app, edge.a, edge.b) })}>{name(edge.a)}{edge.a !== edge.b && <> × {name(edge.b)}</>}</a>{edge.a === edge.b && <span class="muted"> ({t.outletsView.within})</span>}</td>
                <td class="number">{f.whole(edge.pairs)}</td>
                <td class="number">{f.whole(edge.passages)}</td>
                <td class="number">{f.whole(edge.words)}</td>
                <td class="number">{f.percent(edge.aShare)}{edge.a !== edge.b && ` / ${f.percent(edge.bShare)}`}</td>
                <td class="number">{f.percent(edge.medianCoverage)}</td>
                <td class="first"><OftenFirst edge={edge} /></td>
                <td class="number">{edge.medianLag === null ? "–" : edge.medianLag === 0 ? t.overview.allSameTime : f.duration(edge.medianLag)}</td>
                <td class="number">{f.whole(edge.match[0].pairs + edge.match[1].pairs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {printing && sorted.length > shown && <p class="note">{t.printedRows(f.whole(shown), f.whole(sorted.length))}</p>}
      {sorted.length > shown && <button type="button" class="plain" onClick={() => setShown(shown + STEP)}>{t.overview.more(f.whole(sorted.length - shown))}</button>}
    </section>
  );
}
