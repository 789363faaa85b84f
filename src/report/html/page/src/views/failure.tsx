/** The page when its data cannot be read. */
import type { Strings } from "../strings/en";

export function Failure({ t, why }: { t: Strings; why: string }) {
  return (
    <main class="failure" id="content">
      <h1>{t.failed}</h1>
      <p>{why}</p>
    </main>
  );
}
