/**
 * What a report file holds: the contract between `src/report/html` (Rust), which writes it, and this page.
 *
 * A block is `<script type="application/octet-stream" id="block-NAME">` with base64 of gzip of JSON. `core` and `passages` are
 * opened at the start, the others when a view asks for them. Lists of one table are columns of equal length, and a row is named
 * by its place. Offsets are UTF-16 code units into a document's text, half-open, ready for `String.slice`. Words are the engine's
 * tokens. -1 stands for "none" wherever an index is expected.
 */

/** Version of this contract; the page and the data in one file always agree. */
export const FORMAT = 1;

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Block `core`. */
export interface Core {
  format: number;
  tool: { name: string; version: string; schema_version: number };
  /** Language of the page's own words, `en`. */
  language: string;
  /** The first sentence of the overview, as the terminal says it. */
  sentence: string;
  /** Settings in effect, by name; `exclude_tags`, `skip_same_source` and `min_coverage` are where the switches begin. */
  settings: Record<string, Json>;
  /** SHA-256 over the lines `doc_id TAB text_sha256 LF` of all documents in order. */
  corpus_sha256: string;
  /** Names behind the small numbers used below. */
  names: {
    tags: string[];
    kinds: string[];
    orders: string[];
    origins: string[];
    derivations: string[];
    zones: string[];
    evidence: string[];
    edits: string[];
    changes: string[];
    /** Reasons why a passage does not count: the tags by their place, then `same_source`. */
    reasons: string[];
  };
  sources: string[];
  documents: Documents;
  pairs: Pairs;
  clusters: Clusters;
  edges: Edges;
  recurring: Recurring;
  warnings: { path: string | null; line: number | null; message: string }[];
  skipped: { path: string; line: number | null; reason: string; lost: boolean }[];
  bounds: { name: string; count: number; message: string }[];
  /** What this file leaves out to stay small or to be shared, each a sentence with a number and a remedy. */
  left_out: { what: "pairs" | "texts" | "context" | "diffs" | "redacted" | "split"; count: number; message: string }[];
  /**
   * Blocks that stand in files beside this one (`--split`), by block name: an address relative to the page, empty otherwise. Such
   * a file is a script that calls `wirecopyBlock(name, base64)`, a function that the page must have put on `window`; the page
   * adds a `script` element with that `src` and with the nonce that its own script element carries (`document.currentScript.nonce`).
   */
  beside: Record<string, string>;
}

export interface Documents {
  id: string[];
  /** As given; else the headline that was found in the text, where texts are shown. */
  title: (string | null)[];
  /** Place in `sources`. */
  source: number[];
  /** ISO 8601, as exactly as given. */
  published: (string | null)[];
  /** Seconds since 1970 of the beginning of the period; on the clock of an unknown zone unless `zone_known`. */
  seconds: (number | null)[];
  /** Length of the period in seconds: 1, 60, 86400, … */
  precision: (number | null)[];
  zone_known: boolean[];
  url: (string | null)[];
  language: (string | null)[];
  path: (string | null)[];
  line: (number | null)[];
  n_words: number[];
  n_chars: number[];
  /** Engine's totals with the settings in effect; the page recounts them when a switch moves. */
  matched_words: number[];
  /** The first document with the same text. */
  copy_of: number[];
  /** Whether it belongs to the reference (`--against`), not to the new documents. */
  reference: boolean[];
  derivation: number[];
  derivation_fact: (string | null)[];
  remarks: string[][];
  /** Flat: zone kind, start, end, place in `zone_names`, place in `zone_facts`, and so on. */
  zones: number[][];
  zone_names: string[];
  zone_facts: string[];
  /** The text block and the place in it; null where this file holds no text of it. */
  text: ([string, number] | null)[];
}

