// The Hyperliquid grid's main log: a JSON line with another JSON text inside. Acknowledgements are sampled and lines are
// dropped when its queue is full, so nothing follows from a line that is missing; each fill is written twice. The time is
// that of the writing, a little after the event.

import type { Fields } from "./json-text.ts";
import { decimalIn, fieldsOf, present, textIn, timeIn } from "./json-text.ts";
import type { LineReading, LogFormat, LogReader } from "./reader.ts";
import { MORE, sided, textOf, UNKNOWN } from "./reader.ts";
import type { Told } from "./timeline.ts";

const SECOND_US = 1_000_000;
const VENUE = "hyperliquid";

/** Written down for people: what they say is kept, nothing is concluded from it. */
const ALERTS = new Set(
  `risk_halt circuit_break circuit_breaker_trip dead_man_switch_cancelled data_stale_halt
  ws_stale_detected api_error position_drift_alert shadow_ledger_drift fill_sequence_gap
  fill_timestamp_anomaly fill_out_of_order fill_error fill_during_rebuild unusual_pnl_fill
  cancel_error batch_submit_errors batch_majority_failed stuck_orders_cancelled
  stuck_order_auto_cancel order_state_invalid_transition order_ack_missing_oid wal_write_error
  wal_append_error wal_checksum_mismatch fill_log_write_error state_load_error
  state_integrity_issues full_reconcile_required grid_rebuild_aborted
  grid_rebuild_aborted_drift`.split(/\s+/),
);
const PHASES = new Set(
  `session_start session_reset grid_rebuild_start grid_rebuild_complete cancel_all_start
  cancel_all_complete circuit_reset data_resume wal_recovery_checkpoint
  wal_recovery_entries`.split(/\s+/),
);
const SILENT = new Set(
  `config_loaded order_intent cancel_error_order_gone order_state_transition fill_dedup_skip
  fill_replay_order_cleared fill_replay_no_order rest_fills_polled reconcile_orders_complete
  grid_position_drift replacement_skipped dead_man_switch_active dead_man_switch_activated
  ws_reconnect_rest_poll api_error_reset http_retry`.split(/\s+/),
);

class GridJsonlReader implements LogReader {
  line(text: string): LineReading {
    if (text.trim() === "") return MORE;
    const outer = fieldsOf(text);
    if (outer === undefined) return UNKNOWN;
    const at = timeIn(outer, "ts", SECOND_US);
    const inner = typeof outer.msg === "string" ? fieldsOf(outer.msg) : undefined;
    if (at === undefined || inner === undefined) return UNKNOWN;
    const event = textIn(inner, "event") ?? "";
    const told = toldOf(event, inner);
    if (told === undefined) return { kind: "unknown", at };
    if (event !== "fill") return { kind: "record", at, told };
    const second = Math.floor(at / SECOND_US);
    const key = ["fill", inner.oid, inner.px, inner.sz, second].join(" ");
    return { kind: "record", at, told, key };
  }
}

function toldOf(event: string, inner: Fields): readonly Told[] | undefined {
  const coin = textIn(inner, "coin");
  const leg = coin === undefined ? VENUE : `${VENUE} ${coin.toLowerCase()}`;
  const order = textIn(inner, "oid") ?? textIn(inner, "cloid");
  const base = { leg, ...sided(textIn(inner, "side")), ...present<Pick<Told, "order">>({ order }) };
  const size = decimalIn(inner, "sz");
  const price = decimalIn(inner, "px");
  const amounts = present<Pick<Told, "size" | "price">>({ size, price });
  const text = textOf(JSON.stringify(inner));
  const at = (what: "position" | "belief", key: string): Told[] => {
    const position = decimalIn(inner, key);
    return position === undefined ? [] : [{ what, leg, position }];
  };
  switch (event) {
    case "fill":
    case "fill_unmatched":
      return [
        ...(size === undefined ? [] : [{ ...base, ...amounts, what: "fill" as const }]),
        ...at("belief", "position"),
      ];
    case "order_submit":
      return [{ ...base, ...amounts, what: "placed" }];
    case "order_submit_ack":
      return [{ ...base, ...amounts, what: "status", status: "OPEN" }];
    case "order_submit_error":
      return [{ ...base, what: "refused", text }];
    case "order_cancelled":
      return [{ ...base, what: "status", status: "CANCELED" }];
    case "partial_fill":
      return [{ ...base, what: "phase", text }];
    case "position_set":
    case "position_reconciled":
      return [...at("belief", "old"), ...at("position", "new")];
    case "position_drift_detected":
      return [...at("position", "exchange_position"), { what: "alert", leg, text }];
    case "reconcile_position_complete":
      return at("position", "position");
    case "pnl_summary":
      return at("belief", "position");
    default:
      if (ALERTS.has(event)) return [{ what: "alert", leg, text }];
      if (PHASES.has(event)) return [{ what: "phase", leg, text }];
      return SILENT.has(event) ? [] : undefined;
  }
}

export const gridJsonl: LogFormat = {
  name: "grid-jsonl",
  told: "main log of the Hyperliquid grid, JSON lines",
  zone: undefined,
  reader: () => new GridJsonlReader(),
};
