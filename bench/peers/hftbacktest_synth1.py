"""Times hftbacktest on SYNTH-1 and holds its results against the published figures.

    hftbacktest_synth1.py run ROWS          one repeat: tab-separated lines on standard output
    hftbacktest_synth1.py summary FILE...   best and median over repeats, results checked

The stream is generated here from its published description and checked by SHA-256; no file is read.
Only the replay loop is timed: data are parsed in memory, and everything is compiled beforehand on a
short stream. One row is one level change or one trade. Exit: 0 fine, 5 when a figure is not as
published, 2 when called wrongly. Meant to be run by hftbacktest.sh, which makes the environment.
"""

import hashlib
import statistics
import sys
import time

ORIGIN_NS = 1_700_000_000_000_000_000
TICK_SIZE = 0.1
LOT_SIZE = 0.001
NS_PER_MS = 1_000_000
WARM_UP_ROWS = 20_000

# SHA-256 of the binary form: 25 bytes a row.
CHECKSUMS = {
    1_000_000: "6fb5ffafbcf00cf389b720d5c7b4ab9825f3b17592a5f0c99922b35b2308c6b5",
    5_000_000: "8f031ab63c2fcce209ac18efc767d3d74f1ab13f4efa6e56d48f38e9234e20fc",
}

# Power3(3), 1 ms each way: (rows, interval ms) -> orders, cancels, fills, position in lots.
FIGURES = {
    (1_000_000, 100): (15121, 3589, 11250, -1000),
    (1_000_000, 10): (37073, 11694, 24188, -960),
    (5_000_000, 100): (75581, 17831, 56301, 650),
    (5_000_000, 10): (185397, 58245, 121004, 860),
}


def compiled():
    """Imports the peer and compiles generator and strategies; slow, so only on demand."""
    import hftbacktest as peer
    import numpy as np
    from numba import njit

    buy, sell = peer.BUY, peer.SELL
    limit_type, post_only = peer.LIMIT, peer.GTX

    @njit
    def draw(state, modulus):
        x = state[0]
        x ^= (x << 13) & 0xFFFFFFFF
        x ^= x >> 17
        x ^= (x << 5) & 0xFFFFFFFF
        state[0] = x
        return x % modulus

    @njit
    def put(columns, at, time_latency, trade, bid, tick, lots):
        # columns: flags, tick, lots, exch, local; rows past the end are cut.
        n = at[0]
        if n >= len(columns[0]):
            return
        local = time_latency[0] + time_latency[1]
        if n > 0 and columns[4][n - 1] > local:
            local = columns[4][n - 1]
        columns[0][n] = trade | (bid << 1)
        columns[1][n] = tick
        columns[2][n] = lots
        columns[3][n] = time_latency[0]
        columns[4][n] = local
        at[0] = n + 1

    @njit
    def generate(columns):
        state = np.array([0x9E3779B9], dtype=np.int64)
        at = np.zeros(1, dtype=np.int64)
        clock = np.array([0, 1_000_000], dtype=np.int64)
        p = 300_000
        for k in range(50):
            b = 1 + draw(state, 1000)
            a = 1 + draw(state, 1000)
            put(columns, at, clock, 0, 1, p - k, b)
            put(columns, at, clock, 0, 0, p + 1 + k, a)
        while at[0] < len(columns[0]):
            clock[0] += 1 + draw(state, 2_000_000)
            clock[1] = 1_000_000 + draw(state, 1_000_000)
            w = draw(state, 64)
            s = draw(state, 2)
            if w == 0:
                q = 1 + draw(state, 1000)
                if s == 0:
                    put(columns, at, clock, 0, 0, p + 1, 0)
                    p += 1
                    put(columns, at, clock, 0, 1, p, q)
                else:
                    put(columns, at, clock, 0, 1, p, 0)
                    put(columns, at, clock, 0, 0, p, q)
                    p -= 1
            elif w <= 12:
                u = 1 + draw(state, 50)
                q = 1 + draw(state, 1000)
                price = p + 1 - s
                put(columns, at, clock, 1, 1 - s, price, u)
                put(columns, at, clock, 0, s, price, q)
            else:
                k = min(draw(state, 50), draw(state, 50))
                z = draw(state, 10)
                q = 0
                if z != 0 or k == 0:
                    q = 1 + draw(state, 1000)
                put(columns, at, clock, 0, 1 - s, p - k if s == 0 else p + 1 + k, q)

    @njit
    def idle(hbt):
        while hbt.elapse(100 * NS_PER_MS) == 0:
            pass
        return 0, 0

    @njit
    def mm1(hbt, interval_ns):
        orders, cancels = 0, 0
        stale = np.empty(1024, dtype=np.uint64)
        while hbt.elapse(interval_ns) == 0:
            hbt.clear_inactive_orders(0)
            depth = hbt.depth(0)
            if np.isnan(depth.best_bid) or np.isnan(depth.best_ask):
                continue
            bid, ask = depth.best_bid_tick, depth.best_ask_tick
            position = round(hbt.position(0) / LOT_SIZE)
            have_bid, have_ask, count = False, False, 0
            values = hbt.orders(0).values()
            while values.has_next():
                order = values.get()
                if order.side == buy and order.price_tick == bid:
                    have_bid = True
                elif order.side == sell and order.price_tick == ask:
                    have_ask = True
                elif order.cancellable:
                    stale[count] = order.order_id
                    count += 1
            for order_id in np.sort(stale[:count]):
                hbt.cancel(0, order_id, False)
            cancels += count
            if not have_bid and position < 1000:
                orders += 1
                price = bid * TICK_SIZE
                hbt.submit_buy_order(0, orders, price, 0.01, post_only, limit_type, False)
            if not have_ask and position > -1000:
                orders += 1
                price = ask * TICK_SIZE
                hbt.submit_sell_order(0, orders, price, 0.01, post_only, limit_type, False)
        return orders, cancels

    return peer, np, generate, idle, mm1


