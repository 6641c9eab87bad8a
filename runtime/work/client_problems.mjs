// What the engine says about wrong steps, in Chinese: the engine itself speaks English. A sentence that
// is not here is shown as the engine says it. Each group in a pattern is a part of the sentence.

/** @import { Language } from "../types.js" */

/** @type {[RegExp, string][]} */
const SENTENCES = [
  [/^there is no step '(.+)'; did you mean '(.+)'\?$/, "没有 $1 这种步骤，是不是想写 $2？"],
  [/^there is no step '(.+)'; known: (.+)$/, "没有 $1 这种步骤。可用的有：$2。"],
  [
    /^a step is a dict of one key, .+; found (.+)$/s,
    "一步只能有一个键，例如 request；写的却是 $1。",
  ],
  [/^the steps must be a list, found (.+)$/s, "步骤应当是一个列表，写的却是 $1。"],
  [/^a client's name has .+, found (.+)$/s, "客户端的名字只能用看得见的字符，写的却是 $1。"],
  [/^there are no steps; .+$/, "一步也没有，至少要有一个请求。"],
  [/^the client is empty: .+$/, "一步也没有，至少要有一个请求。"],
  [/^nothing is requested; .+$/, "没有发出任何请求，请加上 request 或 connect。"],
  [/^a body comes after a request, before its end$/, "请求体要写在请求之后、结束之前。"],
  [/^the request has a body of its own already$/, "这个请求已经带有请求体。"],
  [/^a WebSocket message comes after connect$/, "要先用 connect 建立 WebSocket，才能发送消息。"],
  [/^there is no connection yet; .+$/, "还没有连接，请先写 request 或 connect。"],
  [/^the client has left in the step before$/, "客户端在上一步已经离开了。"],
  [
    /^a WebSocket is one client's; .+$/,
    "一个客户端只能有一个 WebSocket，下一个连接要属于另一个客户端。",
  ],
  [/^startup comes before every request$/, "startup 要写在所有请求之前。"],
  [/^shutdown comes after every request$/, "shutdown 要写在所有请求之后。"],
  [/^startup and shutdown belong to .+$/, "startup 和 shutdown 要放在一个单独的客户端里。"],
  [/^the client of startup .+ named '(.+)'$/, "写 startup 和 shutdown 的客户端要叫 $1。"],
  [/^a request is a line such as .+$/, "请求写成一行，例如 GET /path，或者分项写出。"],
  [/^a request has no '(.+)'; did you mean '(.+)'\?$/, "请求没有 $1 这一项，是不是想写 $2？"],
  [/^a request has no '(.+)'; known: (.+)$/, "请求没有 $1 这一项。可用的有：$2。"],
  [/^connect has no '(.+)'; did you mean '(.+)'\?$/, "connect 没有 $1 这一项，是不是想写 $2？"],
  [/^connect has no '(.+)'; known: (.+)$/, "connect 没有 $1 这一项。可用的有：$2。"],
  [/^the method is a word such as 'GET', found (.+)$/s, "方法是一个单词，例如 GET；写的却是 $1。"],
  [/^the path begins with '\/', found (.+)$/s, "路径以 / 开头，写的却是 $1。"],
  [/^headers are a dict or .+, found (.+)$/s, "头部是名字和字符串的对应，写的却是 $1。"],
  [/^subprotocols are a list of words, found (.+)$/s, "子协议是一列单词，写的却是 $1。"],
  [/^text is a string, found (.+)$/s, "文本应当是字符串，写的却是 $1。需要时加上引号。"],
  [/^bytes are (.+); found (.+)$/s, "字节可以写成文本、hex、base64 或 repeat，写的却是 $2。"],
  [/^close is true or .+; found (.+)$/s, "close 写成 true，或者写出 code 和 reason；写的却是 $1。"],
  [
    /^a close code is a number from 1000 to 4999, found (.+)$/s,
    "关闭状态码是 1000 到 4999 之间的数，写的却是 $1。",
  ],
  [/^a reason is a string, found (.+)$/s, "原因应当是字符串，写的却是 $1。"],
  [/^a wait is a number from 0 up, found (.+)$/s, "等待的秒数是不小于 0 的数，写的却是 $1。"],
  [/^the rate is a number from 0 up, found (.+)$/s, "读取速度是不小于 0 的数，写的却是 $1。"],
  [/^read is .+; found (.+)$/s, "read 写成 {rate: 每秒字节数}，写的却是 $1。"],
  [/^write (\w+): true; found (.+)$/s, "这一步写成 $1: true，写的却是 $2。"],
  [/^expected one of (.+); found (.+)$/s, "只能是 $1 之一，写的却是 $2。"],
  [/^(\S+) must be a dict, found (.+)$/s, "$1 应当是一组名字和值，写的却是 $2。"],
  [/^(\S+) has no key '(.+)'; .+$/, "$1 没有 $2 这个键。"],
  [/^(\S+) of (\S+) must be (.+), found (.+)$/s, "$2 的 $1 应当是 $3，写的却是 $4。"],
  [/^there is no extension '(.+)'; .+$/, "没有 $1 这个扩展。"],
];

/** @param {string} text what the engine says @param {Language} language */
export function explainProblem(text, language) {
  if (language === "zh")
    for (const [sentence, chinese] of SENTENCES)
      if (sentence.test(text)) return text.replace(sentence, chinese);
  return /[.!?。？！]$/.test(text) ? text : `${text}.`;
}
