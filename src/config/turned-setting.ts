// A knob of a setting that is a whole number: a campaign turns it to between half and double of what the config says.

import type { StrategyKnob } from "./strategy-kit.ts";

/** The settings of a config that are plain numbers. */
type NumberKey<Config> = {
  [Key in keyof Config]-?: Config[Key] extends number ? Key : never;
}[keyof Config] &
  string;

/** Nothing where the setting is off. */
export function turnedSetting<Config extends object>(
  config: Config,
  name: NumberKey<Config>,
  least = 1,
): StrategyKnob<Config> {
  const value = config[name] as number;
  const from = value === 0 ? 0 : Math.max(least, Math.ceil(value / 2));
  return {
    name,
    least: from,
    most: Math.max(from, 2 * value),
    turned: (told, to) => ({ ...told, [name]: to }),
  };
}
