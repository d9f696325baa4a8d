// No secret of a log survives its reading, in whatever way it stands there; order numbers and prices do.

import { describe, expect, test } from "vitest";
import { REDACTED, Redactor, SECRET_NAMES } from "../../../src/incident/redact.ts";

const VALUE = "s3cr3t-Value_of/24+chars=";
const clean = (line: string): string => new Redactor().line(line);

describe.each(SECRET_NAMES)("%s", (name) => {
  test.each([
    `${name}=${VALUE}`,
    `export ${name}="${VALUE}"`,
    `${name}: '${VALUE}', other: 1`,
    `{"${name}": "${VALUE}"}`,
    `{\\"${name}\\":\\"${VALUE}\\"}`,
    `{'${name.toLowerCase()}': '${VALUE}'}`,
    `2025-10-23 12:01:07,114 - hedge_bot_SOL - INFO - loaded ${name} = ${VALUE}`,
  ])("%s", (line) => {
    expect(clean(line)).not.toContain(VALUE);
    expect(clean(line)).toContain(REDACTED);
  });
});

test.each([
  ["a proxy's login", "via http://bot:hunter2@10.0.0.1:8080", "hunter2"],
  ["a key that follows its name", "using api key a1b2c3d4e5f6a7b8c9 now", "a1b2c3d4e5f6a7b8c9"],
])("%s is known by its place", (_, line, secret) => {
  expect(clean(line)).not.toContain(secret);
});

test("a seed phrase goes to its last word", () => {
  const words =
    "abandon ability able about above absent absorb abstract absurd abuse access accident";
  expect(clean(`mnemonic: ${words}, (12 words)`)).toBe(`mnemonic: ${REDACTED}, (12 words)`);
});

test("short values go too", () => {
  expect(clean("LIGHTER_ACCOUNT_INDEX=42 LIGHTER_API_KEY_INDEX=7")).toBe(
    `LIGHTER_ACCOUNT_INDEX=${REDACTED} LIGHTER_API_KEY_INDEX=${REDACTED}`,
  );
});

test.each([
  ["a private key", `0x${"4f".repeat(32)}`],
  ["a stark key", "0x6c3b0f1aa77e2d9c1b4455667788990011223344556677889900aabbccdd"],
  ["a Telegram token", "7312345678:AAF-abcdefghijklmnopqrstuvwxyz01234"],
  ["a JSON web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib3QifQ.c2lnbmF0dXJl"],
])("%s is known by its form", (_, secret) => {
  expect(clean(`HTTP 400 for ${secret} at /api`)).not.toContain(secret);
});

test.each([
  "X-Api-Key: abcd1234efgh",
  "Authorization: Bearer abcdefghijklmnop",
  "cookie=gravity1234",
])("%s of a request's headers", (header) => {
  expect(clean(`headers ${header}`)).toMatch(/\[redacted\]$/);
});

test("a value that was named once goes wherever it stands after that", () => {
  const redactor = new Redactor();
  redactor.line(`EXTENDED_API_KEY=${VALUE}`);
  expect(redactor.line(`request failed with key ${VALUE} (401)`)).toBe(
    `request failed with key ${REDACTED} (401)`,
  );
});

test.each([
  "[1981330673612984320] [OPEN] [Extended] [CANCELED]: 1.33 @ 190.12",
  "HEDGE_BOT_NAME=sol-1",
  '{"oid":77,"cloid":"0x1234567890abcdef1234567890abcdef","px":65000.5}',
])("%s stays as it is", (line) => {
  expect(clean(line)).toBe(line);
});
