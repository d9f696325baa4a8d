// What `rehearse player` writes and says of each kind of file, which window it takes, and how it fails.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageFile } from "../../../src/cli/package-root.ts";
import { openTape } from "../../../src/data/tapes/tape-reader.ts";
import { FilmReader } from "../../../src/report/page/browser/film-reader.ts";
import type { PackedFilm } from "../../../src/report/page/player-data.ts";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";
import { naiveReplay } from "../../support/naive-replay.ts";

const incident = packageFile("test/scenario/incidents/residual-of-iteration-14.json");
const example = packageFile("examples/grid-sample.json");
const START = Date.UTC(2024, 0, 1) * 1_000;

let folder: string;
const cli = (...words: string[]) => runCaptured(words, new CapturedIo(folder));
const told = async (...words: string[]) =>
  JSON.parse((await cli("player", ...words, "--json")).stdout);

/** The film a page carries. */
function filmOf(page: string): FilmReader {
  const text = readFileSync(join(folder, page), "utf8");
  const [, json = ""] =
    /<script type="application\/json" id="film">(.*?)<\/script>/s.exec(text) ?? [];
  return new FilmReader(JSON.parse(json) as PackedFilm);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rehearse-player-"));
  const whole = JSON.parse(readFileSync(example, "utf8"));
  const config = { ...whole, until: "2024-01-01T07:46:30Z" };
  writeFileSync(join(folder, "grid.json"), JSON.stringify(config));
  await cli("backtest", "grid.json", "--out", "result.json", "--no-band", "--quiet");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a kept incident", () => {
  test("is played by a bot that is wrong as the logged one, and says when belief left truth", async () => {
    const { code, stdout, stderr } = await cli("player", incident, "--out", "a.html");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "player  a.html\n" });
    expect(stdout).toContain(
      "B1 broken at 2024-01-01T00:00:11.040Z: on extended: the bot believes 0.00, the venue holds 1.33",
    );
    expect(stdout).toContain("belief left truth at 2024-01-01T00:00:11.020Z");
    expect(statSync(join(folder, "a.html")).size).toBeLessThan(100_000);
  });

  test("--json says the same in numbers", async () => {
    expect(await told(incident, "--out", "a.html")).toMatchObject({
      out: "a.html",
      leftOut: 0,
      violations: [{ id: "B4" }, { id: "B1", at: START + 11_040_000 }, { id: "B6" }],
      partings: [
        { instrument: "extended", from: START + 11_020_000, until: null, believed: 0, true: 133 },
      ],
    });
  });

  test("is played by the bot of a config when one is named", async () => {
    const { partings, violations } = await told(
      incident,
      "--bot",
      packageFile("examples/hedge-sample.json"),
      "--out",
      "b.html",
    );
    expect({ partings, violations }).toEqual({ partings: [], violations: [] });
  });

  test("--around takes what is near the moment, and the page says what it left out", async () => {
    const { from, until, leftOut } = await told(incident, "--around", "500ms", "--out", "c.html");
    expect(from).toBeGreaterThanOrEqual(START + 10_520_000);
    expect(until).toBeLessThanOrEqual(START + 11_520_000);
    expect(leftOut).toBeGreaterThan(0);
    const page = readFileSync(join(folder, "c.html"), "utf8");
    expect(page).toMatch(/\d+ events of the run are not here: `rehearse player/);
  });
});

describe("a bot's own log", () => {
  test("is shown as import read it, and opens where the bot said what was not so", async () => {
    const logs = ["extended_SOL_hedge_mode_log.txt", "extended_SOL_hedge_mode_trades.csv"].map(
      (name) => packageFile(`test/support/incident-logs/${name}`),
    );
    await cli("incident", "import", ...logs, "--format", "hedge-ext", "--out", "sol.incident.json");
    const { code, stdout } = await cli("player", "sol.incident.json");
    expect(code).toBe(0);
    expect(stdout).toContain(
      "belief left truth at 2025-10-23T04:01:24.414Z: extended: the bot says it holds 5.00, the venue holds 6.33",
    );
    const film = filmOf("sol.incident.player.html");
    expect(film.text(film.told.first ?? -1)).toContain("extended_SOL_hedge_mode_log.txt:56");
    const narrow = await cli(
      "player",
      "sol.incident.json",
      "--from",
      "2024-01-01T00:00:00Z",
      "--until",
      "2024-01-02T00:00:00Z",
    );
    expect(narrow.code).toBe(2);
  });
});

describe("a failure of fuzz", () => {
  const repro = {
    version: 1,
    bot: "hedge",
    code: "0.1.0",
    config: JSON.parse(readFileSync(packageFile("examples/fuzz/hedge.json"), "utf8")) as object,
    market: "sparse",
    seed: "1",
    phases: { heal: 250, stop: 275, end: 300 },
    knobs: {},
    plan: [["answer", 0, 5, "fill-lost", 0]],
    quiet: [],
    marketEvents: 290,
    violation: { id: "B1", at: START, detail: "was off by a lot" },
    digest: "none",
  };

  test("is lived through again: the lost fill is where belief left truth, and the fault is named", async () => {
    writeFileSync(join(folder, "h.repro.json"), JSON.stringify(repro));
    const { partings } = await told("h.repro.json", "--out", "h.html");
    expect(partings).toHaveLength(1);
    const film = filmOf("h.html");
    const message = film.message(film.told.partings[0]?.message ?? -1);
    expect(message).toMatchObject({ kind: "filled", gotAt: undefined, faults: "fill-lost" });
    expect(partings[0].from).toBe(message.sentAt);
    const page = readFileSync(join(folder, "h.html"), "utf8");
    expect(page).toContain("another run than the file was made of");
    expect(page).toContain("fill-lost at answer 5 of 0");
  });
});

describe("a result", () => {
  test("is run again: its orders, its queues, and a belief that never leaves truth", async () => {
    const { partings, events, leftOut } = await told("result.json");
    expect({ partings, leftOut }).toEqual({ partings: [], leftOut: 0 });
    expect(events).toBeGreaterThan(1_000);
    expect(existsSync(join(folder, "result.player.html"))).toBe(true);
    const film = filmOf("result.player.html");
    const kinds = new Set(Array.from({ length: film.length }, (_, step) => film.kind(step)));
    for (const kind of ["place", "accepted", "filled", "queue", "book"])
      expect(kinds).toContain(kind);
  });

  test("every order that rests has its queue ahead, as `why` tells it", async () => {
    await cli("player", "result.json");
    const film = filmOf("result.player.html");
    const why = (await cli("why", "result.json", "2")).stdout;
    const [, clock = "", ahead = ""] =
      /(07:45:\S+) {2}venue {3}rests at 59990.0 behind ([\d.]+)/.exec(why) ?? [];
    const [seconds = "", micros = ""] = clock.slice(6).split(".");
    const at = START + (7 * 3600 + 45 * 60 + Number(seconds)) * 1_000_000 + Number(micros);
    const step = film.at.findLastIndex((each) => each <= at);
    const [instrument] = film.instruments;
    const order = instrument?.orders("trueOrders", step)?.find(([id]) => id === 2);
    expect(instrument?.size(order?.[6] ?? Number.NaN)).toBe(ahead);
  });

  test("a ladder is the book of a slow replay of the recording, as received by then", async () => {
    await cli("player", "result.json");
    const film = filmOf("result.player.html");
    const { instruments } = JSON.parse(readFileSync(join(folder, "result.json"), "utf8")).config;
    expect(instruments).toHaveLength(1);
    const tape = openTape(packageFile("datasets/sample/alpha.arrow"));
    const looks = Array.from({ length: 40 }, (_, look) =>
      Math.floor((film.length * (look + 0.5)) / 40),
    ).filter((step) => film.kind(step) === "book");
    const expected = new Map<number, [number, number][][]>();
    let next = 0;
    let book: [number, number][][] = [[], []];
    naiveReplay(tape, ({ bids, asks, receivedAt }) => {
      while (next < looks.length && receivedAt > (film.at[looks[next] as number] as number)) {
        expected.set(looks[next] as number, book);
        next += 1;
      }
      if (next === looks.length) return;
      const best = (side: ReadonlyMap<number, number>, sign: number) =>
        [...side].sort(([one], [other]) => sign * (one - other)).slice(0, 8) as [number, number][];
      book = [best(bids, -1), best(asks, 1)];
    });
    tape.close();
    expect(expected.size).toBeGreaterThan(10);
    for (const [step, [bids, asks]] of expected) {
      const shown = film.instruments[0]?.book(step);
      expect({ step, bids: shown?.bids, asks: shown?.asks }).toEqual({ step, bids, asks });
    }
  });

  test("a window keeps its span, and begins with what is so then", async () => {
    const window = ["--from", "2024-01-01T07:45:30Z", "--until", "2024-01-01T07:45:40Z"];
    const { from, until, leftOut } = await told("result.json", ...window, "--out", "w.html");
    const second = (n: number) => START + (7 * 3600 + 45 * 60 + n) * 1_000_000;
    expect(from).toBeGreaterThanOrEqual(second(30));
    expect(until).toBeLessThanOrEqual(second(40));
    expect(leftOut).toBeGreaterThan(0);
    await cli("player", "result.json");
    const [whole, part] = [filmOf("result.player.html"), filmOf("w.html")];
    const at = whole.at.findLastIndex((each) => each <= (part.at[5] as number));
    expect(part.instruments[0]?.book(5)).toEqual(whole.instruments[0]?.book(at));
    expect(part.instruments[0]?.lots("true", 5)).toBe(whole.instruments[0]?.lots("true", at));
  });
});

describe("what cannot be played", () => {
  const refused = async (...words: string[]) => {
    const { code, stdout, stderr } = await cli("player", ...words);
    expect(stdout).toBe("");
    return { code, stderr };
  };

  test("a file that is not there ends with 2", async () => {
    expect(await refused("none.json")).toEqual({
      code: 2,
      stderr: "error: cannot read none.json: there is no such file\n",
    });
  });

  test("a file of another kind ends with 2, in words", async () => {
    writeFileSync(join(folder, "other.json"), '{"hello": 1}');
    expect((await refused("other.json")).code).toBe(2);
  });

  test("a journal alone ends with 2 and says what to give", async () => {
    writeFileSync(join(folder, "run.journal"), "RHRSJR and more");
    const { code, stderr } = await refused("run.journal");
    expect(code).toBe(2);
    expect(stderr).toContain("a journal alone");
  });

  test("a result whose recording is another one now ends with 3", async () => {
    const result = JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
    result.recordings[0].sha256 = "0".repeat(64);
    writeFileSync(join(folder, "changed.json"), JSON.stringify(result));
    expect((await refused("changed.json")).code).toBe(3);
  });

  test("a result of another digest ends with 4", async () => {
    const result = JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
    writeFileSync(
      join(folder, "differs.json"),
      JSON.stringify({ ...result, digest: "0".repeat(64) }),
    );
    const { code, stderr } = await refused("differs.json");
    expect(code).toBe(4);
    expect(stderr).toContain("rehearse verify");
    expect(existsSync(join(folder, "differs.player.html"))).toBe(false);
  });

  test.each([
    [["--from", "2025-01-01T00:00:00Z"], "the window is outside the run"],
    [["--from", "noon"], "--from: expected a UTC time"],
    [
      ["--from", "2024-01-01T07:46:00Z", "--until", "2024-01-01T07:45:00Z"],
      "--from before --until",
    ],
    [["--around", "soon"], "--around: expected a length of time"],
    [["--around", "1s", "--from", "2024-01-01T07:45:00Z"], "a window of its own"],
    [["--around", "1s"], "name a window"],
    [["--bot", "grid.json"], "--bot"],
    [["--out", "no/such/folder.html"], "--out: cannot write"],
  ])("%j ends with 2 and says why", async (words, why) => {
    const { code, stderr } = await refused("result.json", ...words);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });

  test("Ctrl-C ends with 130 and leaves no page", async () => {
    const io = new CapturedIo(folder, {}, (listening) => listening.interrupt?.());
    const { code } = await runCaptured(
      ["player", "result.json", "--out", resolve(folder, "x.html")],
      io,
    );
    expect(code).toBe(130);
    expect(existsSync(join(folder, "x.html"))).toBe(false);
  });
});
