// Tries `rehearse/danfo` with the package itself, in a project of its own: npm run test:danfo. It installs some 340 MB
// there, which is why the suite does not. What it compares with is the tables' own numbers, read by another reader.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const house = resolve(import.meta.dirname, "..");
const project = mkdtempSync(join(tmpdir(), "rehearse-danfo-"));
const run = (command, ...args) =>
  execFileSync(command, args, { cwd: project, stdio: ["ignore", "inherit", "inherit"] });

const MANIFEST = {
  private: true,
  type: "module",
  dependencies: { "danfojs-node": "1.2.0" },
  overrides: {
    xlsx: "npm:xlsx@0.18.5",
    "@tensorflow/tfjs-node": "npm:@tensorflow/tfjs@3.21.0",
  },
};

const TRIAL = `
import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
import { readFileSync } from "node:fs";
import { toDataFrame } from "rehearse/danfo";

for (const name of ["fills", "orders", "positions", "equity"]) {
  const bytes = readFileSync(\`parquet/\${name}.parquet\`);
  const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) });
  const frame = await toDataFrame(\`arrow/\${name}.arrow\`);
  assert.deepEqual(frame.shape, [rows.length, Object.keys(rows[0]).length]);
  let compared = 0;
  for (const column of frame.columns) {
    frame[column].values.forEach((value, row) => {
      const truth = rows[row][column];
      if (truth === null || truth === undefined) assert.ok(value === null || Number.isNaN(value), column);
      else if (truth instanceof Date) assert.equal(Math.floor(value / 1000), truth.getTime());
      else assert.equal(value, typeof truth === "bigint" ? Number(truth) : truth, column);
      compared += 1;
    });
  }
  console.log(\`\${name}: \${frame.shape[0]} rows, \${compared} values equal\`);
}
const fills = await toDataFrame("arrow/fills.arrow");
const notional = fills.price.mul(fills.size).sum();
const exact = fills.price.values.reduce((sum, price, row) => sum + price * fills.size.values[row], 0);
assert.equal(notional, exact);
console.log(\`a Series counts in doubles: notional \${notional}\`);
`;

try {
  writeFileSync(join(project, "package.json"), JSON.stringify(MANIFEST));
  writeFileSync(join(project, "trial.mjs"), TRIAL);
  run("npm", "install", "--no-audit", "--no-fund", "--loglevel", "error");
  symlinkSync(house, join(project, "node_modules", "rehearse"), "dir");
  symlinkSync(
    join(house, "node_modules", "hyparquet"),
    join(project, "node_modules", "hyparquet"),
    "dir",
  );
  const rehearse = join(house, "dist", "src", "cli", "main.js");
  run(
    process.execPath,
    rehearse,
    "backtest",
    join(house, "examples", "grid-sample.json"),
    "--out",
    "run.json",
    "--quiet",
  );
  for (const format of ["arrow", "parquet"]) {
    run(
      process.execPath,
      rehearse,
      "export",
      "run.json",
      "--format",
      format,
      "--out",
      format,
      "--quiet",
    );
  }
  run(process.execPath, "--preserve-symlinks", "trial.mjs");
} finally {
  rmSync(project, { recursive: true, force: true });
}
