// Every format there is a reader of, one a file.

import { gridJsonl } from "./grid-jsonl.ts";
import { gridWal } from "./grid-wal.ts";
import { hedgeExt } from "./hedge-ext.ts";
import { hedgeManager } from "./hedge-manager.ts";
import { hedgeV2 } from "./hedge-v2.ts";
import { jsonl } from "./jsonl.ts";
import { macd } from "./macd.ts";
import type { LogFormat } from "./reader.ts";
import { tradesCsv } from "./trades-csv.ts";

export const LOG_FORMATS: readonly LogFormat[] = [
  hedgeExt,
  hedgeV2,
  hedgeManager,
  gridJsonl,
  gridWal,
  macd,
  tradesCsv,
  jsonl,
];
