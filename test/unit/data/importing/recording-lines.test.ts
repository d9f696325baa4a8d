// Files as lines of bytes: whatever the chunks, the lines are those of the text.

import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RecordingFiles } from "../../../../src/data/importing/recording-lines.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lines-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function linesOf(...paths: readonly string[]) {
  const files = new RecordingFiles(paths);
  const lines: string[] = [];
  const numbers: number[] = [];
  const progress: number[] = [];
  await files.read(
    (chunk, from, to, line) => {
      lines.push(Buffer.from(chunk.subarray(from, to)).toString("utf8"));
      numbers.push(line);
    },
    (bytesRead) => progress.push(bytesRead),
  );
  return { files, lines, numbers, progress };
}

test("hands on the lines of text many chunks long, plain and gzip, with hashes and progress", async () => {
  // 3 MB of lines from 0 to 200,000 bytes: some straddle a chunk, one spans several reads of it.
  const wanted = Array.from(
    { length: 2_000 },
    (_, at) => `${at} ${"é".repeat((at * 7_919) % 997)}`,
  );
  wanted[1_000] = "x".repeat(1_300_000);
  const text = wanted.join("\n");
  const plain = join(folder, "a.txt");
  const zipped = join(folder, "b.gz");
  writeFileSync(plain, text);
  writeFileSync(zipped, gzipSync(`${text}\n`));
  const { files, lines, numbers, progress } = await linesOf(plain, zipped);
  expect(lines.length).toBe(wanted.length * 2);
  expect(lines.every((line, at) => line === wanted[at % wanted.length])).toBe(true);
  expect(numbers[wanted.length - 1]).toBe(wanted.length);
  expect(numbers[wanted.length]).toBe(1);
  expect(files.sources).toEqual([
    { file: "a.txt", sha256: createHash("sha256").update(text).digest("hex") },
    {
      file: "b.gz",
      sha256: createHash("sha256")
        .update(gzipSync(`${text}\n`))
        .digest("hex"),
    },
  ]);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(progress.at(-1)).toBe(files.bytesTotal);
});

test("passes over empty lines, and takes carriage returns for line ends", async () => {
  const path = join(folder, "a.txt");
  writeFileSync(path, "one\r\n\r\n\ntwo\r\nthree");
  const { lines, numbers } = await linesOf(path);
  expect(lines).toEqual(["one", "two", "three"]);
  expect(numbers).toEqual([1, 4, 5]);
});
