// Every example is a config as it stands; those over the embedded sample run, and trade.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";
import { root } from "../../tidy/source-text.ts";

const folder = join(root, "examples");
const cli = (...words: string[]) => runCaptured(words, new CapturedIo(folder));
const examples = readdirSync(folder).filter((name) => /\.jsonc?$/.test(name));

describe.each(examples)("%s", (name) => {
  test("is a config without problems", async () => {
    const { code, stderr } = await cli("config", "show", name);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test.skipIf(!readFileSync(join(folder, name), "utf8").includes('"sample-'))(
    "runs on the sample, and trades",
    async () => {
      const { code, stdout, stderr } = await cli("backtest", name, "--json", "--no-band");
      expect([code, stderr]).toEqual([0, ""]);
      expect(JSON.parse(stdout).summary.fills.count).toBeGreaterThan(10);
    },
  );
});

test("every strategy of the house has one", async () => {
  const { stdout } = await cli("init");
  const names = stdout
    .split("\n")
    .slice(1, -1)
    .map((line) => line.split(" ")[0] as string);
  for (const name of names) expect(examples.some((each) => each.startsWith(name))).toBe(true);
});
