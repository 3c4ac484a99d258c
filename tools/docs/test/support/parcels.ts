import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, formatProblem, type ServiceModel } from "typedcloud/checked";
import { readSpecFacts, type SpecFacts } from "../../src/spec/facts.ts";

/** A cloud and a service that do not exist: small, so that a check takes next to no time, and with one of everything. */
const COMMON = `# What the invented services share.
openapi: 3.1.0
info: { title: Invented Cloud, version: "1", description: Shared by its services. }
x-cloud: { name: HuaweiCloud }
paths: {}
components:
  securitySchemes:
    aksk: { type: http, scheme: sdk-hmac-sha256, description: A key. }
    token: { type: apiKey, in: header, name: X-Auth-Token, description: A token. }
  parameters:
    project_id:
      name: project_id
      in: path
      required: true
      description: The project.
      schema: { type: string, pattern: '^[a-z0-9]{32}$' }
  schemas:
    Error:
      type: object
      properties:
        error_code:
          type: string
          description: A code.
        error_msg:
          type: string
          description: Words.
  responses:
    Error:
      description: An error.
      content:
        application/json:
          schema: { $ref: "#/components/schemas/Error" }
`;

export const PARCELS = `# Source: an invented page, the edition of 2025-01-01.
openapi: 3.1.0
info:
  title: Parcel Service
  version: v1
  description: Carries parcels that do not exist.
x-service: { name: Parcels }

# Why this host: it is invented.
servers:
  - url: https://parcels.{region}.example.com
    variables:
      region: { default: north-1, description: "Region ID." }

security:
  - aksk: []
  - token: []

paths:
  /v1/{project_id}/parcels:
    get:
      operationId: listParcels
      summary: Lists parcels.
      description: Lists the parcels of a project.
      externalDocs: { url: https://docs.example.com/ListParcels.html, description: The page. }
      x-title-zh: 查询包裹
      x-updated: "2025-01-01"

      # Where the list ends is invented as well.
      x-pagination: { style: offset, items: parcels, offset: offset, limit: limit, total: total }

      # Nobody carries a parcel back.
      x-job:
        find: query.id
        id: id
        status: status
        states:
          pending: [WAITING, RUNNING]
          succeeded: [SUCCESS]
          failed: [FAIL]
        resource: box_id

      parameters:
        - $ref: "common.yaml#/components/parameters/project_id"
        - name: id
          in: query
          description: Only this one.
          schema: { type: string }
        # Statuses are shared with the answers.
        - name: status
          in: query
          description: Only those.
          schema: { $ref: "#/components/schemas/ParcelStatus" }
        - name: kind
          in: query
          description: What it is.
          schema: { type: string, enum: [box, letter] } # a comment behind
        - name: colours
          in: query
          description: In any of them.
          schema: { type: array, items: { type: string } }
        - name: offset
          in: query
          description: Where to start.
          schema: { type: integer, minimum: 0, default: 0 }
          x-requires: [limit]
        # Found out by trying.
        - name: limit
          in: query
          description: How many.
          schema:
            type: integer
            minimum: 1
            maximum: 100
            default: 10
        - name: note
          in: query
          # Said nowhere else.
          description: A note.
          schema: { type: string }
        - name: X-Language
          in: header
          description: In which language.
          schema: { type: string, enum: [en-us, zh-cn], default: en-us }

      responses:
        "200":
          description: A page of parcels.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/ListParcelsResponse" }
              example:
                total: 1
                parcels:
                  # The page's only parcel.
                  - id: p-1
                    status: SUCCESS
                    weight: 3
                    box_id: b-1
                    sent_at: "2025-01-01T00:00:00Z"
                    tags: [red, blue]
                    stops:
                      - town: Atlantis
                        minutes: 5
        "400":
          description: Not as it should be.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/ErrorBody" }
        "404":
          description: Not there.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/ErrorBody" }
        # The gateway's.
        default: { $ref: "common.yaml#/components/responses/Error" }

components:
  securitySchemes:
    aksk: { $ref: "common.yaml#/components/securitySchemes/aksk" }
    token: { $ref: "common.yaml#/components/securitySchemes/token" }

  schemas:
    ListParcelsResponse:
      type: object
      properties:
        total:
          type: integer
          description: How many there are.
        parcels:
          type: array
          description: The parcels.
          items: { $ref: "#/components/schemas/Parcel" }

    # Two fields share it.
    ParcelStatus:
      type: string
      description: Where it stands.
      enum: [WAITING, RUNNING, SUCCESS, FAIL]

    Parcel:
      type: object
      required: [id, status]
      properties:
        id:
          type: string
          description: Its ID.
        status:
          description: Where it stands.
          $ref: "#/components/schemas/ParcelStatus"
        # In grams, as far as anybody knows.
        weight:
          type: integer
          description: How heavy it is.
        box_id:
          type: string
          description: >-
            The box that it is in,
            if it is in one.
        sent_at:
          type: string
          format: date-time
          description: When it was sent.
        tags:
          type: array
          description: Words on it.
          items: { type: string }
        stops:
          type: array
          description: Where it has been.
          items: { $ref: "#/components/schemas/Stop" }

    Stop:
      type: object
      properties:
        town:
          type: string
          description: Which town.
        minutes:
          type: integer
          description: For how long.

    ErrorBody:
      type: object
      properties:
        error_code:
          type: string
          description: A code.
        error_msg:
          type: string
          description: Words.
`;

/** The invented specifications in a folder of their own. */
export function parcels(text = PARCELS) {
  const cwd = mkdtempSync(join(tmpdir(), "docs-parcels-"));
  mkdirSync(join(cwd, "specs/huaweicloud"), { recursive: true });
  writeFileSync(join(cwd, "specs/huaweicloud/common.yaml"), COMMON);
  const file = join(cwd, "specs/huaweicloud/parcels.yaml");
  writeFileSync(file, text);
  return { cwd, file, dispose: () => rmSync(cwd, { recursive: true, force: true }) };
}

/** What a specification's text says. */
export async function readParcels(cwd: string): Promise<{ service: ServiceModel; operations: SpecFacts[] }> {
  const { services, problems } = await check("specs", cwd);
  const [service] = services;
  if (service === undefined || problems.length > 0) throw new Error(problems.map(formatProblem).join("\n"));
  return { service, operations: service.operations.map((operation) => readSpecFacts(service, operation)) };
}
