/** All passages carried by several articles, widest first. */
import { useMemo } from "preact/hooks";
import { useApp, type App } from "../app";
import { carried, excerptOf } from "../data/lists";
import { hasRunTags } from "../state/filters";
import { useDeferred } from "../parts/deferred";
import { Nothing } from "../parts/nothing";
import { Search } from "../parts/search";
import { VirtualTable, type Column } from "../parts/table";

const [ROW_HEIGHT, CARD_HEIGHT] = [62, 168];

export function PassageList() {
  const app = useApp();
  const { t, f, route, set, go, report, totals, filters } = app;
  const [query, sort] = [useDeferred(route.params.get("q") ?? ""), route.params.get("sort") ?? "outlets"];
  const all = useMemo(() => carried(report, totals, hasRunTags(report.core, filters)), [totals]);
  const rows = useMemo(() => found(app, all, query, sort), [all, query, sort]);
  const columns = useMemo(() => clusterColumns(app), [totals, t]);
  return (
    <>
      <div class="section-head">
        <h1>{t.views.passages}</h1>
        <Search label={t.passage.search} />
        <p class="count" aria-live="polite">{t.overview.shown(f.whole(rows.length), t.passages(all.length, f.whole(all.length)))}</p>
      </div>
      <VirtualTable
        label={t.views.passages} columns={columns} rows={rows} rowHeight={ROW_HEIGHT} cardHeight={CARD_HEIGHT} sort={sort} empty={all.length === 0 ? <Nothing none={t.overview.sharesNothing} /> : t.passage.none}
        onSort={(sort) => set({ sort: sort === "outlets" ? "" : sort })} onOpen={(cluster) => go("passage", report.core.clusters.id[cluster]!)}
      />
    </>
  );
}

function found({ report: { core } }: App, all: number[], query: string, sort: string): Uint32Array {
  const { clusters } = core;
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = all.filter((cluster) => terms.every((term) => clusters.excerpt[cluster]!.toLowerCase().includes(term)));
  const [name, sign] = sort.startsWith("-") ? [sort.slice(1), -1] : [sort, 1];
  const columns: Record<string, (number | null)[]> = { outlets: clusters.n_sources, articles: clusters.n_docs, origins: clusters.n_origins, words: clusters.words_median, span: clusters.span_seconds };
  const values = Object.hasOwn(columns, name) ? columns[name]! : clusters.n_sources;
  // The engine's order is by outlets, then articles, then words; it stays among equals.
  return Uint32Array.from(rows).sort((x, y) => sign * ((values[y] ?? -1) - (values[x] ?? -1)) || x - y);
}

function clusterColumns({ report, t, f, href }: App): Column<number>[] {
  const { clusters } = report.core;
  const c = t.passage.columns;
  const spanOf = (seconds: number | null) => (seconds === null ? "–" : seconds === 0 ? t.overview.allSameTime : f.duration(seconds));
  const whole = (values: number[]) => (cluster: number) => f.whole(values[cluster]!);
  const outlets: Column<number> = { name: "outlets", title: c.outlets, kind: "number", sortable: true, cell: (cluster) => clusters.n_sources[cluster]! > 0 ? f.whole(clusters.n_sources[cluster]!) : "–" };
  return [
    { name: "wording", title: c.wording, kind: "wide whole", cell: (cluster) => <a class="excerpt clamp" href={href("passage", clusters.id[cluster]!)}><bdi>{excerptOf(report, cluster)}</bdi></a> },
    ...(report.core.sources.length > 0 ? [outlets] : []),
    { name: "articles", title: c.articles, kind: "number", sortable: true, cell: whole(clusters.n_docs) },
    { name: "origins", title: c.origins, hint: t.passage.originsMeaning, kind: "number", sortable: true, cell: whole(clusters.n_origins) },
    { name: "words", title: c.words, kind: "number", sortable: true, cell: (cluster) => f.whole(Math.round(clusters.words_median[cluster]!)) },
    { name: "first", title: c.first, cell: (cluster) => { const doc = clusters.first_doc[cluster]!; return doc < 0 ? <span class="muted">{t.overview.undetermined}</span> : <span class="two-lines"><span class="line"><bdi>{f.source(doc) ?? f.title(doc)}</bdi></span><span class="line muted">{f.date(doc) ?? ""}</span></span>; } },
    { name: "span", title: c.span, sortable: true, cell: (cluster) => spanOf(clusters.span_seconds[cluster] ?? null) },
  ];
}
