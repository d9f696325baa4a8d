// Every kind of fault the world can act out: its site, what its parameter means, and whether the world is out of joint
// while it lasts. What a kind does is told here in a sentence; who does it stands in sim/scenario. How often each is
// drawn, and how large, is the catalogue's.

import type { FaultSite } from "./fault.ts";

/** What the parameter of a fault counts. "none": it is not looked at. */
export type FaultParameter = "us" | "lots" | "ticks" | "rate-e8" | "choice" | "none";

export type FaultKind = Readonly<{
  site: FaultSite;
  parameter: FaultParameter;
  /** Entry of the reference's catalogue it stands for. */
  source: string;
  says: string;
}>;

const kind = (
  site: FaultSite,
  parameter: FaultParameter,
  source: string,
  says: string,
): FaultKind => ({ site, parameter, source, says });

/** By name. A name is part of every repro file: it never changes its meaning. */
export const FAULT_KINDS = {
  "request-lost": kind("request", "none", "F2", "never arrives"),
  "request-delayed": kind("request", "us", "F2", "arrives so much later, after others sent later"),
  "request-duplicated": kind("request", "us", "F1", "arrives again so much later"),
  "reply-lost": kind("request", "none", "F1", "is carried out; what is said of it then is lost"),
  "reply-unreadable": kind("request", "none", "F3", "is carried out; the reply proves nothing"),
  "request-unavailable": kind(
    "request",
    "none",
    "F35",
    "is not carried out, and the reply proves nothing",
  ),
  "answer-lost": kind("answer", "none", "F1", "never arrives"),
  "answer-delayed": kind("answer", "us", "F14", "arrives so much later, after others said later"),
  "answer-duplicated": kind("answer", "us", "F11", "arrives again so much later"),
  "answer-early": kind("answer", "none", "F4", "overtakes everything on the wire"),
  "answer-swapped": kind("answer", "none", "F14", "arrives right after the next answer"),
  "link-down": kind("link", "us", "F28", "nothing passes, and both sides know; no replay"),
  "link-half-open": kind(
    "link",
    "us",
    "F28",
    "requests and reports pass, no stream does, nobody knows",
  ),
  "listen-key-expired": kind(
    "link",
    "us",
    "F28",
    "what is said of orders is lost, the market goes on",
  ),
  "maintenance-kept": kind(
    "venue",
    "us",
    "F32",
    "503; then cancel-only, post-only, open; orders stay",
  ),
  "maintenance-wiped": kind(
    "venue",
    "us",
    "F32",
    "the same, and our orders are gone without a word",
  ),
  "cancel-only": kind("venue", "us", "F26", "orders and amends are refused"),
  "post-only-phase": kind("venue", "us", "F26", "orders that may take are refused"),
  halted: kind("venue", "us", "F26", "orders, amends and cancels are refused"),
  "rate-limited": kind("venue", "us", "F31", "429: all is refused, a report is not answered"),
  banned: kind("venue", "us", "F31", "418: nothing is carried out or answered"),
  "post-only-storm": kind("venue", "us", "F19", "every post-only order would cross"),
  reprices: kind("venue", "us", "F20", "post-only orders are taken one tick further off"),
  "lacks-margin": kind("venue", "us", "F24", "what is not reduce-only is refused for margin"),
  "price-band": kind(
    "venue",
    "us",
    "F26",
    "prices further than three ticks off the touch are refused",
  ),
  "tick-grows": kind("venue", "ticks", "F27", "from now on prices must be multiples of it"),
  "report-stale": kind(
    "venue",
    "us",
    "F15",
    "a report tells, by its own time, of the last one's moment",
  ),
  "operator-buys": kind("account", "lots", "F49", "bought by hand at the market"),
  "operator-sells": kind("account", "lots", "F49", "sold by hand at the market"),
  "operator-closes": kind("account", "none", "F49", "every position closed by hand"),
  "operator-cancels": kind("account", "none", "F49", "every order cancelled by hand"),
  "stranger-bids": kind("account", "lots", "F18", "an order nobody knows rests below the touch"),
  "stranger-asks": kind("account", "lots", "F18", "an order nobody knows rests above the touch"),
  "order-vanishes": kind("account", "none", "F17", "our oldest order is gone without a word"),
  liquidated: kind("account", "none", "F45", "orders cancelled, positions closed by the venue"),
  deleveraged: kind("account", "none", "F45", "half of each position taken away at the mark"),
  "funding-settles": kind("account", "rate-e8", "F46", "funding at that rate"),
  "funding-flips": kind("account", "rate-e8", "F46", "funding at minus that rate"),
  "funding-doubled": kind("account", "rate-e8", "F46", "settled once, told twice"),
  "funding-untold": kind("account", "rate-e8", "F46", "settled and not told"),
  bust: kind("account", "none", "F13", "the last fill is voided, told as its reverse"),
  "feed-frozen": kind("feed", "us", "F30", "nothing new is seen, the link is up"),
  "feed-gap": kind("feed", "us", "F29", "broken off and known to be, until the book is restated"),
  "feed-delayed": kind("feed", "us", "F30", "for ten seconds everything is seen so much later"),
  "feed-duplicated": kind("feed", "us", "F30", "so long everything is told twice"),
  "feed-crossed": kind("feed", "us", "F29", "so long the bid is seen above the ask"),
  "feed-conflated": kind("feed", "us", "F30", "so long one wake-up in eight is told"),
  "bar-late": kind("feed", "us", "F50", "the next bar is told so much later"),
  "bar-missing": kind("feed", "none", "F50", "the next bar is not told"),
  "bar-duplicated": kind("feed", "none", "F50", "the next bar is told twice"),
  "bar-revised": kind("feed", "ticks", "F50", "the next bar is told again, closing so much higher"),
  "price-gap-up": kind("market", "ticks", "F44", "in the tape: every price jumps so far at once"),
  "price-gap-down": kind("market", "ticks", "F44", "the same downwards"),
  "mark-absurd": kind("market", "us", "F48", "in the tape: so long the mark is ten times the mid"),
  "mark-frozen": kind("market", "us", "F48", "in the tape: so long the mark stays as it is"),
  "crash-kept": kind("process", "us", "F36", "killed; what was not synced survives; down so long"),
  "crash-dropped": kind("process", "us", "F37", "killed; what was not synced is lost"),
  "crash-torn": kind(
    "process",
    "us",
    "F37",
    "killed; it is cut at byte (parameter mod its length)",
  ),
  "crash-flipped": kind(
    "process",
    "us",
    "F37",
    "killed; one of its bits, by the parameter, is turned",
  ),
  "crash-reconfigured": kind("process", "us", "F42", "killed; comes back with another config"),
  paused: kind("process", "us", "F41", "stopped; then everything at once"),
  "second-instance": kind("process", "us", "F40", "stopped so long; meanwhile another took over"),
  "disk-full": kind("disk", "us", "F39", "appends fail"),
  "disk-failing": kind("disk", "us", "F39", "syncs fail"),
  "disk-read-only": kind("disk", "us", "F39", "appends and syncs fail"),
  "clock-ahead": kind("clock", "us", "F33", "the bot's clock jumps forward"),
  "clock-back": kind("clock", "us", "F33", "the bot's clock jumps back"),
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultKindName = keyof typeof FAULT_KINDS;
