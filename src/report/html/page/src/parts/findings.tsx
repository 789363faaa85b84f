/** What the run found about one passage, in words: how alike the sides are, its tags with their facts, its changes with the words. */
import { useApp, type App } from "../app";
import { editName, type Sides } from "../data/pairing";
import { slice, type Text } from "../data/text";
import { clipped } from "../strings/clip";
import { Chip, reasonName } from "./names";
import { spelled } from "./spell";

/** Examples of one kind of change, and characters of each. */
const [EXAMPLES, LONGEST] = [4, 90];

interface Props {
  passage: number;
  sides: Sides;
  /** Left and right. */
  texts: readonly [Text, Text];
}

/** One line: words, kind, identity, edits, why it does not count, who carries it. */
export function Summary({ passage, turned }: { passage: number; turned: boolean }) {
  const app = useApp();
  const { t, totals, report: { core, passages } } = app;
  const reason = totals.reason[passage]!;
  return (
    <>
      <span title={t.kindMeaning[core.names.kinds[passages.kind[passage]!]!]}>{described(app, passage, turned)}</span>
      {reason >= 0 && <span class="hatched">{t.pair.leftOut(reasonName(app, reason))}</span>}
      <Story passage={passage} />
    </>
  );
}

/** The tags and changes of a passage, each with what shows it. */
export function Findings({ passage, sides, texts }: Props) {
  const app = useApp();
  const { t } = app;
  const [tags, changes] = [tagsOf(app, passage, sides.turned), changesOf(app, passage, sides, texts)];
  if (tags.length + changes.length === 0) return null;
  return (
    <ul class="findings">
      {tags.map(({ name, fact, off }) => <li key={name}><Chip name={t.tags[name] ?? name} title={t.tagMeaning[name] ?? ""} off={off} /> <bdi>{spelled(fact)}</bdi></li>)}
      {changes.map(({ name, n, examples }) => (
        <li key={name}>
          <span class="chip edit" title={t.editMeaning[name]}>{t.edits[name] ?? name}{n > 1 ? ` ×${n}` : ""}</span>{" "}
          {examples.map(([left, right], k) => <span key={k} class="example">{quoted(left)}{left !== "" && right !== "" && " → "}{quoted(right)}</span>)}
          {n > examples.length && <span class="muted"> {t.overview.more(String(n - examples.length))}</span>}
        </li>
      ))}
    </ul>
  );
}

function quoted(words: string) {
  return words === "" ? null : <q><bdi>{spelled(words)}</bdi></q>;
}

function tagsOf({ report: { core, passages }, totals, t }: App, passage: number, turned: boolean): { name: string; fact: string; off: boolean }[] {
  const flat = passages.tags[passage]!;
  const found = [];
  for (let n = 0; n < flat.length; n += 2) {
    const name = core.names.tags[flat[n]!]!;
    const [a, b] = [`${passages.a_quoted[passage]}%`, `${passages.b_quoted[passage]}%`];
    // The engine's sentence names sides a and b, which this page does not have.
    const fact = name === "quoted" ? t.pair.quoted(turned ? b : a, turned ? a : b) : t.fact(passages.tag_facts[flat[n + 1]!] ?? "");
    found.push({ name, fact, off: totals.reason[passage] === flat[n] });
  }
  return found;
}

interface Change {
  name: string;
  n: number;
  /** Words left and right. */
  examples: [string, string][];
}

function changesOf({ report: { core, passages } }: App, passage: number, { turned, backwards }: Sides, texts: readonly [Text, Text]): Change[] {
  const typed = passages.typed[passage]!;
  const changes = new Map<string, Change>();
  for (let n = 0; n < typed.length; n += 5) {
    const name = editName(core.names.edits[typed[n]!]!, backwards);
    const change = changes.get(name) ?? { name, n: 0, examples: [] };
    changes.set(name, change);
    change.n++;
    const [a, b]: [[number, number], [number, number]] = [[typed[n + 1]!, typed[n + 2]!], [typed[n + 3]!, typed[n + 4]!]];
    const example: [string, string] = [words(texts[0], turned ? b : a), words(texts[1], turned ? a : b)];
    // What was moved is the same on both sides.
    if (name === "order_moved") example[1] = "";
    if (change.examples.length < EXAMPLES && (example[0] !== "" || example[1] !== "")) change.examples.push(example);
  }
  return [...changes.values()];
}

function words(text: Text, [start, end]: [number, number]): string {
  return clipped((slice(text, start, end) ?? "").replace(/\s+/gu, " ").trim(), LONGEST);
}

function described({ report: { core, passages }, t, f }: App, passage: number, turned: boolean): string {
  const [added, dropped, replaced, moved] = passages.edits[passage]!;
  const [inserted, deleted] = turned ? [dropped, added] : [added, dropped];
  const kind = core.names.kinds[passages.kind[passage]!]!;
  const edits = inserted + deleted + replaced + moved === 0 ? t.pair.unchanged : t.pair.edits(...([deleted, inserted, replaced, moved].map((n) => (n > 0 ? f.whole(n) : "")) as [string, string, string, string]));
  return [t.words(passages.matched[passage]!, f.whole(passages.matched[passage]!)), t.kinds[kind] ?? kind, t.pair.identity(f.percent(passages.identity[passage]! / 1e4)), edits].join(" · ");
}

/** The way from one passage to all who carry it. */
function Story({ passage }: { passage: number }) {
  const { report: { core, passages }, t, f, href } = useApp();
  const cluster = passages.cluster[passage]!;
  if (cluster < 0 || core.clusters.n_docs[cluster]! < 3) return null;
  return <a href={href("passage", core.clusters.id[cluster]!)}>{t.pair.story(t.articles(core.clusters.n_docs[cluster]!, f.whole(core.clusters.n_docs[cluster]!)))}</a>;
}
