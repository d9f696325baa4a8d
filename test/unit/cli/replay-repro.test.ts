// A repro file is told again: the same file from anywhere, kept promises included; and what is no repro is refused in words.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { EXIT } from "../../../src/cli/exit-codes.ts";
import { packageFile } from "../../../src/cli/package-root.ts";
import { runCli } from "../../../src/cli/program.ts";
import { CapturedIo } from "../../support/captured-io.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearse-repro-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const repro = {
  version: 1,
  bot: "macd",
  code: "0.1.0",
  config: JSON.parse(readFileSync(packageFile("examples/fuzz/macd.json"), "utf8")) as object,
  market: "sparse",
  seed: "1",
  phases: { heal: 250, stop: 275, end: 300 },
  knobs: { "strategy.signalBars": 2 },
  plan: [["answer", 0, 3, "fill-late", 1_000_000]],
  quiet: [[0, 10]],
  marketEvents: 290,
  violation: { id: "B1", detail: "was off by a lot" },
  digest: "none",
};

async function told(file: object): Promise<Readonly<{ code: number; out: string; err: string }>> {
  writeFileSync(join(folder, "a.repro.json"), JSON.stringify(file));
  const io = new CapturedIo(folder);
  const code = await runCli(["replay", "a.repro.json"], io);
  return { code, out: io.out, err: io.err };
}

test("says that every promise is kept now, and what was broken", async () => {
  const { code, out } = await told(repro);
  expect(code).toBe(EXIT.ok);
  expect(out).toContain("macd, seed 1: every promise was kept");
  expect(out).toContain("B1: was off by a lot");
  expect(out).toContain("another run than the file was made of");
});

test("refuses a fault that is in no catalogue, with the nearest that is", async () => {
  const { code, err } = await told({ ...repro, plan: [["answer", 0, 3, "fill-lots", 1]] });
  expect(code).toBe(EXIT.usage);
  expect(err).toContain("fill-lost");
});
