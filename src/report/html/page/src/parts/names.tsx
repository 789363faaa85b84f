/** Names of articles, tags and reasons, as every view shows them. Article text only ever becomes text nodes, each in its own direction. */
import { useApp, type App } from "../app";

/** An article's title, linked to its view. */
export function DocumentLink({ doc }: { doc: number }) {
  const { report, href, f } = useApp();
  return <a class="title" href={href("article", report.core.documents.id[doc]!)}><bdi>{f.title(doc)}</bdi></a>;
}

/** Outlet and date of an article; short, without the time of day. */
export function Dateline({ doc, isShort = false }: { doc: number; isShort?: boolean }) {
  const { f, t } = useApp();
  const [source, date] = [f.source(doc), f.date(doc, isShort)];
  return (
    <span class="dateline">
      {source !== null && <><bdi>{source}</bdi><span aria-hidden="true"> · </span></>}
      <span>{date ?? t.passage.undated}</span>
    </span>
  );
}

/** A tag; struck where it is why something does not count. */
export function Chip({ name, title, off = false }: { name: string; title: string; off?: boolean }) {
  return <span class={off ? "chip off" : "chip"} title={title}>{name}</span>;
}

/** The tags that the passages of a pair carry, as places in `names.tags`. */
export function tagsOfPair({ report: { core, passages } }: App, pair: number): number[] {
  const found = new Set<number>();
  for (let p = core.pairs.first[pair]!; p < core.pairs.first[pair + 1]!; p++) {
    const tags = passages.tags[p]!;
    for (let n = 0; n < tags.length; n += 2) found.add(tags[n]!);
  }
  return [...found].sort((x, y) => x - y);
}

/** Why a passage does not count, in words. */
export function reasonName({ report: { core }, t }: App, reason: number): string {
  if (reason < core.names.tags.length) {
    const name = core.names.tags[reason]!;
    return t.tags[name] ?? name;
  }
  return reason === core.names.reasons.length ? t.reasons.short : t.reasons.same_source;
}

/** Which of a pair's articles appeared first: its place, or -1. */
export function firstOfPair({ report: { core } }: App, pair: number): number {
  const order = core.names.orders[core.pairs.order[pair]!];
  return order === "a_first" ? core.pairs.a[pair]! : order === "b_first" ? core.pairs.b[pair]! : -1;
}

/** What tells the two articles of a pair apart in a few words: outlets, else titles, else dates, else names. */
export function calledIn({ report: { core }, f }: App, pair: number, doc: number): string {
  const [a, b] = [core.pairs.a[pair]!, core.pairs.b[pair]!];
  const told = [(it: number) => f.source(it), (it: number) => f.title(it), (it: number) => f.date(it)].find((name) => name(a) !== name(b) && name(doc) !== null);
  return told?.(doc) ?? core.documents.id[doc]!;
}
