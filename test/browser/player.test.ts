// The incident player in a real browser: stepped, played, jumped in, reached by its address and by keys alone; it asks
// nothing of any network, and shows the moment belief left truth when it is opened.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtFile } from "../../src/cli/run/report-page.ts";
import { playerPage } from "../../src/report/page/player-page.ts";
import { CapturedIo, runCaptured } from "../support/captured-io.ts";
import { chromiumPath, startChromium } from "../support/chromium.ts";
import { fillOf, placeOf, SmallFilm } from "../support/small-film.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "rehearse-player-"));
const file = join(folder, "incident.html");
const incident = join(root, "test/scenario/incidents/residual-of-iteration-14.json");
const made = await runCaptured(["player", incident, "--out", file], new CapturedIo(root));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the page names no address it would have to ask for, and reads without its script", () => {
  expect(made.code).toBe(0);
  const text = readFileSync(file, "utf8");
  expect(text.match(/(?:src|href)\s*=\s*["'](?!#)/g)).toBeNull();
  expect(text.match(/@import|url\(/g)).toBeNull();
  expect(text).toContain("belief left truth</b> at 2024-01-01T00:00:11.020Z");
  expect(text).toContain("the bot believes 0.00, the venue holds 1.33");
});

describe.skipIf(chromiumPath === undefined)("in Chromium (skipped without one)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium(chromiumPath ?? "");
  });
  afterAll(() => browser.close());

  type Look = Readonly<{
    hash?: string;
    scheme?: "light" | "dark";
    width?: number;
    page?: string;
    reducedMotion?: "reduce";
  }>;

  async function open(look: Look = {}) {
    const { hash = "", scheme = "light", width = 1280, page: path = file } = look;
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: scheme,
      reducedMotion: look.reducedMotion ?? "no-preference",
    });
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) faults.push(`asks for ${request.url()}`);
    });
    await page.goto(`file://${path}${hash}`);
    await page.waitForSelector("html[data-drawn=yes]");
    return { page, faults };
  }

  /** What a key or a click asked for is drawn with the next frame. */
  const drawn = (page: Page) =>
    page.evaluate(
      () =>
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0)))),
    );
  const stepOf = async (page: Page): Promise<number> => {
    await drawn(page);
    return Number(await page.evaluate(() => document.documentElement.dataset.step));
  };
  const textOf = async (page: Page, selector: string): Promise<string> => {
    await drawn(page);
    return page.locator(selector).first().innerText();
  };
  const belief = (page: Page) => textOf(page, "#belief table");
  const now = (page: Page) => textOf(page, "#now");
  const here = (page: Page) => textOf(page, "#here");

  test.each(["light", "dark"] as const)(
    "opens where belief left truth, in the %s theme",
    async (scheme) => {
      const { page, faults } = await open({ scheme });
      expect(await now(page)).toBe("2024-01-01T00:00:11.020000Z");
      expect(await belief(page)).toMatch(/position\s+0\.00 ≠\s+1\.33/);
      expect(await page.locator("#belief .differs").count()).toBe(2);
      expect(await textOf(page, "#belief")).toContain("no message on its way makes the difference");
      expect(await page.locator("#flags button").allInnerTexts()).toEqual([
        "◆ belief left truth",
        "✖ B4 broken",
      ]);
      const blank = await page.evaluate(() => {
        const canvas = document.querySelector("canvas");
        const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
        return pixels?.data.every((value) => value === 0) ?? true;
      });
      expect(blank).toBe(false);
      expect(await page.locator("#sequence .wire").count()).toBeGreaterThan(3);
      expect(faults).toEqual([]);
      await page.close();
    },
  );

  test("steps event by event, with buttons and with arrows, ten with shift, to both ends", async () => {
    const { page, faults } = await open();
    const at = await stepOf(page);
    await page.keyboard.press("ArrowLeft");
    expect(await stepOf(page)).toBe(at - 1);
    await page.click("#forward");
    await page.click("#forward");
    expect(await stepOf(page)).toBe(at + 1);
    await page.keyboard.press("Shift+ArrowRight");
    expect(await stepOf(page)).toBe(at + 11);
    await page.keyboard.press("Home");
    expect(await stepOf(page)).toBe(0);
    await page.keyboard.press("ArrowLeft");
    expect(await stepOf(page)).toBe(0);
    await page.keyboard.press("End");
    expect(await here(page)).toMatch(/^event (\d+) of \1:/);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("before the fill the two sides agree, on its way it explains the difference, then nothing does", async () => {
    const { page } = await open({ hash: "#t=2024-01-01T00:00:11Z" });
    expect(await textOf(page, "#belief")).toContain("Belief is truth.");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => now(page)).toContain("11.010000");
    expect(await belief(page)).toMatch(/position\s+0\.00 ≠\s+1\.33/);
    expect(await textOf(page, "#belief")).toContain("a fill is on its way");
    expect(await page.locator("#belief .differs.explained").count()).toBeGreaterThan(0);
    await page.close();
  });

  test("n and p jump to the chosen kind, b and v to where belief left truth and the promise broke", async () => {
    const { page } = await open();
    await page.selectOption("#kind", "fill");
    await page.locator("#kind").blur();
    await page.keyboard.press("Home");
    await page.keyboard.press("n");
    await expect.poll(() => here(page)).toContain("extended says: FILLED buy 1.33 at 190.12");
    await page.keyboard.press("n");
    await expect.poll(() => here(page)).toContain("bot hears from extended: FILLED buy 1.33");
    await page.keyboard.press("p");
    await page.keyboard.press("p");
    await expect.poll(() => here(page)).toContain("no earlier one of this kind");
    await page.keyboard.press("End");
    await page.keyboard.press("b");
    expect(await stepOf(page)).toBeGreaterThan(0);
    await expect.poll(() => now(page)).toContain("11.020000");
    await page.keyboard.press("v");
    await expect.poll(() => here(page)).toContain("promise broken: B4");
    await page.close();
  });

  test("plays from where it is and stops when told, by the space bar", async () => {
    const { page, faults } = await open({ hash: "#t=2024-01-01T00:00:00Z" });
    await page.selectOption("#speed", "2");
    await page.locator("#speed").blur();
    const from = await stepOf(page);
    await page.keyboard.press("Space");
    expect(await page.getAttribute("#play", "aria-pressed")).toBe("true");
    await page.waitForFunction(
      (first) => Number(document.documentElement.dataset.step) > first + 3,
      from,
    );
    await page.keyboard.press("Space");
    expect(await page.getAttribute("#play", "aria-pressed")).toBe("false");
    const stopped = await stepOf(page);
    expect(await stepOf(page)).toBe(stopped);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("a moment's address opens it, each event of one microsecond by its number, and follows along", async () => {
    const { page } = await open({ hash: "#t=2024-01-01T00:00:11.020Z&n=1" });
    await expect.poll(() => here(page)).toContain("bot hears from extended: FILLED");
    await page.keyboard.press("ArrowRight");
    await stepOf(page);
    const url = page.url();
    expect(url).toMatch(/#t=2024-01-01T00:00:11\.020000Z&n=2$/);
    const step = await stepOf(page);
    const again = await open({ hash: url.slice(url.indexOf("#")) });
    expect(await stepOf(again.page)).toBe(step);
    await again.page.evaluate(() => {
      location.hash = "#t=2024-01-01T00:00:00Z";
    });
    await again.page.waitForFunction(() =>
      document.getElementById("now")?.textContent?.includes("00:00:00."),
    );
    await page.close();
    await again.page.close();
  });

  test("every control is reached by the tabulator and has a name; the scrubber says its moment", async () => {
    const { page } = await open();
    const reached: string[] = [];
    for (let press = 0; press < 18; press += 1) {
      await page.keyboard.press("Tab");
      reached.push(await page.evaluate(() => document.activeElement?.id ?? ""));
    }
    for (const id of [
      "scrub",
      "previous",
      "back",
      "play",
      "forward",
      "next",
      "kind",
      "speed",
      "axis",
      "polls",
    ]) {
      expect(reached).toContain(id);
    }
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, input, canvas, svg, dialog")]
        .filter((each) => {
          const label = each.getAttribute("aria-label") ?? each.textContent?.trim() ?? "";
          return label === "" && each.closest("label") === null;
        })
        .map(({ outerHTML }) => outerHTML),
    );
    expect(nameless).toEqual([]);
    await page.focus("#scrub");
    await page.keyboard.press("End");
    await stepOf(page);
    expect(await page.getAttribute("#scrub", "aria-valuetext")).toMatch(
      /^2024-01-01T.*, event (\d+) of \1$/,
    );
    await page.close();
  });

  test("? tells the keys, and escape closes them", async () => {
    const { page } = await open();
    await page.keyboard.press("?");
    expect(await page.locator("#keys").isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await page.locator("#keys").isVisible()).toBe(false);
    await page.close();
  });

  test("where little motion is asked for, it plays two events a second", async () => {
    const { page } = await open({ reducedMotion: "reduce" });
    expect(await page.locator("#speed option:checked").innerText()).toBe("2 events a second");
    await page.close();
  });

  test("nothing sticks out on a narrow screen", async () => {
    const { page } = await open({ width: 420 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(420);
    await page.close();
  });

  test("what faults made of messages is drawn and said: lost, arrived twice, touched", async () => {
    const small = new SmallFilm().believes(0, 0).holds(0, 0);
    const { recorder } = small;
    const twice = placeOf(1);
    recorder.sent(10, 0, twice);
    recorder.touched("request-duplicated");
    recorder.got(30, twice);
    recorder.got(45, twice);
    small.said(100, fillOf(100, 1, 5), 5);
    recorder.touched("fill-lost");
    recorder.happened(120, "fault", "fill-lost: A fill is not told.", "world");
    const path = join(folder, "small.html");
    const film = small.film();
    writeFileSync(
      path,
      playerPage({ title: "small", film, facts: [], script: builtFile("player.js") }),
    );
    const { page, faults } = await open({ page: path, hash: "#t=120" });
    await page.keyboard.press("End");
    await stepOf(page);
    expect(await page.locator("#sequence .wire.lost").count()).toBe(1);
    expect(await page.locator("#sequence .wire.copy").count()).toBe(1);
    const touched = await page.locator("#sequence .touched").allTextContents();
    expect(touched.some((text) => text.includes("lost, fill-lost"))).toBe(true);
    expect(touched.some((text) => text.includes("arrived again, request-duplicated"))).toBe(true);
    expect(await page.locator("#said").innerText()).toContain("fault: fill-lost");
    expect(faults).toEqual([]);
    await page.close();
  });

  test("an order that one side alone has is marked, unless it is being asked for or spoken of", async () => {
    const { recorder } = new SmallFilm();
    const order = { side: "bid", price: 100, size: 5, filled: 0, ahead: undefined } as const;
    const believed = (at: number, state: string) =>
      recorder.stands(at, "believed", 0, { lots: 0, orders: [{ ...order, orderId: 1, state }] });
    recorder.stands(0, "true", 0, { lots: 0, orders: [] });
    const command = placeOf(1);
    recorder.sent(10, 0, command);
    believed(10, "sent");
    recorder.got(30, command);
    recorder.happened(40, "note", "nobody spoke of it");
    believed(40, "live");
    const path = join(folder, "orders.html");
    const film = recorder.film(["there"], []);
    writeFileSync(
      path,
      playerPage({ title: "orders", film, facts: [], script: builtFile("player.js") }),
    );
    const { page } = await open({ page: path, hash: "#t=10" });
    expect(await page.locator("#belief .differs.explained").count()).toBe(2);
    await page.keyboard.press("End");
    await stepOf(page);
    expect(await page.locator("#belief .differs:not(.explained)").allInnerTexts()).toEqual([
      "#1 buy 0.005 at 10.0 (live) ≠",
      "none",
    ]);
    await page.close();
  });

  test("a film of nearly a hundred thousand events opens at any of them", async () => {
    const small = new SmallFilm({ from: 0, until: 1e12, stepsMax: 100_000 });
    small.believes(0, 0).holds(0, 0);
    for (let at = 1; at <= 95_000; at += 1) {
      small.recorder.happened(at * 1_000, "note", "");
      const level = (side: number) =>
        Array.from({ length: 16 }, (_, n) => (n % 2 ? (at * n) % 97 : 5_000 + side * n));
      small.recorder.book(at * 1_000, 0, level(-1), level(1));
    }
    const path = join(folder, "large.html");
    const film = small.film();
    expect(film.steps.length).toBe(95_000);
    writeFileSync(
      path,
      playerPage({ title: "large", film, facts: [], script: builtFile("player.js") }),
    );
    const { page, faults } = await open({ page: path, hash: "#t=50000000" });
    const paint = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    );
    console.info(`first paint of 95,000 events after ${Math.round(paint ?? Number.NaN)} ms`);
    expect(await now(page)).toBe("1970-01-01T00:00:50.000000Z");
    expect(faults).toEqual([]);
    await page.close();
  });
});