def stream_of(np, generate, rows):
    columns = (
        np.empty(rows, np.uint8),
        np.empty(rows, np.int32),
        np.empty(rows, np.int32),
        np.empty(rows, np.int64),
        np.empty(rows, np.int64),
    )
    generate(columns)
    return columns


def check_stream(np, columns):
    packed = np.dtype([("f", "u1"), ("tick", "<i4"), ("lots", "<i4"), ("e", "<f8"), ("l", "<f8")])
    binary = np.empty(len(columns[0]), packed)
    for name, column in zip(packed.names, columns):
        binary[name] = column
    found = hashlib.sha256(binary.tobytes()).hexdigest()
    if found != CHECKSUMS.get(len(columns[0]), found):
        print(f"SYNTH-1 has another checksum than published: {found}", file=sys.stderr)
        sys.exit(5)


def events_of(peer, np, columns):
    flags, tick, lots, exch, local = columns
    rows = np.zeros(len(flags), peer.event_dtype)
    kind = np.where(flags & 1, peer.TRADE_EVENT, peer.DEPTH_EVENT).astype(np.uint64)
    side = np.where(flags & 2, peer.BUY_EVENT, peer.SELL_EVENT).astype(np.uint64)
    rows["ev"] = kind | side | np.uint64(peer.EXCH_EVENT | peer.LOCAL_EVENT)
    rows["exch_ts"] = exch + ORIGIN_NS
    rows["local_ts"] = local + ORIGIN_NS
    rows["px"] = tick * TICK_SIZE
    rows["qty"] = lots * LOT_SIZE
    return rows


def backtest(peer, book, events):
    asset = (
        peer.BacktestAsset()
        .data([events])
        .linear_asset(1.0)
        .constant_order_latency(NS_PER_MS, NS_PER_MS)
        .power_prob_queue_model3(3.0)
        .no_partial_fill_exchange()
        .trading_value_fee_model(-0.00005, 0.0007)
        .tick_size(TICK_SIZE)
        .lot_size(LOT_SIZE)
    )
    if book == "hash map":
        return peer.HashMapMarketDepthBacktest([asset])
    # A region around every price of the stream: 299,861 to 300,252 ticks at five million rows.
    return peer.ROIVectorMarketDepthBacktest([asset.roi_lb(29_900.0).roi_ub(30_100.0)])


def run(rows):
    peer, np, generate, idle, mm1 = compiled()
    warm_up = events_of(peer, np, stream_of(np, generate, WARM_UP_ROWS))
    columns = stream_of(np, generate, rows)
    check_stream(np, columns)
    events = events_of(peer, np, columns)
    for book in ("ROI vector", "hash map"):
        for interval_ms in (0, 100, 10):
            def replay(data):
                hbt = backtest(peer, book, data)
                start = time.perf_counter()
                sent = idle(hbt) if interval_ms == 0 else mm1(hbt, interval_ms * NS_PER_MS)
                seconds = time.perf_counter() - start
                state = hbt.state_values(0)
                result = (*sent, state.num_trades, round(state.position / LOT_SIZE))
                money = (state.balance, state.fee)
                hbt.close()
                return seconds, result, money

            replay(warm_up)
            seconds, result, (balance, fee) = replay(events)
            money = (f"{balance:.6f}", f"{fee:.6f}")
            line = (book, interval_ms, rows, rows / seconds, *result, *money)
            print("\t".join(str(field) for field in line), flush=True)


def summary(files):
    runs = {}
    for name in files:
        with open(name, encoding="utf-8") as lines:
            for line in lines:
                book, interval_ms, rows, speed, *result = line.rstrip("\n").split("\t")
                workload = (book, int(interval_ms), int(rows))
                runs.setdefault(workload, []).append((float(speed), result))
    wrong = 0
    print(f"{'book':<12}{'workload':<14}{'rows':>10}  {'M rows/s median':>15}{'best':>7}  results")
    for (book, interval_ms, rows), repeats in runs.items():
        speeds = [speed / 1e6 for speed, _ in repeats]
        expected = FIGURES.get((rows, interval_ms))
        found = {tuple(int(field) for field in result[:4]) for _, result in repeats}
        if expected is None:
            verdict = ""
        elif found == {expected}:
            verdict = "as published: " + " / ".join(repeats[0][1])
        else:
            verdict = f"NOT AS PUBLISHED: {sorted(found)}, expected {expected}"
            wrong += 1
        workload = "idle" if interval_ms == 0 else f"MM-1 {interval_ms} ms"
        speed = f"{statistics.median(speeds):>15.1f}{max(speeds):>7.1f}"
        print(f"{book:<12}{workload:<14}{rows:>10}  {speed}  {verdict}")
    print("results are orders / cancels / fills / position in lots / balance / fee")
    return 5 if wrong else 0


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "run" and arguments[1].isdigit():
        run(int(arguments[1]))
        return 0
    if len(arguments) >= 2 and arguments[0] == "summary":
        return summary(arguments[1:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
