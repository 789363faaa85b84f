/** Which table of words goes with a language; English where there is none. */
import { en, type Strings } from "./en";

const TABLES: Record<string, Strings> = { en };

export function stringsOf(language: string): Strings {
  return TABLES[language] ?? en;
}
