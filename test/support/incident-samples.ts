// Lines in the published bots' forms, constructed, with what each tells: "what leg order side status size/filled/position
// @price". A dash tells nothing, dots are more of the record before. Both published versions stand here where they differ.

import type { TimelineEvent } from "../../src/incident/timeline.ts";

export type Sample = readonly [line: string, ...told: string[]];

/** An event as a sample writes it. */
export function toldText(event: Omit<TimelineEvent, "at" | "source">): string {
  const { what, leg, order, side, status, size, filled, position, price } = event;
  const parts = [
    ...[what, leg, order, side, status, size],
    filled === undefined ? undefined : `filled=${filled}`,
    position === undefined ? undefined : `holds=${position}`,
    price === undefined ? undefined : `@${price}`,
  ];
  return parts.filter((part) => part !== undefined).join(" ");
}

const ext = (message: string): string =>
  `2025-10-23 12:01:07,114 - hedge_bot_SOL - INFO - ${message}`;
const v2 = (message: string): string =>
  `2025-10-20 08:00:00,001 - hedge_bot_v2_BTC - INFO - ${message}`;
const manager = (message: string): string =>
  `2025-11-20 06:09:14 | INFO     | ...:handle_websocket_order_update:139    | ${message}`;
const macd = (message: string): string =>
  `2025-11-08 10:00:00 - trading - INFO - place_order:210 - ${message}`;
const grid = (inner: object): string =>
  JSON.stringify({
    ...{ ts: 1765432100.25, ts_iso: "2025-12-11T05:48:20", level: "INFO", name: "gridbot" },
    msg: JSON.stringify(inner),
  });
const wal = (type: string, data: object): string =>
  JSON.stringify({ seq: 7, type, ts: 1765432100250, data, csum: "00000000" });
const BTC = "hyperliquid btc";

