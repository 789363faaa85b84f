/** The dialog with the keys. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "../app";

export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open && dialog.current?.open) dialog.current.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      <div class="help-body">
        <h2 id="help-title">{t.helpText.title}</h2>
        <dl class="keys">
          {t.helpText.keys.map(([key, meaning]) => (
            <div key={key}>
              <dt>{key.split(", ").map((one) => <kbd key={one}>{one}</kbd>)}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p>{t.helpText.about}</p>
        <p>{t.helpText.print}</p>
        <button type="button" class="plain" onClick={onClose}>{t.close}</button>
      </div>
    </dialog>
  );
}
