// Takes the pictures of the pages that the documents show, with the system's Chromium: `npm run screenshots`, or of one page
// alone by its name: `npm run screenshots player`.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const images = join(root, "docs/images");
const scratch = mkdtempSync(join(tmpdir(), "rehearse-"));
const main = process.env.REHEARSE_MAIN ?? join(root, "dist/src/cli/main.js");
const only = process.argv[2];

mkdirSync(images, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.REHEARSE_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
/** The tear sheet of the sample's run. */
async function tearSheet() {
  const page = join(scratch, "report.html");
  const config = join(root, "examples/grid-sample.json");
  execFileSync("node", [main, "backtest", config, "--report", page, "--quiet"]);
  for (const scheme of ["light", "dark"]) {
    const tab = await browser.newPage({
      viewport: { width: 1180, height: 900 },
      colorScheme: scheme,
    });
    await tab.goto(`file://${page}`);
    await tab.waitForSelector("html[data-drawn=yes]");
    const top = await tab.locator("h2", { hasText: "Equity" }).boundingBox();
    const price = await tab.locator("#chart-price-0").boundingBox();
    const equity = await tab.locator("#chart-drawdown").boundingBox();
    if (top === null || price === null || equity === null) throw new Error("expected the charts");
    const clip = (from, to) => ({ x: 0, y: from, width: 1180, height: to - from });
    const path = (name) => join(images, `${name}-${scheme}.png`);
    await tab.screenshot({
      path: path("tear-sheet"),
      fullPage: true,
      clip: clip(top.y - 120, equity.y + equity.height + 8),
    });
    await tab.screenshot({
      path: path("price-and-fills"),
      fullPage: true,
      clip: clip(price.y - 80, price.y + price.height + 230),
    });
  }
}

/** The player, where belief left truth: the hardening plan's incident. */
async function player() {
  const page = join(scratch, "player.html");
  const incident = join(root, "test/scenario/incidents/residual-of-iteration-14.json");
  execFileSync("node", [main, "player", incident, "--out", page]);
  for (const scheme of ["light", "dark"]) {
    const tab = await browser.newPage({
      viewport: { width: 1280, height: 900 },
      colorScheme: scheme,
    });
    await tab.goto(`file://${page}`);
    await tab.waitForSelector("html[data-drawn=yes]");
    const grid = await tab.locator("#sequence").boundingBox();
    if (grid === null) throw new Error("expected the messages");
    const height = grid.y + grid.height + 8;
    const path = join(images, `player-${scheme}.png`);
    await tab.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width: 1280, height } });
  }
}

const pages = { "tear-sheet": tearSheet, player };
for (const [name, take] of Object.entries(pages)) {
  if (only === undefined || only === name) await take();
}
await browser.close();