export const SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  "hedge-ext": [
    [
      ext("[1981330673612984320] [OPEN] [Extended] [OPEN]: 5 @ 190.12"),
      "status extended 1981330673612984320 buy OPEN 5 @190.12",
    ],
    [
      ext("[19] [OPEN] [Extended] [PARTIALLY_FILLED]: 0.50 @ 190.12"),
      "status extended 19 buy PARTIALLY_FILLED filled=0.50 @190.12",
    ],
    [
      ext("[19] [CLOSE] [Extended] [CANCELED]: 1.33 @ 190.12"),
      "status extended 19 sell CANCELED filled=1.33 @190.12",
    ],
    [
      ext("[19] [CLOSE] [Backpack] [FILLED]: 5 @ 190.12"),
      "status backpack 19 sell FILLED filled=5 @190.12",
    ],
    [
      "2025-10-23 12:01:07.114 - INFO - [EXTENDED_SOL] [OPEN] [19] FILLED 5 @ 190.12",
      "status extended 19 FILLED filled=5 @190.12",
    ],
    [ext("📊 Lighter order filled: SHORT 1.337 @ 189.98"), "fill lighter sell 1.337 @189.98"],
    [ext("📊 Trade logged to CSV: Lighter LONG 5 @ 190.1"), "booked lighter buy 5 @190.1"],
    [
      ext("[OPEN] [Extended] [buy] Placing Extended POST-ONLY order | quantity: 3.67"),
      "intended extended buy 3.67",
    ],
    [ext("[OPEN] [Extended] [buy] Placing Extended POST-ONLY order"), "intended extended buy"],
    [
      ext("[RETRY] [Extended] [sell] Placing Extended POST-ONLY order | quantity: 0.5"),
      "intended extended sell 0.5",
    ],
    [ext("Order 19 was canceled, placing new order"), "replacing 19"],
    [ext("Canceling order 19 due to timeout/price mismatch"), "cancel-asked 19"],
    [ext("cancel_result: OrderResult(success=True, order_id='19')")],
    [ext("Waiting for Extended order to be filled (order price is at best bid/ask)")],
    [ext("Order 19 filled successfully")],
    [ext("📋 Ready to place Lighter order: sell 5 @ 190.20"), "intended lighter sell 5 @190.20"],
    [
      ext("📋 Ready to place Lighter order: sell 1.33 @ 190.20 (net 1.33)"),
      "intended lighter sell 1.33 @190.20",
    ],
    [ext("Placing Lighter market order: sell 5 | is_ask: True")],
    [
      ext(
        "Placing Lighter market order (attempt 1/3): sell 5 | is_ask: True | hedge offset: 20 bps | price: 189.8",
      ),
    ],
    [ext("🚀 Lighter limit order sent: sell 5"), "placed lighter sell 5"],
    [ext("🚀 Lighter limit order sent: sell 5 (tx: 0xab)"), "placed lighter sell 5"],
    [ext("🔍 Starting to monitor Lighter order - Order ID: 1761192082000")],
    [ext("⏱️ Hedge send latency: 12.5 ms")],
    [ext("❌ Timeout waiting for Lighter order fill after 30.0s"), "timed-out lighter"],
    [ext("❌ Order state - Filled: False")],
    [
      ext("⚠️ Using fallback - marking order as filled to continue trading"),
      "assumed-filled lighter",
    ],
    [ext("🔧 Attempting to modify order - Market: 2, Client Order Index: 17611, New Price: 18998")],
    [ext("🔄 Lighter order modified successfully: sell 5 @ 189.9")],
    [
      ext("🔁 Reconciled positions (startup) | Extended: 0.66 | Lighter: -5"),
      "position extended holds=0.66",
      "position lighter holds=-5",
    ],
    [ext("-----------------------------------------------")],
    [ext("🔄 Trading loop iteration 14"), "phase"],
    [ext("🚩 iteration_start 14")],
    [
      ext("[STEP 2] Extended position: 5 | Lighter position: -5"),
      "belief extended holds=5",
      "belief lighter holds=-5",
    ],
    [ext("⚠️ Position imbalance detected (step 2): 1.33 exceeds tolerance 0.25"), "alert"],
    [ext("❌ Position diff is too large: 1.33"), "alert"],
    [ext("🚨 Hedge failure detected (timeout): no fill"), "alert"],
    [ext("🚨 Lighter flatten order submitted (tx: 0xab)"), "alert"],
    [ext("✅ Exposure neutralised after hedge failure"), "alert"],
    [ext("⚠️ Residual exposure remains after auto-flatten; stopping bot for safety"), "alert"],
    [ext("⚠️ Out-of-order update: new_offset=99, current_offset=100"), "alert"],
    [ext("🔄 Order book integrity check failed, requesting fresh snapshot..."), "alert"],
    [ext("✅ Lighter order book snapshot loaded with 80 bids")],
    [ext("⚠️ Lighter order book stale; fetching latest snapshot")],
    [ext("⏰ No message from Lighter websocket for 5 seconds"), "alert"],
    [
      ext(
        "⚠️ Extended rejected size 3.00 (cost exceeds available balance); reducing by 20% and retrying",
      ),
      "refused extended 3.00",
    ],
    [
      ext("⚠️ Received decreasing filled size for order 19: 0.50 < 1.33. Resetting tracker."),
      "decreasing 19 1.33 filled=0.50",
    ],
    [ext("⏸️ Holding exposure for 42.00s (iteration 3)"), "phase"],
    [ext("▶️ Hold complete (iteration 3)"), "phase"],
    [ext("❌ Timeout waiting for trade completion"), "alert"],
    [ext("🎯 Step 1 order size selected: 3.2 (buy)")],
    [ext("🎯 Step 3 residual order size: 0.66 (sell)")],
    [ext("⏳ Random delay before step 2: 17.20s")],
    [ext("⏭️ Skipping random delay before step 2 while exposure is open (Extended=5, Lighter=-5)")],
    [ext("📋 Net exposure within tolerance; no Lighter order required")],
    [ext("⚠️ Lighter quantity rounded below tolerance; residual deferred")],
    [ext("No remaining quantity after cancellation; skipping new order placement")],
  ],
  "hedge-v2": [
    [v2("🚀 Initializing Hedge Bot V2..."), "phase"],
    [v2("GRVT Contract: BTC_USDT_Perp, Tick: 0.1")],
    [v2("📋 CONFIGURATION")],
    [v2("Order Size: 0.1")],
    [v2("📈 CYCLE 1/3 STARTING"), "phase"],
    [v2("🎲 Random direction selected: long"), "phase"],
    [v2("🔨 BUILD PHASE - 30 iterations"), "phase"],
    [v2("📊 Building position: 3/30 (10.0%)")],
    [
      v2("   Current: GRVT=0.3 | Lighter=-0.3"),
      "belief grvt holds=0.3",
      "belief lighter holds=-0.3",
    ],
    [
      v2("📊 Positions fetched | GRVT: 0.3 | Lighter: -0.2 | Imbalance: 0.1000"),
      "position grvt holds=0.3",
      "position lighter holds=-0.2",
    ],
    [v2("✅ GRVT buy order placed: 0.1 @ 65000.1"), "placed grvt buy 0.1 @65000.1"],
    [
      v2("✅ Lighter sell order sent: 0.1 @ ~64350.1 | tx_hash: 0xab | order_id: 1761192"),
      "placed lighter 1761192 sell 0.1 @64350.1",
      "assumed-filled lighter sell 0.1",
    ],
    [v2("GRVT order not filled, skipping hedge"), "timed-out grvt"],
    [v2("Order 0x01 fill timeout after 30s"), "timed-out grvt 0x01"],
    [v2("⚖️ Position imbalance detected: 0.2000"), "alert"],
    [
      v2("🚨 CRITICAL POSITION IMBALANCE: 1.1000 | GRVT: 1.3 | Lighter: -0.2"),
      "position grvt holds=1.3",
      "position lighter holds=-0.2",
      "alert",
    ],
    [v2("❌ Safety check failed:"), "alert"],
    [v2("  ERROR: open orders 3 > 2"), "alert"],
    [v2("⏸️ Waiting for position imbalance to recover..."), "phase"],
    [v2("⏳ HOLD PHASE - 180s"), "phase"],
    [v2("⏱️  Holding... 60s elapsed, 120s remaining")],
    [v2("📉 WINDDOWN PHASE"), "phase"],
    [v2("✅ Position closed after 30 iterations"), "phase"],
    [v2("Using stale cached positions due to error"), "alert"],
    [v2("🚨 EMERGENCY STOP TRIGGERED"), "alert"],
    [
      v2("Final positions: GRVT=0.1 | Lighter=-0.1 | Imbalance=0.0000"),
      "position grvt holds=0.1",
      "position lighter holds=-0.1",
    ],
    [v2("Fatal error in state machine: unsupported operand type(s)"), "alert"],
  ],
  "hedge-manager": [
    [manager("🚀 Placing all orders simultaneously..."), "phase"],
    [manager("🔴 [PARADEX] Executing sell BNB ($1600 qty=4.301) in mode limit_only")],
    [
      "2025-11-20 06:09:14 | INFO     | price_provider:_fetch_exchange_bbo:76    | ✅ [PARADEX] BBO: bid=369.64, ask=378.2",
    ],
    [
      manager(
        "[PARADEX] Placing limit sell BNB (contract_id=BNB-USD-PERP): 4.301 @ $378.12 (mid: $373.92, offset: 0.0200%)",
      ),
      "placed paradex paradex-1 sell 4.301 @378.12",
    ],
    [
      manager(
        "📤 [LIGHTER] Submitting order: market=77 client_id=953990 side=ASK price=369786 amount=4301",
      ),
    ],
    [
      manager("[WEBSOCKET] [PARADEX] OPEN 4.301 @ 378.12"),
      "status paradex paradex-1 sell OPEN 4.301 @378.12",
    ],
    [
      manager("\u001b[32m[WEBSOCKET] [PARADEX] FILLED 4.301 @ 378.12\u001b[0m"),
      "status paradex paradex-1 sell FILLED filled=4.301 @378.12",
    ],
    [manager("[PARADEX] Limit order filled: 4.301 @ $378.12"), "booked paradex sell 4.301 @378.12"],
    [
      manager(
        "✅ PARADEX BNB fully filled (4.301). Cancelling remaining limit orders and hedging to prevent directional exposure.",
      ),
      "phase",
    ],
    [manager("⚡ Hedging BNB on LIGHTER: 4.301 qty (≈$1600)"), "phase"],
    [
      manager("📊 [PARADEX] Partial fill detected for BNB: +0.4 (total new: 0.4)"),
      "booked paradex sell 0.4",
    ],
    [manager("🔄 [LIGHTER] Post-only violation on attempt 2"), "refused lighter"],
    [manager("⏱️ [LIGHTER] Order 953990 timed out after 13s"), "timed-out lighter 953990"],
    [manager("⚠️ AGGRESSIVE LIMIT HEDGE FAILED: Falling back to market order"), "alert"],
    [manager("🚨 EMERGENCY ROLLBACK (OPEN OPERATION): closing all"), "alert"],
    [manager("Step 1/4 Cancelling orders"), "phase"],
    ["2025-11-20 06:09:14.123 - INFO - Step 2/4", "phase"],
  ],
  "grid-jsonl": [
    [
      grid({
        ...{ event: "fill", coin: "BTC", side: "buy", px: 65000.5, sz: 0.1, oid: 77, cloid: "0xa" },
        ...{ matched: true, pnl_add: 0, position: 0.1 },
      }),
      `fill ${BTC} 77 buy 0.1 @65000.5`,
      `belief ${BTC} holds=0.1`,
    ],
    [
      grid({ event: "order_submit", coin: "BTC", side: "sell", px: 65100, sz: 0.1, oid: 78 }),
      `placed ${BTC} 78 sell 0.1 @65100`,
    ],
    [
      grid({ event: "order_submit_ack", coin: "BTC", side: "sell", px: 65100, sz: 0.1, oid: 78 }),
      `status ${BTC} 78 sell OPEN 0.1 @65100`,
    ],
    [
      grid({ event: "order_submit_error", coin: "BTC", side: "sell", error: "Post only" }),
      `refused ${BTC} sell`,
    ],
    [
      grid({ event: "order_cancelled", coin: "BTC", side: "sell", oid: 78, reason: "rebuild" }),
      `status ${BTC} 78 sell CANCELED`,
    ],
    [
      grid({ event: "position_set", source: "exchange", old: 0.1, new: 0.3 }),
      "belief hyperliquid holds=0.1",
      "position hyperliquid holds=0.3",
    ],
    [
      grid({ event: "position_drift_detected", local_position: 1, exchange_position: 0.9 }),
      "position hyperliquid holds=0.9",
      "alert hyperliquid",
    ],
    [grid({ event: "risk_halt" }), "alert hyperliquid"],
    [grid({ event: "session_start" }), "phase hyperliquid"],
    [grid({ event: "config_loaded", cfg: {} })],
  ],
  "grid-wal": [
    [
      wal("fill", {
        ...{ fill: { side: "buy", px: 65000.5, sz: 0.1, oid: 77, cloid: "0xa" } },
        ...{ pos_before: 0, pos_after: 0.1 },
      }),
      "belief hyperliquid holds=0",
      "fill hyperliquid 77 buy 0.1 @65000.5",
      "belief hyperliquid holds=0.1",
    ],
    [
      wal("order_submit", { cloid: "0xb", side: "sell", price: 65100, size: 0.1 }),
      "placed hyperliquid 0xb sell 0.1 @65100",
    ],
    [wal("order_cancel", { cloid: "0xb" }), "cancel-asked hyperliquid 0xb"],
    [wal("checkpoint", { position: 0.1 }), "belief hyperliquid holds=0.1"],
    [wal("grid_rebuild", { mid: 65000 }), "phase hyperliquid"],
    [
      '{"side": "sell", "px": 65100.0, "sz": 0.1, "oid": 78, "cloid": "0xb", "time": 1765432101000}',
      "fill hyperliquid 78 sell 0.1 @65100",
    ],
    [
      '{"seq":100,"ts":1765432100250,"position":0.5,"realized_pnl":1.0,"last_fill_ms":1,"open_orders":3}',
      "belief hyperliquid holds=0.5",
    ],
  ],
  macd: [
    [macd("🎯 LONG ENTRY SIGNAL"), "phase"],
    [macd("Entry Price: $50000.00")],
    [macd("Stop Loss:   $49000.00")],
    [macd("Quantity:    0.100"), "intended hyperliquid buy 0.100 @50000.00"],
    [macd("📋 Tracking order: 991 (NEW)"), "status hyperliquid 991 buy OPEN"],
    [macd("✅ Order placed successfully (orderId: 991)"), "placed hyperliquid 991 buy"],
    [macd("✅ Order placed successfully (orderId: None)"), "assumed-filled hyperliquid REJECTED"],
    [macd("⚠️ Order placement failed (attempt 1/4): timeout"), "refused hyperliquid"],
    [macd("🔄 Retrying order in 2.0s...")],
    [
      macd("📊 Partial fill detected: 0.04/0.1 for order 991"),
      "status hyperliquid 991 buy PARTIALLY_FILLED 0.1 filled=0.04",
    ],
    [macd("📊 Order 991 status: NEW → FILLED"), "status hyperliquid 991 buy FILLED"],
    [macd("🚪 CLOSING LONG POSITION"), "phase"],
    [macd("Reason: take profit")],
    [
      macd("✅ Position close order placed successfully (orderId: 992)"),
      "placed hyperliquid 992 sell",
    ],
    [
      macd("Position quantity changed significantly: 1.0 → 0.9 (10.0% change)"),
      "belief hyperliquid holds=1.0",
      "position hyperliquid holds=0.9",
      "alert",
    ],
    [macd("⚠️ Position initialized from exchange. Manual check advised"), "alert"],
    [macd("Circuit breaker opened after 5 consecutive failures"), "alert"],
    [macd("Entering degraded mode: WebSocket failed, using REST polling"), "alert"],
    ["2025-11-08 10:00:00 - WATCHDOG - ERROR - EMERGENCY SHUTDOWN: 5 restarts", "alert"],
    [
      '{"timestamp": "2025-11-08T10:00:00.123456", "level": "INFO", "logger": "x", "message": "📊 Order 991 status: NEW → CANCELLED"}',
      "status hyperliquid 991 sell CANCELED",
    ],
  ],
  "trades-csv": [
    ["exchange,timestamp,side,price,quantity"],
    ["Extended,2025-10-23T04:01:22.204412+00:00,buy,190.15,5", "fill extended buy 5 @190.15"],
    ["Lighter,2025-10-23T04:01:23,SHORT,190.10,1.33", "fill lighter sell 1.33 @190.10"],
    ["Timestamp,OrderID,Side,Quantity,Price,Status"],
    ["2025-10-23 12:01:22,77,buy,5,190.15,FILLED", "fill venue 77 buy 5 @190.15"],
    ["2025-10-23 12:01:22,78,sell,5,190.2,CANCELED", "status venue 78 sell CANCELED @190.2"],
  ],
  jsonl: [
    [
      '{"at":"2025-10-23T12:01:22.204412+08:00","what":"fill","leg":"extended","side":"buy","size":"1.33","price":"190.12"}',
      "fill extended buy 1.33 @190.12",
    ],
    [
      '{"at":1761192082204412,"what":"belief","leg":"extended","position":"0"}',
      "belief extended holds=0",
    ],
  ],
};
