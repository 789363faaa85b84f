/** Articles of our own writing for the tests: shared wording of every kind, and everything that a page must show without being moved by it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Core, DiffBlock, Passages, TextBlock } from "../src/data";

export interface Article {
  id: string;
  source?: string;
  date?: string;
  title?: string;
  text: string;
}

/** The program under test; there is no test of the page without it. */
export function program(): string {
  const path = process.env["WIRECOPY"];
  if (!path) throw new Error("set WIRECOPY to the program: WIRECOPY=target/debug/wirecopy npm test");
  return path;
}

export function folder(): string {
  return mkdtempSync(join(tmpdir(), "wirecopy-page-"));
}

export function write(articles: Article[], path: string): string {
  writeFileSync(path, articles.map((article) => JSON.stringify(article)).join("\n") + "\n");
  return path;
}

/** Runs `compare` and gives what it wrote to `out`. */
export function compare(inputs: string[], out: string, flags: string[] = []): string {
  execFileSync(program(), ["compare", ...inputs, "-o", out, "--no-progress", "--quiet", ...flags], { stdio: ["ignore", "ignore", "pipe"], maxBuffer: 1 << 28 });
  return readFileSync(out, "utf8");
}

/** A block of a report, decoded as the page does. */
export function block<T>(html: string, name: string): T {
  const found = new RegExp(`id="block-${name}">([^<]*)</script>`).exec(html);
  if (!found) throw new Error(`no block ${name}`);
  return JSON.parse(gunzipSync(Buffer.from(found[1]!, "base64")).toString("utf8")) as T;
}

export const coreOf = (html: string) => block<Core>(html, "core");
export const passagesOf = (html: string) => block<Passages>(html, "passages");
export const textsOf = (html: string, name: string) => block<TextBlock>(html, name);
export const diffsOf = (html: string, name: string) => block<DiffBlock>(html, name);

const STATEMENT =
  "The harbour authority will dredge the northern channel between Easter and the first of June, remove the wreck of the Kittiwake, and " +
  "charge every vessel above 900 tonnes a levy of 14 crowns until the loan of 3.2 million has been repaid.";
const QUOTE =
  "“We have watched the sandbank grow for eleven winters,” said harbour master Ottoline Brack. “This is the last one in which a ferry will have to wait for the tide.”";
const EDITED =
  "The harbour authority is to dredge the northern channel between Easter and the first of July, remove the wreck of the Kittiwake, and " +
  "charge each vessel above 700 tonnes a fee of 14 crowns until the loan of 3.2 million has been repaid.";
const STANDING =
  "The Saltmarsh Herald has been printed in Wexcombe every morning since 1874; readers may reach the night desk by telephone or by knocking twice on the green door.";
const OWN = [
  "Gulls outnumbered people on the quay when the plan was read out, and the minutes record that the gulls were louder.",
  "Fishermen at the Lobster Pot said they would believe in the dredger once it had a name and a captain and somebody had been sick aboard.",
  "An elderly pilot drew the old channel on a napkin from memory and was found to be right within four fathoms.",
  "The council of neighbouring Thrupp has asked where precisely the mud is going to go, and has had no answer yet.",
];

