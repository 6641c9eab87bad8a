// What is said of the keys of a message or a scope, in Chinese.

export const words = {
  keys: (type: string) => `${type} 的键`,
  scope: "scope 的键",
  required: "必需",
  default: "默认",
  since: (version: string) => `自 ${version} 版起`,
  missing: "这里没有给出",
  unknown: "规范里没有这个键。",
  none: "这条消息没有别的键。",
};
