/** What the sites call things, in Chinese and in English. Everything here is compared after `normalise`. */

const YES = /^(?:是|yes|y|必选|必填|必须|mandatory|required|sí|true)[.。]?$/i;
const NO = /^(?:否|no|n|可选|optional|非必选|非必填|false)[.。]?$/i;

/** A cell of the "required" column. */
export function requiredOf(text: string): "yes" | "no" | undefined {
  if (YES.test(text)) return "yes";
  return NO.test(text) ? "no" : undefined;
}

/** What the columns of a table of parameters hold. */
export type Column = "name" | "required" | "type" | "description" | "range" | "example" | "position";

const COLUMNS: readonly (readonly [Column, RegExp])[] = [
  [
    "name",
    /^(?:参数|名称|参数名称|参数名|属性|属性名称|字段|字段名|字段名称|parameters?|prameter|parameter name|name|id|attribute|field|field name|element|header|header name)$/i,
  ],
  [
    "required",
    /^(?:是否必选|是否必填|是否必须|是否必需|必选|必填|必须|mandatory|required\??|is mandatory|mandatory or optional|mandatory \(yes\/no\)|mandatory\/optional|optional\/mandatory|(?:必选|必填)\/可选)$/i,
  ],
  ["type", /^(?:参数类型|类型|数据类型|字段类型|type|parameter type|data type|field type)$/i],
  ["position", /^(?:position|location|参数位置|位置)$/i],
  ["range", /^(?:value range|range|取值|取值范围|参数取值)$/i],
  [
    "description",
    /^(?:描述|说明|备注|含义|参数说明|参数描述|字段说明|description|parameter description|remarks?)$/i,
  ],
  ["example", /^(?:示例值|示例|样例|examples?|example values?|sample values?)$/i],
];

/** The column that a header's cell names. */
export const columnOf = (text: string): Column | undefined => {
  const cell = text.length > 40 ? "" : text.trim();
  return COLUMNS.find(([, names]) => names.test(cell))?.[0];
};

/** What stands where nothing is to be said. */
const NOTHING = /^(?:不涉及|无|暂无|n\/a|none|not applicable|-+|\/)?[。.;]?$/i;
export const saysNothing = (text: string): boolean => text.length < 30 && NOTHING.test(text.trim());

/** What stands in the place of a table's rows where a request has no parameters. */
const NO_ROWS =
  /^(?:当前\s?api\s?|(?:该|本)接口)?(?:无需|不需要)(?:任何)?(?:请求)?参数[。.]?$|^no (?:request )?parameters?(?: (?:is|are))? (?:required|needed)\.?$/i;
export const saysNoRows = (text: string): boolean => text.length < 60 && NO_ROWS.test(text.trim());

/** Names of parameters, fields and headers. */
export const IDENTIFIER = /^[A-Za-z_$][\w.:$-]{0,127}(?<![.:])$/;

/** What stands for the name where a row describes the whole body: `[items]`, `[数组元素]`, `-`. */
export const WHOLE = /^(?:\[[^[\]]{1,30}\]|-)$/;

/** Headings that end a table. */
export const HEADING =
  /^(?:#{1,6} )?(?:请求参数|响应参数|返回参数|(?:请求|响应|返回|正常返回|SDK代码)?示例|SDK sample code|(?:example|sample) (?:requests?|responses?|code)|(?:request|response) (?:parameters|examples?)|examples?|错误码|error codes?|变更历史|change history)$/i;

export const STATUS_LINE =
  /^(?:状态码|status codes?|(?:if|when) the status code)(?:\s?:|\s?为|\s?is)\s?(\d{3}|default)(?:\s?时)?[.:]{0,2}$/i;
export const CAPTION = /^(?:表|table)\s?(\d{1,4})(?:\s|:|(?=[^\d\s,.。]))\s?(.{0,200})$/i;

/** Marks that stand before the name of a nested field in old tables, one for each level. */
const MARKS = /^[└├─│\s]+/;
export const withoutMarks = (name: string): string => name.replace(MARKS, "");

/** Deeper than any page. */
const DEEPEST = 20;

/** How deep the marks before a name say that it stands. */
export const depthOf = (name: string): number =>
  Math.min(DEEPEST, (MARKS.exec(name)?.[0] ?? "").replace(/[─│\s]/g, "").length);
