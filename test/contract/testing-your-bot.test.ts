// docs/TESTING-YOUR-BOT.md does what it says: its test, taken from the page, passes; and it is as short as it claims.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../tidy/source-text.ts";

const page = readFileSync(join(root, "docs/TESTING-YOUR-BOT.md"), "utf8");
const [, name = "", text = ""] = /^```ts (\S+)\n([\s\S]*?)^```$/m.exec(page) ?? [];
const folder = mkdtempSync(join(tmpdir(), "rehearse-testing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the test of the page is under thirty lines of code", () => {
  expect(text.split("\n").filter((line) => line.trim() !== "").length).toBeLessThan(30);
});

test("the test of the page passes", () => {
  writeFileSync(join(folder, name), text);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  // The package's names, led to the source: what is built may be older.
  const alias = [
    { find: "rehearse/testing", replacement: join(root, "src/testing/testing.ts") },
    { find: /^rehearse\/(.*)\.js$/, replacement: join(root, "$1.ts") },
  ];
  const told = alias.map(({ find, replacement }) => {
    const from = typeof find === "string" ? JSON.stringify(find) : String(find);
    return `{ find: ${from}, replacement: ${JSON.stringify(replacement)} }`;
  });
  const config = `export default { resolve: { alias: [${told.join(", ")}] }, test: { testTimeout: 120000 } };`;
  writeFileSync(join(folder, "vitest.config.mjs"), config);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [vitest, "run", name], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  expect(`${stdout}${stderr}`).toContain("3 passed");
}, 240_000);
