/** Blocks as views ask for them: nothing until they are decoded, then the words or changes, or why there are none. */
import { useEffect, useState } from "preact/hooks";
import type { Core } from "../data";
import type { Text } from "../data/text";
import { openDiffs, openTexts } from "../data/blocks";

const NOTHING: Text = { length: 0, parts: [] };

export async function textOf(core: Core, doc: number): Promise<Text> {
  const place = core.documents.text[doc];
  if (!place) return NOTHING;
  return (await openTexts(place[0]))[place[1]] ?? NOTHING;
}

export async function diffsOf(core: Core, pair: number): Promise<number[][] | null> {
  const block = core.pairs.diffs[pair];
  if (block === null || block === undefined) return null;
  return (await openDiffs(block))[String(pair)] ?? null;
}

export type Loaded<T> = { state: "waiting" } | { state: "failed"; error: unknown } | { state: "there"; value: T };

/** Starts `load` anew whenever `key` changes; an answer that comes late for another key is dropped. */
export function useLoaded<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: "waiting" });
  useEffect(() => {
    let current = true;
    load().then(
      (value) => current && setLoaded({ state: "there", value }),
      (error: unknown) => current && setLoaded({ state: "failed", error }),
    );
    return () => {
      current = false;
    };
  }, [key]);
  return loaded;
}
