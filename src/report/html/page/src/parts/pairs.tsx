/**
 * The pairs that stay with the present switches: searched, sorted, each opened with a click. Search and order stand in the route. Pairs
 * that share only what is left out come last and are counted apart, as in the first sentence of the overview.
 */
import { useMemo } from "preact/hooks";
import { useApp, type App } from "../app";
import { Share } from "./bar";
import { useDeferred } from "./deferred";
import { calledIn, Chip, Dateline, firstOfPair, tagsOfPair } from "./names";
import { Nothing } from "./nothing";
import { Search } from "./search";
import { VirtualTable, type Column } from "./table";

const [ROW_HEIGHT, CARD_HEIGHT] = [62, 228];

/** Tags shown of a pair, so that none is cut off; its own view has all. */
const TAGS = 2;

export function PairTable() {
  const app = useApp();
  const { t, f, route, set, totals, go, report } = app;
  const [query, sort] = [useDeferred(route.params.get("q") ?? ""), route.params.get("sort") ?? "share"];
  const rows = useMemo(() => found(app, query, sort), [totals, query, sort]);
  const columns = useMemo(() => pairColumns(app), [totals, t]);
  const { nKept, nCounting, matched } = totals.pairs;
  const counting = rows.reduce((sum, pair) => sum + (matched[pair]! > 0 ? 1 : 0), 0);
  const rest = { shown: rows.length - counting, all: nKept - nCounting };
  return (
    <section class="pair-table" aria-labelledby="pairs">
      <div class="section-head">
        <h2 id="pairs">{t.overview.pairTable}</h2>
        <Search label={t.overview.search} />
        <p class="count" data-shown={rows.length} aria-live="polite">
          {counting === nCounting ? t.pairs(nCounting, f.whole(nCounting)) : t.overview.shown(f.whole(counting), t.pairs(nCounting, f.whole(nCounting)))}
          {rest.shown > 0 && t.overview.shownToo(rest.all, f.whole(rest.shown), f.whole(rest.all))}
        </p>
      </div>
      <VirtualTable
        label={t.overview.pairTable} columns={columns} rows={rows} rowHeight={ROW_HEIGHT} cardHeight={CARD_HEIGHT} sort={sort}
        empty={nKept === 0 ? <Nothing none={t.overview.sharesNothing} /> : t.overview.noPairs}
        onSort={(sort) => set({ sort: sort === "share" ? "" : sort })}
        onOpen={(pair) => go("pair", report.core.pairs.id[pair]!)}
      />
    </section>
  );
}

function found({ report, totals }: App, query: string, sort: string): Uint32Array {
  const { core, haystack } = report;
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (pair: number) => {
    const [a, b] = [haystack[core.pairs.a[pair]!]!, haystack[core.pairs.b[pair]!]!];
    return terms.every((term) => a.includes(term) || b.includes(term));
  };
  const rows: number[] = [];
  for (let pair = 0; pair < report.nPairs; pair++) if (totals.pairs.kept[pair] && (terms.length === 0 || matches(pair))) rows.push(pair);
  const [name, sign] = sort.startsWith("-") ? [sort.slice(1), -1] : [sort, 1];
  const { pairs } = totals;
  const [larger, smaller] = [Math.max, Math.min].map((of) => (pair: number) => of(pairs.aCoverage[pair]!, pairs.bCoverage[pair]!)) as [Key, Key];
  const keys: Record<string, Key> = {
    words: (pair) => pairs.matched[pair]!,
    longest: (pair) => pairs.longest[pair]!,
    order: (pair) => (core.pairs.lag[pair] === null ? -1 : Math.abs(core.pairs.lag[pair]!)),
    origin: (pair) => -core.pairs.origin[pair]!,
  };
  const key = Object.hasOwn(keys, name) ? keys[name]! : larger;
  const [values, others] = [new Float64Array(report.nPairs), new Float64Array(report.nPairs)];
  for (const pair of rows) {
    values[pair] = key(pair);
    // Shares of pairs are ordered as the terminal does: the larger, the smaller, words, then as in the result.
    if (key === larger) others[pair] = smaller(pair);
  }
  const idle = (pair: number) => (pairs.matched[pair]! > 0 ? 0 : 1);
  return Uint32Array.from(rows).sort(
    (x, y) => idle(x) - idle(y) || sign * (values[y]! - values[x]! || others[y]! - others[x]!) || pairs.matched[y]! - pairs.matched[x]! || x - y,
  );
}

