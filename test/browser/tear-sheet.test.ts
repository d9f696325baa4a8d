// The tear sheet in a real browser: it draws, asks nothing of any network, and can be used with eyes, keys or neither.

import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PAGE_STYLE } from "../../src/report/page/page-style.ts";
import { CapturedIo, runCaptured } from "../support/captured-io.ts";
import { chromiumPath, startChromium } from "../support/chromium.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "rehearse-page-"));
const file = join(folder, "report.html");
const words = ["backtest", join(root, "examples/grid-sample.json"), "--report", file, "--quiet"];
const made = await runCaptured(words, new CapturedIo(root));
const hedgeFile = join(folder, "hedge.html");
await runCaptured(
  ["backtest", join(root, "examples/hedge-sample.json"), "--report", hedgeFile, "--quiet"],
  new CapturedIo(root),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the page as a file", () => {
  test("is written and named, and holds in two megabytes", () => {
    expect(made.code).toBe(0);
    expect(made.stderr).toContain("report.html");
    expect(statSync(file).size).toBeLessThan(2_000_000);
  });

  test("names no address it would have to ask for", () => {
    const text = readFileSync(file, "utf8");
    expect(text.match(/(?:src|href)\s*=\s*["'](?!#)/g)).toBeNull();
    expect(text.match(/@import|url\(/g)).toBeNull();
  });

  test("reads without its pictures: the digest, the assumptions, every statistic with its definition", () => {
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/<span class="digest">[0-9a-f]{64}<\/span>/);
    for (const part of [
      "Fill model",
      "Latency alpha",
      "spread captured",
      "round trips",
      "Sharpe",
    ]) {
      expect(text).toContain(part);
    }
  });

  test.each(["light", "dark"])("text stands out from its ground in the %s theme", (theme) => {
    const colours = new Map<string, string>();
    const block = PAGE_STYLE.split(`[data-theme="${theme}"]`).at(-1)?.split("}")[0] ?? "";
    for (const [, name = "", value = ""] of block.matchAll(/--(\w+): (#[0-9a-f]{6})/g)) {
      colours.set(name, value);
    }
    for (const ink of ["ink", "muted", "accent", "second", "buy", "sell", "loss"]) {
      const contrast = contrastOf(colours.get(ink) ?? "", colours.get("ground") ?? "");
      expect(contrast, ink).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe.skipIf(chromiumPath === undefined)("the page in Chromium (skipped without one)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium(chromiumPath ?? "");
  });
  afterAll(() => browser.close());

  async function open(scheme: "light" | "dark", width = 1200, of = file): Promise<Opened> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) faults.push(`asks for ${request.url()}`);
    });
    await page.goto(`file://${of}`);
    await page.waitForSelector("html[data-drawn=yes]");
    return { page, faults };
  }
  type Opened = Readonly<{ page: Page; faults: readonly string[] }>;

  test.each(["light", "dark"] as const)("draws every chart in the %s theme", async (scheme) => {
    const { page, faults } = await open(scheme);
    const blank = await page.evaluate(() =>
      [...document.querySelectorAll("canvas")].map((canvas) => {
        const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
        return pixels?.data.every((value) => value === 0) ?? true;
      }),
    );
    // Equity, drawdown, price, position, band.
    expect(blank).toEqual([false, false, false, false, false]);
    expect(await page.locator("#chart-trips polygon").count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("one key turns it dark, one makes the scale logarithmic, one zooms and one shows all", async () => {
    const { page, faults } = await open("light");
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const picture = () =>
      page.evaluate(() => document.querySelector("canvas")?.toDataURL().slice(0, 20_000));
    const [light, whole] = [await ground(), await picture()];
    await page.keyboard.press("l");
    expect(await page.getAttribute("#scale", "aria-pressed")).toBe("true");
    await page.keyboard.press("l");
    await page.keyboard.press("+");
    const near = await picture();
    expect(near).not.toBe(whole);
    await page.keyboard.press("0");
    expect(await picture()).toBe(whole);
    await page.keyboard.press("t");
    expect(await ground()).not.toBe(light);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("the buttons are reached by the tabulator, and pressed by the space bar", async () => {
    const { page } = await open("light");
    await page.keyboard.press("Tab");
    const names: string[] = [];
    for (let step = 0; step < 3; step += 1) {
      names.push(await page.evaluate(() => document.activeElement?.id ?? ""));
      await page.keyboard.press("Tab");
    }
    expect(names).toEqual(["whole", "theme", "scale"]);
    await page.focus("#theme");
    await page.keyboard.press("Space");
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    await page.close();
  });

  test.each([file, hedgeFile])("nothing sticks out on a narrow screen", async (of) => {
    const { page } = await open("light", 400, of);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(400);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("td, th, p")].filter(
        (each) => Number.parseFloat(getComputedStyle(each).fontSize) < 12,
      ),
    );
    expect(small).toEqual([]);
    await page.close();
  });

  test("a hedge's page has what was exposed: over time, in all and by cycle, and each leg's money", async () => {
    const { page, faults } = await open("dark", 1200, hedgeFile);
    expect(await page.locator("#chart-exposed canvas").count()).toBe(1);
    expect(await page.locator('table[aria-label="cycles by exposure"] tbody tr').count()).toBe(10);
    const legs = await page.locator('table[aria-label="instruments"] tbody tr').allTextContents();
    expect(legs.map((text) => text.slice(0, 5))).toEqual(["alpha", "beta "]);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("without a script every number is still there", async () => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`file://${file}`);
    for (const name of [
      "profit by source",
      "fill rate by queue ahead when placed",
      "time to the first fill",
      "markouts bought and sold",
      "fill band",
    ]) {
      expect(
        await page.locator(`table[aria-label="${name}"] tbody tr`).count(),
        name,
      ).toBeGreaterThan(1);
    }
    expect(await page.locator("svg .curve-0 circle").count()).toBe(8);
    await page.close();
  });

  test("markouts are told apart by shape and kind of line, not by colour alone", async () => {
    const { page } = await open("light", 1200, hedgeFile);
    const dashes = await page.evaluate(() =>
      [0, 1].map((nth) => {
        const line = document.querySelector(`.curve-${nth} .line`);
        return line === null ? "none" : getComputedStyle(line).strokeDasharray;
      }),
    );
    expect(dashes[0]).not.toBe(dashes[1]);
    expect(await page.locator(".curve-1 circle").count()).toBe(0);
    await page.close();
  });
});

/** Ratio of two colours' luminances, as WCAG 2.2 defines it. */
function contrastOf(left: string, right: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
      const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : Math.exp(2.4 * Math.log((part + 0.055) / 1.055));
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(left), luminance(right)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
