/** What a view shows that fails: the words of the failure, and the way on. The frame around it stays. */
import { Component, type ComponentChildren } from "preact";
import type { Strings } from "../strings/en";

interface Props {
  t: Strings;
  home: string;
  children: ComponentChildren;
}

export class Boundary extends Component<Props, { why: string | null }> {
  override state = { why: null };

  override componentDidCatch(error: unknown): void {
    this.setState({ why: error instanceof Error ? error.message : String(error) });
  }

  override render({ t, home, children }: Props, { why }: { why: string | null }) {
    if (why === null) return children;
    return (
      <section class="failure">
        <h1>{t.viewFailed}</h1>
        <p>{t.viewFailedWhy(why)}</p>
        <p><a href={home}>{t.back}</a></p>
      </section>
    );
  }
}
