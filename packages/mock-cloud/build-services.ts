/** Writes the repository's services into the built package: it needs neither specifications nor the generator then. */

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { readSpecifications } from "typedcloud/specifications";

const here = import.meta.dirname;
const services = await readSpecifications(resolve(here, "../../specs"), resolve(here, "../.."));
writeFileSync(resolve(here, "dist/services.json"), `${JSON.stringify(services)}\n`);
