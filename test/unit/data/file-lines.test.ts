// Lines out of chunks: every way of ending a line, and lines that straddle the chunks of a large file.

import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readLines } from "../../../src/data/file-lines.ts";

const folder = mkdtempSync(join(tmpdir(), "lines-"));

async function linesOf(content: string, name: string, stored: Buffer = Buffer.from(content)) {
  const path = join(folder, name);
  writeFileSync(path, stored);
  const lines: string[] = [];
  const numbers: number[] = [];
  const read = await readLines(path, (bytes, from, to, line) => {
    lines.push(bytes.toString("utf8", from, to));
    numbers.push(line);
  });
  expect(read.sha256).toBe(createHash("sha256").update(stored).digest("hex"));
  return { lines, numbers, count: read.lines };
}

test("knows LF and CRLF, a last line without an end, and counts empty lines without telling them", async () => {
  const { lines, numbers, count } = await linesOf("\uFEFFa\r\n\n\r\nb\nc", "short.csv");
  expect(lines).toEqual(["a", "b", "c"]);
  expect(numbers).toEqual([1, 4, 5]);
  expect(count).toBe(5);
});

test.each(["plain.csv", "zipped.csv.gz"])("joins lines across chunks (%s)", async (name) => {
  // A length that shares no divisor with a chunk, so that every kind of split occurs; one line longer than a chunk.
  const wanted = Array.from({ length: 20_000 }, (_, index) => `${index},${"x".repeat(index % 67)}`);
  wanted.push("y".repeat(600_000), "end");
  const content = wanted.join("\n");
  const stored = name.endsWith(".gz") ? gzipSync(content) : Buffer.from(content);
  const { lines } = await linesOf(content, name, stored);
  expect(lines.length).toBe(wanted.length);
  expect(lines.join("\n") === content).toBe(true);
});
