/** One article with all its debts: what of it stands elsewhere, where in it, with whom; and what is left. */
import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { useApp, useKeys, type App } from "../app";
import { Barcode, type Stretch } from "../charts/barcode";
import { cut, type Chunk, type Marked } from "../data/marks";
import { rowOf } from "../data/report";
import { Share } from "../parts/bar";
import { whyOf } from "../parts/failures";
import { textOf, useLoaded } from "../parts/load";
import { Dateline, DocumentLink } from "../parts/names";
import { Reader, HUES, type Look } from "../parts/reader";
import { spelled } from "../parts/spell";
import { NotFound } from "./missing";

/** Articles with a bar in the margin, which are those listed at first; and the most that are listed. */
const [BARS, LISTED] = [8, 60];

export function Article() {
  const app = useApp();
  const doc = app.report.documentById.get(app.route.id);
  return doc === undefined ? <NotFound id={app.route.id} /> : <ArticleOf doc={doc} />;
}

/** Another article, with the stretches they share as passages of this side. */
interface Partner {
  pair: number;
  doc: number;
  isA: boolean;
  share: number;
  spans: { start: number; end: number; passage: number; off: boolean }[];
}

function ArticleOf({ doc }: { doc: number }) {
  const app = useApp();
  const { report, totals, t, f, route } = app;
  const { documents, names } = report.core;
  const partners = useMemo(() => partnersOf(app, doc), [totals, doc]);
  const [matched, words] = [totals.documents.matched[doc]!, documents.n_words[doc]!];
  const share = totals.documents.share[doc]!;
  const derivation = names.derivations[documents.derivation[doc]!]!;
  const counting = partners.filter((partner) => partner.share > 0).length;
  const copyOf = documents.copy_of[doc]!;
  const chosen = partners.findIndex((partner) => report.core.documents.id[partner.doc] === route.params.get("with"));
  return (
    <article class="article">
      <p class="kicker">{t.article.of}</p>
      <h1><bdi>{f.title(doc)}</bdi></h1>
      <p class="byline"><Dateline doc={doc} /> {documents.reference[doc] && <span class="muted"> · {t.article.ofReference}</span>} <Origin doc={doc} /></p>
      <p class="lede" data-matched={matched}>
        {matched === 0 ? t.article.nothing : t.article.sentence(f.percent(share), f.whole(matched), f.whole(words), t.articles(counting, f.whole(counting)))}{" "}
        {matched > 0 && matched < words && t.article.rest(f.percent(1 - share), t.words(words - matched, f.whole(words - matched)))}
      </p>
      <p class="derivation">
        <span class="kicker inline">{t.article.derivation}</span> <b>{t.derivations[derivation] ?? derivation}</b>
        {documents.derivation_fact[doc] && <>: <bdi>{t.fact(documents.derivation_fact[doc]!)}</bdi></>}
      </p>
      {copyOf >= 0 && copyOf !== doc && <p>{t.article.copyOf} <DocumentLink doc={copyOf} /></p>}
      <div class="article-body">
        <ArticleText doc={doc} partners={partners} chosen={chosen} />
        <aside>
          <Partners doc={doc} partners={partners} chosen={chosen} />
          <Zones doc={doc} />
          {documents.remarks[doc]!.length > 0 && <section><h2>{t.article.remarks}</h2><ul>{documents.remarks[doc]!.map((remark, n) => <li key={n}><bdi>{remark}</bdi></li>)}</ul></section>}
        </aside>
      </div>
    </article>
  );
}

function partnersOf({ report, totals }: App, doc: number): Partner[] {
  const { core, passages } = report;
  const partners: Partner[] = [];
  for (const pair of rowOf(report.pairsOf, doc)) {
    if (!totals.pairs.kept[pair]) continue;
    const isA = core.pairs.a[pair] === doc;
    const [starts, ends] = isA ? [passages.a_start, passages.a_end] : [passages.b_start, passages.b_end];
    const spans = [];
    for (let p = core.pairs.first[pair]!; p < core.pairs.first[pair + 1]!; p++) spans.push({ start: starts[p]!, end: ends[p]!, passage: p, off: totals.reason[p]! >= 0 });
    partners.push({ pair, doc: isA ? core.pairs.b[pair]! : core.pairs.a[pair]!, isA, share: (isA ? totals.pairs.aCoverage : totals.pairs.bCoverage)[pair]!, spans });
  }
  return partners.sort((x, y) => y.share - x.share || x.doc - y.doc);
}

