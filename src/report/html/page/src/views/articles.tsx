/** All articles, with how much of each stands elsewhere. */
import { useMemo } from "preact/hooks";
import { useApp, type App } from "../app";
import { rowOf } from "../data/report";
import { Share } from "../parts/bar";
import { useDeferred } from "../parts/deferred";
import { Dateline } from "../parts/names";
import { Search } from "../parts/search";
import { VirtualTable, type Column } from "../parts/table";

const [ROW_HEIGHT, CARD_HEIGHT] = [56, 152];

export function Articles() {
  const app = useApp();
  const { t, f, route, set, go, report, totals } = app;
  const [query, sort] = [useDeferred(route.params.get("q") ?? ""), route.params.get("sort") ?? "share"];
  const rows = useMemo(() => found(app, query, sort), [totals, query, sort]);
  const columns = useMemo(() => articleColumns(app), [totals, t]);
  return (
    <>
      <div class="section-head">
        <h1>{t.views.articles}</h1>
        <Search label={t.overview.search} />
        <p class="count" aria-live="polite">{t.overview.shown(f.whole(rows.length), t.articles(report.nDocuments, f.whole(report.nDocuments)))}</p>
      </div>
      <VirtualTable
        label={t.views.articles} columns={columns} rows={rows} rowHeight={ROW_HEIGHT} cardHeight={CARD_HEIGHT} sort={sort} empty={t.overview.noArticles}
        onSort={(sort) => set({ sort: sort === "share" ? "" : sort })} onOpen={(doc) => go("article", report.core.documents.id[doc]!)}
      />
      <p class="note">{t.overview.leastOriginalNote}</p>
    </>
  );
}

function found({ report, totals }: App, query: string, sort: string): Uint32Array {
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rows: number[] = [];
  for (let doc = 0; doc < report.nDocuments; doc++) if (terms.every((term) => report.haystack[doc]!.includes(term))) rows.push(doc);
  const [name, sign] = sort.startsWith("-") ? [sort.slice(1), -1] : [sort, 1];
  const { documents } = report.core;
  const keys: Record<string, (doc: number) => number> = {
    share: (doc) => totals.documents.share[doc]!,
    words: (doc) => documents.n_words[doc]!,
    largest: (doc) => totals.documents.largest[doc]!,
    with: (doc) => partners(report.pairsOf, doc, totals.pairs.matched),
    derivation: (doc) => -documents.derivation[doc]!,
  };
  const key = Object.hasOwn(keys, name) ? keys[name]! : keys["share"]!;
  const values = Float64Array.from({ length: report.nDocuments }, (_, doc) => key(doc));
  return Uint32Array.from(rows).sort((x, y) => sign * (values[y]! - values[x]!) || x - y);
}

/** Articles it shares words that count with. */
function partners(pairsOf: App["report"]["pairsOf"], doc: number, matched: Uint32Array): number {
  let n = 0;
  for (const pair of rowOf(pairsOf, doc)) if (matched[pair]! > 0) n++;
  return n;
}

function articleColumns({ report, totals, t, f, href }: App): Column<number>[] {
  const { documents, names } = report.core;
  const c = t.article.columns;
  return [
    { name: "article", title: c.article, kind: "wide", cell: (doc) => <a class="two-lines" href={href("article", documents.id[doc]!)}><span class="line"><bdi class="title">{f.title(doc)}</bdi></span><span class="line"><Dateline doc={doc} /></span></a> },
    { name: "share", title: c.share, kind: "beside", sortable: true, cell: (doc) => <Share share={totals.documents.share[doc]!} /> },
    { name: "words", title: c.words, kind: "number", sortable: true, cell: (doc) => f.whole(documents.n_words[doc]!) },
    { name: "with", title: c.with, kind: "number", sortable: true, cell: (doc) => f.whole(partners(report.pairsOf, doc, totals.pairs.matched)) },
    { name: "largest", title: c.largest, sortable: true, cell: (doc) => <Share share={totals.documents.largest[doc]!} /> },
    {
      name: "derivation", title: c.derivation, sortable: true,
      cell: (doc) => {
        const name = names.derivations[documents.derivation[doc]!]!;
        return <span title={documents.derivation_fact[doc] ?? ""} class={name === "not_derived" ? "muted" : ""}>{t.derivations[name] ?? name}</span>;
      },
    },
  ];
}
