// What a bot does of itself besides its strategy. Every part is optional; the defaults are the documents'.

import type { BatchLimits } from "../execution/batches.ts";
import type { RetryConfig } from "../execution/retry-budget.ts";
import { RETRY_DEFAULTS } from "../execution/retry-budget.ts";
import type { SnapshotPollConfig } from "../execution/snapshot-poller.ts";
import { SNAPSHOT_POLL_DEFAULTS } from "../execution/snapshot-poller.ts";
import type { CircuitBreakerConfig } from "../risk/circuit-breaker.ts";
import { CIRCUIT_BREAKER_DEFAULTS } from "../risk/circuit-breaker.ts";
import type { DeadManSwitchConfig } from "../risk/dead-man-switch.ts";
import type { ReconciliationConfig } from "../state/reconciliation.ts";
import type { DegradationConfig } from "./degradation.ts";
import { DEGRADATION_DEFAULTS } from "./degradation.ts";
import type { VenueSwitchConfig } from "./venue-switches.ts";

export type MachineryConfig = Readonly<{
  /** How often the time is looked at for everything that waits or expires. */
  watchEveryUs: number;
  /** A request without an answer for this long has an unknown outcome. */
  requestTimeoutUs?: number | undefined;
  poll?: SnapshotPollConfig | undefined;
  reconciliation: ReconciliationConfig;
  /** Orders nothing was heard of for this long are cancelled, `retry` bounding the attempts at each. */
  stuckOrderUs?: number | undefined;
  retry: RetryConfig;
  circuitBreaker?: CircuitBreakerConfig | undefined;
  deadManSwitch?: DeadManSwitchConfig | undefined;
  /** The venues' own switches, where they have one and it is wanted. */
  venueSwitches?: readonly VenueSwitchConfig[] | undefined;
  degradation?: DegradationConfig | undefined;
  /** By venue: which commands of one decision leave as one request; absent, each leaves alone. */
  batches?: readonly (BatchLimits | undefined)[] | undefined;
}>;

/**
 * Everything on, but the cancelling of old orders, which is a matter of strategy, and the venues' own switches, which
 * are a matter of the venues.
 */
export const MACHINERY_DEFAULTS: MachineryConfig = {
  watchEveryUs: 1_000_000,
  requestTimeoutUs: 10_000_000,
  poll: SNAPSHOT_POLL_DEFAULTS,
  reconciliation: { drift: "alert", orphans: "report", graceUs: 2_000_000 },
  retry: RETRY_DEFAULTS,
  circuitBreaker: CIRCUIT_BREAKER_DEFAULTS,
  deadManSwitch: { ttlUs: 60_000_000 },
  degradation: DEGRADATION_DEFAULTS,
};
