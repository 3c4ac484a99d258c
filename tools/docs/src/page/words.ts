/** What the sites call things, in Chinese and in English. Everything here is compared after `normalise`. */

const YES = /^(?:是|yes|y|必选|必填|mandatory|required|sí|true)$/i;
const NO = /^(?:否|no|n|可选|optional|非必选|非必填|false)$/i;

/** A cell of the "required" column. */
export function requiredOf(text: string): "yes" | "no" | undefined {
  if (YES.test(text)) return "yes";
  return NO.test(text) ? "no" : undefined;
}

/** What the columns of a table of parameters hold. */
export type Column = "name" | "required" | "type" | "description" | "range" | "example";

const COLUMNS: readonly (readonly [Column, RegExp])[] = [
  ["name", /^(?:参数|名称|参数名称|参数名|属性|字段|parameter|parameter name|name|attribute|field)$/i],
  [
    "required",
    /^(?:是否必选|是否必填|是否必须|必选|必填|mandatory|required|mandatory \(yes\/no\)|必选\/可选)$/i,
  ],
  ["type", /^(?:参数类型|类型|数据类型|type|parameter type|data type)$/i],
  ["range", /^(?:value range|range|取值|参数取值)$/i],
  ["description", /^(?:描述|说明|备注|参数说明|参数描述|description|remarks?)$/i],
  ["example", /^(?:示例值|示例|example|example value|sample value)$/i],
];

/** The column that a header's cell names. */
export const columnOf = (text: string): Column | undefined => {
  const cell = text.length > 40 ? "" : text.trim();
  return COLUMNS.find(([, names]) => names.test(cell))?.[0];
};

/** What stands where nothing is to be said. */
const NOTHING = /^(?:不涉及|无|暂无|n\/a|none|not applicable|-+|\/)?[。.;]?$/i;
export const saysNothing = (text: string): boolean => text.length < 30 && NOTHING.test(text.trim());

/** Names of parameters, fields and headers. */
export const IDENTIFIER = /^[A-Za-z_$][\w.:$-]{0,127}$/;

export const STATUS_LINE = /^(?:状态码|status codes?)\s?:\s?(\d{3}|default)\.?$/i;
export const CAPTION = /^(?:表|table)\s?(\d{1,4})(?:\s|:|(?=[^\w\s,.。]))\s?(.{0,200})$/i;
