/** The line under the masthead: how many passages count, what is left out and why, and the switches that change it. */
import { useState } from "preact/hooks";
import { useApp } from "../app";
import { unlistedPairs } from "../data/report";
import { countAll, isRun, runFilters } from "../state/filters";
import { reasonName } from "./names";

export function Counting() {
  const app = useApp();
  const { t, f, totals, filters, report, setFilters } = app;
  const [open, setOpen] = useState(false);
  const counted = totals.nPassages - totals.nHidden;
  const hidden = totals.hidden.map((n, reason) => ({ n, reason })).filter(({ n }) => n > 0);
  const list = hidden.map(({ n, reason }) => `${f.whole(n)} ${reasonName(app, reason)}`).join(", ");
  const all = t.passages(totals.nPassages, f.whole(totals.nPassages));
  const below = report.nPairs - totals.pairs.nKept;
  const run = runFilters(report.core);
  const unlisted = unlistedPairs(report.core);
  return (
    <section class={open ? "counting open" : "counting"} aria-label={t.counting.title}>
      <p class="counting-line" aria-live="polite">
        {hidden.length === 0 ? t.counting.all(totals.nPassages, all) : <>{t.counting.some(counted, f.whole(counted), all)} <span class="hatched">{t.counting.hidden(f.whole(totals.nHidden), list)}</span></>}{" "}
        {below > 0 && <>{t.counting.pairsBelow(t.pairs(below, f.whole(below)), f.percent(filters.minCoverage))} </>}
        {hidden.length > 0 && (
          <button type="button" class="plain" onClick={() => setFilters(countAll(filters))}>{t.counting.show}</button>
        )}
        {!isRun(report.core, filters) && <button type="button" class="plain" onClick={() => setFilters(run)}>{t.counting.reset}</button>}
        <button type="button" class="plain" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? t.counting.done : t.counting.change}</button>
      </p>
      {unlisted > 0 && <p class="changed">{t.counting.unlisted(t.pairs(report.nPairs, f.whole(report.nPairs)), f.whole(unlisted))}</p>}
      {open && <Switches />}
    </section>
  );
}

function Switches() {
  const { t, f, filters, report, setFilters } = useApp();
  const counts = tagCounts(report.passages.tags, report.core.names.tags.length);
  const toggle = (tag: number) => {
    const excluded = new Set(filters.excluded);
    if (!excluded.delete(tag)) excluded.add(tag);
    setFilters({ ...filters, excluded });
  };
  return (
    <div class="switches">
      <fieldset>
        <legend>{t.counting.tags}</legend>
        {report.core.names.tags.map((name, tag) => (
          <label key={name} class={counts[tag] === 0 ? "vacant" : ""} title={counts[tag] === 0 ? t.counting.none : t.tagMeaning[name] ?? ""}>
            <input type="checkbox" data-tag={name} checked={filters.excluded.has(tag)} onChange={() => toggle(tag)} />
            {t.tags[name] ?? name} <span class="count">{f.whole(counts[tag]!)}</span>
          </label>
        ))}
      </fieldset>
      <div class="switch-rest">
        <label>
          <input type="checkbox" data-same checked={filters.skipSameSource} onChange={() => setFilters({ ...filters, skipSameSource: !filters.skipSameSource })} />
          {t.counting.sameSource}
        </label>
        <label>
          {t.counting.minWords}{" "}
          <input
            type="number" min="0" max="9999" step="1" value={filters.minWords} data-min-words
            onInput={(event) => setFilters({ ...filters, minWords: Math.max(0, Math.floor(Number(event.currentTarget.value) || 0)) })}
          />
        </label>
        <p class="note">{t.counting.note}</p>
      </div>
    </div>
  );
}

function tagCounts(tags: number[][], nTags: number): number[] {
  const counts = new Array<number>(nTags).fill(0);
  for (const flat of tags) for (let n = 0; n < flat.length; n += 2) counts[flat[n]!]!++;
  return counts;
}