type Key = (pair: number) => number;

function pairColumns(app: App): Column<number>[] {
  const { t, f, report, totals: { pairs }, href } = app;
  const { core } = report;
  const c = t.overview.columns;
  return [
    {
      name: "articles", title: c.articles, kind: "wide",
      cell: (pair) => (
        <a class="two-lines" href={href("pair", core.pairs.id[pair]!)}>
          {[core.pairs.a[pair]!, core.pairs.b[pair]!].map((doc) => (
            <span key={doc} class="line"><bdi class="title">{f.title(doc)}</bdi> <Dateline doc={doc} isShort /></span>
          ))}
        </a>
      ),
    },
    {
      name: "share", title: c.share, hint: t.overview.columnTitles.share, kind: "beside", sortable: true,
      cell: (pair) => (
        <span class="two-lines">
          <span class="line"><Share share={pairs.aCoverage[pair]!} all={pairs.aCoverageAll[pair]!} /></span>
          <span class="line"><Share share={pairs.bCoverage[pair]!} all={pairs.bCoverageAll[pair]!} /></span>
        </span>
      ),
    },
    { name: "words", title: c.words, hint: t.overview.columnTitles.words, kind: "number", sortable: true, cell: (pair) => f.whole(pairs.matched[pair]!) },
    { name: "longest", title: c.longest, hint: t.overview.columnTitles.longest, kind: "number", sortable: true, cell: (pair) => f.whole(pairs.longest[pair]!) },
    { name: "order", title: c.order, hint: t.overview.columnTitles.order, sortable: true, cell: (pair) => <OrderCell pair={pair} /> },
    { name: "origin", title: c.origin, hint: t.overview.columnTitles.origin, sortable: true, cell: (pair) => <Origin pair={pair} /> },
    {
      name: "tags", title: c.tags,
      cell: (pair) => {
        const names = tagsOfPair(app, pair).map((tag) => ({ tag, name: t.tags[core.names.tags[tag]!] ?? core.names.tags[tag]! }));
        const rest = names.slice(TAGS).map(({ name }) => name);
        return names.length > 0 && (
          <span class="chips">
            {names.slice(0, TAGS).map(({ tag, name }) => <Chip key={tag} name={name} title={t.tagMeaning[core.names.tags[tag]!] ?? ""} off={app.filters.excluded.has(tag)} />)}
            {rest.length > 0 && <Chip name={`+${rest.length}`} title={rest.join(", ")} />}
          </span>
        );
      },
    },
  ];
}

/** Which of the two lines appeared first, by its outlet or title, and by how much. */
function OrderCell({ pair }: { pair: number }) {
  const app = useApp();
  const { t, f, report: { core } } = app;
  const first = firstOfPair(app, pair);
  if (first < 0) {
    const same = core.names.orders[core.pairs.order[pair]!] === "same";
    return <span class={same ? "" : "muted"}>{same ? t.overview.allSameTime : t.overview.undetermined}</span>;
  }
  const lag = core.pairs.lag[pair] ?? null;
  return (
    <span class="two-lines order" title={calledIn(app, pair, first)}>
      <span class="line"><bdi>{calledIn(app, pair, first)}</bdi></span>
      <span class="line muted">{lag === null ? "" : t.overview.firstBy(f.duration(lag))}</span>
    </span>
  );
}

function Origin({ pair }: { pair: number }) {
  const { t, report: { core } } = useApp();
  const name = core.names.origins[core.pairs.origin[pair]!]!;
  return <span class={name === "undetermined" ? "muted" : ""} title={core.pairs.origin_fact[pair] ?? t.originMeaning[name] ?? ""}>{t.origins[name] ?? name}</span>;
}
