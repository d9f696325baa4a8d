// The README's first screen shows what the first command prints. Oracle: the command itself, run in this process.
// Lines with "…" stand for what was left out; the line that tells the wall time is not compared.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { CapturedIo, runCaptured } from "../support/captured-io.ts";

const root = resolve(import.meta.dirname, "../..");
const MARKER = "<!-- output of npm start -->";
const SCRIPT = "node dist/src/cli/main.js ";
const WALL_TIME = / rows and .* events in .* rows\/s$/;
const readme = readFileSync(join(root, "README.md"), "utf8");

/** Lines of the first fenced block whose first line calls `npm start`, without that line; undefined without one. */
function shownOutput(text: string): readonly string[] | undefined {
  const blocks = [...text.matchAll(/^```[a-z]*\n(.*?)^```$/gms)].map(([, body = ""]) => body);
  const block = blocks.find((body) => /^\$ .*npm start$/.test(body.split("\n")[0] ?? ""));
  return block?.trimEnd().split("\n").slice(1);
}

/** The words `npm start` gives to the command, as package.json has them. */
function startWords(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Readonly<Record<string, string>>;
  };
  const [, words] = (scripts.start ?? "").split(SCRIPT);
  expect(words, `npm start calls "${SCRIPT}…"`).toBeDefined();
  return (words ?? "").split(" ");
}

test.skipIf(!readme.includes(MARKER))(
  `the README shows the real output of npm start (skipped before it has ${MARKER})`,
  async () => {
    const shown = shownOutput(readme);
    const advice =
      "the README has the marker, but no fenced block that begins with `$ … npm start`";
    if (shown === undefined) throw new Error(advice);
    const { code, stdout } = await runCaptured(startWords(), new CapturedIo(root));
    expect(code).toBe(0);
    const printed = stdout.split("\n").map((line) => line.trimEnd());
    let from = 0;
    for (const line of shown.map((each) => each.trimEnd())) {
      if (line.includes("…") || WALL_TIME.test(line)) continue;
      const at = printed.indexOf(line, from);
      const where = printed.includes(line)
        ? "prints this line, but earlier"
        : "prints no such line";
      if (at < 0) throw new Error(`npm start ${where}; update the README: ${JSON.stringify(line)}`);
      from = at + 1;
    }
    expect(from, "the block shows at least one line").toBeGreaterThan(0);
  },
);
