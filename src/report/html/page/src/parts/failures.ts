/** Why something cannot be shown, in words. */
import { BlockError } from "../data/blocks";
import type { Strings } from "../strings/en";

export function whyOf(error: unknown, t: Strings): string {
  if (error instanceof BlockError) return error.isMissing ? t.blockMissing(error.block) : t.blockBroken(error.block);
  return error instanceof Error ? error.message : String(error);
}
