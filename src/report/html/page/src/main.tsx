/** Starts the page: opens the first blocks, then draws into `#app`. What fails is told in words. */
import { render } from "preact";
import { openCore, openPassages } from "./data/blocks";
import { FORMAT } from "./data";
import { makeReport } from "./data/report";
import { makeFormat } from "./strings/format";
import { stringsOf } from "./strings";
import { whyOf } from "./parts/failures";
import { Frame } from "./views/frame";
import { Failure } from "./views/failure";

async function start(): Promise<void> {
  const root = document.getElementById("app") ?? document.body.appendChild(document.createElement("div"));
  root.textContent = stringsOf(document.documentElement.lang).loading;
  try {
    const core = await openCore();
    if (core.format !== FORMAT) throw new Error(stringsOf(core.language).otherFormat(String(core.format), String(FORMAT)));
    const report = makeReport(core, await openPassages());
    const t = stringsOf(core.language);
    root.replaceChildren();
    render(<Frame report={report} t={t} f={makeFormat(core, t)} />, root);
  } catch (error) {
    const t = stringsOf("en");
    root.replaceChildren();
    render(<Failure t={t} why={typeof DecompressionStream === "undefined" ? t.oldBrowser : t.failedWhy(whyOf(error, t))} />, root);
  }
}

void start();
