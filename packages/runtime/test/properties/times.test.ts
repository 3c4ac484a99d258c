/** Z11 of the reliability catalogue: the dialects of time that services write. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJobTime } from "../../src/index.js";
import { runs } from "../support/count.js";
import { json, memory } from "../support/memory.js";
import { swr } from "../support/services.js";

const EARLIEST = new Date(1e11);
const LATEST = new Date("9999-12-30T00:00:00Z");
const date = fc.date({ min: EARLIEST, max: LATEST, noInvalidDate: true });

const two = (value: number): string => String(value).padStart(2, "0");

/** What a clock shows so many minutes east of Greenwich, and how far east that is. */
function local(time: Date, eastMinutes: number, colon: string): string {
  const shown = new Date(time.getTime() + eastMinutes * 60_000).toISOString().slice(0, 19);
  const away = Math.abs(eastMinutes);
  return `${shown}${eastMinutes < 0 ? "-" : "+"}${two(Math.floor(away / 60))}${colon}${two(away % 60)}`;
}

const second = (time: Date): number => Math.floor(time.getTime() / 1000) * 1000;

const dialects: Record<string, (time: Date) => [written: string | number, ms: number]> = {
  "ELB: 2024-03-23T08:20:42Z": (time) => [`${time.toISOString().slice(0, 19)}Z`, second(time)],
  "SWR: microseconds": (time) => [time.toISOString().replace("Z", "978Z"), time.getTime()],
  "EIP: milliseconds": (time) => [time.toISOString(), time.getTime()],
  "GaussDB: +0000": (time) => [local(time, 0, ""), second(time)],
  "ALB: milliseconds since 1970": (time) => [time.getTime(), time.getTime()],
  "the same as text": (time) => [String(time.getTime()), time.getTime()],
  "no zone: UTC": (time) => [time.toISOString().slice(0, 19), second(time)],
};

describe("Z11 what a service writes is read back to the millisecond", () => {
  test.each(Object.entries(dialects))("%s", (_, write) => {
    fc.assert(
      fc.property(date, (time) => {
        const [written, ms] = write(time);
        expect(parseJobTime(written)?.getTime()).toBe(ms);
      }),
      runs(10_000, 10_000),
    );
  });

  test("with any offset, with and without a colon", () => {
    const east = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(date, east, fc.constantFrom("", ":"), (time, minutes, colon) => {
        expect(parseJobTime(local(time, minutes, colon))?.getTime()).toBe(second(time));
      }),
      runs(10_000, 10_000),
    );
  });
});

describe("Z11 what is no time is none", () => {
  test.each([
    [""],
    [" "],
    [null],
    [undefined],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [0],
    [-1],
    [1_700_000_000], // seconds
    ["1700000000"],
    [1e17],
    [1_700_000_000_000.5],
    ["2024-02-30T00:00:00Z"],
    ["2023-02-29T00:00:00Z"],
    ["2024-13-01T00:00:00Z"],
    ["2024-00-01T00:00:00Z"],
    ["2024-01-00T00:00:00Z"],
    ["2024-01-01T24:00:00Z"],
    ["2024-01-01T00:60:00Z"],
    ["2024-01-01T00:00:60Z"],
    ["2024-01-01T00:00Z"],
    ["2024-01-01"],
    ["2024-01-01T00:00:00+24:00"],
    ["2024-01-01T00:00:00+1"],
    ["2024-01-01T00:00:00 GMT"],
    ["Mon, 01 Jan 2024 00:00:00 GMT"],
    ["-"],
    [{}],
    [[]],
    [true],
  ])("%j", (value) => {
    expect(parseJobTime(value)).toBeUndefined();
  });

  test("anything at all: a valid date, or nothing", () => {
    const nearly = fc
      .tuple(date, fc.nat(30), fc.string({ maxLength: 2 }))
      .map(([time, at, text]) => time.toISOString().slice(0, at) + text + time.toISOString().slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), nearly), (value) => {
        const time = parseJobTime(value);
        if (time) expect(Number.isNaN(time.getTime())).toBe(false);
        else expect(time).toBeUndefined();
      }),
      runs(10_000, 10_000),
    );
  });
});

test("a service's own text is handed out untouched: digits that a Date would drop are there", async () => {
  const created_at = "2023-12-19T03:01:38.305978Z";
  const server = memory(() => json({ jobs: [{ id: "1", status: "Success", created_at }], total: 1 }));
  const { jobs } = await swr(server).listInstanceJobs();
  expect(jobs?.[0]).toMatchObject({ created_at });
  expect(parseJobTime(created_at)?.toISOString()).toBe("2023-12-19T03:01:38.305Z");
});
