import { defaultClientConditions, defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

const source = "@typedcloud/source";

// Run in a package's folder: `vitest run --config ../../vitest.config.ts`.
export default defineConfig({
  root: process.cwd(),
  // Tests run on src, of the package itself and of the packages it uses: nothing has to be built first.
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    include: ["test/**/*.test.ts"],
    // Machines are slow at times; a test that hangs is found all the same.
    testTimeout: 30_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
