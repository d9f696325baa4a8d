import { expect, test } from "vitest";
import { durationText, timeText } from "../../../src/report/time-text.ts";

test.each([
  [0, "1970-01-01T00:00:00Z"],
  [1_500_000, "1970-01-01T00:00:01.500Z"],
  [1_704_095_100_004_732, "2024-01-01T07:45:00.004732Z"],
])("%d µs is %s", (us, text) => expect(timeText(us)).toBe(text));

test.each([
  [0, "0 s"],
  [250, "0.00025 s"],
  [90_000_000, "1 min 30 s"],
  [93_784_500_000, "1 d 2 h 3 min 4.5 s"],
])("%d µs is as long as %s", (us, text) => expect(durationText(us)).toBe(text));
