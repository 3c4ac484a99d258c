/** What a person writes from the pages of `unseen.ts`. */

/** From the page with tokens. */
export const KITES = `openapi: 3.1.0
info: { title: Kites, version: 2025-01-02, description: Kites that do not exist. }
x-service: { name: Kites, style: RPC }
servers:
  - url: https://kites.{region}.example.com
    variables:
      region: { default: north-1, description: "Region ID." }
security:
  - acs3: []
paths:
  /ListKiteJobs:
    get:
      operationId: listKiteJobs
      summary: Lists the jobs of kites.
      description: Newest first.
      x-updated: "2025-01-02"
      x-pagination: { style: cursor, items: Jobs, cursor: NextToken, next: NextToken, limit: MaxResults }
      x-job:
        id: JobId
        status: Status
        states:
          pending: [Running]
          succeeded: [Succeeded]
          failed: [Failed]
        error: { message: ErrorMessage }
      parameters:
        - name: NextToken
          in: query
          description: Where to go on.
          schema: { type: string }
        - name: MaxResults
          in: query
          description: How many.
          schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
      responses:
        "200":
          description: A page of jobs.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/ListKiteJobsResponse" }
              example:
                Jobs:
                  - JobId: j-1
                    Status: Running
                    ErrorMessage: none
                NextToken: n-1
                RequestId: r-1
        default: { $ref: "common.yaml#/components/responses/Error" }
components:
  securitySchemes:
    acs3: { $ref: "common.yaml#/components/securitySchemes/acs3" }
  schemas:
    ListKiteJobsResponse:
      type: object
      properties:
        Jobs:
          type: array
          description: The jobs.
          items: { $ref: "#/components/schemas/Job" }
        NextToken: { type: string, description: Where to go on. }
        RequestId: { type: string, description: The request. }
    Job:
      type: object
      required: [JobId, Status]
      properties:
        JobId: { type: string, description: Its ID. }
        Status:
          type: string
          description: Where it stands.
          enum: [Running, Succeeded, Failed]
        ErrorMessage: { type: string, description: Why not. }
`;

/** From the page with a list of jobs. */
export const KITE_JOBS = `openapi: 3.1.0
info: { title: Kites, version: v2, description: Kites that do not exist. }
x-service: { name: Kites }
servers:
  - url: https://kites.{region}.example.com
    variables:
      region: { default: north-1, description: "Region ID." }
security:
  - aksk: []
  - token: []
paths:
  /v2/{project_id}/kite-jobs:
    get:
      operationId: listKiteJobs
      summary: Lists the jobs of kites.
      description: Newest first.
      x-pagination: { style: cursor, items: jobs, cursor: marker, next: page_info.next_marker, limit: limit }
      x-job:
        find: query.job_id
        id: job_id
        status: status
        states:
          pending: [RUNNING]
          succeeded: [SUCCESS]
          failed: [FAILED]
        type: job_type
        startedAt: begin_time
        error: { message: fail_reason }
      parameters:
        - $ref: "common.yaml#/components/parameters/project_id"
        - name: job_id
          in: query
          description: Only this one.
          schema: { type: string }
        - name: status
          in: query
          description: Only these.
          schema: { $ref: "#/components/schemas/Status" }
        - name: limit
          in: query
          description: How many.
          schema: { type: integer, minimum: 1, maximum: 50, default: 10 }
        - name: marker
          in: query
          description: Where to go on.
          schema: { type: string }
      responses:
        "200":
          description: A page of jobs.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/ListKiteJobsResponse" }
              example:
                jobs:
                  - job_id: j-1
                    status: RUNNING
                    job_type: FLY
                    begin_time: "2025-01-01T00:00:00Z"
                    fail_reason: ""
                    kite_ids: [k-1]
                page_info: { next_marker: j-1 }
        "400":
          description: Not as it should be.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/ErrorBody" }
        default: { $ref: "common.yaml#/components/responses/Error" }
components:
  securitySchemes:
    aksk: { $ref: "common.yaml#/components/securitySchemes/aksk" }
    token: { $ref: "common.yaml#/components/securitySchemes/token" }
  schemas:
    ListKiteJobsResponse:
      type: object
      properties:
        jobs:
          type: array
          description: The jobs.
          items: { $ref: "#/components/schemas/KiteJob" }
        page_info:
          description: Where this is.
          $ref: "#/components/schemas/PageInfo"
    Status:
      type: string
      description: Where it stands.
      enum: [RUNNING, SUCCESS, FAILED]
    KiteJob:
      type: object
      required: [job_id, status]
      properties:
        job_id: { type: string, description: Its ID. }
        status:
          description: Where it stands.
          $ref: "#/components/schemas/Status"
        job_type: { type: string, description: What it does. }
        begin_time: { type: string, format: date-time, description: When it began. }
        fail_reason: { type: string, description: Why not. }
        kite_ids:
          type: array
          description: The kites.
          items: { type: string }
    PageInfo:
      type: object
      properties:
        next_marker: { type: string, description: The next. }
    ErrorBody:
      type: object
      properties:
        error_code: { type: string, description: A code. }
        error_msg: { type: string, description: Words. }
`;
