/** The answer in one sentence, then what it rests on: how much is shared, the pairs, the passages, the articles, what is missing. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { useApp } from "../app";
import { Curve } from "../charts/curve";
import { Histogram } from "../charts/histogram";
import { carried } from "../data/lists";
import { byThreshold, flagged, histogram, LENGTHS } from "../data/curves";
import { shares, type Filters } from "../data/recount";
import { hasRunTags, isRun, runFilters } from "../state/filters";
import { Begin } from "../parts/begin";
import { PairTable } from "../parts/pairs";
import { Profile } from "../parts/profile";
import { Nothing } from "../parts/nothing";
import { Notes } from "../parts/notes";
import { Recurring } from "../parts/recurring";
import { LeastOriginal, Widest } from "../parts/leaders";
import { Credits } from "../parts/credits";

export function Overview() {
  const { report, totals, filters, t, f } = useApp();
  const { documents } = totals;
  const travelled = useMemo(() => carried(report, totals, hasRunTags(report.core, filters)), [totals]);
  const all = t.articles(report.nDocuments, f.whole(report.nDocuments));
  const sharing = documents.matched.reduce((sum, words) => sum + (words > 0 ? 1 : 0), 0);
  const lost = report.core.skipped.filter((it) => it.lost).length;
  const [n, half] = [flagged(documents.largest, filters.minCoverage), flagged(documents.largest, 0.5)];
  return (
    <>
      <h1 class="sentence">{isRun(report.core, filters) ? report.core.sentence : t.overview.now(f.whole(sharing), all, t.pairs(totals.pairs.nCounting, f.whole(totals.pairs.nCounting)), sharing)}</h1>
      {lost > 0 && <p class="changed"><b>{t.overview.incomplete}</b> {t.overview.incompleteWhy(t.inputs(lost, f.whole(lost)))}</p>}
      {!isRun(report.core, filters) && <p class="changed">{t.counting.changed}</p>}
      <p class="lede" data-flagged={n}>
        {filters.minCoverage > 0 ? t.overview.live(n, f.whole(n), all, f.percent(filters.minCoverage)) : t.overview.half(t.articles(half, f.whole(half)), half)}
      </p>
      <Begin clusters={travelled} />
      <Distribution />
      <PairTable />
      <div class="columns">
        <Widest rows={travelled} />
        <LeastOriginal />
      </div>
      <Credits />
      <Profile />
      <Recurring />
      <Notes />
    </>
  );
}

function Distribution() {
  const { filters, t, f, route, set, setFilters, report } = useApp();
  const byPair = route.params.get("chart") === "pairs";
  // What the least share is chosen by does not change with it.
  const least = runFilters(report.core).minCoverage;
  const all = { ...filters, minCoverage: least };
  const key = keyOf(all);
  const found = useMemo(() => shares(report, all), [report, key]);
  const bins = useMemo(() => histogram(byPair ? found.pairs : found.largest), [found, byPair]);
  const label = byPair ? t.overview.histogramPairs : t.overview.histogramArticles;
  const curve = useMemo(() => byThreshold(found.largest), [found]);
  const byLength = useSharesByLength(all);
  const lengths = useMemo(() => byLength?.map((largest, n) => ({ x: LENGTHS[n]!, y: flagged(largest, filters.minCoverage) })), [byLength, filters.minCoverage]);
  const percent = Math.round(filters.minCoverage * 100);
  if (curve[0]!.y === 0) {
    return (
      <section class="distribution-none" aria-labelledby="distribution">
        <h2 id="distribution">{t.overview.distribution}</h2>
        <Nothing none={t.overview.sharesNothing} />
      </section>
    );
  }
  return (
    <section class="distribution" aria-labelledby="distribution">
      <h2 id="distribution">{t.overview.distribution}</h2>
      <div class="distribution-main">
        <div class="segmented" role="group" aria-label={t.overview.distribution}>
          <button type="button" aria-pressed={!byPair} onClick={() => set({ chart: "" })}>{t.overview.byArticle}</button>
          <button type="button" aria-pressed={byPair} onClick={() => set({ chart: "pairs" })}>{t.overview.byPair}</button>
        </div>
        <p class="caption">{label}</p>
        <Histogram bins={bins} threshold={filters.minCoverage} label={label} xTitle={t.overview.xShare} yTitle={byPair ? t.overview.yPairs : t.overview.yArticles} />
        <label class="slider">
          <span>{t.overview.threshold}</span>
          <input
            type="range" min={Math.ceil(least * 100)} max="100" step="1" value={percent} data-threshold
            onInput={(event) => setFilters({ ...filters, minCoverage: Math.max(least, Number(event.currentTarget.value) / 100) })}
          />
          <output>{f.percent(filters.minCoverage)}</output>
        </label>
      </div>
      <div class="sensitivity">
        <figure>
          <figcaption><h3>{t.overview.sensitivity}</h3></figcaption>
          <Curve points={curve} at={filters.minCoverage} label={t.overview.sensitivity} xTitle={t.overview.xShare} yTitle={t.overview.yArticles} say={(x) => `${Math.round(x * 100)}%`} marksAt={[0, 0.25, 0.5, 0.75, 1]} />
          <p class="note">{t.overview.sensitivityNote}</p>
        </figure>
        <figure>
          <figcaption><h3>{t.overview.lengthCurve}</h3></figcaption>
          {lengths && (lengths.every(({ y }) => y === 0) ? <Nothing none={t.overview.noneFlagged(f.percent(filters.minCoverage))} /> : <Curve points={lengths} at={filters.minWords} label={t.overview.lengthCurve} xTitle={t.overview.xLength} yTitle={t.overview.yArticles} say={(x) => f.whole(x)} marksAt={[0, 50, 100, 200, 300]} />)}
          <p class="note">{t.overview.lengthNote}</p>
        </figure>
      </div>
    </section>
  );
}

function keyOf({ excluded, skipSameSource, minWords }: Filters): string {
  return [[...excluded].sort((x, y) => x - y), skipSameSource, minWords].join("/");
}

/** The largest shares of the articles, once per length: begins when the switches rest, and lets the page go on between two lengths. */
function useSharesByLength(filters: Filters): Float64Array[] | null {
  const { report } = useApp();
  const [byLength, setByLength] = useState<Float64Array[] | null>(null);
  useEffect(() => {
    const found: Float64Array[] = [];
    const step = () => {
      found.push(shares(report, { ...filters, minWords: LENGTHS[found.length]! }).largest);
      if (found.length === LENGTHS.length) setByLength(found);
      else timer = setTimeout(step);
    };
    let timer = setTimeout(step, 180);
    return () => clearTimeout(timer);
  }, [report, keyOf({ ...filters, minWords: 0 })]);
  return byLength;
}
