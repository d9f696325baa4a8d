// A progress bar on a terminal's stderr, and nothing at all anywhere else.

import type { CliIo } from "./cli-io.ts";

/** How far a job is. `done` of `total`, both in the same unit; `text` is what else there is to say. */
export interface Progress {
  show(done: number, total: number, text: string): void;
  /** Removes the bar. */
  end(): void;
}

const NONE: Progress = { show: () => undefined, end: () => undefined };
/** Redraws a second: enough to look alive, too few to cost. */
const FPS = 8;
const SCALE = 1_000;

/** @param quiet no bar even on a terminal */
export async function progressBar(io: CliIo, label: string, quiet: boolean): Promise<Progress> {
  if (quiet || !io.stderr.isTTY || io.env.TERM === "dumb" || (io.env.CI ?? "") !== "") return NONE;
  const { default: cliProgress } = await import("cli-progress");
  const bar = new cliProgress.SingleBar({
    format: `${label} {bar} {percentage} %  {text}  {left}`,
    barsize: 24,
    fps: FPS,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    stream: process.stderr,
    barCompleteChar: "━",
    barIncompleteChar: "┄",
    gracefulExit: false,
  });
  const startedAt = performance.now();
  bar.start(SCALE, 0, { text: "", left: "" });
  return {
    show(done, total, text) {
      const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
      const left = timeLeft(share, (performance.now() - startedAt) / 1_000);
      bar.update(Math.round(share * SCALE), { text, left });
    },
    end: () => bar.stop(),
  };
}

/** "12 s left"; nothing until there is something to judge by. */
export function timeLeft(share: number, elapsedSeconds: number): string {
  if (share < 0.01 || elapsedSeconds < 0.5) return "";
  const seconds = Math.ceil((elapsedSeconds * (1 - share)) / share);
  if (seconds < 90) return `${seconds} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min left` : `${(minutes / 60).toFixed(1)} h left`;
}

/** "12.3 M", "45.0 k", "7" */
export function shortNumber(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} G`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  if (value >= 1e4) return `${(value / 1e3).toFixed(1)} k`;
  return value.toFixed(0);
}
