/** The smallest specification with everything in it: a list with pages, whose items are jobs that can be waited for. */
export const SPECIFICATION = `openapi: 3.1.0
info:
  title: Task Service
  version: v1
  description: Does things later.
x-service: { name: Tasks }
servers:
  - url: https://tasks.{region}.example.com
    variables:
      region: { default: here-1 }
paths:
  /v1/{project_id}/tasks:
    get:
      operationId: listTasks
      summary: Lists tasks.
      externalDocs: { url: "https://docs.example.com/tasks" }
      x-updated: "2025-01-31"
      x-pagination:
        style: cursor
        items: tasks
        cursor: marker
        next: page.next
        limit: limit
      x-job:
        find: query.id
        id: id
        status: status
        states:
          pending: [WAITING]
          succeeded: [DONE]
      parameters:
        - $ref: "common.yaml#/components/parameters/project_id"
        - name: limit
          in: query
          description: How many tasks a page holds.
          schema: { type: integer, minimum: 1, maximum: 100, default: 10 }
        - name: marker
          in: query
          description: Where to go on.
          schema: { type: string, minLength: 1 }
          x-requires: [limit]
        - name: id
          in: query
          schema: { type: string }
      responses:
        "200":
          description: One page of tasks.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Page" }
              example:
                tasks:
                  - id: t1
                    status: DONE
                page:
                  next: t1
        default: { $ref: "common.yaml#/components/responses/Error" }
components:
  schemas:
    Page:
      type: object
      properties:
        tasks:
          type: array
          items: { $ref: "#/components/schemas/Task" }
        page:
          type: object
          properties:
            next: { type: string }
    Task:
      type: object
      required: [id, status]
      properties:
        id: { type: string, description: The task's ID. }
        status: { $ref: "#/components/schemas/Status" }
        steps:
          type: array
          items: { $ref: "#/components/schemas/Task" }
    Status:
      type: string
      enum: [WAITING, DONE]
`;

/** What the services of the test's cloud share. */
export const COMMON = `openapi: 3.1.0
info: { title: Acme, version: "1" }
x-cloud: { name: Acme }
paths: {}
components:
  parameters:
    project_id:
      name: project_id
      in: path
      required: true
      schema: { type: string }
  schemas:
    Error:
      type: object
      properties:
        code: { type: string }
  responses:
    Error:
      description: Any error.
      content:
        application/json:
          schema: { $ref: "#/components/schemas/Error" }
          example: { code: E1 }
`;

/** A replacement in a specification's text. */
export type Edit = readonly [from: string, to: string];

/** The text with replacements, each of which must find its place. */
export function edited(text: string, ...edits: readonly Edit[]): string {
  return edits.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`nothing to replace: ${from}`);
    return result.replace(from, () => to);
  }, text);
}
