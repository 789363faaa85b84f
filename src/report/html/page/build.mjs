// Bundles the page into dist/ (committed, embedded by the Rust side), and with --tests the tests into build/.
// The same sources give the same bytes: versions are pinned and nothing of the machine enters the output.
import { build } from "esbuild";

const page = {
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  logLevel: "warning",
};

if (process.argv.includes("--tests")) {
  const tests = { bundle: true, platform: "node", format: "esm", target: "node18", packages: "external", jsx: "automatic", jsxImportSource: "preact", logLevel: "warning" };
  await build({ ...tests, entryPoints: ["tests/unit.test.ts", "tests/engine.test.ts"], outdir: "build/unit", outExtension: { ".js": ".mjs" } });
  await build({ ...tests, entryPoints: ["tests/browser.test.ts", "tests/layout.test.ts", "tests/firefox.test.ts"], outdir: "build/browser", outExtension: { ".js": ".mjs" } });
} else {
  await build({ ...page, entryPoints: ["src/main.tsx"], outfile: "dist/report.js", format: "iife", jsx: "automatic", jsxImportSource: "preact" });
  await build({ ...page, entryPoints: ["src/style/report.css"], outfile: "dist/report.css" });
}
