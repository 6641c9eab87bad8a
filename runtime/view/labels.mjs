// What is written on an arrow: one short line for each kind of event.
import { brief } from "./python.mjs";

/** @import { Language, TraceEvent } from "../types.js" */

const BODY = 22;

/** @param {any} message */
function messageText(message) {
  const { type } = message;
  if ("status" in message) return `${type} ${message.status}`;
  const body = ["body", "text", "bytes"].find(
    (key) => message[key] !== undefined && message[key] !== null,
  );
  const more = message.more_body === true ? " …" : "";
  if (body) return `${type} ${brief(message[body], BODY)}${more}`;
  return `${type}${more}`;
}

/** Where an exception began, if it began with another one. @param {any} message */
const behind = ({ causes }) => (causes?.length ? ` ← ${causes[0].exception}` : "");

/** @type {Record<string, (message: any, zh: boolean) => string>} */
const LABELS = {
  connect: (message) => `WebSocket ${message.target}`,
  accept: (message) => `101${message.subprotocol ? ` ${message.subprotocol}` : ""}`,
  text: (message) => brief(message.text, BODY),
  bytes: (message) => brief(message.bytes, BODY),
  reject: (message, zh) => (zh ? `拒绝握手：${message.status}` : `denied: ${message.status}`),
  trailers: (_, zh) => (zh ? "尾部" : "trailers"),
  push: (message) => `push ${message.path}`,
  "early-hint": () => "HTTP 103",
  request: (message) => `${message.method} ${message.target}`,
  body: (message) => `${brief(message.body, BODY)}${message.more_body ? " …" : ""}`,
  disconnect: (_, zh) => (zh ? "断开连接" : "disconnects"),
  call: (message) => `app(${message?.type ?? "scope"})`,
  receive: () => "receive()",
  event: messageText,
  send: messageText,
  refuse: (message) => message.exception,
  pause: (message, zh) =>
    zh
      ? `send() 等待：缓冲区有 ${message.buffered} 字节`
      : `send() waits: ${message.buffered} bytes buffered`,
  resume: (message, zh) =>
    zh
      ? `send() 继续：剩 ${message.buffered} 字节`
      : `send() goes on: ${message.buffered} bytes left`,
  response: (message) => `HTTP ${message.status}`,
  data: (message) => brief(message.body, BODY),
  complete: (_, zh) => (zh ? "响应完整" : "response complete"),
  close: (message, zh) => `${zh ? "关闭" : "closes"} ${message?.code ?? ""}`.trimEnd(),
  cut: (_, zh) => (zh ? "连接中断，响应不完整" : "closed, response incomplete"),
  return: () => "return",
  cancel: (message, zh) => (zh ? `不再等 ${message.call}()` : `stops waiting in ${message.call}()`),
  cancelled: (_, zh) => (zh ? "被取消" : "is cancelled"),
  stuck: (_, zh) => (zh ? "等不到的等待" : "waits for what never comes"),
  lost: (message, zh) =>
    zh ? `${message.call}() 没有 await` : `${message.call}() was never awaited`,
  raise: (message) => message.exception + behind(message),
  unseen: (message) => `${message.name}: ${message.exception}${behind(message)}`,
  log: (message) => `${message.level} ${brief(message.text, 2 * BODY).slice(1, -1)}`,
  warning: (message) => message.category,
  stderr: (message) => brief(message.text, 2 * BODY).slice(1, -1),
  print: (message) => brief(message.text, 2 * BODY).slice(1, -1),
  blocking: (message, zh) =>
    zh
      ? `${message.call} 占住事件循环 ${message.seconds} 秒`
      : `${message.call} holds the loop for ${message.seconds} s`,
};

/**
 * What an event is told as: a close that no message explains cuts an HTTP response short.
 * @param {TraceEvent} event
 */
export const tellingOf = ({ kind, from, message }) =>
  kind === "close" && from === "server" && message === undefined ? "cut" : kind;

/**
 * @param {TraceEvent} event
 * @param {Language} language
 */
export function labelOf(event, language) {
  const { kind, message } = event;
  try {
    return `${LABELS[tellingOf(event)]?.(message, language === "zh") ?? kind}`;
  } catch {
    return kind; // a message that is not as the schema says, from a run that went astray
  }
}
