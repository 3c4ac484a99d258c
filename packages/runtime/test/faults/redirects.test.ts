/** F-H26 of the reliability catalogue: a signature is good for one host, and nothing that carries one goes to another. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { RedirectError } from "../../src/errors.js";
import { failure, memory } from "../support/memory.js";
import { elb } from "../support/services.js";

describe("F-H26 redirects are not followed", () => {
  const listen = async (status: number, location: (port: number) => string) => {
    let requests = 0;
    let port = 0;
    const server = createServer((request, response) => {
      if (request.url?.includes("/stolen")) requests++;
      else response.writeHead(status, { location: location(port) });
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    ({ port } = server.address() as AddressInfo); // it listens on a port
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    return { endpoint: `http://127.0.0.1:${port}`, stolen: () => requests, port };
  };
  const redirected = (init: ResponseInit) =>
    failure(elb(memory(() => new Response(null, { status: 302, ...init }))).listJobs());
  const targets: [
    string,
    (port: number, elsewhere: number) => string,
    (port: number, elsewhere: number) => string,
  ][] = [
    ["the same host", () => "/stolen", (port) => `127.0.0.1:${port}`],
    ["another host", (port) => `http://localhost:${port}/stolen`, (port) => `localhost:${port}`],
    ["another scheme", (port) => `https://127.0.0.1:${port}/stolen`, (port) => `127.0.0.1:${port}`],
    [
      "another port",
      (_, elsewhere) => `http://127.0.0.1:${elsewhere}/stolen`,
      (_, elsewhere) => `127.0.0.1:${elsewhere}`,
    ],
  ];
  const cases = [301, 302, 303, 307, 308].flatMap((status) =>
    targets.map((target) => [status, ...target] as const),
  );
  test.each(cases)("%i to %s", async (status, _, location, host) => {
    const other = await listen(200, () => "");
    const server = await listen(status, (port) => location(port, other.port));
    const error = await failure(elb({ endpoint: server.endpoint }).listJobs());
    expect(error).toBeInstanceOf(RedirectError);
    expect(error).toMatchObject({ status, attempts: 1, location: host(server.port, other.port) });
    expect(server.stolen() + other.stolen()).toBe(0);
  });
  test.each(["//evil.example.com/x", "\\\\evil.example.com/x", "https://user:pw@evil.example.com/?q=secret"])(
    "%s: only the host is told",
    async (location) => {
      const error = await redirected({ headers: { location } });
      expect(error).toMatchObject({ location: "evil.example.com" });
      expect(JSON.stringify(error)).not.toMatch(/pw|secret/);
    },
  );
  test.each(["", "http://[", undefined])("to nowhere: %j", async (location) => {
    const error = await redirected(location === undefined ? {} : { headers: { location } });
    expect(error).toBeInstanceOf(RedirectError);
  });
});