/** Its address, as words: a page from disk asks nothing of a server, and a link is the reader's own step. */
function Origin({ doc }: { doc: number }) {
  const { report: { core }, t } = useApp();
  const { url, path, line } = core.documents;
  const address = url[doc];
  return (
    <span class="muted">
      {address && /^https?:\/\//i.test(address) && <> · <a href={address} rel="noreferrer noopener" target="_blank">{t.article.link}</a></>}
      {path[doc] && <> · {t.article.place} <code><bdi>{path[doc]}{line[doc] === null ? "" : `:${line[doc]}`}</bdi></code></>}
    </span>
  );
}

function ArticleText({ doc, partners, chosen }: { doc: number; partners: Partner[]; chosen: number }) {
  const { report, t, f, set, route } = useApp();
  const { core } = report;
  const loaded = useLoaded(core.documents.id[doc]!, () => textOf(core, doc));
  const spans = useMemo(() => (chosen >= 0 ? partners[chosen]!.spans : union(partners)), [partners, chosen]);
  const looks: Look[] = useMemo(() => spans.map(({ off }) => ({ label: chosen >= 0 ? String(chosen + 1) : "", hue: chosen >= 0 ? chosen % HUES : 0, line: 0, off })), [spans]);
  const text = loaded.state === "there" ? loaded.value : null;
  const marked: Marked[] = useMemo(() => spans.map(({ start, end }) => ({ start, end, runs: null, side: 1 as const })), [spans]);
  const pieces = useMemo(() => (text ? cut(text.length, marked, core.documents.zones[doc] ?? []) : []), [text, marked]);
  const gutter = useCallback((chunk: Chunk) => <Gutter chunk={chunk} partners={partners} />, [partners]);
  const at = Number(route.params.get("at") ?? -1);
  // Keys may come faster than the page is drawn.
  const place = useRef(at);
  place.current = at;
  const step = (by: number) => {
    place.current = Math.max(Math.min(place.current + by, spans.length - 1), 0);
    set({ at: String(place.current) });
  };
  useKeys({ n: () => step(1), p: () => step(-1) });
  const length = Math.max(text?.length ?? 1, 1);
  const stretches: Stretch[] = spans.map(({ start, end, off }, n) => ({ start: start / length, end: end / length, tone: off ? "off" : "", key: n }));
  const zones = route.params.get("zones") === "1";
  return (
    <section class="article-text">
      <div class="bar-tools">
        <label class="toggle"><input type="checkbox" checked={zones} onChange={(event) => set({ zones: event.currentTarget.checked ? "1" : "" })} /> {t.pair.zones}</label>
        {chosen >= 0 && <button type="button" class="plain" onClick={() => set({ with: "" })}>{t.article.showAll}</button>}
      </div>
      {text && <Barcode stretches={stretches} label={t.article.barcode} tall active={at} onPick={(key) => set({ at: String(key) })} />}
      {loaded.state === "waiting" && <p class="waiting">{t.loading}</p>}
      {loaded.state === "failed" && <p class="empty">{whyOf(loaded.error, t)}</p>}
      {text && (text.parts.length === 0 ? <p class="empty">{t.pair.noText}</p> : (
        <Reader text={text} pieces={pieces} looks={looks} label={f.title(doc)} gutter={gutter} zones={zones}
          active={spans[at] ? { passage: at, start: spans[at].start, end: spans[at].end } : null}
          reveal={spans[at] ? { start: spans[at].start, passage: at, call: String(at) } : null} />
      ))}
      <p class="note">{t.article.gutter}</p>
    </section>
  );
}

/** Stretches shared with anyone, as few as possible; those that only passages left out cover stand for themselves. */
function union(partners: Partner[]): { start: number; end: number; passage: number; off: boolean }[] {
  const all = partners.flatMap((partner) => partner.spans);
  const merged = (off: boolean) => {
    const found: { start: number; end: number; passage: number; off: boolean }[] = [];
    for (const span of all.filter((one) => one.off === off).sort((x, y) => x.start - y.start)) {
      const last = found[found.length - 1];
      if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
      else found.push({ ...span });
    }
    return found;
  };
  const counting = merged(false);
  const alone = merged(true).flatMap((span) => without(span, counting));
  return [...counting, ...alone].sort((x, y) => x.start - y.start);
}

/** What is left of a stretch where others, in order, are taken away. */
function without<S extends { start: number; end: number }>(span: S, others: { start: number; end: number }[]): S[] {
  const left: S[] = [];
  let start = span.start;
  for (const other of others) {
    if (other.end <= start || other.start >= span.end) continue;
    if (other.start > start) left.push({ ...span, start, end: other.start });
    start = Math.max(start, other.end);
  }
  return start < span.end ? [...left, { ...span, start }] : left;
}

/** In the margin of a block: for each of the first partners, where in the block it shares words. */
function Gutter({ chunk, partners }: { chunk: Chunk; partners: Partner[] }) {
  const length = Math.max(chunk.end - chunk.start, 1);
  return (
    <span class="gutter" aria-hidden="true">
      {partners.slice(0, BARS).map((partner, n) =>
        partner.spans.filter((span) => span.start < chunk.end && span.end > chunk.start).map((span) => {
          const [from, to] = [Math.max(span.start - chunk.start, 0) / length, Math.min(span.end - chunk.start, length) / length];
          return <span key={span.passage} class={`gutter-bar hue${n % HUES}${span.off ? " off" : ""}`} style={{ left: `${n * 6}px`, top: `${from * 100}%`, height: `${(to - from) * 100}%` }} />;
        }),
      )}
    </span>
  );
}

function Partners({ doc, partners, chosen }: { doc: number; partners: Partner[]; chosen: number }) {
  const app = useApp();
  const { report, t, f, set, href } = app;
  const { core, passages } = report;
  const [all, setAll] = useState(false);
  const listed = partners.slice(0, all || chosen >= BARS ? LISTED : BARS);
  const words = Math.max(core.documents.n_words[doc]!, 1);
  if (partners.length === 0) return null;
  const strip = (partner: Partner): Stretch[] => partner.spans.map(({ passage, off }) => {
    const [first, length] = partner.isA ? [passages.a_word, passages.a_words] : [passages.b_word, passages.b_words];
    return { start: first[passage]! / words, end: (first[passage]! + length[passage]!) / words, tone: off ? "off" : "" };
  });
  return (
    <section class="partners">
      <h2>{t.article.partners}</h2>
      <ol>
        {listed.map((partner, n) => (
          <li key={partner.pair} class={n === chosen ? "chosen" : ""}>
            <div class="partner-head">
              <span class={`badge hue${n % HUES}`}>{n + 1}</span>
              <a class="title" href={href("pair", core.pairs.id[partner.pair]!)}><bdi>{f.title(partner.doc)}</bdi></a>
            </div>
            <p class="facts"><Share share={partner.share} /> <Dateline doc={partner.doc} /></p>
            <Barcode stretches={strip(partner)} label={t.article.barcode} />
            <p class="debt"><bdi>{debt(app, doc, partner)}</bdi></p>
            <button type="button" class="plain" aria-pressed={n === chosen} onClick={() => set({ with: n === chosen ? "" : core.documents.id[partner.doc]!, at: "" })}>{n === chosen ? t.article.showAll : t.article.highlight}</button>
          </li>
        ))}
      </ol>
      {listed.length < Math.min(partners.length, LISTED) && (
        <button type="button" class="plain" onClick={() => setAll(true)}>{t.article.showPartners(f.whole(Math.min(partners.length, LISTED)))}</button>
      )}
      {listed.length === LISTED && partners.length > LISTED && <p class="note">{t.article.moreThere(t.articles(partners.length - LISTED, f.whole(partners.length - LISTED)))}</p>}
    </section>
  );
}

/** When the other article appeared, how the two come to share words, and what facts differ. */
function debt({ report: { core, passages }, t, f }: App, doc: number, { pair, share }: Partner): string {
  const order = core.names.orders[core.pairs.order[pair]!];
  const lag = core.pairs.lag[pair] ?? null;
  const time = lag === null ? "" : f.duration(lag);
  const isFirst = order === "a_first" ? core.pairs.a[pair] === doc : core.pairs.b[pair] === doc;
  const when = order === "same" ? t.article.sameTime : order === "unknown" ? t.article.orderUnknown : isFirst ? t.article.later(time) : t.article.earlier(time);
  const origin = core.names.origins[core.pairs.origin[pair]!]!;
  const fact = core.pairs.origin_fact[pair];
  const how = origin === "undetermined" ? "" : `${t.origins[origin] ?? origin}${fact ? `: ${t.fact(fact)}` : ""}`;
  let [numbers, names] = [0, 0];
  for (let p = core.pairs.first[pair]!; p < core.pairs.first[pair + 1]!; p++) {
    numbers += passages.edits[p]![4];
    names += passages.edits[p]![5];
  }
  return [share === 0 && t.article.leftOut, when, how, numbers > 0 && t.article.numbers(numbers, f.whole(numbers)), names > 0 && t.article.names(names, f.whole(names))].filter(Boolean).join(" · ");
}

/** Facts shown of one kind of part. */
const FACTS = 3;

/** The parts of a text with a role of their own: which, whom they name, and what shows it. */
function Zones({ doc }: { doc: number }) {
  const { report: { core }, t, f } = useApp();
  const zones = core.documents.zones[doc] ?? [];
  if (zones.length === 0) return null;
  const kinds = new Map<string, { n: number; names: Set<string>; facts: Set<string> }>();
  for (let z = 0; z < zones.length; z += 5) {
    const kind = core.names.zones[zones[z]!]!;
    const it = kinds.get(kind) ?? { n: 0, names: new Set<string>(), facts: new Set<string>() };
    kinds.set(kind, it);
    it.n++;
    const [name, fact] = [core.documents.zone_names[zones[z + 3]!], core.documents.zone_facts[zones[z + 4]!]];
    if (name) it.names.add(name);
    if (fact) it.facts.add(t.fact(fact));
  }
  const some = (all: Set<string>) => [...all].slice(0, FACTS).join("; ") + (all.size > FACTS ? ` ${t.overview.more(f.whole(all.size - FACTS))}` : "");
  return (
    <section class="zones">
      <h2>{t.article.zones}</h2>
      <dl>
        {[...kinds].map(([kind, { n, names, facts }]) => (
          <div key={kind}>
            <dt>{t.zones[kind] ?? kind} <span class="count">{f.whole(n)}</span></dt>
            <dd>{names.size > 0 && <bdi>{spelled(some(names))}</bdi>}<p class="note"><bdi>{spelled(some(facts))}</bdi></p></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
