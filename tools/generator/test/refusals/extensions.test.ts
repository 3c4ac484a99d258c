import { testRefusals } from "../support/refusals.ts";

testRefusals({
  "unknown x- field": {
    edits: [["x-updated:", "x-update:"]],
    says: ['17:7  extension  Operation: unknown field "x-update". Did you mean "x-updated"?'],
  },
  "x- field in the wrong place": {
    edits: [
      ["      type: string\n      enum", '      type: string\n      x-updated: "2025-01-31"\n      enum'],
    ],
    says: [
      '81:7  extension  Schema: unknown field "x-updated". There are "x-closed", "x-undocumented", "x-unit".',
    ],
  },
  "x- field where none may be": {
    edits: [["  version: v1\n", "  version: v1\n  x-note: hi\n"]],
    says: ['5:3  extension  "x-note" cannot stand here. See specs/README.md for where x- fields stand.'],
  },
  "x-updated that is no day": {
    edits: [["2025-01-31", "2025-01-32"]],
    says: [
      '17:18  extension  x-updated: must match format "date". The day that the page says it was updated on.',
    ],
  },
  "misspelt field of x-pagination": {
    edits: [["        limit: limit", "        limitt: limit"]],
    says: ['23:9  extension  x-pagination: unknown field "limitt". Did you mean "limit"?'],
  },
  "missing field of x-pagination": {
    edits: [["        cursor: marker\n", ""]],
    says: ['18:7  extension  x-pagination: "cursor" is missing. Add it.'],
  },
  "unknown style of x-pagination": {
    edits: [["style: cursor", "style: token"]],
    says: ['19:16  extension  x-pagination: style must be one of "cursor", "offset", "page". Correct it.'],
  },
  "x-pagination with an unknown parameter": {
    edits: [["cursor: marker", "cursor: mark"]],
    says: ['21:17  pagination  cursor: there is no query parameter "mark". Did you mean "marker"?'],
  },
  "x-pagination with an unknown field": {
    edits: [["next: page.next", "next: page.nxt"]],
    says: ['22:15  pagination  next: the response has no field "page.nxt". Did you mean "page.next"?'],
  },
  "x-pagination whose items are no list": {
    edits: [["items: tasks\n", "items: page\n"]],
    says: ['20:16  pagination  items: "page" is not an array. Name the list of the page\'s items.'],
  },
  "x-pagination with an unknown id": {
    edits: [["items: tasks\n", "items: tasks\n        id: uid\n"]],
    says: ['21:13  pagination  id: the items have no field "uid". Did you mean "id"?'],
  },
  "x-pagination whose id tells nothing apart": {
    edits: [
      ["items: tasks\n", "items: tasks\n        id: done\n"],
      [
        "        id: { type: string, desc",
        "        done: { type: boolean, description: Is it done? }\n        id: { type: string, desc",
      ],
    ],
    says: ['21:13  pagination  id: "done" is neither a string nor an integer. Name what tells items apart.'],
  },
  "misspelt field of x-job": {
    edits: [["        find: query.id", "        finds: query.id"]],
    says: ['25:9  extension  x-job: unknown field "finds". Did you mean "find"?'],
  },
  "x-job with an unknown field": {
    edits: [["        id: id\n", "        id: uid\n"]],
    says: ['26:13  job  id: the job has no field "uid". Did you mean "id"?'],
  },
  "x-job without a way to find a job": {
    edits: [
      ["        find: query.id\n", ""],
      [
        "      x-pagination:\n        style: cursor\n        items: tasks\n        cursor: marker\n        next: page.next\n        limit: limit\n",
        "",
      ],
      ['schema: { $ref: "#/components/schemas/Page" }', 'schema: { $ref: "#/components/schemas/Task" }'],
      [
        "                tasks:\n                  - id: t1\n                    status: DONE\n                page:\n                  next: t1\n",
        "                id: t1\n                status: DONE\n",
      ],
    ],
    says: [
      "18:7  job  x-job: there is no way to find a job. Add find, or x-pagination, whose pages are then searched.",
    ],
  },
  "x-job whose children are no list": {
    edits: [
      [
        "        status: status\n        states",
        "        status: status\n        children: id\n        states",
      ],
    ],
    says: ['28:19  job  children: "id" is not an array. Name the list of sub-jobs.'],
  },
  "x-job that asks with an unknown parameter": {
    edits: [["find: query.id", "find: query.ids"]],
    says: ['25:15  job  find: there is no query parameter "ids". Did you mean "id"?'],
  },
  "x-job that asks with a list that is none": {
    edits: [["find: query.id", "find: query.id[]"]],
    says: ['25:15  job  find: "id" takes no list. Write query.id.'],
  },
  "x-job that asks nonsense": {
    edits: [["find: query.id", "find: header.id"]],
    says: [
      '25:15  extension  x-job.find: must match pattern "^(query|path)\\.[^.\\[\\]]+(\\[\\])?$". How to ask for one job: query.job_id, path.job_id, query.JobIds[]. Absent: search the pages.',
    ],
  },
  "state with an unknown status": {
    edits: [["pending: [WAITING]", "pending: [WAITING, WAITNG]"]],
    says: ['29:30  job-status  "WAITNG" is not in the enum of "status". Did you mean "WAITING"?'],
  },
  "unknown state": {
    edits: [["succeeded: [DONE]", "succeded: [DONE]"]],
    says: ['30:11  extension  x-job.states: unknown field "succeded". Did you mean "succeeded"?'],
  },
  "status in no state": {
    edits: [["pending: [WAITING]", "pending: [DONE]"]],
    says: [
      '28:9  job-status  "WAITING" of "status" is in no state. Add it to one.',
      '30:23  job-status  "DONE" is pending already. Leave it in one state.',
    ],
  },
  "status in two states": {
    edits: [["pending: [WAITING]", "pending: [WAITING, DONE]"]],
    says: ['30:23  job-status  "DONE" is pending already. Leave it in one state.'],
  },
  "a rollback of no state": {
    edits: [
      [
        "        status: status\n        states",
        "        status: status\n        rollback: [DONE, UNDOING]\n        states",
      ],
    ],
    says: [
      '28:20  job-status  rollback: "DONE" is succeeded. A rollback is pending, or it failed.',
      '28:26  job-status  rollback: "UNDOING" is in no state. A rollback is pending, or it failed.',
    ],
  },
  "status without enum": {
    edits: [["      enum: [WAITING, DONE]\n", ""]],
    says: ['27:17  job-status  "status" has no enum. List its values there: each needs a state.'],
  },
  "x-requires with an unknown parameter": {
    edits: [["x-requires: [limit]", "x-requires: [limits]"]],
    says: ['41:24  requires  "limits" is no other query parameter here. Did you mean "limit"?'],
  },
  "x-pagination with one parameter for two things": {
    edits: [["cursor: marker", "cursor: limit"]],
    says: ['21:17  pagination  cursor: "limit" is the limit already. Name another query parameter.'],
  },
  "x-pagination whose next is an object": {
    edits: [["next: page.next", "next: page"]],
    says: [
      '22:15  pagination  next: "page" is neither a string nor an integer. Name what the next request sends.',
    ],
  },
  "x-pagination whose total is no number": {
    edits: [["        limit: limit\n", "        limit: limit\n        total: page.next\n"]],
    says: ['24:16  pagination  total: "page.next" is not an integer. Name what counts items.'],
  },
  "x-job whose id may be missing": {
    edits: [["required: [id, status]", "required: [status]"]],
    says: [
      '26:13  job  id: "id" is not required. Without it a job cannot be watched: list it under required.',
    ],
  },
  "x-job whose status may be missing": {
    edits: [["required: [id, status]", "required: [id]"]],
    says: [
      '27:17  job  status: "status" is not required. Without it a job cannot be watched: list it under required.',
    ],
  },
});
