const NAME = "([A-Za-z_][\\w.-]{0,100})";
const ONE = new RegExp(`必须[与和同]\\s?${NAME}\\s?(?:参数)?(?:一起|配合|配套|同时)使用`, "g");
const BOTH = new RegExp(
  `${NAME}\\s?[和与]\\s?${NAME}\\s?(?:参数)?(?:需要|必须|需|应)(?:一起|配合|配套|同时)使用`,
  "g",
);
const EN = new RegExp(
  `\\b(?:must|needs? to|should) be used (?:together )?with (?:the )?(?:parameter )?${NAME}`,
  "gi",
);

/** The parameters that must be sent together with the one that is described, or with each other. */
export function requiresIn(text: string): string[] {
  const names = [ONE, BOTH, EN].flatMap((form) =>
    [...text.matchAll(form)].flatMap((match) => match.slice(1).filter((name) => name !== undefined)),
  );
  return [...new Set(names.map((name) => name.replace(/\.$/, "")))];
}