export interface Pairs {
  id: string[];
  a: number[];
  b: number[];
  /** First passage; one entry more than pairs, so that those of pair p are first[p] .. first[p + 1]. */
  first: number[];
  /** Engine's totals with the settings in effect; the page recounts them when a switch moves. */
  matched_words: number[];
  longest_words: number[];
  a_coverage: number[];
  b_coverage: number[];
  near_duplicate: boolean[];
  order: number[];
  lag: (number | null)[];
  first_match: boolean[];
  origin: number[];
  origin_fact: (string | null)[];
  /** Evidence of the order: kind, what it says, the fact. */
  evidence: [number, number, string][][];
  /** The block that holds the diffs of its passages; null where this file holds none. */
  diffs: (string | null)[];
}

/** Block `passages`. */
export interface Passages {
  id: string[];
  /** Places in the texts, UTF-16. */
  a_start: number[];
  a_end: number[];
  b_start: number[];
  b_end: number[];
  /** First word and number of words. */
  a_word: number[];
  a_words: number[];
  b_word: number[];
  b_words: number[];
  /** 1-based lines of the beginning. */
  a_line: number[];
  b_line: number[];
  matched: number[];
  /** Ten-thousandths. */
  identity: number[];
  kind: number[];
  /** inserted, deleted, replaced, moved, numbers changed, names changed. */
  edits: [number, number, number, number, number, number][];
  /** Flat: edit kind, a start, a end, b start, b end, and so on. */
  typed: number[][];
  /** Flat: tag, place in `tag_facts`, and so on; in tag order. */
  tags: number[][];
  tag_facts: string[];
  /** Percent of the words inside quotations. */
  a_quoted: number[];
  b_quoted: number[];
  cluster: number[];
  /** Why it does not count with the settings in effect: a place in `names.reasons`. */
  reason: number[];
}

export interface Clusters {
  id: string[];
  n_docs: number[];
  n_sources: number[];
  n_origins: number[];
  words_median: number[];
  first_doc: number[];
  first_published: (string | null)[];
  span_seconds: (number | null)[];
  /** Place in `members`. */
  representative: number[];
  /** Whether most of its passages are left out by the run's tags, those without room in this file included. */
  left_out: boolean[];
  /** The beginning of the representative's words, at most 300 UTF-16 units; empty when redacted. */
  excerpt: string[];
  members: Members[];
}

/** In order of time, then name, then place. */
export interface Members {
  doc: number[];
  start: number[];
  end: number[];
  rank: (number | null)[];
  rank_evidence: number[];
  lag: (number | null)[];
  /** Ten-thousandths. */
  identity: number[];
}

export interface Edges {
  /** Places in `sources`. */
  a: number[];
  b: number[];
  n_pairs: number[];
  n_passages: number[];
  matched_words: number[];
  a_docs: number[];
  b_docs: number[];
  a_share: number[];
  b_share: number[];
  median_coverage: number[];
  share_a_first: (number | null)[];
  median_lag: (number | null)[];
  n_first_matches: number[];
}

export interface Recurring {
  cluster: number[];
  /** Boilerplate or formula: a place in `names.tags`. */
  tag: number[];
  /** Place in `sources`; -1 for several. */
  source: number[];
  n_docs: number[];
  n_days: number[];
  /** Its words in all of these documents. */
  words: number[];
  /** Matched words of its passages, which are what the terminal and the page show. */
  matched_words: number[];
  excluded: boolean[];
  fact: string[];
}

/** A block of texts: those of some documents. */
export type TextBlock = {
  /** Length of the whole text in UTF-16 units. */
  length: number;
  /** What this file holds of it, in order: where it begins, and the words. The whole text is one part from 0. */
  parts: [number, string][];
}[];

/**
 * A block of diffs: for some pairs, by their place as a string, one entry a passage. An entry is flat: place in
 * `names.changes`, length in a, length in b (UTF-16), and so on, in reading order of a with insertions where they stand; the
 * lengths add up to the spans of the passage on either side.
 */
export type DiffBlock = Record<string, number[][]>;
