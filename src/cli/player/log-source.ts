// A log that `rehearse incident import` read as something to film: looked at as it is, played by nobody.

import type { CliIo } from "../cli-io.ts";
import { readIncident } from "../incident/read-incident.ts";
import { filmLog } from "./film-log.ts";
import type { FilmSource } from "./film-source.ts";

/** @throws {CliError} when it is no incident. */
export function logSource(file: string, io: CliIo): FilmSource {
  const { incident, name } = readIncident(file, io);
  const { events, format, zone, files } = incident;
  const facts = [
    {
      about: "Log",
      text: `${files.map((each) => each.name).join(", ")}, read as ${format}, times ${zone}`,
    },
    { about: "Truth", text: "is what the fills told add up to, from what the venue last reported" },
    {
      about: "Belief",
      text: "is what the bot said it held, when it said so; between, nobody knows",
    },
    { about: "Messages", text: "take no time here: a log has one line of each" },
  ];
  const [startedAt, endedAt] = [events[0]?.at ?? 0, events.at(-1)?.at ?? 0];
  return {
    title: `${name}, as it was logged`,
    isIncident: true,
    span: { startedAt, endedAt },
    close: () => undefined,
    run: async (window) => ({ film: filmLog(incident, window), startedAt, endedAt, facts }),
  };
}
