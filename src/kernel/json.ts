/** Whatever survives `JSON.stringify` and `JSON.parse` unchanged. */
export type JsonValue = string | number | boolean | null | JsonObject | JsonValue[];

/** A JSON object; the shape of process variables, job payloads and event data. */
export type JsonObject = { [key: string]: JsonValue };
