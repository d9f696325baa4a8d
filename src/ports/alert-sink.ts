// The seam to people: what somebody must know now. The journal keeps every alert as a note too, so that a sink that is
// missing or broken loses nothing.

import type { TimeUs } from "../domain/units.ts";

/** "warning": look when you can. "error": something was stopped, or is not as believed. "emergency": we have halted. */
export type AlertSeverity = "warning" | "error" | "emergency";

/** `rule` is the name of what speaks, the same for every alert of its kind: for routing, muting and counting. */
export type Alert = Readonly<{
  at: TimeUs;
  severity: AlertSeverity;
  rule: string;
  text: string;
}>;

/** Takes one alert; never answers. What it throws is the caller's to survive. */
export interface AlertSink {
  alert(alert: Alert): void;
}
