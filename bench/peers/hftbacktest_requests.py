"""Prints what hftbacktest makes of RQ-1, a senseless strategy that sends every kind of request.

    hftbacktest_requests.py        one line a run, as pinned in test/golden/parity-requests.test.ts

RQ-1 runs on SYNTH-1(300,000): at random times it cancels and modifies orders of its own, and
submits limit orders of every time in force and market orders, around the touch. After each turn
position, fills, cash, the codes of its requests and the number of its orders go into a running
hash, so that one difference anywhere shows. Run it with the environment that hftbacktest.sh left:
    DIRECTORY/venv/bin/python bench/peers/hftbacktest_requests.py
"""

import sys

sys.dont_write_bytecode = True  # the import below would leave a cache in the repository

from hftbacktest_synth1 import LOT_SIZE, NS_PER_MS, TICK_SIZE, compiled, events_of, stream_of

ROWS = 300_000
TICK_LOTS_PER_UNIT = 10_000
MODULUS = 2_147_483_647

QUEUE_MODELS = {
    "risk-averse": lambda asset: asset.risk_adverse_queue_model(),
    "power-1(3)": lambda asset: asset.power_prob_queue_model(3.0),
    "power-2(3)": lambda asset: asset.power_prob_queue_model2(3.0),
    "power-3(3)": lambda asset: asset.power_prob_queue_model3(3.0),
    "log-1": lambda asset: asset.log_prob_queue_model(),
    "log-2": lambda asset: asset.log_prob_queue_model2(),
}


def strategy():
    peer, np, generate, _, _ = compiled()
    from numba import njit

    new, limit_type, market_type = peer.NEW, peer.LIMIT, peer.MARKET
    # Two in five are post-only.
    times_in_force = np.array([peer.GTX, peer.GTX, peer.GTC, peer.order.IOC, peer.order.FOK])

    @njit
    def draw(state, modulus):
        state[0] = (state[0] * 48_271) % MODULUS
        return (state[0] >> 8) % modulus

    @njit
    def mix(digest, value):
        return (digest * 1_000_003 + np.int64(value)) % MODULUS

    @njit
    def rq1(hbt, seed):
        state = np.array([seed], dtype=np.int64)
        turn, digest = 0, 0
        while hbt.elapse(draw(state, 30) * NS_PER_MS + draw(state, 1000)) == 0:
            turn += 1
            if turn % 5 == 0:
                hbt.clear_inactive_orders(0)
            depth = hbt.depth(0)
            bid, ask = depth.best_bid_tick, depth.best_ask_tick
            codes = 0
            for _ in range(3):
                order_id = turn - 1 - draw(state, 6)
                what, down, lots = draw(state, 6), draw(state, 3), 1 + draw(state, 9)
                if order_id < 1:
                    continue
                order = hbt.orders(0).get(order_id)
                if order is None or order.status != new:
                    continue
                if what == 0:
                    codes = codes * 31 + hbt.cancel(0, order_id, False)
                elif what == 1:
                    price = (bid - down) * TICK_SIZE
                    codes = codes * 31 + hbt.modify(0, order_id, price, lots * LOT_SIZE, False)
            tif = times_in_force[draw(state, 5)]
            buys = draw(state, 2) == 0
            kind = market_type if draw(state, 20) == 0 else limit_type
            away, lots = draw(state, 3) - 1, 1 + draw(state, 20)
            if buys:
                price = (bid + away) * TICK_SIZE
                code = hbt.submit_buy_order(0, turn, price, lots * LOT_SIZE, tif, kind, False)
            else:
                price = (ask + away) * TICK_SIZE
                code = hbt.submit_sell_order(0, turn, price, lots * LOT_SIZE, tif, kind, False)
            values = hbt.state_values(0)
            digest = mix(digest, round(values.position / LOT_SIZE))
            digest = mix(digest, values.num_trades)
            digest = mix(digest, round(values.balance * TICK_LOTS_PER_UNIT))
            digest = mix(digest, codes * 31 + code)
            digest = mix(digest, len(hbt.orders(0)))
        return turn, digest

    return peer, np, generate, rq1


def main():
    peer, np, generate, rq1 = strategy()
    events = events_of(peer, np, stream_of(np, generate, ROWS))
    for run, model in enumerate(name for name in QUEUE_MODELS for _ in range(2)):
        seed = run + 1
        entry_ms, response_ms = (seed % 4) * 5, (seed % 3) * 7
        asset = (
            peer.BacktestAsset()
            .data([events])
            .linear_asset(1.0)
            .constant_order_latency(entry_ms * NS_PER_MS, response_ms * NS_PER_MS)
            .no_partial_fill_exchange()
            .trading_value_fee_model(-0.00005, 0.0007)
            .tick_size(TICK_SIZE)
            .lot_size(LOT_SIZE)
            .roi_lb(29_900.0)
            .roi_ub(30_100.0)
        )
        hbt = peer.ROIVectorMarketDepthBacktest([QUEUE_MODELS[model](asset)])
        turns, digest = rq1(hbt, seed)
        values = hbt.state_values(0)
        position = round(values.position / LOT_SIZE)
        traded = f"{values.num_trades} fills {position} lots"
        money = f"{values.balance:.6f} {values.fee:.6f}"
        print(f"{model} seed {seed}: {turns} turns {traded} {money} {digest}")
        hbt.close()


if __name__ == "__main__":
    main()