/** Nine articles of four outlets: a statement carried and edited, an exact copy, standing text, a statement told twice, the second time with what follows it, dates of several kinds, one without. */
export const PLAIN: Article[] = [
  { id: "wire-1", source: "Littoral Wire", date: "2032-03-01T08:00:00Z", title: "Wexcombe to dredge its northern channel", text: `${STATEMENT}\n\n${QUOTE}\n\n${OWN[0]}` },
  { id: "herald-1", source: "Saltmarsh Herald", date: "2032-03-02", title: "Dredger due at Easter", text: `${OWN[1]}\n\n${STATEMENT}\n\n${QUOTE}\n\n${STANDING}` },
  { id: "herald-2", source: "Saltmarsh Herald", date: "2032-03-05", title: "Pilot recalls old channel", text: `${OWN[2]}\n\n${QUOTE}\n\n${STANDING}` },
  { id: "herald-3", source: "Saltmarsh Herald", date: "2032-03-09", title: "Mud: a question from Thrupp", text: `${OWN[3]}\n\n${STANDING}` },
  { id: "echo-1", source: "Thrupp Echo", date: "2032-03-03T17:30:00+01:00", title: "Where will the mud go?", text: `${QUOTE}\n\n${OWN[3]}\n\n${EDITED}` },
  { id: "echo-2", source: "Thrupp Echo", date: "2032-03-04T09:15:00+01:00", title: "Ferry waits, again", text: `${OWN[0]}\n\n${EDITED}` },
  { id: "echo-3", source: "Thrupp Echo", date: "2032-03-06T09:15:00+01:00", title: "The plan, twice", text: `${STATEMENT}\n\n${OWN[1]}\n\n${OWN[2]}\n\n${STATEMENT.slice(STATEMENT.indexOf("remove the wreck"))}\n\n${QUOTE}` },
  { id: "radio-1", source: "Radio Estuary", title: "Morning bulletin", text: `${STATEMENT}\n\n${QUOTE}\n\n${OWN[0]}` },
  { id: "blog-1", date: "2032-03-02", title: "Notes from the quay", text: `${OWN[2]}\n\n${STATEMENT}` },
];

const ACTING = "</script><script>window.pwned=1</script><img src=x onerror=\"window.pwned=2\"> <!-- ]]> &lt;b&gt; javascript:alert(1) \u202Egnihton\u202C \u001b[31mred\u001b[0m \u0007 =cmd|'/c calc'!A1 +1+1 @SUM(A1)";
const MARKS = "Zoë’s café 👩‍👩‍👧‍👦 served e\u0301clairs to 🏴󠁧󠁢󠁳󠁣󠁴󠁿 sailors, नमस्ते and مرحبا بالعالم, while 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 stood on the pier and the brass band played on until the ninth tide came in over the marsh wall.";

/** The same with everything hostile in text, title, outlet and name. */
export const HOSTILE: Article[] = [
  { id: "a</script><b>", source: "=HYPERLINK(\"x\")<i>", date: "2032-03-01T08:00:00Z", title: "</title></script><img src=x onerror=window.pwned=3>", text: `${MARKS}\n\n${ACTING} ${STATEMENT}\n\n${QUOTE}` },
  { id: "b\" onclick=\"window.pwned=4", source: "\u202Eevil outlet", date: "2032-03-02T08:00:00Z", title: "constructor __proto__ \u0000 toString", text: `👩‍👩‍👧‍👦 ${ACTING} ${EDITED}\r\n\r\n${MARKS}` },
  { id: "__proto__", source: "constructor", date: "2032-03-03T08:00:00Z", title: "   ", text: `\ufeff${QUOTE} ${ACTING}\n${STATEMENT}\u2028${MARKS}` },
  { id: "../../etc", source: "toString", title: "עברית וגם English", text: `שלום עולם ${STATEMENT} ${"a".repeat(5000)} ${QUOTE}` },
];

/** 200,000 words without a line break, in which the statement stands near the end, and a short article that carries it. */
export function long(): Article[] {
  const words: string[] = [];
  // A fixed series of made-up names between English words, so that the language is known and no run of words repeats by chance.
  const frame = ["the", "", "of", "", "was", "not", "", "and", "they", "had", "", "with", "", "before"];
  let state = 12345;
  for (let n = 0; n < 200_000; n++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    words.push(frame[n % frame.length] || `w${(state >>> 8).toString(36)}`);
  }
  return [
    { id: "long", source: "Annals", date: "2032-01-01", title: "A very long article", text: `${words.slice(0, 190_000).join(" ")} ${STATEMENT} ${words.slice(190_000).join(" ")}` },
    { id: "short", source: "Littoral Wire", date: "2032-03-01", title: "A short one", text: `${OWN[0]} ${STATEMENT}` },
  ];
}

/** Standing text for `--boilerplate`. */
export const BOILERPLATE = STANDING;
