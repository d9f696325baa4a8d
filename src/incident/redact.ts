// Takes secrets out of a line before anything else sees it: values after the names such bots use, keys by their form, and
// any value that was once named as a secret, wherever it turns up again. What is taken out is never kept nor printed.

/** Names whose values are secrets, of the published bots. HEDGE_BOT_NAME and the like are not. */
export const SECRET_NAMES = [
  "EXTENDED_VAULT",
  "EXTENDED_STARK_KEY_PRIVATE",
  "EXTENDED_STARK_KEY_PUBLIC",
  "EXTENDED_API_KEY",
  "API_KEY_PRIVATE_KEY",
  "LIGHTER_ACCOUNT_INDEX",
  "LIGHTER_API_KEY_INDEX",
  "GRVT_TRADING_ACCOUNT_ID",
  "GRVT_PRIVATE_KEY",
  "GRVT_API_KEY",
  "GRVT_ENVIRONMENT",
  "TELEGRAM_BOT_TOKEN",
  "TELEGRAM_CHAT_ID",
] as const;

export const REDACTED = "[redacted]";

/** Shorter values of a named secret are taken out where they are named, and not searched for elsewhere. */
const LEARNT_CHARACTERS_MIN = 8;
/** More secrets than any bot has; a log that names more repeats a pattern of something else. */
const LEARNT_MAX = 1_000;

const WORDS =
  "api[ _-]?key|secret|private[ _-]?key|stark[ _-]?key|passphrase|password|passwd|mnemonic|seed[ _-]?phrase|" +
  "access[_-]?token|auth[_-]?token|bot[_-]?token|chat[_-]?id|vault|authorization|cookie|signature";
const NAME = `(?:[\\w-]*(?:${WORDS})[\\w-]*|${SECRET_NAMES.join("|")})`;
/** Twelve words or more: what a wallet is made again from. */
const PHRASE = "[a-z]{3,8}(?: [a-z]{3,8}){11,23}";
/** name, quotes that may be escaped, = or : or =>, and the value up to where it ends; of a header two words. */
const NAMED = new RegExp(
  `(${NAME}\\\\*["']?\\s*(?:=>|[=:])\\s*)` +
    `(${PHRASE}|\\\\*"[^"\\\\]*\\\\*"?|\\\\*'[^'\\\\]*\\\\*'?|(?:bearer|basic)\\s+[^\\s,;&)}\\]]+|[^\\s,;&)}\\]"']+)`,
  "gi",
);
const FORMS: readonly RegExp[] = [
  // Private keys, signatures and transaction hashes look alike: all go.
  /\b(?:0x)?[0-9a-fA-F]{56,}\b/g,
  // Who logs in at a proxy.
  /(?<=:\/\/)[^\s/@:]+:[^\s/@]+(?=@)/g,
  // Named without a sign between.
  /(?<=\b(?:api[ _-]?key|private[ _-]?key|secret|token) (?:is |was )?)(?=\S*\d)[\w+/=-]{16,}/gi,
  // A Telegram token.
  /\b\d{6,12}:[A-Za-z0-9_-]{30,}/g,
  // A JSON web token.
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)?/g,
  /\b(?:bearer|basic)\s+[A-Za-z0-9._~+/=-]{16,}/gi,
];
const MAYBE = new RegExp(`${WORDS}|${SECRET_NAMES.join("|")}`, "i");

/** Remembers the values it was shown under a secret's name. */
export class Redactor {
  readonly #learnt = new Set<string>();
  #count = 0;

  /** How many values were taken out. */
  get count(): number {
    return this.#count;
  }

  line(text: string): string {
    let clean = text;
    if (MAYBE.test(text)) {
      clean = clean.replace(NAMED, (_, name: string, value: string) => {
        this.#learn(value);
        return `${name}${this.#out()}`;
      });
    }
    for (const value of this.#learnt) {
      if (clean.includes(value)) clean = clean.replaceAll(value, () => this.#out());
    }
    for (const form of FORMS) clean = clean.replace(form, () => this.#out());
    return clean;
  }

  #learn(value: string): void {
    const bare = value.replace(/^(?:bearer|basic)\s+/i, "").replaceAll(/[\\"']/g, "");
    if (bare.length < LEARNT_CHARACTERS_MIN || this.#learnt.size >= LEARNT_MAX) return;
    if (bare !== REDACTED) this.#learnt.add(bare);
  }

  #out(): string {
    this.#count += 1;
    return REDACTED;
  }
}
