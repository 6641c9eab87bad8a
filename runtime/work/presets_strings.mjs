// What the playground says, in the language of the page around it.

const zh = {
  unknown: (/** @type {string} */ name) => `没有名叫 ${name} 的例子。可以从上面的列表里选一个。`,
  failed: (/** @type {string} */ title) =>
    `没有下载到“${title}”这个例子。联网后再选一次；网站可能刚更新过，也可以刷新页面。`,
};

/** @type {typeof zh} */
const en = {
  unknown: (name) => `There is no preset named ${name}. Choose one from the list above.`,
  failed: (title) =>
    `The preset “${title}” could not be downloaded. Choose it again when you are online, or reload the page: the site may have been updated.`,
};

/** @type {Record<import("../types.js").Language, typeof zh>} */
export const strings = { zh, en };
