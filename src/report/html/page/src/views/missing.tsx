/** A link to something that this report does not have. */
import { useApp } from "../app";

export function NotFound({ id }: { id: string }) {
  const { t, href } = useApp();
  return (
    <>
      <h1>{t.notFound}</h1>
      <p><bdi>{t.notFoundWhy(id)}</bdi></p>
      <p><a href={href("overview")}>{t.back}</a></p>
    </>
  );
}
