/** Why a list or a plot has nothing to show: the switches in effect, and the way to undo them. */
import { useApp, type App } from "../app";
import { countAll, isRun, runFilters } from "../state/filters";

/** `none` says what there is none of. */
export function Nothing({ none }: { none: string }) {
  const app = useApp();
  const { report, filters, t, setFilters } = app;
  const why = switches(app);
  const atRun = isRun(report.core, filters);
  return (
    <p class="empty">
      {none} {report.nPairs > 0 && why.length > 0 && (
        <>
          {t.counting.switches(why)}{" "}
          <button type="button" class="plain" onClick={() => setFilters(atRun ? countAll(filters) : runFilters(report.core))}>{atRun ? t.counting.show : t.counting.reset}</button>
        </>
      )}
    </p>
  );
}

/** The switches in effect that leave something out, in words. */
function switches({ report: { core }, filters, t, f }: App): string[] {
  const tags = core.names.tags.filter((_, tag) => filters.excluded.has(tag)).map((name) => t.tags[name] ?? name);
  return [
    filters.minCoverage > 0 ? t.counting.least(f.percent(filters.minCoverage)) : "",
    filters.minWords > 0 ? t.counting.leastWords(t.words(filters.minWords, f.whole(filters.minWords))) : "",
    filters.skipSameSource ? t.counting.apart : "",
    tags.length > 0 ? t.counting.withoutTags(tags.join(", ")) : "",
  ].filter(Boolean);
}
