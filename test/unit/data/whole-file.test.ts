// A file is seen whole or not at all, and what stood under its name stays until then.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DataError } from "../../../src/data/data-error.ts";
import { WholeFile, writeWhole } from "../../../src/data/whole-file.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whole-"));
  path = join(folder, "a");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("appears when it is finished, with what was overwritten on the way", () => {
  const file = new WholeFile(path);
  file.append(Buffer.from("hello, "));
  file.append(Buffer.from("world"));
  const read = Buffer.alloc(5);
  file.read(read, 7);
  expect(read.toString()).toBe("world");
  file.overwrite(Buffer.from("H"), 0);
  expect(file.length).toBe(12);
  expect(existsSync(path)).toBe(false);
  file.finish();
  expect(readFileSync(path, "utf8")).toBe("Hello, world");
  expect(readdirSync(folder)).toEqual(["a"]);
});

test("leaves what stood there when it is given up, any number of times, or its writing throws", () => {
  writeFileSync(path, "before");
  const file = new WholeFile(path);
  file.append(Buffer.from("after"));
  file.abort();
  file.abort();
  const broken = () =>
    writeWhole(new WholeFile(path), (half) => {
      half.append(Buffer.from("half"));
      throw new Error("no more");
    });
  expect(broken).toThrow("no more");
  expect(readFileSync(path, "utf8")).toBe("before");
  expect(readdirSync(folder)).toEqual(["a"]);
});

test("is refused with its path where no file can be", () => {
  const nowhere = join(folder, "none", "a");
  expect(() => new WholeFile(nowhere)).toThrow(DataError);
  expect(() => new WholeFile(nowhere)).toThrow(nowhere);
});
