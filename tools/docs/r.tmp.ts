import { modelOf, readOperations } from "./test/support/model.ts";
import { render } from "./test/support/render.ts";
const ops = await readOperations();
const [svc, layout, language, labels, enums] = process.argv.slice(2);
console.log(
  render(modelOf(ops.find((o) => o.service.endsWith(svc!))!), {
    layout,
    language,
    style: { labels, enums },
    marks: true,
  } as never),
);
